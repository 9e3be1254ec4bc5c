import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openPort } from '../../firmware-bridge/serial/link.js';
import type { CameraContract } from '../../hardware/virtual/camera/contract.js';
import type { MicrophoneContract } from '../../hardware/virtual/microphone/contract.js';
import { DeviceProgram } from '../../hardware/virtual/program.js';
import { Pty } from '../../hardware/virtual/pty.js';
import { probeReport, stableName } from '../../tools/devices-probe.js';
import { shortFolder } from '../hardware/virtual-host.js';

/** Enough for the virtual devices, which answer within 40 ms, on a busy machine. */
const PATIENCE_MS = 300;

/** What is heard, in hex, and what is answered; all else is noise, or at another speed nonsense. */
interface Script {
  readonly baudRate: number;
  readonly answers: Readonly<Record<string, string>>;
  /** It answers nothing before it has heard this. */
  readonly after?: string;
}
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase().replace(/..(?=.)/g, '$& ');
const bytes = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const text = (said: string): string => hex(Buffer.from(said, 'latin1'));

/** A device that, unlike a pseudo-terminal by itself, understands nothing at a wrong speed, and answers nonsense there. */
async function scripted(t: Test, { baudRate, answers, after }: Script): Promise<{ path: string; heard: string[] }> {
  const path = join(t.testdir(), 'port');
  const heard: string[] = [];
  const pty: Pty = await Pty.open(path, (said) => {
    const speed = Number(execFileSync('stty', ['-F', path, 'speed']).toString());
    if (speed !== baudRate) return pty.write(said.map((byte) => byte ^ 0x2a));
    heard.push(hex(said));
    if (after === undefined || heard.includes(after)) pty.write(bytes(answers[hex(said)] ?? ''));
  });
  t.teardown(() => pty.unplug());
  return { path, heard };
}

const ONE_AT_38400: Script = {
  baudRate: 38_400,
  answers: {
    '88 30 01 FF': '88 30 02 FF',
    '81 09 04 00 FF': '90 50 02 FF',
    '81 09 00 02 FF': '90 50 00 01 06 04 01 00 02 FF',
    '81 09 06 12 FF': '90 50 0F 0F 0E 00 00 00 01 02 00 00 FF',
    '81 09 04 47 FF': '90 50 01 00 00 00 FF',
  },
};

t.test('a camera at 9600 baud is found, and offered as settings', async (t) => {
  const { folder, gone } = shortFolder();
  const ptyPath = join(folder, 'camera');
  const camera = new DeviceProgram<CameraContract>(new URL('../../hardware/virtual/camera/main.js', import.meta.url), { ptyPath, socketPath: join(folder, 'picture'), width: 640, height: 360, framesPerSecond: 5 });
  t.teardown(async () => { await camera.close(); gone(); });
  await camera.ready;
  const before = await camera.snapshot();
  const { lines, found } = await probeReport(ptyPath, PATIENCE_MS);
  t.ok(found);
  t.match(lines.join('\n'), /At 9600 baud a VISCA camera answers\.\nIt is a camera, spoken to as Sony SRG-300H \(vendor 0001, model 0513\).*\nIt is on and looks at pan 0, tilt 0, zoom 0/);
  const { camera: block } = JSON.parse(`{${lines.at(-1) ?? ''}}`) as { camera: object };
  t.match(block, { path: ptyPath, baudRate: 9600, view: { kind: 'position', pan: 0, tilt: 0, zoom: 0 }, parking: /fill in/ }, 'where it parks is for a person to say');
  t.same(await camera.snapshot(), before, 'nothing has changed at the camera');
  const heard = camera.events.flatMap((event) => (event.what === 'heard' ? [event.bytes] : []));
  t.ok(heard.every((message) => message.startsWith('81 09')), 'it was only asked');
});

t.test('a camera at 38400 baud, with wide positions, is found after the other speed', async (t) => {
  const { path } = await scripted(t, ONE_AT_38400);
  const { lines } = await probeReport(path, PATIENCE_MS);
  t.equal(lines[0], 'At 9600 baud something answers, but not as a VISCA camera.');
  t.equal(lines[1], 'At 38400 baud a VISCA camera answers.');
  t.match(lines.at(-1), /"baudRate": 38400/);
  t.match(lines.join('\n'), /SRG-360SHE.*\n.*pan -512, tilt 4608, zoom 4096/);
});

t.test('a camera that answers is not given an address anew; what it does not tell is left for a person', async (t) => {
  const answers = { ...ONE_AT_38400.answers, '81 09 04 00 FF': '90 50 03 FF', '81 09 00 02 FF': '90 60 02 FF', '81 09 06 12 FF': '90 60 41 FF', '81 09 04 47 FF': '90 60 41 FF' };
  const { path, heard } = await scripted(t, { baudRate: 38_400, answers });
  const { lines } = await probeReport(path, PATIENCE_MS);
  t.match(lines.join('\n'), /a model that it does not tell.*\nIt is in standby and does not tell where it looks\.\nSwitch it on/);
  t.notOk(heard.includes('88 30 01 FF'));
});

