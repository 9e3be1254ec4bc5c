import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { SerialPort } from 'serialport';
import t from 'tap';
import { DeviceProgram, monotonic } from '../../hardware/virtual/program.js';
import { CYCLES_PER_MS, EEPROM_BYTES } from '../../hardware/virtual/sign/avr.js';
import { Board } from '../../hardware/virtual/sign/board.js';
import type { SignContract, SignEvent } from '../../hardware/virtual/sign/contract.js';
import { crc16 } from '../../hardware/virtual/sign/crc.js';
import { parseHex } from '../../hardware/virtual/sign/hex.js';
import { NOISE, NoisyWire, type NoiseRates } from '../../hardware/virtual/sign/noise.js';
import { Pace } from '../../hardware/virtual/sign/pace.js';
import type { PanelModel } from '../../hardware/virtual/sign/panel-model.js';
import { PANELS, type PanelId } from '../../hardware/virtual/sign/panels.js';
import { buildFirmware } from '../fakes/sign-bench.js';
import { SUBS, frame, messages } from '../fakes/sign-host.js';

const main = new URL('../../hardware/virtual/sign/main.js', import.meta.url);
const PATIENCE_MS = 15_000;

/** Resolves with the next event that fits. */
function event(sign: DeviceProgram<SignContract>, fits: (event: SignEvent) => boolean): Promise<SignEvent> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => reject(new Error(`it did not happen; what did: ${JSON.stringify(sign.events)}`)), PATIENCE_MS);
    sign.on('event', (told) => {
      if (!fits(told)) return;
      clearTimeout(impatience);
      resolve(told);
    });
  });
}

/** Says HELLO through the pseudo-terminal until it is answered. @returns the boot id. */
async function hello(path: string): Promise<number> {
  const line = new SerialPort({ path, baudRate: 115_200 });
  const heard: number[] = [];
  const bootId = await new Promise<number>((resolve, reject) => {
    line.on('error', reject);
    line.on('data', (bytes: Buffer) => {
      heard.push(...bytes);
      const board = messages(heard).find(({ sub }) => sub === SUBS.board);
      if (board !== undefined) resolve(board.body.readUInt32LE(1));
    });
    const again = setInterval(() => line.write(frame(SUBS.hello, Buffer.alloc(0))), 100);
    line.on('data', () => clearInterval(again));
  });
  await new Promise((closed) => line.close(closed));
  return bootId;
}

t.setTimeout(120_000);

t.test('the sign board as a program', async (t) => {
  const folder = t.testdir({});
  const options = { hexPath: buildFirmware(), ptyPath: join(folder, 'sign'), eepromPath: join(folder, 'eeprom'), refreshMs: 200 };
  const sign = new DeviceProgram<SignContract>(main, options);
  t.teardown(() => sign.close());
  const started = monotonic();
  await sign.ready;

  await event(sign, ({ what }) => what === 'glass');
  const snapshot = await sign.snapshot();
  const png = PNG.sync.read(Buffer.from(snapshot.glass));
  t.match({ width: png.width, height: png.height }, { width: 800, height: 480 }, 'shows its glass as a PNG');
  t.equal(snapshot.glassBits.length, 48_000);
  t.match(snapshot, { lamp: 'dark', relay: 'open', plugged: true, powered: true, boots: 1, busyWrites: 0, strangeWrites: 0 });
  for (const told of sign.events) t.ok(told.at >= started && told.at <= monotonic(), `${told.what} is stamped by the clock that all share`);

  t.equal(await hello(options.ptyPath), 1, 'answers on its line');

  const unplugged = event(sign, (told) => told.what === 'cable' && !told.plugged);
  await sign.do({ do: 'unplug' });
  await unplugged;
  t.notOk(existsSync(options.ptyPath), 'the line goes with the cable');
  await sign.do({ do: 'power-off' });
  await sign.do({ do: 'plug' });
  t.notOk(existsSync(options.ptyPath), 'and does not come back without power');
  await sign.do({ do: 'power-on' });
  t.ok(existsSync(options.ptyPath));
  t.equal(await hello(options.ptyPath), 2);
  await sign.close();

  const again = new DeviceProgram<SignContract>(main, options);
  t.teardown(() => again.close());
  await again.ready;
  t.equal(await hello(options.ptyPath), 3, 'its EEPROM is kept in a file');
  t.equal(readFileSync(options.eepromPath).length, 1024);
  await again.close();

  writeFileSync(options.eepromPath, 'rubbish');
  await t.rejects(new DeviceProgram<SignContract>(main, options).ready, 'a file that is no EEPROM is refused');
});

