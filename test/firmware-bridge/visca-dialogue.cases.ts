import fc from 'fast-check';
import t from 'tap';
import { BROADCASTS, COMMANDS, encode, moveTo, recallPreset, zoomTo } from '../../firmware-bridge/visca/commands.js';
import { INQUIRIES } from '../../firmware-bridge/visca/inquiries.js';
import { createViscaCamera } from '../../firmware-bridge/visca/camera.js';
import { BUFFER_FULL_MS, converse, FRESH_DIALOGUE, LATE_MS, PACE_MS, PATIENCE_MS, type Dialogue, type DialogueEvent, type Outcome, type Request } from '../../firmware-bridge/visca/dialogue.js';
import { frames, FRESH_FRAMING, LONGEST_FRAME_BYTES, LONGEST_GAP_MS } from '../../firmware-bridge/visca/frames.js';
import { GENERIC, modelFor } from '../../firmware-bridge/visca/models.js';
import { isStill, poseOf, type Background, type Poses } from '../../firmware-bridge/visca/poses.js';
import { parseReply } from '../../firmware-bridge/visca/replies.js';
import { playTalk } from '../talks/play.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex').toUpperCase().replace(/..(?=.)/g, '$& ');
const SRG_360SHE = modelFor({ vendor: 0x0001, model: 0x0604 });

t.test('what we say is what the manuals print', (t) => {
  // SRG-300H command list, but where another is named.
  const golden: [said: Uint8Array, printed: string, where: string][] = [
    [encode(8, BROADCASTS.addressSet), '88 30 01 FF', 'EVI-H100S p.29'],
    [encode(8, BROADCASTS.ifClear), '88 01 00 01 FF', 'EVI-H100S p.29'],
    [encode(1, COMMANDS.powerOn), '81 01 04 00 02 FF', 'Power'],
    [encode(1, COMMANDS.standby), '81 01 04 00 03 FF', 'Power'],
    [encode(1, COMMANDS.stopDrive), '81 01 06 01 01 01 03 03 FF', 'Pan Tilt Drive Stop'],
    [encode(1, recallPreset(3)), '81 01 04 3F 02 03 FF', 'CAM_Memory'],
    [encode(7, recallPreset(15)), '87 01 04 3F 02 0F FF', 'CAM_Memory, seventh camera'],
    [encode(1, zoomTo(0x4000)), '81 01 04 47 04 00 00 00 FF', 'CAM_Zoom Direct'],
    [encode(1, moveTo({ pan: 0x2200, tilt: 0x1200 }, GENERIC)), '81 01 06 02 18 14 02 02 00 00 01 02 00 00 FF', 'Absolute Position, upper right'],
    [encode(1, moveTo({ pan: -0x2200, tilt: -0x400 }, GENERIC)), '81 01 06 02 18 14 0D 0E 00 00 0F 0C 00 00 FF', 'Absolute Position, DE00 and FC00'],
    [encode(1, moveTo({ pan: -0x15400, tilt: 0xb400 }, SRG_360SHE)), '81 01 06 02 18 00 0E 0A 0C 00 00 00 0B 04 00 00 FF', 'SRG-360SHE, EAC00 and 0B400'],
    [encode(1, INQUIRIES.version), '81 09 00 02 FF', 'CAM_VersionInq'],
    [encode(1, INQUIRIES.power), '81 09 04 00 FF', 'CAM_PowerInq'],
    [encode(1, INQUIRIES.position), '81 09 06 12 FF', 'CAM_PanTiltPosInq'],
  ];
  for (const [said, printed, where] of golden) t.equal(hex(said), printed, where);
  t.end();
});

