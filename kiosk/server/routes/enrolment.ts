/** Enrolling by paper code, and the ways for a key to come and go: the stick, and a page on the school's network. */
import type { FastifyInstance } from 'fastify';
import { Nothing } from '../../protocol.js';
import { EnrolRequest, PaperCodeRequest, StickReadRequest, StickWriteRequest, TryPinRequest } from '../../protocol/account.js';
import { passOn, refuse } from '../errors.js';
import { forAnyone, forKeyHolder } from './doors.js';
import { given, granted, mustBeFree, takeCode, welcome, withPin, type Parts } from './parts.js';

/** As the protocol promises; the screen asks again. */
const LAN_WAIT_MS = 20_000;

export function enrolmentRoutes(app: FastifyInstance, parts: Parts): void {
  const { house: { room, accounts, stick, lan }, desk, enrolment } = parts;
  const anyone = forAnyone(app);
  const keyHolder = forKeyHolder(app, parts);

  anyone.post('/api/paper-code', PaperCodeRequest, async (_anyone, body) => {
    mustBeFree(room);
    const { staff } = body;
    const code = takeCode(body);
    const { displayName, before } = await given(accounts.checkPaperCode(staff, code));
    mustBeFree(room);
    // One person at a time.
    desk.close();
    return { ticket: enrolment.open(staff, code), displayName, before };
  });

  anyone.post('/api/enrol', EnrolRequest, async (_anyone, body) => {
    mustBeFree(room);
    const { ticket, language, key } = body;
    const answer = await withPin(body, (pin) => enrolment.use(ticket, (staff, code) => accounts.enrol(staff, code, { pin, language, key })));
    if (answer === undefined) throw refuse('ENROLMENT_OVER');
    if (!answer.ok) throw passOn(answer);
    return welcome(parts, answer.signedIn);
  });

  keyHolder.post('/api/try-pin', TryPinRequest, (_holder, body) => granted(withPin(body, (pin) => Promise.resolve(accounts.tryPin(pin)))));
  keyHolder.post('/api/stick-write', StickWriteRequest, (_holder, { file, text }) => granted(stick.write(file, text)));
  keyHolder.post('/api/stick-read', StickReadRequest, async (_holder, { file }) => ({ text: await given(stick.read(file)) }));

  // What comes by this page is meant for whoever opened it: it closes when that person goes, so that nobody is sealed to somebody else's key.
  let isOpen = false;
  const closePage = async (): Promise<void> => {
    isOpen = false;
    await lan.close();
  };
  const closeBehind = (): void => {
    if (isOpen) closePage().catch((err: unknown) => app.log.error({ err }, 'the page on the network could not be closed'));
  };
  desk.onChange(closeBehind);
  enrolment.onEnd(closeBehind);

  keyHolder.post('/api/lan-open', Nothing, async (stillThere) => {
    isOpen = true;
    const page = await lan.open();
    try {
      stillThere();
    } catch (error) {
      await closePage();
      throw error;
    }
    isOpen = page !== null;
    return { page };
  });
  keyHolder.post('/api/lan-wait', Nothing, async () => ({ recipient: await lan.wait(LAN_WAIT_MS) }));
  keyHolder.post('/api/lan-close', Nothing, async () => {
    await closePage();
    return {};
  });
}