t.test('noise on the line', (t) => {
  const sent = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff);
  const arrived = (rates: Partial<NoiseRates>, direction = 0): Uint8Array => new NoisyWire({ ...NOISE, ...rates }, direction).pass(sent);
  t.same(arrived({ seed: 7 }), arrived({ seed: 7 }), 'is the same for the same seed');
  t.notSame(arrived({ seed: 7 }), arrived({ seed: 8 }), 'another for another');
  t.notSame(arrived({ seed: 7 }), arrived({ seed: 7 }, 1), 'and another in the other direction');
  const wire = new NoisyWire({ ...NOISE, seed: 7 }, 0);
  t.same(Uint8Array.from(Array.from(sent).flatMap((byte) => [...wire.pass(Uint8Array.of(byte))])), arrived({ seed: 7 }), 'however the bytes come together');

  const lost = sent.length - arrived({ bytesPerFlip: 0, bytesPerDrop: 100 }).length;
  t.ok(lost > 850 && lost < 1150, `loses one byte in a hundred (${lost} of ${sent.length})`);
  const hit = [...arrived({ bytesPerFlip: 100, bytesPerDrop: 0 }).entries()].map(([i, byte]) => byte ^ (sent[i] ?? 0)).filter((bits) => bits !== 0);
  t.ok(hit.length > 850 && hit.length < 1150, `flips in one byte of a hundred (${hit.length} of ${sent.length})`);
  t.ok(hit.every((bits) => (bits & (bits - 1)) === 0), 'one bit');
  t.same(arrived({ bytesPerFlip: 0, bytesPerDrop: 0 }), sent, 'and nothing where there is none');
  t.end();
});

t.test('a board hears and is heard through the noise', (t) => {
  const sent: number[] = [];
  const board = new Board({
    program: parseHex(readFileSync(buildFirmware(), 'latin1')), eeprom: new Uint8Array(EEPROM_BYTES).fill(0xff), refreshMs: 200,
    noise: { bytesPerFlip: 0, bytesPerDrop: 1 }, at: (cycles) => cycles / CYCLES_PER_MS,
    onEvent: () => undefined, onByte: (byte) => sent.push(byte), onEepromChange: () => undefined,
  });
  const answers = (): number => {
    sent.length = 0;
    board.receive(frame(SUBS.hello, Buffer.alloc(0)));
    board.run(50);
    return sent.length;
  };
  board.run(500);
  const quiet = answers();
  t.ok(quiet > 0);
  board.command('noise');
  t.equal(answers(), 0, 'where every byte is lost there is no answer');
  board.command('quiet');
  t.equal(answers(), quiet, 'and afterwards there is');
  t.end();
});

t.test('a board that lives four times as fast lives four times the cycles in a millisecond', (t) => {
  const pace = new Pace(4);
  t.ok(Math.abs(pace.at(4 * CYCLES_PER_MS) - pace.at(0) - 1) < 1e-6);
  t.end();
});

const REFRESH_MS = 1000;

/** A panel on the bench: commands by hand, and time that passes when it is told to. */
class Bench {
  readonly panel: PanelModel;
  glasses = 0;
  #now = 0;
  #timers: { at: number; then: () => void }[] = [];

  constructor(id: PanelId) {
    this.panel = PANELS[id].make(REFRESH_MS, {
      after: (ms, then) => this.#timers.push({ at: this.#now + ms, then }),
      onBusy: () => undefined,
      onGlass: () => this.glasses++,
    });
  }

  say(command: number, ...data: readonly number[]): void {
    this.panel.take(command, true);
    for (const byte of data) this.panel.take(byte, false);
  }

  wait(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { then } of due) then();
  }

  /** Whether the upright pixel is white. */
  white(x: number, y: number): boolean {
    return (((this.panel.glass[(y * this.panel.width + x) >> 3] ?? 0) >> (7 - (x & 7))) & 1) === 1;
  }

  /** Upright pixels that are black, as [x, y]. */
  get black(): number[][] {
    const { width, height } = this.panel;
    return Array.from({ length: width * height }, (_, i) => [i % width, Math.floor(i / width)]).filter(([x = 0, y = 0]) => !this.white(x, y));
  }

  get mistakes(): { busy: number; strange: number } {
    return { busy: this.panel.busyWrites, strange: this.panel.strangeWrites };
  }
}

const NO_MISTAKE = { busy: 0, strange: 0 };
const NATIVE = { 2: { columns: 50, rows: 300 }, 3: { columns: 16, rows: 296 } } as const;