t.test("what cameras say: Sony's worked examples (EVI-H100S p.29) and what others add", (t) => {
  const golden: [frame: string, reply: object][] = [
    ['90 41 FF', { kind: 'ack', socket: 1 }],
    ['90 51 FF', { kind: 'completion', socket: 1 }],
    ['90 42 FF', { kind: 'ack', socket: 2 }],
    ['90 52 FF', { kind: 'completion', socket: 2 }],
    ['90 60 02 FF', { kind: 'error', socket: 0, error: 'syntax' }],
    ['90 60 03 FF', { kind: 'error', socket: 0, error: 'buffer full' }],
    ['90 61 41 FF', { kind: 'error', socket: 1, error: 'not executable' }],
    ['90 62 41 FF', { kind: 'error', socket: 2, error: 'not executable' }],
    ['90 50 02 FF', { kind: 'answer', payload: bytes('02') }],
    ['88 30 02 FF', { kind: 'addressed', cameras: 1 }],
    ['88 30 08 FF', { kind: 'addressed', cameras: 7 }],
    ['88 01 00 01 FF', { kind: 'cleared' }],
    ['90 50 FF', { kind: 'answer', payload: bytes('') }],
    ['90 61 04 FF', { kind: 'error', socket: 1, error: 'cancelled' }],
    ['90 62 05 FF', { kind: 'error', socket: 2, error: 'no socket' }],
    ['90 60 01 FF', { kind: 'error', socket: 0, error: 'wrong length' }],
    ['F0 41 FF', { kind: 'ack', socket: 1 }],
    ['90 38 FF', { kind: 'restarted' }],
    ['88 38 FF', { kind: 'restarted' }],
    ['88 30 01 FF', { kind: 'irrelevant' }],
    ['81 01 04 38 02 FF', { kind: 'irrelevant' }],
    ['90 07 7D 01 04 00 FF', { kind: 'irrelevant' }],
    ['90 60 7E FF', { kind: 'irrelevant' }],
  ];
  for (const [frame, reply] of golden) t.strictSame(parseReply(bytes(frame)), reply, frame);
  t.end();
});

t.test('answers to inquiries', (t) => {
  const { version, power, position } = INQUIRIES;
  t.strictSame(version.read(bytes('00 01 05 13 01 00 02')), { vendor: 0x0001, model: 0x0513 }, 'SRG-300H');
  t.equal(version.read(bytes('00 01 05')), undefined);
  t.strictSame(['02', '03', '04', '', '02 02'].map((payload) => power.read(bytes(payload))), ['on', 'standby', undefined, undefined, undefined]);
  t.strictSame(position.read(bytes('0D 0E 00 00 0F 0C 00 00')), { pan: -0x2200, tilt: -0x400 }, '4+4 nibbles');
  t.strictSame(position.read(bytes('0E 0A 0C 00 00 01 02 00 00')), { pan: -0x15400, tilt: 0x1200 }, '5+4 nibbles (BRC-X1000)');
  t.strictSame(position.read(bytes('0E 0A 0C 00 00 00 0B 04 00 00')), { pan: -0x15400, tilt: 0xb400 }, '5+5 nibbles (SRG-360SHE)');
  for (const wrong of ['', '02', '0D 0E 00 00 0F 0C 00', '0D 0E 00 00 0F 0C 00 10', '00 00 00 00 00 00 00 00 00 00 00']) t.equal(position.read(bytes(wrong)), undefined, wrong);
  fc.assert(fc.property(fc.integer({ min: -0x8000, max: 0x7fff }), fc.integer({ min: -0x8000, max: 0x7fff }), (pan, tilt) => {
    t.strictSame(position.read(Uint8Array.from(moveTo({ pan, tilt }, GENERIC).body.slice(5))), { pan, tilt });
  }), { numRuns: 50 });
  t.equal(modelFor({ vendor: 0x2574, model: 0x0a30 }), GENERIC, 'an unknown model is spoken to as the generic one');
  t.end();
});

