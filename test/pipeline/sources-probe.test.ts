/** Encoders are chosen by what works, and that is remembered as long as the machine stays as it is. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { workingEncoders, type Outcome, type Run } from '../../pipeline/encoder-probe.js';

const PICTURE = { width: 640, height: 360, fps: 30 };
const H264 = Buffer.from('0000000167 4d401f 00000001 65 88'.replaceAll(' ', ''), 'hex');
const AAC = Buffer.concat([Buffer.from('fff15080', 'hex'), Buffer.alloc(200)]);

/** A machine on which these elements are registered, and of those some work. */
function machine(registered: readonly string[], working: readonly string[], version = '1.22.0'): { run: Run; probed: string[] } {
  const probed: string[] = [];
  const run: Run = (program, args): Promise<Outcome> => {
    if (args[0] === '--version') return Promise.resolve({ ok: true, output: Buffer.from(version) });
    if (program === 'gst-inspect-1.0') return Promise.resolve({ ok: registered.includes(args[1] ?? ''), output: Buffer.alloc(0) });
    const name = args.find((word) => /enc$|enc_aac$/.test(word)) ?? '';
    probed.push(name);
    return Promise.resolve({ ok: working.includes(name), output: working.includes(name) ? (/h264|x264/.test(name) ? H264 : AAC) : Buffer.alloc(0) });
  };
  return { run, probed };
}

t.test('the real machine has one that works, found within its time and remembered', async (t) => {
  const file = path.join(t.testdir(), 'encoders.json');
  const found = await workingEncoders({ file, picture: { width: 1280, height: 720, fps: 30 } });
  t.match(found, { picture: /264enc$/, sound: /aac/ });
  t.match(JSON.parse(readFileSync(file, 'utf8')), found);
  t.notOk(existsSync(`${file}.new`));
});

t.test('the best that works wins: being registered is not enough', async (t) => {
  const file = path.join(t.testdir(), 'encoders.json');
  const { run, probed } = machine(['vah264enc', 'nvh264enc', 'x264enc', 'avenc_aac', 'voaacenc'], ['nvh264enc', 'x264enc', 'voaacenc']);
  t.same(await workingEncoders({ file, picture: PICTURE, run }), { picture: 'nvh264enc', sound: 'voaacenc' });
  t.same(probed, ['vah264enc', 'nvh264enc', 'avenc_aac', 'voaacenc'], 'in order, and no further than needed');
});

t.test('probed once; anew when GStreamer, its elements, the picture or the setting change, or the file is damaged', async (t) => {
  const file = path.join(t.testdir(), 'encoders.json');
  const probes = async (room: ReturnType<typeof machine>, more = {}): Promise<number> => {
    await workingEncoders({ file, picture: PICTURE, run: room.run, ...more });
    return room.probed.length;
  };
  const plain = ['x264enc', 'avenc_aac'];
  t.equal(await probes(machine(plain, plain)), 2);
  t.equal(await probes(machine(plain, plain)), 0, 'remembered');
  t.equal(await probes(machine(plain, plain, '1.24.0')), 2, 'another GStreamer');
  t.equal(await probes(machine(['vah264enc', ...plain], plain, '1.24.0')), 3, 'a driver more');
  t.equal(await probes(machine(plain, plain), { picture: { ...PICTURE, height: 720 } }), 2, 'another size');
  t.equal(await probes(machine(plain, plain), { forced: { picture: 'x264enc' } }), 2, 'a setting');
  writeFileSync(file, '{"found":');
  t.equal(await probes(machine(plain, plain)), 2, 'half a file');
});

t.test('a forced one is that one or none, and the sentence says what was tried', async (t) => {
  const file = path.join(t.testdir(), 'encoders.json');
  const { run } = machine(['x264enc', 'avenc_aac'], ['x264enc', 'avenc_aac']);
  await t.rejects(workingEncoders({ file, picture: PICTURE, run, forced: { picture: 'vah264enc' } }), { message: /no encoder for the picture works .*tried: vah264enc/ });
  await t.rejects(workingEncoders({ file, picture: PICTURE, run, forced: { sound: 'no_such' } }), { name: 'SettingsError' });
  await t.rejects(workingEncoders({ file, picture: PICTURE, run: machine([], []).run }), { message: /none is installed/ });
  t.notOk(existsSync(file), 'a failure is not remembered');
});
