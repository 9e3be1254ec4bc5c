import fc from 'fast-check';
import t from 'tap';
import { asOneSign, join, type ClosableSign, type Said } from '../../firmware-bridge/sign/several-signs.js';
import type { BeatToken, Face, Relay, SignReport } from '../../session/ports.js';

type Answered = Extract<SignReport, { kind: 'answered' }>;
const DARK: Face = { kind: 'not-recording' };
const RECORDING: Face = { kind: 'recording', purpose: 'Coaching', audience: 'only-me', mode: 'picture-and-sound' };
const answered = (more: Partial<Answered> = {}, face: Face = RECORDING): Answered =>
  ({ kind: 'answered', requestedAt: 1000, wish: { face, relay: 'closed' }, shown: true, relay: 'closed', stopPressed: false, ...more });

/** A sign that says what the test says. */
class Puppet implements ClosableSign {
  readonly beats: BeatToken[] = [];
  closed = false;
  says: (report: SignReport) => void = () => undefined;
  beat(token: BeatToken): void { this.beats.push(token); }
  onReport(listener: (report: SignReport) => void): void { this.says = listener; }
  close(): Promise<void> { this.closed = true; return Promise.resolve(); }
}

t.test('P9.1 every sign is confirmed, or the room is not', (t) => {
  const cases: [what: string, other: Said, expected: Partial<Answered>][] = [
    ['both prove it', answered({ requestedAt: 900 }), { shown: true, relay: 'closed', requestedAt: 900 }],
    ['the other has not said anything', undefined, { shown: false, relay: 'unproven' }],
    ['the other is lost', { kind: 'lost', fault: 'SIGN_LOST' }, { shown: false, relay: 'unproven', fault: 'SIGN_LOST' }],
    ['the other shows another purpose', answered({}, { ...RECORDING, purpose: 'Collaboration' }), { shown: false }],
    ['the other’s lamp is dark', answered({ shown: false, fault: 'LAMP_DARK' }), { shown: false, fault: 'LAMP_DARK' }],
    ['the other is not ready yet', answered({ shown: false }), { shown: false }],
    ['the other’s relay is open', answered({ relay: 'open' }), { shown: true, relay: 'unproven' }],
    ['Stop was pressed at the other', answered({ stopPressed: true }), { stopPressed: true }],
  ];
  for (const [what, other, expected] of cases) t.match(join(answered(), [other]), expected, what);
  t.notOk('fault' in join(answered(), [answered()]), 'no fault where there is none');
  t.equal(join(answered({ shown: false, fault: 'LAMP_DARK' }), [{ kind: 'lost', fault: 'SIGN_LOST' }]).fault, 'LAMP_DARK', 'a sign’s own fault first');
  t.end();
});

t.test('P2.1 whatever the signs say, the room is shown only what each proved last, and no fresher than the oldest proof', (t) => {
  const relay = fc.constantFrom<(Relay | 'unproven')[]>('open', 'closed', 'unproven');
  const answer = fc.record({ requestedAt: fc.nat(5000), shown: fc.boolean(), relay, stopPressed: fc.boolean(), face: fc.constantFrom(DARK, RECORDING) })
    .map(({ face, ...more }): SignReport => answered(more, face));
  const report = fc.oneof(answer, fc.constant<SignReport>({ kind: 'button' }), fc.constant<SignReport>({ kind: 'lost', fault: 'SIGN_SILENT' }));
  fc.assert(fc.property(fc.integer({ min: 2, max: 4 }), fc.array(fc.tuple(fc.nat(3), report), { maxLength: 30 }), (count, talk) => {
    const puppets = Array.from({ length: count }, () => new Puppet());
    const last: (SignReport | undefined)[] = puppets.map(() => undefined);
    let told: SignReport | undefined;
    asOneSign(puppets).onReport((one) => { told = one; });
    for (const [who, said] of talk) {
      const which = who % count;
      if (said.kind !== 'button') last[which] = said;
      puppets[which]?.says(said);
      if (said.kind !== 'answered') { t.same(told, said); continue; }
      const joined = told as Answered;
      const all = last.every((one) => one?.kind === 'answered') ? last : [];
      if (joined.shown) {
        t.ok(all.length === count && all.every(({ shown, wish }) => shown && wish.face === joined.wish.face));
        t.equal(joined.requestedAt, Math.min(...all.map(({ requestedAt }) => requestedAt)));
      }
      if (joined.relay !== 'unproven') t.ok(all.length === count && all.every((one) => one.relay === joined.relay));
      if (said.stopPressed) t.ok(joined.stopPressed);
    }
  }), { numRuns: 300 });
  t.end();
});

t.test('each sign gets every beat, and all are closed; a single sign is left as it is', async (t) => {
  const [first, second] = [new Puppet(), new Puppet()];
  t.throws(() => asOneSign([]), RangeError);
  t.equal(asOneSign([first]), first);
  const both = asOneSign([first, second]);
  const token: BeatToken = { issuedAt: 1, wish: { face: DARK, relay: 'open' } };
  both.beat(token);
  t.same([first.beats, second.beats], [[token], [token]]);
  await both.close();
  t.ok(first.closed && second.closed);
});