t.test('frames', (t) => {
  const noise = Array.from({ length: 5000 }, (_, at) => (at * 37) % 255);
  const cases: [name: string, chunks: (string | number[])[], found: string[]][] = [
    ['come whole', ['90 41 FF'], ['90 41 FF']],
    ['come joined', ['90 41 FF 90 51 FF 90 50 02 FF'], ['90 41 FF', '90 51 FF', '90 50 02 FF']],
    ['come split anywhere', ['90', '41', 'FF 90 50 00', '01 05 13 01 00 02', 'FF'], ['90 41 FF', '90 50 00 01 05 13 01 00 02 FF']],
    ['hold bytes above 7F inside', ['90 50 90 41 88 FE FF'], ['90 50 90 41 88 FE FF']],
    ['come after noise without an end', ['00 12 7F 90 41 FF'], ['90 41 FF']],
    ['come after a broken one', ['90 41 90 51 FF'], ['90 51 FF']],
    ['come after noise that looks like a header', ['A3 17 90 41 FF'], ['90 41 FF']],
    ['are nothing but FF', ['FF FF FF 90 FF'], []],
    ['with illegal lengths vanish', ['90 41 00 FF 90 60 FF 90 38 00 FF 88 30 FF'], []],
    ['of our own vanish', ['81 01 06 02 18 14 01 0F 04 00 0F 0C 07 0C FF 81 01 04 3F 02 90 FF'], []],
    ['come after five thousand bytes of noise, in one chunk', [[...noise, 0xff, 0x90, 0x41, 0xff]], ['90 41 FF']],
    ['come after five thousand bytes of noise, byte by byte', [...noise.map((byte) => [byte]), '90 41 FF'], ['90 41 FF']],
    ['of the longest length are told', [[0x90, 0x50, ...Array<number>(LONGEST_FRAME_BYTES - 3).fill(1), 0xff]], [hex(Uint8Array.of(0x90, 0x50, ...Array<number>(LONGEST_FRAME_BYTES - 3).fill(1), 0xff))]],
    ['one byte longer vanish', [[0x90, 0x50, ...Array<number>(LONGEST_FRAME_BYTES - 2).fill(1), 0xff]], []],
  ];
  for (const [name, chunks, found] of cases) {
    let framing = FRESH_FRAMING;
    const told: string[] = [];
    for (const chunk of chunks) {
      const taken = frames(framing, typeof chunk === 'string' ? bytes(chunk) : Uint8Array.from(chunk), 0);
      framing = taken.framing;
      told.push(...taken.frames.map(hex));
      t.ok(framing.partial.length <= LONGEST_FRAME_BYTES);
    }
    t.strictSame(told, found, name);
  }
  const half = frames(FRESH_FRAMING, bytes('90 50 02'), 1000).framing;
  t.strictSame(frames(half, bytes('FF'), 1000 + LONGEST_GAP_MS).frames.map(hex), ['90 50 02 FF'], 'survive a short gap');
  t.strictSame(frames(half, bytes('03 FF'), 1001 + LONGEST_GAP_MS).frames, [], 'are given up after a long one');
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 30 }), (chunks) => {
    let framing = FRESH_FRAMING;
    for (const chunk of chunks) {
      const taken = frames(framing, chunk, 0);
      framing = taken.framing;
      taken.frames.forEach(parseReply);
    }
    t.strictSame(frames({ ...framing, lastByteAt: -Infinity }, bytes('90 41 FF'), 0).frames.map(hex), ['90 41 FF']);
  }), { numRuns: 200 });
  t.end();
});

/** A dialogue with its time; each step gives what was written and what was settled. */
function talker(): (at: number, event: DialogueEvent | string) => { said: string[]; settled: (readonly [number, Outcome])[]; wakeAt: number | undefined } {
  let dialogue: Dialogue = FRESH_DIALOGUE;
  return (at, event) => {
    const turn = converse(dialogue, typeof event === 'string' ? { kind: 'heard', reply: parseReply(bytes(event)) } : event, at);
    dialogue = turn.dialogue;
    return { said: turn.writes.map(hex), settled: [...turn.settled], wakeAt: turn.wakeAt };
  };
}

const ask = (request: Request): DialogueEvent => ({ kind: 'asked', request });
const command = (id: number, urgent = false): DialogueEvent => ask({ id, kind: 'command', bytes: Uint8Array.of(id), urgent, completesWithinMs: 30_000, doneWhen: 'completed' });
const inquiry = (id: number): DialogueEvent => ask({ id, kind: 'inquiry', bytes: Uint8Array.of(id) });
const PASSED: DialogueEvent = { kind: 'passed' };

