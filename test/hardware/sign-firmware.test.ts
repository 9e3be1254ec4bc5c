import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { draw } from '../../firmware-bridge/sign/draw.js';
import type { BoardFace, Place } from '../../firmware-bridge/sign/faces.js';
import { PANELS } from '../../firmware-bridge/sign/panels.js';
import { scan } from '../../firmware-bridge/sign/scan.js';
import type { Face } from '../../session/ports.js';
import { crc16 } from '../../hardware/virtual/sign/crc.js';
import { parseHex } from '../../hardware/virtual/sign/hex.js';
import { ACTUAL, FAULT, KEY, SignBench, WANTED, buildFirmware, smallestHeadroom, type Lie } from '../fakes/sign-bench.js';
import { SUBS, faceBegin, faceData, faceOwn, faceShow, frame, packBits, pair, siphash } from '../fakes/sign-host.js';

// Minutes of the board's life: seconds on a quiet machine.
t.setTimeout(240_000);

const hex = buildFirmware();
const RECORDING = { wanted: WANTED.recording, close: true };
const IDLE = { wanted: WANTED.dark };
const REFUSED = { malformed: 1, badMac: 2, wrongBoot: 3, staleSeq: 4, unpaired: 5, notArmed: 6 } as const;
const RELAY = { commanded: 1, contact: 2, wasClosed: 4, wasOpen: 8 } as const;

/** A picture with long runs, short runs and none. */
const picture = Uint8Array.from({ length: 48_000 }, (_, i) => (i < 20_000 ? 0xff : i < 24_000 ? (i * 31) & 0xff : i % 7 === 0 ? 0x0f : 0x00));
const pictureCrc = crc16(picture);

/** An armed board that records: lamp lit and proven, relay closed. */
function recordingBench(): SignBench {
  const bench = SignBench.armed(hex);
  bench.beats(RECORDING, 1000);
  return bench;
}

const lastRelay = (bench: SignBench): number => bench.events.findLast((event) => event.what === 'relay' && event.state === 'open')?.at ?? NaN;

t.test('SipHash-2-4, in the firmware and in this test, is that of the paper', (t) => {
  const key = Buffer.from(Array.from({ length: 16 }, (_, i) => i));
  const message = Buffer.from(Array.from({ length: 64 }, (_, i) => i));
  // Aumasson and Bernstein 2012, appendix A (15 bytes), and the reference implementation's vectors.h (0 to 2 bytes).
  const published: Record<number, string> = { 0: '310e0edd47db6f72', 1: 'fd67dc93c539f874', 2: '5a4fa9d909806c0d', 15: 'e545be4961ca29a1' };
  const program = join(dirname(hex), 'mac');
  writeFileSync(`${program}.c`, `
    #include "mac.h"
    #include <stdio.h>
    int main(void) {
      uint8_t key[16], message[64], out[8];
      for (int i = 0; i < 64; i++) message[i] = i;
      for (int i = 0; i < 16; i++) key[i] = i;
      for (int length = 0; length <= 64; length++) {
        mac(key, message, length, out);
        for (int i = 0; i < 8; i++) printf("%02x", out[i]);
        printf("\\n");
      }
    }`);
  execFileSync('cc', ['-Wall', '-Wextra', '-Werror', '-Ihardware/sign', '-o', program, `${program}.c`, 'hardware/sign/mac.c']);
  const made = execFileSync(program, { encoding: 'latin1' }).trim().split('\n');
  t.equal(made.length, 65);
  for (const [length, mac] of made.entries()) t.equal(mac, siphash(key, message.subarray(0, length)).toString('hex'), `${String(length)} bytes`);
  for (const [length, mac] of Object.entries(published)) t.equal(made[Number(length)], mac, `${length} bytes, as published`);
  t.end();
});

