/** What the signed-in steward does. None of it touches a session, and none of it tells of one (P1.3, P2.7). */
import type { FastifyInstance } from 'fastify';
import { Nothing } from '../../protocol.js';
import { AddStewardRequest, BarRequest, LeadRequest, PaperCodesRequest, RemoveStewardRequest, SchoolRequest, StaffRequest, StewardPinRequest } from '../../protocol/school.js';
import { forSteward } from './doors.js';
import { given, granted, withPin, withPins, type Parts } from './parts.js';

/** A staff list of 14,000 characters, where JSON may write each in six bytes (RFC 8259 section 7: \uXXXX), and what is around it. */
const STAFF_LIMIT_BYTES = 14_000 * 6 + 1024;

export function schoolRoutes(app: FastifyInstance, parts: Parts): void {
  const { house: { school }, stream } = parts;
  const steward = forSteward(app, parts);

  steward.get('/api/steward', () => school.page());
  steward.post('/api/school', SchoolRequest, async (by, wish) => {
    const saved = await granted(school.save(by, wish));
    stream.publish(); // the room's name and languages are in it
    return saved;
  });
  steward.post('/api/staff', StaffRequest, (by, { csv }) => given(school.loadStaff(by, csv)), STAFF_LIMIT_BYTES);
  steward.post('/api/paper-codes', PaperCodesRequest, async (by, { staff, toStick }) => ({ codes: await given(school.paperCodes(by, staff, toStick)) }));
  steward.post('/api/bar', BarRequest, (by, { staff, barred }) => granted(school.bar(by, staff, barred)));
  steward.post('/api/lead', LeadRequest, (by, { staff }) => granted(school.setLead(by, staff)));
  steward.post('/api/add-steward', AddStewardRequest, (by, body) => granted(withPin(body, (pin) => school.addSteward(by, body.name, pin))));
  steward.post('/api/remove-steward', RemoveStewardRequest, (by, { name }) => granted(school.removeSteward(by, name)));
  steward.post('/api/steward-pin', StewardPinRequest, (by, body) => granted(withPins(body, (pin, newPin) => school.changePin(by, pin, newPin))));
  steward.post('/api/clock-right', Nothing, (by) => granted(school.clockIsRight(by)));
}
