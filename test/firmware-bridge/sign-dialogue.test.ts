import t from 'tap';
import { judge, relayOf, type Expectation } from '../../firmware-bridge/sign/confirm.js';
import { Dialogue } from '../../firmware-bridge/sign/dialogue.js';
import { encode, type Message, type Status } from '../../firmware-bridge/sign/protocol.js';
import type { Answer, Order, Start, Up } from '../../firmware-bridge/sign/sign-messages.js';
import { step, type PackedFace, type Transfer, type TransferEvent } from '../../firmware-bridge/sign/transfer.js';
import type { FaultCode, SignWish } from '../../session/ports.js';

const KEY = Buffer.alloc(16, 7);
const FACE: PackedFace = { crc: 0x1234, pieces: [1, 2, 3, 4].map((byte) => Uint8Array.of(0, byte)) };
const RECORDING: SignWish = { face: { kind: 'recording', purpose: 'Coaching', audience: 'only-me', mode: 'picture-and-sound' }, relay: 'closed' };
const PAUSED: SignWish = { face: { kind: 'paused' }, relay: 'open' };
const NOT_RECORDING: SignWish = { face: { kind: 'not-recording' }, relay: 'open' };

/** A STATUS that proves RECORDING with the relay closed. */
const GOOD: Status = {
  kind: 'STATUS', nonce: Buffer.alloc(8), number: 1, bootId: 5, actual: 2, wanted: 2, lamp: 1, lampWorst: 0, samples: 50, photo: 200, shunt: 120,
  relay: 0b0111, button: 0, glassCrc: FACE.crc, panel: 0, fault: 0, refreshes: 3,
};
const DARK: Partial<Status> = { actual: 0, wanted: 0, lamp: 0, photo: 3, shunt: 0, relay: 0 };
const EXPECTED: Expectation = { requestedAt: 100, authentic: true, armedBoot: 5, faceCrc: FACE.crc, changing: false, previousActual: 2, sinceMs: 250 };