t.test('a camera that obeys nobody before it has an address is given one', async (t) => {
  const { path } = await scripted(t, { ...ONE_AT_38400, after: '88 30 01 FF' });
  t.match((await probeReport(path, PATIENCE_MS)).lines, ['At 9600 baud something answers, but not as a VISCA camera.', 'At 38400 baud a VISCA camera answers.']);
});

t.test('a Tesira is found, with its serial number and the blocks that can be muted', async (t) => {
  const { folder, gone } = shortFolder();
  const ptyPath = join(folder, 'microphone');
  const microphone = new DeviceProgram<MicrophoneContract>(new URL('../../hardware/virtual/microphone/main.js', import.meta.url), { ptyPath, socketPath: join(folder, 'sound'), channels: 2, tag: 'Ceiling mic' });
  t.teardown(async () => { await microphone.close(); gone(); });
  await microphone.ready;
  const before = await microphone.snapshot();
  const { lines, found } = await probeReport(ptyPath, PATIENCE_MS);
  t.ok(found);
  t.match(lines.join('\n'), /a Biamp Tesira answers\.\nIt is a Biamp Tesira with the serial number 03787145\.\nIt can mute Ceiling mic\./);
  t.match(JSON.parse(`{${lines.at(-1) ?? ''}}`), { microphone: { path: ptyPath, baudRate: 115_200, tag: 'Ceiling mic', channel: 1, serialNumber: '03787145' } });
  t.same(await microphone.snapshot(), before, 'nothing has changed at the microphone');
});

t.test('a Vaddio is found by its words, through colours and a prompt without an end', async (t) => {
  const version = { baudRate: 38_400, answers: { [text('\x05version\r')]: text('version\x1b[J\r\nSystem Version      EasyIP Mixer 2.1.0\r\nOK\r\n\x1b[0;37m> ') } };
  const { lines } = await probeReport((await scripted(t, version)).path, PATIENCE_MS);
  t.match(lines.join('\n'), /At 38400 baud a Vaddio mixer answers\.\nIt is a Vaddio: System Version {6}EasyIP Mixer 2\.1\.0\./);
  t.match(lines.at(-1), /"kind": "vaddio"[^]*"input": "master"/);
});

t.test('a Vaddio that wants a login is told apart', async (t) => {
  const { path } = await scripted(t, { baudRate: 38_400, answers: { [text('\x05version\r')]: text('\r\nvaddio login: ') } });
  t.match((await probeReport(path, PATIENCE_MS)).lines.join('\n'), /asks for a login.*switch the login/);
});

for (const [name, answer] of [['silent', ''], ['noisy', '90 50 17 FF FF 0D 0A 2B 0D 00 81 90 41 FF']] as const) {
  t.test(`a ${name} port gives sentences with what to do`, async (t) => {
    const path = join(t.testdir(), 'port');
    const pty: Pty = await Pty.open(path, () => pty.write(bytes(answer)));
    t.teardown(() => pty.unplug());
    const { lines, found } = await probeReport(path, 150);
    t.notOk(found);
    t.equal(lines.length, 5, 'one for each try, and what to do');
    t.match(lines[0], name === 'silent' ? /At 9600 baud no VISCA camera answers/ : /something answers, but not as a VISCA camera/);
    t.match(lines.at(-1), /Check that it has power/);
  });
}

t.test('a port that is not there, or that another program has, is said with the remedy', async (t) => {
  const folder = t.testdir();
  t.match((await probeReport(join(folder, 'nothing'))).lines, [/^There is no port .*nothing: plug its adapter in/]);
  const path = join(folder, 'port');
  const pty = await Pty.open(path, () => undefined);
  const holder = await openPort(path, 9600);
  t.teardown(async () => { await new Promise<void>((resolve) => holder.close(() => resolve())); pty.unplug(); });
  t.match((await probeReport(path)).lines, [/^Another program has .*port, perhaps the recorder itself: stop it/]);
});

t.test('a port is named as udev names it, where it has such a name', (t) => {
  const folder = t.testdir({ ttyUSB0: '', ttyUSB1: '' });
  mkdirSync(join(folder, 'by-id'));
  symlinkSync('../ttyUSB0', join(folder, 'by-id', 'usb-FTDI_A1'));
  t.equal(stableName(join(folder, 'ttyUSB0'), join(folder, 'by-id')), join(folder, 'by-id', 'usb-FTDI_A1'));
  t.equal(stableName(join(folder, 'ttyUSB1'), join(folder, 'by-id')), join(folder, 'ttyUSB1'));
  t.equal(stableName('/dev/ttyS0', join(folder, 'nowhere')), '/dev/ttyS0');
  t.end();
});
