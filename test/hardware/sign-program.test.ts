import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { SerialPort } from 'serialport';
import t from 'tap';
import { DeviceProgram, monotonic } from '../../hardware/virtual/program.js';
import type { SignContract, SignEvent } from '../../hardware/virtual/sign/contract.js';
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

t.setTimeout(60_000);

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