/** As a careful driver sets up an SSD16xx: X and Y up, X first. */
function setUp(id: 2 | 3, bench = new Bench(id)): Bench {
  const { columns, rows } = NATIVE[id];
  const last = rows - 1;
  bench.say(0x12);
  bench.wait(10);
  bench.say(0x01, last & 0xff, last >> 8, 0);
  bench.say(0x11, 0x03);
  bench.say(0x3c, 0x05);
  bench.say(0x21, 0x00, 0x80);
  bench.say(0x44, 0, columns - 1);
  bench.say(0x45, 0, 0, last & 0xff, last >> 8);
  goTo(bench, 0, 0);
  return bench;
}

function goTo(bench: Bench, x: number, y: number): void {
  bench.say(0x4e, x);
  bench.say(0x4f, y & 0xff, y >> 8);
}

/** White but for the bytes given by their place in the order of writing. */
function write(bench: Bench, id: 2 | 3, ink: Readonly<Record<number, number>>): Buffer {
  const picture = Buffer.alloc(NATIVE[id].columns * NATIVE[id].rows, 0xff);
  for (const [at, byte] of Object.entries(ink)) picture[Number(at)] = byte;
  bench.say(0x24, ...picture);
  return picture;
}

function refresh(bench: Bench, sequence = 0xf7): void {
  bench.say(0x22, sequence);
  bench.say(0x20);
  bench.wait(REFRESH_MS);
}