t.test('judge: a STATUS is good only where every field is', (t) => {
  t.same(judge(GOOD, RECORDING, EXPECTED), { kind: 'answered', requestedAt: 100, wish: RECORDING, shown: true, relay: 'closed', stopPressed: false });
  t.match(judge({ ...GOOD, ...DARK }, NOT_RECORDING, { ...EXPECTED, previousActual: 0 }), { shown: true, relay: 'open' });
  t.match(judge({ ...GOOD, actual: 3, wanted: 3, lamp: 2, photo: 3, shunt: 0, relay: 0 }, PAUSED, { ...EXPECTED, previousActual: 3 }), { shown: true }, 'a pulse may be dark just now');

  const wrong: [what: string, status: Partial<Status>, expectation: Partial<Expectation>, fault: FaultCode | undefined, wish?: SignWish][] = [
    ['MAC', {}, { authentic: false }, 'SIGN_FORGED'],
    ['boot', { bootId: 6 }, {}, 'SIGN_RESTARTED'],
    ['fault 1', { fault: 1 }, {}, 'SIGN_RESTARTED'],
    ['fault 2', { fault: 2 }, {}, 'SIGN_FAULT'],
    ['fault 3', { fault: 3 }, {}, 'LAMP_DARK'],
    ['fault 4', { fault: 4 }, {}, 'LAMP_STUCK'],
    ['fault 5', { fault: 5 }, {}, 'RELAY_NOT_PROVEN'],
    ['fault 6', { fault: 6 }, {}, 'RELAY_NOT_PROVEN'],
    ['fault that is not in the table', { fault: 99 }, {}, 'SIGN_FAULT'],
    ['lamp was dark', { lampWorst: 1 }, {}, 'LAMP_DARK'],
    ['lamp was lit', { ...DARK, lampWorst: 2 }, { previousActual: 0 }, 'LAMP_STUCK', NOT_RECORDING],
    ['sensors disagreed while lit', { lampWorst: 4 }, {}, 'LAMP_DARK'],
    ['sensors disagreed while dark', { ...DARK, lampWorst: 4 }, { previousActual: 0 }, 'LAMP_STUCK', NOT_RECORDING],
    ['panel does not answer', { panel: 2 }, {}, 'GLASS_WRONG'],
    ['panel stuck', { panel: 4 }, {}, 'GLASS_WRONG'],
    ['still dark', { actual: 0 }, { previousActual: 0 }, undefined],
    ['another wish', { wanted: 1 }, {}, undefined],
    ['lamp not commanded', { lamp: 0 }, {}, 'LAMP_DARK'],
    ['only now in this state', {}, { previousActual: 0 }, undefined],
    ['first answer', {}, { previousActual: null }, undefined],
    ['lamp not watched', { samples: 19 }, {}, undefined],
    ['no light', { photo: 64 }, {}, 'LAMP_DARK'],
    ['no current', { shunt: 32 }, {}, 'LAMP_DARK'],
    ['light in the dark', { ...DARK, photo: 65, shunt: 33 }, { previousActual: 0 }, 'LAMP_STUCK', NOT_RECORDING],
    ['face under way', { glassCrc: 0 }, { changing: true }, undefined],
    ['face not drawn', { glassCrc: 0 }, { faceCrc: undefined, changing: true }, undefined],
    ['face that cannot be drawn', { glassCrc: 0 }, { faceCrc: undefined }, 'GLASS_WRONG'],
    ['another face', { glassCrc: 1 }, {}, 'GLASS_WRONG'],
  ];
  for (const [what, status, expectation, fault, wish = RECORDING] of wrong) {
    const report = judge({ ...GOOD, ...status }, wish, { ...EXPECTED, ...expectation });
    t.match(report, { kind: 'answered', shown: false, wish }, what);
    t.equal(report.kind === 'answered' ? report.fault : null, fault, `${what}: ${fault ?? 'no fault'}`);
  }
  t.match(judge({ ...GOOD, samples: 20 }, RECORDING, EXPECTED), { shown: true }, 'just enough samples');
  t.match(judge(GOOD, RECORDING, { ...EXPECTED, authentic: false }), { relay: 'unproven' }, 'a stranger proves no relay');
  t.match(judge({ ...GOOD, button: 1 }, RECORDING, EXPECTED), { stopPressed: false }, 'held is not latched yet');
  t.match(judge({ ...GOOD, button: 3 }, RECORDING, EXPECTED), { shown: true, stopPressed: true });
  t.end();
});

t.test('the relay is proven by its contact and its history alone', (t) => {
  const proven: Record<number, string> = { 0b0000: 'open', 0b1000: 'open', 0b0011: 'closed', 0b0111: 'closed' };
  for (let relay = 0; relay < 16; relay++) t.equal(relayOf({ relay }), proven[relay] ?? 'unproven', relay.toString(2).padStart(4, '0'));
  t.end();
});