t.test('a dialogue', (t) => {
  t.test('keeps its pace, and waits for the first answer before it goes on', (t) => {
    const at = talker();
    t.strictSame(at(1000, command(1)).said, ['01']);
    t.strictSame(at(1001, inquiry(2)).said, []);
    t.strictSame(at(1500, PASSED).said, [], 'silence is no leave to go on');
    t.strictSame(at(1600, '90 41 FF').said, ['02'], 'an inquiry overlaps a command that executes');
    t.strictSame(at(1601, '90 50 02 FF').settled, [[2, { kind: 'answered', payload: bytes('02') }]]);
    t.strictSame(at(1602, command(3)), { said: [], settled: [], wakeAt: 1600 + PACE_MS });
    t.strictSame(at(1600 + PACE_MS, PASSED).said, ['03']);
    t.end();
  });
  t.test('knows two commands by their sockets, whichever ends first', (t) => {
    const at = talker();
    at(0, command(1));
    at(17, '90 41 FF');
    at(20, command(2));
    at(37, '90 42 FF');
    t.strictSame(at(500, '90 52 FF').settled, [[2, { kind: 'completed' }]]);
    t.strictSame(at(900, '90 51 FF').settled, [[1, { kind: 'completed' }]]);
    t.end();
  });
  t.test('sends a command again when both sockets were busy', (t) => {
    const at = talker();
    t.strictSame(at(0, command(1)).said, ['01']);
    t.strictSame(at(17, '90 60 03 FF'), { said: [], settled: [], wakeAt: 17 + BUFFER_FULL_MS });
    t.strictSame(at(17 + BUFFER_FULL_MS, PASSED).said, ['01']);
    t.strictSame(at(200, '90 41 FF').settled, []);
    t.strictSame(at(300, '90 51 FF').settled, [[1, { kind: 'completed' }]]);
    t.end();
  });
  t.test('gives up a command that finds both sockets busy all its time', (t) => {
    const at = talker();
    let now = 0;
    let { said, settled } = at(now, command(1));
    for (; settled.length === 0; now += BUFFER_FULL_MS) ({ said, settled } = at(now, said.length > 0 ? '90 60 03 FF' : PASSED));
    t.strictSame(settled, [[1, { kind: 'refused', error: 'buffer full' }]]);
    t.ok(now >= 30_000 && now < 31_000);
    t.end();
  });
  t.test('gives a late ACK to the command that it answers, not to the stop that overtook it', (t) => {
    const at = talker();
    at(0, command(1));
    t.strictSame(at(100, command(2)).said, []);
    t.strictSame(at(100, command(3, true)), { said: [], settled: [], wakeAt: LATE_MS }, 'an urgent one waits a moment');
    t.strictSame(at(LATE_MS, PASSED).said, ['03'], 'and then goes first');
    t.strictSame(at(3100, '90 41 FF').settled, []);
    at(3110, '90 42 FF');
    t.strictSame(at(3200, '90 52 FF').settled, [[3, { kind: 'completed' }]]);
    t.strictSame(at(3300, '90 51 FF').settled, [[1, { kind: 'completed' }]]);
    t.end();
  });
  t.test('gives an error to the message that waits, and only else to the socket that it names', (t) => {
    const at = talker();
    at(0, command(1));
    at(17, '90 41 FF');
    at(20, inquiry(2));
    t.strictSame(at(40, '90 60 02 FF').settled, [[2, { kind: 'refused', error: 'syntax' }]]);
    at(60, command(3));
    t.strictSame(at(80, '90 61 41 FF').settled, [[3, { kind: 'refused', error: 'not executable' }]], 'though 1 executes in socket 1');
    t.strictSame(at(90, '90 61 04 FF').settled, [[1, { kind: 'refused', error: 'cancelled' }]]);
    t.end();
  });
  t.test('gives up what is never answered, and what is never completed', (t) => {
    const at = talker();
    const first = at(0, command(1));
    t.equal(first.wakeAt, PATIENCE_MS.command);
    t.strictSame(at(PATIENCE_MS.command, PASSED).settled, [[1, { kind: 'unanswered' }]]);
    at(5000, inquiry(2));
    t.strictSame(at(5000 + PATIENCE_MS.inquiry, PASSED).settled, [[2, { kind: 'unanswered' }]]);
    at(9000, ask({ id: 3, kind: 'broadcast', bytes: bytes('88 30 01 FF'), answer: 'addressed' }));
    t.strictSame(at(9000 + PATIENCE_MS.broadcast, PASSED).settled, [[3, { kind: 'unanswered' }]]);
    at(10_000, command(4));
    at(10_017, '90 41 FF');
    t.strictSame(at(40_000, PASSED).settled, [[4, { kind: 'overdue' }]]);
    t.end();
  });
  t.test('bears cameras that complete without an ACK, and that use a socket twice', (t) => {
    const at = talker();
    at(0, command(1));
    t.strictSame(at(17, '90 51 FF').settled, [[1, { kind: 'completed' }]]);
    at(40, command(2));
    at(57, '90 41 FF');
    at(80, command(3));
    t.strictSame(at(97, '90 41 FF').settled, [[2, { kind: 'overdue' }]]);
    t.strictSame(at(120, '90 51 FF').settled, [[3, { kind: 'completed' }]]);
    t.end();
  });
  t.test('takes a drive as done when it is accepted, and its completion for nothing else', (t) => {
    const at = talker();
    at(0, ask({ id: 1, kind: 'command', bytes: Uint8Array.of(1), urgent: false, completesWithinMs: 2000, doneWhen: 'accepted' }));
    t.strictSame(at(17, '90 41 FF').settled, [[1, { kind: 'accepted' }]]);
    at(20, command(2));
    at(30, '90 51 FF');
    t.strictSame(at(37, '90 42 FF').settled, []);
    t.strictSame(at(40, '90 51 FF').settled, [], 'nor is a completion that comes twice');
    t.strictSame(at(60, '90 52 FF').settled, [[2, { kind: 'completed' }]]);
    t.end();
  });
  t.test('cancels what executes where an urgent command finds both sockets busy', (t) => {
    const at = talker();
    at(0, command(1));
    at(17, '90 41 FF');
    at(20, command(2));
    at(37, '90 42 FF');
    at(40, ask({ id: 3, kind: 'command', bytes: bytes('81 01 04 07 00 FF'), urgent: true, completesWithinMs: 2000, doneWhen: 'accepted' }));
    at(50, '90 60 03 FF');
    t.strictSame(at(50 + PACE_MS, PASSED).said, ['81 21 FF']);
    t.strictSame(at(80, '90 61 04 FF').settled, [[1, { kind: 'refused', error: 'cancelled' }]]);
    t.strictSame(at(50 + 2 * PACE_MS, PASSED).said, ['81 22 FF']);
    t.strictSame(at(100, '90 62 05 FF').settled, [[2, { kind: 'overdue' }]]);
    t.strictSame(at(50 + 3 * PACE_MS, PASSED).said, ['81 01 04 07 00 FF']);
    t.strictSame(at(120, '90 41 FF').settled, [[3, { kind: 'accepted' }]]);
    t.end();
  });
  t.test('greets past a command that was never answered, which is empty after an interface clear', (t) => {
    const at = talker();
    at(0, command(1, true));
    const clear = ask({ id: 2, kind: 'broadcast', bytes: bytes('88 01 00 01 FF'), answer: 'cleared' });
    t.strictSame(at(10, clear).said, []);
    t.strictSame(at(LATE_MS, PASSED).said, ['88 01 00 01 FF']);
    t.strictSame(at(LATE_MS + 20, '88 01 00 01 FF').settled, [[1, { kind: 'unanswered' }], [2, { kind: 'completed' }]]);
    t.strictSame(at(LATE_MS + 30, inquiry(3)).said, ['03']);
    t.end();
  });
  t.test('does not send what was withdrawn, and follows to its end what was already sent', (t) => {
    const at = talker();
    at(0, command(1));
    at(1, command(2));
    at(2, { kind: 'withdrawn', id: 2 });
    at(3, { kind: 'withdrawn', id: 1 });
    t.strictSame(at(30, '90 41 FF').said, []);
    t.strictSame(at(60, '90 51 FF').settled, [[1, { kind: 'completed' }]]);
    t.end();
  });
  t.test('is not shaken by answers that nobody asked for', (t) => {
    const at = talker();
    for (const stray of ['90 41 FF', '90 51 FF', '90 50 02 FF', '90 60 02 FF', '90 60 03 FF', '90 61 04 FF', '90 61 05 FF', '88 30 02 FF', '88 01 00 01 FF']) {
      t.strictSame(at(0, stray), { said: [], settled: [], wakeAt: undefined }, stray);
    }
    t.end();
  });
  t.end();
});