for (const id of [2, 3] as const) {
  t.test(`panel ${id} (${PANELS[id].controller})`, (t) => {
    t.test('shows what was written, once BUSY has come and gone', (t) => {
      const bench = setUp(id);
      const picture = write(bench, id, { 0: 0x7f });
      bench.say(0x22, 0xf7);
      bench.say(0x20);
      t.ok(bench.panel.busyIsHigh && bench.panel.busy);
      bench.wait(REFRESH_MS - 1);
      t.equal(bench.glasses, 0);
      bench.wait(1);
      t.notOk(bench.panel.busy);
      t.equal(bench.glasses, 1);
      t.equal(bench.panel.glassCrc, crc16(picture), 'its crc is that of the bytes as they were written');
      t.same(bench.black, [id === 2 ? [0, 0] : [0, 127]], 'the first pixel is the upper left one, on its side the lower left');
      t.same(bench.mistakes, NO_MISTAKE);
      t.end();
    });

    t.test('goes in the direction that it was told', (t) => {
      const { columns, rows } = NATIVE[id];
      const corners: readonly [mode: number, x: number, y: number, second: readonly [number, number]][] = [
        [0x03, 0, 0, [1, 0]], [0x02, columns - 1, 0, [columns - 2, 0]], [0x01, 0, rows - 1, [1, rows - 1]], [0x00, columns - 1, rows - 1, [columns - 2, rows - 1]],
        [0x07, 0, 0, [0, 1]], [0x06, columns - 1, 0, [columns - 1, 1]], [0x05, 0, rows - 1, [0, rows - 2]], [0x04, columns - 1, rows - 1, [columns - 1, rows - 2]],
      ];
      for (const [mode, x, y, [column, row]] of corners) {
        const bench = setUp(id);
        bench.say(0x11, mode);
        bench.say(0x44, (mode & 1) !== 0 ? 0 : columns - 1, (mode & 1) !== 0 ? columns - 1 : 0);
        const [first, last] = (mode & 2) !== 0 ? [0, rows - 1] : [rows - 1, 0];
        bench.say(0x45, first & 0xff, first >> 8, last & 0xff, last >> 8);
        goTo(bench, x, y);
        const picture = write(bench, id, { 1: 0x7f });
        refresh(bench);
        t.same(bench.black, [id === 2 ? [column * 8, row] : [row, 127 - column * 8]], `mode ${mode}: the second byte lies beside the first`);
        t.equal(bench.panel.glassCrc, crc16(picture), 'the crc follows the order of writing');
        t.same(bench.mistakes, NO_MISTAKE);
      }
      t.end();
    });

    t.test('writes within its window only, round and round, and calls that strange', (t) => {
      const bench = setUp(id);
      write(bench, id, {});
      bench.say(0x44, 2, 3);
      bench.say(0x45, 10, 0, 10, 0);
      goTo(bench, 2, 10);
      bench.say(0x24, 0x00, 0xff);
      t.same(bench.mistakes, NO_MISTAKE);
      bench.panel.take(0xfe, false);
      t.equal(bench.mistakes.strange, 1, 'a third byte for a window of two');
      refresh(bench);
      t.same(bench.black, [id === 2 ? [23, 10] : [10, 104]], 'it fell on the first');
      t.end();
    });

    t.test('keeps its memory over a reset, not over a loss of power', (t) => {
      const bench = setUp(id);
      write(bench, id, { 0: 0x7f });
      bench.panel.reset();
      setUp(id, bench);
      refresh(bench);
      t.equal(bench.black.length, 1);
      bench.panel.losePower();
      setUp(id, bench);
      t.equal(bench.black.length, 1, 'the glass keeps its picture without power');
      refresh(bench);
      t.not(bench.black.length, 1);
      t.end();
    });

    t.test('is busy for 10 ms after a software reset, and counts what comes meanwhile', (t) => {
      const bench = new Bench(id);
      bench.say(0x12);
      bench.say(0x11, 0x03);
      t.same(bench.mistakes, { busy: 2, strange: 0 });
      bench.wait(9);
      t.ok(bench.panel.busy);
      bench.wait(1);
      t.notOk(bench.panel.busy);
      t.end();
    });

    t.test('counts writes during a refresh, and does not take them', (t) => {
      const bench = setUp(id);
      write(bench, id, {});
      bench.say(0x22, 0xf7);
      bench.say(0x20);
      bench.say(0x24, 0x00);
      t.same(bench.mistakes, { busy: 2, strange: 0 });
      bench.wait(REFRESH_MS);
      t.same(bench.black, []);
      t.end();
    });

    t.test('a reset during a refresh leaves the old picture', (t) => {
      const bench = setUp(id);
      write(bench, id, { 0: 0x7f });
      bench.say(0x20);
      bench.panel.reset();
      t.notOk(bench.panel.busy);
      bench.wait(REFRESH_MS);
      t.equal(bench.glasses, 0);
      t.same(bench.black, []);
      t.end();
    });

    t.test('counts what makes no sense', (t) => {
      const cases: readonly { name: string; act: (bench: Bench) => void }[] = [
        { name: 'an unknown command', act: (bench) => bench.say(0x99) },
        { name: 'data too many', act: (bench) => bench.say(0x11, 0x03, 0x03) },
        { name: 'a register half written', act: (bench) => { bench.say(0x4f, 0x00); bench.say(0x7f); } },
        { name: 'a window beyond the memory', act: (bench) => bench.say(0x44, 0, 60) },
        { name: 'a counter outside its window', act: (bench) => { bench.say(0x44, 0, 1); bench.say(0x4e, 2); } },
        { name: 'a refresh without power or waveform', act: (bench) => refresh(bench, 0x04) },
        { name: 'a differential refresh, which is not modelled', act: (bench) => refresh(bench, 0xff) },
        { name: 'another order of gates, which is not modelled', act: (bench) => bench.say(0x01, 0x2b, 0x01, 0x01) },
      ];
      for (const { name, act } of cases) {
        const bench = setUp(id);
        act(bench);
        t.same(bench.mistakes, { busy: 0, strange: 1 }, name);
        t.equal(bench.glasses, 0, 'and the glass stays as it was');
      }
      t.end();
    });

    t.test('shows with power and waveform brought up beforehand, and sleeps until a reset', (t) => {
      const bench = setUp(id);
      write(bench, id, { 0: 0x7f });
      bench.say(0x22, 0xf0);
      bench.say(0x20);
      t.ok(bench.panel.busy, 'power comes');
      bench.wait(REFRESH_MS);
      t.equal(bench.glasses, 0);
      refresh(bench, 0x04);
      t.equal(bench.glasses, 1);
      bench.say(0x22, 0x83);
      bench.say(0x20);
      bench.wait(REFRESH_MS);
      t.notOk(bench.panel.busy);
      bench.say(0x10, 0x01);
      bench.wait(60_000);
      t.ok(bench.panel.busy);
      bench.panel.reset();
      t.notOk(bench.panel.busy);
      t.same(bench.mistakes, NO_MISTAKE);
      t.end();
    });
    t.end();
  });
}

t.test('the 2.9" glass begins at the ninth source: without the output mode for it the picture is shifted', (t) => {
  const bench = setUp(3);
  bench.say(0x21, 0x00, 0x00);
  bench.say(0x24, 0xff, 0x7f);
  for (let i = 2; i < 16 * 296; i++) bench.panel.take(0xff, false);
  refresh(bench);
  t.ok(bench.white(0, 119), 'where the pixel should be');
  t.notOk(bench.white(0, 127), 'where it is');
  t.end();
});

t.test('the 7.5" panel shows upright rows, and BUSY is low', (t) => {
  const bench = new Bench(1);
  bench.say(0x50, 0x29, 0x07);
  bench.say(0x13, 0x7f, ...Buffer.alloc(47_999, 0xff));
  bench.say(0x04);
  t.ok(!bench.panel.busyIsHigh && bench.panel.busy);
  bench.wait(200);
  bench.say(0x12);
  bench.wait(REFRESH_MS);
  t.same(bench.black, [[0, 0]]);
  t.equal(bench.panel.glassCrc, crc16(bench.panel.glass));
  t.same(bench.mistakes, NO_MISTAKE);
  t.end();
});