t.test('a transfer', (t) => {
  const run = (events: [event: TransferEvent, now: number][]): { transfer: Transfer; sent: string[]; outcomes: string[] } => {
    let transfer: Transfer = { kind: 'none' };
    const sent: string[] = [];
    const outcomes: string[] = [];
    for (const [event, now] of events) {
      const next = step(transfer, event, now);
      transfer = next.transfer;
      sent.push(next.send.map((message) => (message.kind === 'FACE_DATA' ? String(message.index) : message.kind.slice(5))).join('+'));
      if (next.outcome !== undefined) outcomes.push(next.outcome);
    }
    return { transfer, sent, outcomes };
  };
  const begin: TransferEvent = { kind: 'begin', id: 9, face: FACE };
  const show: TransferEvent = { kind: 'show', id: 9, face: FACE };
  const ack = (next: number, code = 0, transfer = 9): TransferEvent => ({ kind: 'FACE_ACK', transfer, code, next });
  const shown = (code = 0, glassCrc = FACE.crc, transfer = 9): TransferEvent => ({ kind: 'SHOWN', transfer, code, glassCrc });
  const tick: TransferEvent = { kind: 'tick' };
  const at = (...events: TransferEvent[]): [TransferEvent, number][] => events.map((event) => [event, 0]);

  t.test('keeps two pieces under way until the face is loaded; then it can be shown', (t) => {
    t.same(run(at(begin, ack(0), ack(1), ack(2), ack(3), ack(4), show, shown())), { transfer: { kind: 'none' }, sent: ['BEGIN', '0+1', '2', '3', '', '', 'SHOW', ''], outcomes: ['loaded', 'shown'] });
    t.end();
  });
  t.test('goes back once for a piece that was bad, whatever the next one says', (t) => {
    t.same(run(at(begin, ack(0), ack(1), ack(1, 1), ack(1, 4), ack(2), ack(3), ack(4))), { transfer: { kind: 'none' }, sent: ['BEGIN', '0+1', '2', '1+2', '', '3', '', ''], outcomes: ['loaded'] });
    t.end();
  });
  t.test('asks again when nothing is heard, and gives up in time', (t) => {
    t.same(run([[begin, 0], [tick, 249], [tick, 250], [tick, 300], [ack(0), 400], [tick, 649], [tick, 650], [tick, 700], [tick, 900], [tick, 2400]]),
      { transfer: { kind: 'none' }, sent: ['BEGIN', '', 'BEGIN', '', '0+1', '', '0+1', '', '0+1', ''], outcomes: ['later'] });
    t.end();
  });
  t.test('ends in what the board says of it', (t) => {
    const ends: [what: string, events: [TransferEvent, number][], outcome: string][] = [
      ['panel busy', at(begin, ack(0, 3)), 'later'],
      ['not armed', at(begin, ack(0), ack(0, 5)), 'later'],
      ['panel taken by the board', at(begin, ack(0), ack(0xffff, 4)), 'later'],
      ['panel absent', at(show, shown(1, 0)), 'failed'],
      ['panel stuck', at(show, shown(2, 0)), 'failed'],
      ['incomplete', at(show, shown(3, 0)), 'later'],
      ['another picture', at(show, shown(0, 1)), 'failed'],
      ['never shown', [...at(show), [tick, 12_000]], 'failed'],
    ];
    for (const [what, events, outcome] of ends) t.same(run(events).outcomes, [outcome], what);
    t.end();
  });
  t.test('does not listen to another transfer, nor to nonsense', (t) => {
    const { transfer, sent } = run(at(begin, ack(0, 0, 8), shown(), ack(0), shown(), ack(0), shown(0, FACE.crc, 8)));
    t.match(transfer, { kind: 'sending', base: 0, next: 2 });
    t.same(sent, ['BEGIN', '', '', '0+1', '', '', '']);
    t.same(run(at(ack(0), shown(), tick)), { transfer: { kind: 'none' }, sent: ['', '', ''], outcomes: [] });
    t.end();
  });
  t.end();
});

/** crc of the PAUSED that lies in the played board's flash. */
const OWN_PAUSED = 0x7a7a;

/** The board and the clock, played by the test. */
class Play {
  now = 10_000;
  readonly sent: Message[] = [];
  readonly told: Up[] = [];
  readonly ended: string[] = [];
  readonly dialogue: Dialogue;
  #orders = 0;

  constructor(known?: Start['known']) {
    this.dialogue = new Dialogue(
      { now: () => this.now, send: (message) => this.sent.push(message), tell: (up) => this.told.push(up), end: (reason) => this.ended.push(reason) },
      { path: '', baudRate: 0, key: KEY, firstSeq: 100, ...(known === undefined ? {} : { known }) },
    );
  }