t.test('a pose is what a sighting proves', (t) => {
  const parking = { pan: 8000, tilt: -900 };
  const byPreset: Poses = { parking, view: { kind: 'preset', preset: 3 } };
  const byPosition: Poses = { parking, view: { kind: 'position', pan: 100, tilt: 50 } };
  const degree = GENERIC.unitsPerDegree;
  const cases: [name: string, poses: Poses, sighting: Parameters<typeof poseOf>[0], background: Partial<Background>, pose: string | undefined][] = [
    ['asleep at the wall', byPreset, { power: 'standby', position: parking, still: false }, {}, 'parked'],
    ['asleep, but facing the room, whatever it was before', byPreset, { power: 'standby', position: { pan: 0, tilt: 0 }, still: true }, { leftAside: true }, undefined],
    ['asleep and silent, put there by us', byPreset, { power: 'standby', position: undefined, still: false }, { leftAside: true }, 'parked'],
    ['asleep and silent, nobody knows where', byPreset, { power: 'standby', position: undefined, still: false }, {}, undefined],
    ['awake at the wall', byPreset, { power: 'on', position: parking, still: true }, { leftAside: true }, 'aside'],
    ['awake within a degree of it', byPreset, { power: 'on', position: { pan: 8000 + degree, tilt: -900 }, still: true }, {}, 'aside'],
    ['awake, more than a degree away', byPosition, { power: 'on', position: { pan: 8001 + degree, tilt: -900 }, still: true }, {}, undefined],
    ['passing the wall', byPreset, { power: 'on', position: parking, still: false }, {}, undefined],
    ['at a preset, wherever that is', byPreset, { power: 'on', position: { pan: 0, tilt: 0 }, still: true }, {}, 'view'],
    ['at the position', byPosition, { power: 'on', position: { pan: 100, tilt: 51 }, still: true }, {}, 'view'],
    ['at another position', byPosition, { power: 'on', position: { pan: 900, tilt: 50 }, still: true }, {}, undefined],
    ['awake and silent', byPreset, { power: 'on', position: undefined, still: false }, { leftAside: true }, undefined],
    ['asleep anywhere, having said that standby turns it away', byPreset, { power: 'standby', position: { pan: -8704, tilt: 0 }, still: false }, { sideInStandby: true }, 'parked'],
    ['awake, whatever standby would do', byPreset, { power: 'on', position: undefined, still: false }, { sideInStandby: true }, undefined],
    ['steered past the wall', byPosition, { power: 'on', position: parking, still: false }, { steered: true }, 'view'],
    ['steered, and put to standby by a handset', byPosition, { power: 'standby', position: { pan: 0, tilt: 0 }, still: true }, { steered: true }, undefined],
  ];
  for (const [name, poses, sighting, background, pose] of cases) t.equal(poseOf(sighting, poses, GENERIC, { leftAside: false, sideInStandby: false, steered: false, ...background }), pose, name);
  t.ok(isStill({ pan: 1, tilt: 1 }, { pan: 2, tilt: 1 }, GENERIC), 'one unit of jitter is standing still');
  t.notOk(isStill({ pan: 1, tilt: 1 }, { pan: 7, tilt: 1 }, GENERIC));
  t.notOk(isStill(undefined, { pan: 1, tilt: 1 }, GENERIC));
  t.end();
});

t.test('talks with a camera', { jobs: 4 }, (t) => {
  const talks = ['visca-parks-first', 'visca-stays-parked', 'visca-shows-the-view', 'visca-pulled-out-mid-move', 'visca-restarts', 'visca-on-a-bad-line', 'visca-sleeps-aside', 'visca-will-not-sleep-aside'];
  for (const talk of talks) {
    t.test(talk, (t) =>
      playTalk(talk, t.testdir(), (path) => createViscaCamera({ path, baudRate: 9600, parking: { pan: 8000, tilt: -900 }, view: { kind: 'preset', preset: 3 }, recheckMs: 60_000 })),
    );
  }
  t.end();
});