t.test('a hex file', (t) => {
  t.equal(parseHex(':020000000C945E\n:00000001FF\n')[0], 0x940c, 'is read as little-endian words');
  const table: [string, string, RegExp][] = [
    ['without a colon', '020000000C945E', /line 1 .* is damaged/],
    ['cut off', ':00000001FF\n:020000000C', /line 2 .* is damaged/],
    ['with a wrong sum', ':020000000C9461', /damaged/],
    ['with rubbish', ':zz', /damaged/],
    ['for a larger chip', ':028000000C94DE', /beyond the chip's flash/],
  ];
  for (const [what, text, error] of table) t.throws(() => parseHex(text), { message: error }, `${what} is refused`);
  t.end();
});

t.test('a board that starts', (t) => {
  const bench = new SignBench(hex, { refreshMs: 300 });
  bench.run(2000);
  const lamp = bench.events.flatMap((event) => (event.what === 'lamp' ? [event.at] : []));
  t.equal(lamp.length, 2, 'tries its lamp once');
  t.ok(Math.abs((lamp[1] ?? 0) - (lamp[0] ?? 0) - 100) < 3, 'lit for 100 ms');
  const { relay, lamp: light, busyWrites } = bench.board.snapshot();
  t.match({ relay, light, busyWrites }, { relay: 'open', light: 'dark', busyWrites: 0 });
  const { crcs, ...board } = bench.hello();
  t.same(board, { version: 2, bootId: 1, flags: 0, panel: 1, width: 800, height: 480 }, 'says version 2, boot 1, unpaired, 800x480');
  t.equal(bench.board.snapshot().glassCrc, crcs.checking, 'shows CHECKING');
  const before = bench.bootId;
  bench.do('reset');
  bench.run(300);
  bench.hello();
  t.equal(bench.bootId, before + 1, 'has a new boot id after each start');
  t.end();
});

t.test('Firmata, as far as Johnny-Five needs it', (t) => {
  const bench = new SignBench(hex);
  bench.run(100);
  const name = [...Buffer.from('LamplightSign')].flatMap((letter) => [letter, 0]);
  const capabilities = Array.from({ length: 20 }, (_, pin) => (pin === 4 ? [1, 1, 0x7f] : [0x7f])).flat();
  const table: [string, number[], number[]][] = [
    ['version', [0xf9], [0xf9, 2, 6]],
    ['firmware', [0xf0, 0x79, 0xf7], [0xf0, 0x79, 2, 6, ...name, 0xf7]],
    ['capabilities', [0xf0, 0x6b, 0xf7], [0xf0, 0x6c, ...capabilities, 0xf7]],
    ['analog map', [0xf0, 0x69, 0xf7], [0xf0, 0x6a, ...Array<number>(20).fill(0x7f), 0xf7]],
    ['pin state', [0xf0, 0x6d, 4, 0xf7], [0xf0, 0x6e, 4, 1, 0, 0xf7]],
    ['service LED on, by pin', [0xf5, 4, 1, 0xf0, 0x6d, 4, 0xf7], [0xf0, 0x6e, 4, 1, 1, 0xf7]],
    ['service LED off, by port', [0x90, 0, 0, 0xf0, 0x6d, 4, 0xf7], [0xf0, 0x6e, 4, 1, 0, 0xf7]],
    ['the lamp is not for Firmata', [0xf4, 3, 1, 0xf5, 3, 1, 0x90, 0x08, 0], []],
    ['a system reset is ignored', [0xff], []],
    ['a query that was cut off is dropped', [0xf0, 0x79, 0xf0, 0x6d, 4, 0xf7], [0xf0, 0x6e, 4, 1, 0, 0xf7]],
  ];
  for (const [what, say, answer] of table) t.same(bench.sayRaw(Uint8Array.from(say)), answer, what);
  t.equal(bench.board.snapshot().lamp, 'dark');
  t.end();
});

t.test('pairing', (t) => {
  const bench = new SignBench(hex);
  bench.run(1500);
  const result = (bytes: Uint8Array): number | undefined => bench.say(bytes, 200).find(({ sub }) => sub === SUBS.paired)?.body[0];
  bench.hello();
  t.equal(bench.arm(), 4, 'a board without a key takes no ARM');
  t.same(bench.refused(bench.say(bench.beatBytes(IDLE))), [SUBS.beat, REFUSED.unpaired], 'and no BEAT');
  t.equal(result(pair(KEY)), 2, 'is refused without the button');
  bench.do('press');
  bench.run(50);
  t.equal(result(frame(SUBS.pair, Buffer.alloc(18, 7))), 3, 'is refused with a wrong crc');
  t.equal(result(pair(KEY)), 0, 'is done with the button held');
  t.equal(result(pair(Buffer.alloc(16, 9))), 1, 'is done once');
  t.equal(bench.hello().flags, 1);
  t.equal(bench.arm(), 6, 'no ARM while Stop is held');
  bench.do('release');
  bench.run(50);
  t.equal(bench.arm(), 0);
  bench.do('power-off');
  bench.do('power-on');
  bench.run(1000);
  t.equal(bench.hello().flags, 1, 'outlives a power cut');
  t.equal(bench.arm(), 0);
  t.end();
});

t.test('ARM and BEAT are believed only from the one host, once', (t) => {
  const bench = SignBench.paired(hex);
  t.same(bench.refused(bench.say(bench.beatBytes(IDLE))), [SUBS.beat, REFUSED.notArmed], 'no beat before the first ARM');
  const stranger = Buffer.alloc(16, 1);
  t.equal(bench.arm({ key: stranger }), 2, 'ARM with a wrong MAC');
  t.equal(bench.arm({ bootId: bench.bootId - 1 }), 1, 'ARM for an old boot');
  t.equal(bench.arm({ seq: 0 }), 3, 'ARM with an old seq');
  t.equal(bench.arm(), 0);
  const table: [string, Lie, number][] = [
    ['a wrong MAC', { key: stranger }, REFUSED.badMac],
    ['another boot', { bootId: 77 }, REFUSED.wrongBoot],
    ['the seq of the ARM', { seq: bench.seq }, REFUSED.staleSeq],
  ];
  for (const [what, lie, reason] of table) t.same(bench.refused(bench.say(bench.beatBytes(RECORDING, lie))), [SUBS.beat, reason], what);
  const good = bench.beatBytes(RECORDING);
  t.ok(bench.readStatus(bench.say(good)), 'a good beat is answered');
  t.same(bench.refused(bench.say(good)), [SUBS.beat, REFUSED.staleSeq], 'and refused when it is played again');
  for (const body of [0, 28, 30].map((length) => Buffer.alloc(length))) t.same(bench.refused(bench.say(frame(SUBS.beat, body))), [SUBS.beat, REFUSED.malformed]);
  t.same(bench.refused(bench.say(frame(SUBS.faceData, Buffer.alloc(200)))), [SUBS.faceData, REFUSED.malformed], 'too long a message');
  t.same(bench.refused(bench.say(bench.beatBytes({ wanted: 4 }))), [SUBS.beat, REFUSED.malformed], 'a state that cannot be wanted');
  bench.do('reset');
  bench.run(400);
  t.same(bench.refused(bench.say(bench.beatBytes(RECORDING))), [SUBS.beat, REFUSED.wrongBoot], 'after a reset, the old boot is nobody');
  bench.hello();
  t.same(bench.refused(bench.say(bench.beatBytes(RECORDING))), [SUBS.beat, REFUSED.notArmed]);
  t.equal(bench.board.snapshot().lamp, 'dark');
  t.end();
});

t.test('recording: the lamp is lit and measured, then the relay closes', (t) => {
  const bench = SignBench.armed(hex);
  const asked = bench.now;
  const first = bench.beat(RECORDING, 20);
  t.equal(first.relay & RELAY.commanded, 0, 'not before the light is measured');
  const status = bench.beats(RECORDING, 750);
  t.match(status, { actual: ACTUAL.recording, lamp: 1, lampWorst: 0, fault: FAULT.none, button: 0 });
  t.ok(status.photo > 64 && status.shunt > 32);
  t.ok(Math.abs(status.samples - 50) <= 2, `200 samples a second: ${String(status.samples)} in 250 ms`);
  t.equal(status.relay, RELAY.commanded | RELAY.contact | RELAY.wasClosed, 'proven closed');
  const lit = bench.events.find((event) => event.what === 'lamp' && event.at > asked)?.at ?? NaN;
  const closed = bench.events.find((event) => event.what === 'relay')?.at ?? NaN;
  t.ok(closed - lit > 50 && closed - lit < 80, `light first, ${(closed - lit).toFixed(1)} ms before the relay`);
  bench.beats(IDLE, 500);
  const idle = bench.beat(IDLE);
  t.match(idle, { actual: ACTUAL.dark, lamp: 0, relay: RELAY.wasOpen, lampWorst: 0 }, 'and open again, proven, when nothing is wanted');
  t.end();
});

t.test('camera on and paused pulse slowly, and only camera on closes the relay', (t) => {
  const bench = SignBench.armed(hex);
  const status = bench.beats({ wanted: WANTED.cameraOn, close: true }, 4000);
  t.match(status, { actual: ACTUAL.cameraOn, lamp: 2, lampWorst: 0, relay: RELAY.commanded | RELAY.contact | RELAY.wasClosed });
  const edges = bench.events.flatMap((event) => (event.what === 'lamp' ? [event.at] : [])).slice(2);
  for (const [i, at] of edges.entries()) if (i > 0) t.ok(Math.abs(at - (edges[i - 1] ?? 0) - 1000) <= 6, 'a second lit, a second dark');
  t.match(bench.beats({ wanted: WANTED.paused, close: true }, 750), { actual: ACTUAL.paused, lamp: 2, relay: RELAY.wasOpen });
  t.end();
});

t.test('a STATUS comes within 10 ms and its time on the wire, even while a face is drawn', (t) => {
  const bench = recordingBench();
  const answered = (): boolean => {
    const bytes = bench.beatBytes(RECORDING);
    const onTheWire = ((bytes.length + 47) * 10) / 117.647; // 10 bits a byte, at the firmware's 117 647 baud
    return bench.say(bytes, onTheWire + 10).some(({ sub }) => sub === SUBS.status);
  };
  t.ok(answered());
  bench.run(2050);
  t.match(bench.beat(RECORDING), { panel: 1 | 8, fault: FAULT.beatsLost }, 'OUT OF ORDER is being drawn');
  t.ok(Array.from({ length: 20 }, answered).every((yes) => yes));
  t.end();
});

t.test('beats lost for two seconds', (t) => {
  const bench = recordingBench();
  const last = bench.now - 250 + 4; // when the last beat had come over the line
  bench.run(2500);
  const open = lastRelay(bench);
  t.ok(open - last > 1995 && open - last < 2015, `the relay opens ${(open - last).toFixed(0)} ms after the last beat`);
  const status = bench.beat(RECORDING);
  t.match(status, { actual: ACTUAL.outOfOrder, wanted: WANTED.recording, fault: FAULT.beatsLost, lamp: 0 }, 'OUT OF ORDER; the beat is answered, not followed');
  t.equal(bench.board.snapshot().lamp, 'dark');
  bench.run(1000);
  t.match(bench.beat(RECORDING), { panel: 8, fault: FAULT.beatsLost }, 'a face of its own is on the glass');
  t.equal(bench.arm(), 0, 'left by ARM');
  t.match(bench.beats(RECORDING, 1000), { actual: ACTUAL.recording, fault: FAULT.none });
  t.end();
});

t.test('a welded relay: assume recording', (t) => {
  const bench = recordingBench();
  bench.do('weld-relay');
  bench.run(6000);
  t.match(bench.beat(RECORDING), { actual: ACTUAL.assume, fault: FAULT.beatsLost, lamp: 3 });
  const lit = bench.events.flatMap((event) => (event.what === 'lamp' && event.lit ? [event.at] : []));
  t.ok(lit.length > 6, 'the lamp flashes');
  t.same(bench.tooFast, [], 'at 2 Hz and never faster');
  t.equal(bench.arm(), 5, 'no ARM while the contact is closed');
  bench.do('reset');
  bench.run(1000);
  bench.hello();
  t.equal(bench.arm(), 5, 'nor after a reset');
  t.equal(bench.board.snapshot().relay, 'closed');
  bench.run(1500);
  t.same(bench.tooFast, [], 'a reset does not make the lamp faster, either');
  bench.do('unweld-relay');
  bench.run(200);
  t.equal(bench.arm(), 0, 'once it is open, ARM is taken');
  t.end();
});

const FAILURES: { what: string; breakIt: 'break-lamp' | 'cover-lamp' | 'jam-relay'; fault: number; worst: number; opensWithin: number }[] = [
  { what: 'the lamp breaks', breakIt: 'break-lamp', fault: FAULT.lampDark, worst: 1, opensWithin: 30 },
  { what: 'the lamp is taped over', breakIt: 'cover-lamp', fault: FAULT.lampDark, worst: 1 | 4, opensWithin: 30 },
  { what: 'the relay lets go', breakIt: 'jam-relay', fault: FAULT.relayOpen, worst: 0, opensWithin: 1 },
];
for (const { what, breakIt, fault, worst, opensWithin } of FAILURES) {
  t.test(`while recording, ${what}`, (t) => {
    const bench = recordingBench();
    const at = bench.now;
    bench.do(breakIt);
    bench.run(120);
    t.ok(lastRelay(bench) - at <= opensWithin, `the relay is open after ${(lastRelay(bench) - at).toFixed(1)} ms`);
    t.match(bench.beat(RECORDING), { actual: ACTUAL.outOfOrder, fault, lampWorst: worst });
    t.end();
  });
}

t.test('a lamp that failed is tested anew before ARM is taken', (t) => {
  const bench = recordingBench();
  bench.do('break-lamp');
  bench.run(2000);
  t.equal(bench.arm(), 5);
  bench.run(500);
  t.equal(bench.arm(), 5, 'still broken');
  bench.do('mend-lamp');
  const tests = (): number => bench.events.filter(({ what }) => what === 'lamp').length;
  const before = tests();
  for (let i = 0; i < 3; i++) {
    bench.run(1000);
    t.equal(bench.arm(), 5);
  }
  t.equal(tests(), before, 'tested every 4 s at most, however often it is asked for: a sign that is out of order does not pulse');
  bench.run(1000);
  bench.arm();
  bench.run(500);
  t.equal(bench.arm(), 0, 'mended');
  t.same(bench.tooFast, []);
  t.end();
});

t.test('a lamp or a sensor that lies at boot', (t) => {
  for (const lie of ['break-lamp', 'cover-lamp', 'stick-sensor'] as const) {
    const bench = SignBench.paired(hex);
    bench.do(lie);
    bench.do('reset');
    bench.run(500);
    bench.hello();
    t.equal(bench.arm(), 5, `${lie}: no ARM`);
  }
  t.end();
});

t.test('a sensor that sticks while the sign is dark', (t) => {
  const bench = SignBench.armed(hex);
  bench.beats(IDLE, 500);
  bench.do('stick-sensor');
  bench.run(100);
  t.match(bench.beat(IDLE), { fault: FAULT.lampLit, lampWorst: 4 });
  t.end();
});

t.test('P2.1 before a start the lamp is proven dark as well as lit: the relay closes only under a light that rose out of a measured dark', (t) => {
  for (const [what, sticks, closes] of [['a sound sensor', false, true], ['a sensor that says light from the moment in which the lamp went dark', true, false]] as const) {
    const bench = SignBench.armed(hex);
    bench.beats({ wanted: WANTED.paused }, 500);
    const falls = (): number => bench.events.filter((event) => event.what === 'lamp' && !event.lit).length;
    const before = falls();
    for (let ms = 0; falls() === before && ms < 1500; ms++) bench.run(1);
    if (sticks) bench.do('stick-sensor');
    bench.beats(RECORDING, 750);
    const { lamp, relay } = bench.board.snapshot();
    t.equal(relay === 'closed', closes, what);
    t.equal(bench.events.some((event) => event.what === 'relay'), closes);
    t.equal(lamp, 'lit', 'either way the lamp burns');
    t.same(bench.tooFast, []);
  }
  t.end();
});

t.test('Stop', (t) => {
  const bench = recordingBench();
  const at = bench.now;
  bench.do('press');
  const told = bench.say(new Uint8Array(), 60).filter(({ sub }) => sub === SUBS.button);
  t.same(told.map(({ body }) => [body.readUInt32LE(0), body[4]]), [[bench.bootId, 3]], 'is told at once, and once');
  t.ok(lastRelay(bench) - at <= 25, `opens the relay in ${(lastRelay(bench) - at).toFixed(1)} ms`);
  bench.do('release');
  bench.run(50);
  const status = bench.beats(RECORDING, 500);
  t.match(status, { button: 2, actual: ACTUAL.recording, lamp: 1, fault: FAULT.none }, 'is latched; lamp and state stay');
  t.equal(bench.board.snapshot().relay, 'open');
  t.equal(bench.arm(), 0, 'only ARM lets it go');
  t.match(bench.beats(RECORDING, 750), { button: 0, relay: RELAY.commanded | RELAY.contact | RELAY.wasClosed });
  bench.do('press');
  bench.run(10);
  bench.do('release');
  bench.run(50);
  t.match(bench.beat(RECORDING), { button: 0 }, 'a contact of 10 ms is no press');
  t.end();
});

t.test('what a lost STATUS would have said is in the next', (t) => {
  const bench = recordingBench();
  bench.do('press');
  bench.run(60);
  bench.do('release');
  const lost = bench.readStatus(bench.say(bench.beatBytes(RECORDING)));
  t.ok(lost.relay & RELAY.wasOpen);
  const joined = bench.readStatus(bench.say(bench.beatBytes(RECORDING)));
  t.ok(joined.relay & RELAY.wasClosed, 'it was closed at first, before the STATUS that was lost');
  bench.ack = joined.number;
  t.equal(bench.beat(RECORDING).relay, RELAY.wasOpen, 'once acknowledged, it is over');
  t.end();
});

t.test('a hang', (t) => {
  const bench = recordingBench();
  const at = bench.now;
  bench.do('hang');
  bench.run(800);
  const boot = bench.events.findLast((event) => event.what === 'boot');
  t.match(boot, { cause: 'watchdog' });
  t.ok((boot?.at ?? NaN) - at <= 515, `is ended after ${((boot?.at ?? NaN) - at).toFixed(0)} ms`);
  t.match(bench.board.snapshot(), { relay: 'open', boots: 2 });
  t.equal(bench.hello().flags, 1 | 2, 'paired, reset by the watchdog');
  t.end();
});

t.test('a face from the host', (t) => {
  const bench = SignBench.armed(hex);
  t.equal(bench.face(picture, pictureCrc, IDLE), 0);
  const snapshot = bench.board.snapshot();
  t.ok(Buffer.from(snapshot.glassBits).equals(picture), 'is on the glass bit for bit');
  t.equal(snapshot.glassCrc, pictureCrc);
  t.match(bench.beat(IDLE), { glassCrc: pictureCrc, panel: 0, refreshes: 2, lampWorst: 0 });
  bench.send(picture.map((pixels) => ~pixels), 0x1234, IDLE);
  t.match(bench.beat(IDLE), { glassCrc: pictureCrc }, 'sending ahead changes nothing');
  const refused = bench.say(faceShow(bench.transfer, 0x1234))[0];
  t.same([refused?.sub, refused?.body[1]], [SUBS.shown, 3], 'a picture with another crc is not shown');
  t.equal(bench.board.snapshot().glassCrc, pictureCrc);
  t.match(bench.board.snapshot(), { busyWrites: 0, strangeWrites: 0 }, 'no byte to a busy panel, none that it does not know');
  bench.run(2500);
  t.equal(bench.say(faceBegin(9, 1)).find(({ sub }) => sub === SUBS.faceAck)?.body[1], 5, 'after a fault no face is taken');
  t.end();
});

const BOARD_PANELS = [{ panel: 1, languages: ['en', 'cy'] }, { panel: 2, languages: ['en'] }, { panel: 3, languages: ['en'] }] as const;
for (const { panel, languages } of BOARD_PANELS) {
  t.test(`panel ${String(panel)}, ${languages.join(' and ')}: the board's own faces, and one from the host`, (t) => {
    const { [panel]: size } = PANELS;
    if (size === undefined) throw new Error('no such panel');
    const place: Place = { languages, room: 'no face of the board says it' };
    const drawn = (kind: (BoardFace | Extract<Face, { kind: 'paused' }>)['kind']): Buffer => draw({ kind }, size, place).bits;
    const bench = new SignBench(buildFirmware({ panel, languages }), { panel });
    const shows = (bits: Buffer, crc: number, what: string): void => {
      const { glassBits, glassCrc } = bench.board.snapshot();
      t.ok(Buffer.from(glassBits).equals(bits), `${what}, bit for bit as it was drawn`);
      t.equal(glassCrc, crc, `${what}: BOARD tells its crc`);
      t.equal(crc, crc16(scan(bits, size)), `${what}: of the bytes in the panel's own order`);
    };
    bench.run(1500);
    const { crcs, ...board } = bench.hello();
    t.match(board, { version: 2, panel, width: size.width, height: size.height });
    shows(drawn('checking'), crcs.checking, 'CHECKING');
    bench.pair();
    bench.arm();
    bench.beat(IDLE);
    t.equal(bench.faceOwn(4, IDLE), 0);
    shows(drawn('paused'), crcs.paused, 'PAUSED');
    t.match(bench.beat(IDLE), { glassCrc: crcs.paused, panel: 0 }, 'which the host ordered');
    const hosts = scan(drawn('out-of-order'), size).map((pixels) => ~pixels);
    t.equal(bench.face(hosts, crc16(hosts), IDLE), 0);
    t.equal(bench.beat(IDLE).glassCrc, crc16(hosts), 'a face from the host');
    t.ok(Buffer.from(scan(bench.board.snapshot().glassBits, size)).equals(hosts));
    bench.beats(RECORDING, 1000);
    bench.run(3500);
    shows(drawn('out-of-order'), crcs.outOfOrder, 'OUT OF ORDER');
    t.equal(bench.arm(), 0);
    bench.beats(RECORDING, 1000);
    bench.do('weld-relay');
    bench.run(3500);
    shows(drawn('assume-recording'), crcs.assumeRecording, 'ASSUME RECORDING');
    t.match(bench.board.snapshot(), { busyWrites: 0, strangeWrites: 0 });
    t.end();
  });
}

t.test('PAUSED from the board’s flash', (t) => {
  const bench = SignBench.armed(hex);
  const answers = (bytes: Uint8Array): number[][] => bench.say(bytes).filter(({ sub }) => sub === SUBS.shown).map(({ body }) => [body.readUInt8(0), body.readUInt8(1)]);
  t.same(answers(faceOwn(70, 3)), [[70, 3]], 'the only face that a host may order');
  const { crcs } = bench.hello();
  bench.send(picture, pictureCrc, IDLE);
  const sent = bench.transfer;
  t.equal(bench.faceOwn(4, IDLE), 0);
  t.same(answers(faceShow(sent, pictureCrc)), [[sent, 3]], 'overwrites what was sent ahead');
  t.match(bench.beat(IDLE), { glassCrc: crcs.paused, refreshes: 2 });
  t.equal(bench.face(picture, pictureCrc, IDLE), 0, 'which is sent anew');
  t.same(answers(Buffer.concat([faceOwn(71, 4), faceOwn(72, 4)])), [[72, 6]], 'a second order meanwhile: ask again');
  bench.beats(IDLE, 2000);
  bench.run(2500);
  t.same(answers(faceOwn(73, 4)), [[73, 5]], 'not after a fault');
  t.end();
});

t.test('the stronger face', (t) => {
  const bench = SignBench.armed(hex, { refreshMs: 1500 });
  const { crcs } = bench.hello();
  const before = bench.beats(IDLE, 3000).refreshes;
  const glass = (): number[] => bench.events.flatMap((event) => (event.what === 'glass' ? [event.crc] : []));
  bench.events.length = 0;
  bench.run(1960);
  const ended = bench.say(faceOwn(80, 4), 150).find(({ sub }) => sub === SUBS.shown);
  t.equal(ended?.body.readUInt8(1), 5, 'takes the place of PAUSED that is still being drawn, and that is told');
  bench.run(3000);
  t.same(glass(), [crcs.outOfOrder], 'with one refresh');
  t.equal(bench.beat(IDLE).refreshes, before + 1, 'which is counted');

  t.equal(bench.arm(), 0);
  bench.events.length = 0;
  bench.beats(RECORDING, 1000);
  bench.do('weld-relay');
  bench.say(faceOwn(81, 4), 5);
  bench.beat(RECORDING, 1500);
  bench.run(700); // PAUSED is being refreshed, beats are lost
  t.match(bench.beat(RECORDING), { actual: ACTUAL.assume, lamp: 3, panel: 1 }, 'else waits for the panel, while the lamp says it');
  bench.run(5000);
  t.same(glass(), [crcs.paused, crcs.assumeRecording], 'and comes next');
  t.equal(bench.board.snapshot().busyWrites, 0, 'with no byte to a busy panel');
  t.end();
});

t.test('the stack', (t) => {
  const headroom = smallestHeadroom(() => {
    const bench = recordingBench();
    bench.face(picture, pictureCrc, RECORDING);
    bench.say(Buffer.concat([...packBits(picture).slice(0, 3).map((part, i) => faceData(9, i, part)), bench.beatBytes(RECORDING)]), 80);
    bench.sayRaw(Uint8Array.from([0xf0, 0x6b, 0xf7, 0xf0, 0x79, 0xf7]), 60);
    bench.faceOwn(4, RECORDING);
    bench.do('press');
    bench.beats(RECORDING, 1000);
    bench.run(4000);
    bench.arm();
  });
  t.comment(`${String(headroom)} bytes of RAM were never used`);
  t.ok(headroom >= 384, 'leaves a reserve that is larger than itself');
  t.end();
});

t.test('face messages that are damaged, out of order or too many', (t) => {
  const bench = SignBench.armed(hex);
  const parts = packBits(picture);
  const part = (i: number): Buffer => faceData(5, i, parts[i] ?? Buffer.alloc(1));
  const acks = (bytes: Uint8Array): number[][] => bench.say(bytes, 80).filter(({ sub }) => sub === SUBS.faceAck).map(({ body }) => [body.readUInt8(1), body.readUInt16LE(2)]);
  bench.beat(IDLE);
  const damaged = Buffer.from(part(0));
  damaged[20] = (damaged[20] ?? 0) ^ 1;
  t.same(acks(part(0)), [[4, 0xffff]], 'before FACE_BEGIN');
  t.same(acks(faceBegin(5, pictureCrc)), [[0, 0]]);
  t.same(acks(damaged), [[1, 0]], 'a flipped bit');
  t.same(acks(part(1)), [[4, 0]], 'the second before the first');
  t.same(acks(faceData(5, 0, Buffer.of(3, 1, 2))), [[1, 0]], 'a run that crosses the end');
  const short = (index: number): Buffer => faceData(5, index, Buffer.of(0x81, 0xff));
  t.same(acks(Buffer.concat([part(0), damaged])), [[0, 1], [1, 1]], 'answered in the order in which they came');
  t.same(acks(Buffer.concat([part(1), short(2), short(3)])), [[3, 3], [0, 2], [0, 3]], 'more than two at once: the third is refused');
  t.same(acks(short(3)), [[0, 4]], 'and on it goes');
  t.equal(bench.board.snapshot().busyWrites, 0);
  t.end();
});

t.test('a panel that is not there, or stuck', (t) => {
  for (const [fault, mend, code, bit] of [['panel-absent', 'panel-present', 1, 2], ['panel-stuck', 'panel-unstuck', 2, 4]] as const) {
    const bench = SignBench.armed(hex);
    bench.beat(IDLE);
    bench.send(picture, pictureCrc, IDLE);
    bench.do(fault);
    bench.say(faceShow(bench.transfer, pictureCrc), 5);
    let shown;
    for (let i = 0; i < 60 && shown === undefined; i++) shown = bench.say(bench.beatBytes(RECORDING), 200).find(({ sub }) => sub === SUBS.shown);
    t.equal(shown?.body[1], code, `${fault} is told`);
    t.match(bench.beat(RECORDING), { glassCrc: 0, lampWorst: 0, fault: FAULT.none }, 'the lamp goes on');
    t.ok(bench.beat(RECORDING).panel & bit);
    bench.do(mend);
    bench.beats(IDLE, 6000);
    t.equal(bench.face(picture, pictureCrc, IDLE), 0, 'and works again when it is back');
  }
  t.end();
});

t.test('noise on the line', (t) => {
  const bench = recordingBench();
  let seed = 12345;
  const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => ((seed = (seed * 1103515245 + 12345) >>> 0) >> 16) & 0xff));
  const edges = (): number => bench.events.filter(({ what }) => what === 'lamp' || what === 'relay').length;
  const before = edges();
  for (let i = 0; i < 40; i++) {
    bench.say(noise(400), 60);
    const bytes = bench.beatBytes(RECORDING);
    bytes[5 + (i % 30)] = (bytes[5 + (i % 30)] ?? 0) ^ (1 << i % 7);
    bench.say(bytes, 20);
    bench.say(Buffer.concat([Buffer.of(0xf7), bench.beatBytes(RECORDING)]), 20);
  }
  t.equal(edges(), before, 'changes neither lamp nor relay');
  t.match(bench.beat(RECORDING), { actual: ACTUAL.recording, lampWorst: 0, fault: FAULT.none });
  t.end();
});