  says(message: Message, key: Uint8Array = KEY): void {
    this.dialogue.hear(Uint8Array.from(encode(message, key)));
  }
  isBoard(bootId = 5, flags = 1, version = 2): void {
    this.says({ kind: 'BOARD', version, bootId, flags, panel: 1, width: 800, height: 480, checkingCrc: 1, assumeCrc: 2, outOfOrderCrc: 3, pausedCrc: OWN_PAUSED });
  }
  order(more: Partial<Order> = {}): void {
    this.dialogue.follow({ id: ++this.#orders, issuedAt: this.now, wanted: 0, relay: 'open', faceCrc: FACE.crc, nextCrc: 0, resting: true, ...more });
  }
  answers(status: Partial<Status> = {}, key: Uint8Array = KEY): void {
    this.says({ ...GOOD, ...DARK, nonce: this.last('BEAT').nonce, ...status }, key);
  }
  armed(result = 0, bootId = 5): void {
    this.says({ kind: 'ARMED', bootId, result });
  }
  /** Connected, armed, one beat answered. */
  following(): this {
    this.isBoard();
    this.order();
    this.armed();
    this.answers();
    return this;
  }
  count(kind: Message['kind']): number {
    return this.sent.filter((message) => message.kind === kind).length;
  }
  last<K extends Message['kind']>(kind: K): Extract<Message, { kind: K }> {
    return this.sent.findLast((message) => message.kind === kind) as Extract<Message, { kind: K }>;
  }
  get reports(): Answer[] {
    return this.told.flatMap((up) => (up.tell === 'answer' ? [up.answer] : []));
  }
}

t.test('no token, no beat: an order older than 500 ms is no leave to anything', (t) => {
  const ages: [ageMs: number, beats: number][] = [[0, 1], [500, 1], [500.1, 0], [60_000, 0], [-1, 0]];
  for (const [age, beats] of ages) {
    const play = new Play().following();
    const before = play.count('BEAT');
    play.order({ issuedAt: play.now - age });
    t.equal(play.count('BEAT') - before, beats, `${age} ms old`);
  }
  const play = new Play();
  play.order();
  play.now += 501;
  play.isBoard();
  t.equal(play.count('ARM') + play.count('BEAT'), 0, 'nor does an old order arm');

  const idle = new Play().following();
  for (let i = 0; i < 100; i++) { idle.now += 50; idle.dialogue.tick(); }
  t.equal(idle.count('BEAT'), 1, 'nothing beats by itself');
  t.end();
});

t.test('HELLO, BOARD, ARM, BEAT: seq rises over ARM and BEAT, and the window that came is acknowledged', (t) => {
  const play = new Play();
  play.now += 501;
  play.dialogue.tick();
  t.equal(play.count('HELLO'), 2, 'asked again');
  play.isBoard();
  t.equal(play.count('ARM'), 0, 'without an order nothing is armed');
  play.order();
  t.match(play.last('ARM'), { seq: 100, bootId: 5 });
  play.now += 20;
  play.armed();
  t.match(play.last('BEAT'), { seq: 101, bootId: 5, ack: 0, wanted: 0, relay: 0, faceCrc: FACE.crc }, 'the order is still fresh, so it beats at once');
  play.now += 5;
  play.answers({ number: 77 });
  t.match(play.reports, [{ order: 1, requestedAt: 10_521, authentic: true, previousActual: null, sinceMs: 0, seq: 101 }], 'asked when it was written, not when it was answered');
  play.now += 250;
  play.order({ wanted: 2, relay: 'closed', resting: false });
  t.match(play.last('BEAT'), { seq: 102, ack: 77, wanted: 2, relay: 1 });
  play.now += 250;
  play.order({ wanted: 2 });
  t.match(play.last('BEAT'), { seq: 103, ack: 77 }, 'a STATUS that did not come is not acknowledged');
  t.end();
});

t.test('a board that we armed is followed on by the next process, without an ARM', (t) => {
  const play = new Play({ bootId: 5, number: 33 });
  play.isBoard();
  play.order({ wanted: 2, resting: false });
  t.match([play.count('ARM'), play.last('BEAT')], [0, { ack: 33 }]);
  const other = new Play({ bootId: 4, number: 33 });
  other.isBoard();
  other.order({ wanted: 2, resting: false });
  t.equal(other.count('ARM') + other.count('BEAT'), 0, 'another boot is another board');
  t.end();
});

t.test('a fault is told first, and armed away only under a resting wish', (t) => {
  for (const [what, status] of Object.entries<Partial<Status>>({ fault: { fault: 2, actual: 6 }, latched: { button: 2 } })) {
    const play = new Play().following();
    play.order({ wanted: 2, relay: 'closed', resting: false });
    play.answers(status);
    t.match(play.reports.at(-1)?.status, status, `${what}: told`);
    for (let i = 0; i < 4; i++) { play.order({ wanted: 2, relay: 'closed', resting: false }); play.answers(status); }
    t.equal(play.count('ARM'), 1, `${what}: not armed away under a recording`);
    play.order({ wanted: 3 });
    t.equal(play.count('ARM'), 2, `${what}: armed again when it rests`);
    play.armed(6);
    play.order({ wanted: 3 });
    t.equal(play.count('ARM'), 2, `${what}: not at once after a refusal`);
    play.now += 501;
    play.order({ wanted: 3 });
    t.equal(play.count('ARM'), 3);
  }
  t.end();
});

t.test('the process ends, and says why, when', (t) => {
  const endings: [what: string, reason: string, play: (play: Play) => void][] = [
    ['nobody answers HELLO', 'silent', (play) => { play.now += 5001; play.dialogue.tick(); }],
    ['the board has no key', 'unpaired', (play) => play.isBoard(5, 0)],
    ['the board speaks another version', 'other-protocol', (play) => play.isBoard(5, 1, 1)],
    ['ARM is not answered', 'silent', (play) => { play.isBoard(); play.order(); play.now += 1501; play.dialogue.tick(); }],
    ['beats are not answered', 'silent', (play) => { play.following().order(); play.now += 1501; play.dialogue.tick(); }],
    ['a STATUS comes from another boot', 'restarted', (play) => { play.following().order(); play.answers({ bootId: 6 }); }],
    ['ARM meets another boot', 'restarted', (play) => { play.isBoard(); play.order(); play.armed(1, 6); }],
    ['a beat is refused for its boot', 'restarted', (play) => { play.following(); play.says({ kind: 'REFUSED', refused: 3, reason: 3 }); }],
    ['a beat is refused because nobody armed', 'restarted', (play) => { play.following(); play.says({ kind: 'REFUSED', refused: 3, reason: 6 }); }],
    ['a beat is refused for want of a key', 'unpaired', (play) => { play.following(); play.says({ kind: 'REFUSED', refused: 3, reason: 5 }); }],
  ];
  for (const [what, reason, act] of endings) {
    const play = new Play();
    act(play);
    t.same(play.ended, [reason], what);
  }
  t.end();
});

t.test('a STATUS that nobody asked for, or that somebody else made, confirms nothing', (t) => {
  const play = new Play().following();
  play.answers();
  t.equal(play.reports.length, 1, 'played back');
  const stranger = Buffer.alloc(16, 8);
  for (let i = 0; i < 2; i++) { play.order(); play.answers({}, stranger); }
  t.equal(play.reports.length, 1, 'two wrong MACs are noise');
  play.order();
  play.answers({ number: 99 }, stranger);
  t.match(play.reports, [{ authentic: true }, { authentic: false }], 'three running are told');
  play.order();
  t.equal(play.last('BEAT').ack, GOOD.number, 'and what they say is not acknowledged');
  t.end();
});

t.test('a seq that the board has seen is leapt over, further each time', (t) => {
  const play = new Play();
  play.isBoard();
  const seqs: number[] = [];
  for (let i = 0; i < 3; i++) {
    play.now += 501;
    play.order();
    seqs.push(play.last('ARM').seq);
    play.armed(3);
  }
  t.same(seqs, [100, 1125, 3174]);
  t.equal(play.told.filter((up) => up.tell === 'armed').length, 3);
  t.end();
});

t.test('the wished face is brought when another is on the glass, and a beat follows at once when it is there', (t) => {
  const play = new Play().following();
  const other: PackedFace = { crc: 0x4321, pieces: FACE.pieces };
  play.dialogue.takeFace(other, 'wished');
  play.order({ faceCrc: FACE.crc, wanted: 2 });
  play.answers({ glassCrc: 0 });
  play.order({ faceCrc: other.crc, wanted: 2 });
  play.answers({ panel: 1 });
  t.equal(play.count('FACE_BEGIN'), 0, 'not while the panel is busy, and never a picture that no order names');
  play.order({ faceCrc: other.crc, wanted: 2 });
  play.answers();
  t.equal(play.reports.at(-1)?.changing, true);
  const { transfer } = play.last('FACE_BEGIN');
  play.order({ faceCrc: other.crc, wanted: 2 });
  play.answers();
  t.equal(play.count('FACE_BEGIN'), 1, 'once');
  for (const next of [0, 2, 4]) play.says({ kind: 'FACE_ACK', transfer, code: 0, next });
  t.match(play.last('FACE_SHOW'), { transfer, faceCrc: other.crc });
  const beats = play.count('BEAT');
  play.says({ kind: 'SHOWN', transfer, code: 0, glassCrc: other.crc });
  t.equal(play.count('BEAT') - beats, 1, 'under an order that is still fresh');

  play.dialogue.takeFace(FACE, 'wished');
  play.order({ faceCrc: FACE.crc });
  play.answers({ glassCrc: other.crc });
  for (const next of [0, 2, 4]) play.says({ kind: 'FACE_ACK', transfer: transfer + 1, code: 0, next });
  play.now += 501;
  const later = play.count('BEAT');
  play.says({ kind: 'SHOWN', transfer: transfer + 1, code: 2, glassCrc: 0 });
  t.equal(play.count('BEAT'), later, 'never under an old one');
  play.order();
  play.answers({ glassCrc: other.crc });
  t.equal(play.reports.at(-1)?.changing, false, 'a panel that failed is not waited for');
  t.equal(play.count('FACE_BEGIN'), 2, 'nor tried at each beat');
  t.end();
});

t.test('the last wish wins while a face is under way, and a glass that goes wrong by itself is not excused', (t) => {
  const play = new Play().following();
  const other: PackedFace = { crc: 0x4321, pieces: FACE.pieces };
  play.dialogue.takeFace(other, 'wished');
  play.order({ faceCrc: other.crc });
  play.answers();
  t.match(play.last('FACE_BEGIN'), { faceCrc: other.crc });
  play.dialogue.takeFace(FACE, 'wished');
  play.order({ faceCrc: FACE.crc });
  play.answers({ glassCrc: 0x1111 });
  t.match(play.last('FACE_BEGIN'), { faceCrc: FACE.crc });
  play.order();
  play.answers({ glassCrc: FACE.crc });
  play.order();
  play.answers({ glassCrc: 0x1111 });
  t.equal(play.reports.at(-1)?.changing, false);
  t.end();
});

t.test('the face that comes next lies ready in the panel, so that a wish for it is shown at once', (t) => {
  const play = new Play().following();
  const next: PackedFace = { crc: 0x4321, pieces: FACE.pieces };
  const loads = (): number => {
    const { transfer } = play.last('FACE_BEGIN');
    for (const piece of [0, 2, 4]) play.says({ kind: 'FACE_ACK', transfer, code: 0, next: piece });
    return transfer;
  };
  const beat = (more: Partial<Order>, status: Partial<Status> = {}): void => {
    play.order(more);
    play.answers(status);
  };
  play.dialogue.takeFace(next, 'next');
  beat({ nextCrc: next.crc });
  t.match(play.last('FACE_BEGIN'), { faceCrc: next.crc }, 'carried ahead while the glass shows what it should');
  const transfer = loads();
  beat({ nextCrc: next.crc });
  t.equal(play.count('FACE_SHOW'), 0, 'and not shown');
  t.equal(play.count('FACE_BEGIN'), 1, 'nor carried again');

  play.dialogue.takeFace(next, 'wished');
  play.order({ faceCrc: next.crc, wanted: 2 });
  t.match(play.sent.slice(-2), [{ kind: 'BEAT', faceCrc: next.crc }, { kind: 'FACE_SHOW', transfer, faceCrc: next.crc }], 'with the very order that wishes it');
  play.order({ faceCrc: next.crc, wanted: 2 });
  t.equal(play.count('FACE_SHOW'), 1, 'once');

  play.says({ kind: 'SHOWN', transfer, code: 3, glassCrc: FACE.crc });
  beat({ faceCrc: next.crc, wanted: 2 });
  t.equal(play.count('FACE_BEGIN'), 2, 'a board that has drawn something of its own since gets it anew');
  const again = loads();
  t.match(play.last('FACE_SHOW'), { transfer: again }, 'and shows it as soon as it is there');
  t.end();
});

t.test('a face that lies in the board’s flash is ordered there, and never carried', (t) => {
  const paused: PackedFace = { crc: OWN_PAUSED, pieces: FACE.pieces };
  const play = new Play().following();
  play.dialogue.takeFace(paused, 'next');
  play.order({ nextCrc: OWN_PAUSED });
  play.answers();
  t.equal(play.count('FACE_BEGIN'), 0, 'not ahead');
  play.dialogue.takeFace(paused, 'wished');
  play.order({ faceCrc: OWN_PAUSED, wanted: 3 });
  const { transfer } = play.last('FACE_OWN');
  t.match(play.sent.slice(-2), [{ kind: 'BEAT', faceCrc: OWN_PAUSED }, { kind: 'FACE_OWN', face: 4 }], 'with the very order that wishes it');
  play.answers({ panel: 1, glassCrc: 0 });
  play.says({ kind: 'SHOWN', transfer, code: 6, glassCrc: 0 });
  play.order({ faceCrc: OWN_PAUSED, wanted: 3 });
  t.equal(play.count('FACE_OWN'), 1, 'a busy panel is not asked');
  play.answers();
  t.equal(play.count('FACE_OWN'), 2, 'and asked again when it is free');
  const beats = play.count('BEAT');
  play.says({ kind: 'SHOWN', transfer: play.last('FACE_OWN').transfer, code: 0, glassCrc: OWN_PAUSED });
  t.equal(play.count('BEAT') - beats, 1, 'when it is there, a beat follows at once');
  t.equal(play.count('FACE_BEGIN'), 0);
  t.end();
});

t.test('a face that is being carried ahead when it is wished is finished and shown; another wish takes its place', (t) => {
  const next: PackedFace = { crc: 0x4321, pieces: FACE.pieces };
  const third: PackedFace = { crc: 0x2222, pieces: FACE.pieces };
  const carrying = (): Play => {
    const play = new Play().following();
    play.dialogue.takeFace(next, 'next');
    play.order({ nextCrc: next.crc });
    play.answers();
    play.says({ kind: 'FACE_ACK', transfer: play.last('FACE_BEGIN').transfer, code: 0, next: 0 });
    return play;
  };
  const wished = carrying();
  wished.dialogue.takeFace(next, 'wished');
  wished.order({ faceCrc: next.crc });
  wished.answers();
  const { transfer } = wished.last('FACE_BEGIN');
  for (const piece of [2, 4]) wished.says({ kind: 'FACE_ACK', transfer, code: 0, next: piece });
  t.match(wished.last('FACE_SHOW'), { transfer });
  t.equal(wished.count('FACE_BEGIN'), 1);

  const other = carrying();
  other.dialogue.takeFace(third, 'wished');
  other.order({ faceCrc: third.crc });
  other.answers();
  t.match(other.last('FACE_BEGIN'), { faceCrc: third.crc });
  other.says({ kind: 'FACE_ACK', transfer: other.last('FACE_BEGIN').transfer - 1, code: 0, next: 4 });
  t.equal(other.count('FACE_SHOW'), 0, 'what was carried ahead is not shown in its stead');
  t.end();
});

t.test('Stop is passed on at once', (t) => {
  const play = new Play();
  play.says({ kind: 'BUTTON', bootId: 5, button: 0 });
  play.says({ kind: 'BUTTON', bootId: 5, button: 3 });
  t.same(play.told, [{ tell: 'button' }]);
  t.end();
});
