import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { MicrophoneContract } from '../../hardware/virtual/microphone/contract.js';
import { LineSplitter } from '../../hardware/virtual/microphone/lines.js';
import { Tesira } from '../../hardware/virtual/microphone/ttp.js';
import { vaddioConsole } from '../../hardware/virtual/microphone/vaddio.js';
import { DeviceProgram, monotonic } from '../../hardware/virtual/program.js';
import { DeviceReader, eventOf, HostLine, shortFolder } from './virtual-host.js';

const CAPS = 'audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved';
const BLOCK_BYTES = 3840;

async function openMicrophone(t: Test) {
  const { folder, gone } = shortFolder();
  const ports = { ptyPath: join(folder, 'microphone'), socketPath: join(folder, 'sound') };
  const microphone = new DeviceProgram<MicrophoneContract>(new URL('../../hardware/virtual/microphone/main.js', import.meta.url), { ...ports, channels: 2 });
  t.teardown(async () => {
    await microphone.close();
    gone();
  });
  await microphone.ready;
  return { microphone, ...ports };
}

t.test('a stream of bytes becomes lines', (t) => {
  const cases = [
    { name: 'ended by LF, CR or both', chunks: ['one\ntwo\rthree\r\n'], lines: ['one', 'two', 'three'] },
    { name: 'split anywhere', chunks: ['DEV', 'ICE get ver', 'sion', '\n'], lines: ['DEVICE get version'] },
    { name: 'empty ones are nothing', chunks: ['\r\n\r\n'], lines: [] },
    { name: 'one that is too long is told, and the next is whole', chunks: ['x'.repeat(100_000), '\nnext\n'], lines: [undefined, 'next'] },
  ];
  for (const { name, chunks, lines } of cases) {
    const splitter = new LineSplitter();
    t.same(chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk, 'latin1'))), lines, name);
  }
  t.end();
});

t.test('it answers as Biamp’s page says', (t) => {
  const talk: readonly (readonly [string, ...string[]])[] = [
    ['DEVICE get serialNumber', '+OK "value":"03787145"'],
    ['DEVICE get activeFaultList', '+OK "value":[]'],
    ['SESSION get aliases', '+OK "list":["DEVICE" "Mic1"]'],
    ['Mic1 get mute 1', '+OK "value":false'],
    ['Mic1 set mute 1 true', '+OK'],
    ['Mic1 get mute 1', '+OK "value":true'],
    ['Mic1 get mute 2', '+OK "value":false'],
    ['Mic1 subscribe mute 1 m1', '! "publishToken":"m1" "value":true', '+OK'],
    ['Mic1 subscribe mute 1 m1', '-ERR ALREADY_SUBSCRIBED m1'],
    ['Mic1 toggle mute 1', '+OK', '! "publishToken":"m1" "value":false'],
    ['Mic1 unsubscribe mute 1 m1', '+OK'],
    ['Mic1 toggle mute 1', '+OK'],
    ['"Mic1" set level 2 -6.5', '+OK'],
    ['Mic1 increment level 2 3', '+OK'],
    ['Mic1 get level 2', '+OK "value":-3.500000'],
    ['Mic1 set level 2 99', '-ERR INVALID_PARAMETER Value out of range: attr:level min:-100 max:12 val:99'],
    ['SESSION set verbose false', '+OK'],
    ['Mic1 get numChannels', '+OK 2'],
    ['SESSION set verbose true', '+OK'],
    ['Session get  aliases', '-ERR address not found: {"deviceId":0 "classCode":0 "instanceNum":0}'],
    ['SESSION Get aliases', '-ERR Parse error at 8: verb was not one of the commands supported by Services'],
    ['SESSION get Aliases', "-ERR 'Aliases' is not supported by TextSession::Attributes"],
    ['Mic1 set mute 1', '-ERR Parse error at 15: not enough parameters supplied'],
    ['Mic1 get mute channel1', '-ERR Parse error at 14: could not parse value'],
    ['Mic1 set mute 1 yes', '-ERR Parse error at 16: could not parse value'],
    ['Mic1 get level 10', '-ERR INVALID_PARAMETER Index out of range:channelIndex min:1 max:2 received:10'],
    ['Mic1 get constructor', "-ERR 'constructor' is not supported by ParleMicBlock::Attributes"],
    ['', '-ERR address not found: {"deviceId":0 "classCode":0 "instanceNum":0}'],
    ['Mic1', '-ERR Parse error at 4: not enough parameters supplied'],
  ];
  const tesira = new Tesira({ tag: 'Mic1', channels: 2, muted: false });
  for (const [said, ...answered] of talk) t.same(tesira.hear(said), answered, said);
  t.end();
});

t.test('a Tesira with LED and meter blocks, and a button of its own', (t) => {
  const tesira = new Tesira({ tag: 'Mic1', channels: 2, muted: false, led: 'LedMuted', meter: 'Meter1' });
  const talk: readonly (readonly [string, string])[] = [
    ['SESSION get aliases', '+OK "list":["DEVICE" "Mic1" "LedMuted" "Meter1"]'],
    ['LedMuted get state 1', '+OK "value":false'],
    ['LedMuted set state 1 true', '+OK'],
    ['LedMuted get state 1', '+OK "value":true'],
    ['LedMuted set state 1 on', '-ERR Parse error at 21: could not parse value'],
    ['Meter1 get level 1', '+OK "value":-6.500000'],
    ['Meter1 set level 1 0', "-ERR 'level' is not supported by AudioMeter::Attributes"],
  ];
  for (const [said, answered] of talk) t.same(tesira.hear(said), [answered], said);
  t.equal(tesira.led, 'muted');
  tesira.hear('Mic1 subscribe mute 2 m2');
  t.same(tesira.press(), ['! "publishToken":"m2" "value":true'], 'pressed, it tells who subscribed');
  t.same(tesira.channels.map(({ muted }) => muted), [true, true]);
  t.same(tesira.hear('Meter1 get level 1'), ['+OK "value":-100.000000']);
  t.same(tesira.press(), ['! "publishToken":"m2" "value":false']);
  t.end();
});

t.test('a Vaddio answers as its manual says, behind the echo and before a prompt', (t) => {
  const heard: string[] = [];
  const vaddio = vaddioConsole({ channels: 2, muted: false, onCommand: (line) => heard.push(line) });
  const talk: readonly (readonly [string, string])[] = [
    ['audio line_in_1 mute get', 'mute:           off\r\nOK'],
    ['audio line_in_1 mute on', 'OK'],
    ['audio line_in_1 mute get', 'mute:           on\r\nOK'],
    ['audio line_in_2 mute get', 'mute:           off\r\nOK'],
    ['audio line_in_2 volume set -10.5', 'OK'],
    ['audio line_in_2 volume get', 'volume         -10.5 dB\r\nOK'],
    ...['audio line_in_2 volume set 7', 'audio line_in_2 volume set', 'audio line_in_9 mute on', 'audio line_in_1 mute', 'constructor', 'x'.repeat(5000)].map((said) => [said, 'Syntax error: Unknown or incomplete command'] as const),
  ];
  for (const [said, answered] of talk) {
    t.same(vaddio.hear(Buffer.from(`${said}\r`)), [`${said}\x1b[J\r\n${answered}\r\n\x1b[0;37m> `], said.slice(0, 40));
  }
  t.same(vaddio.channels, [{ muted: true, level: 0 }, { muted: false, level: -10.5 }]);
  t.same(vaddio.hear(Buffer.from('audio mas')), ['audio mas'], 'each character comes back at once');
  t.same(vaddio.hear(Buffer.from('\x05')), [], 'CTRL-5 forgets them');
  vaddio.hear(Buffer.from('audio master mute on\r'));
  t.equal(heard.at(-1), 'audio master mute on');
  t.ok(vaddio.channels.every(({ muted }) => muted), 'the master mutes all');
  t.match(vaddio.restart().join(''), /Vaddio EasyIP Mixer[^]*> $/);
  t.notOk(vaddio.channels.some(({ muted }) => muted), 'restarted, nothing is as it was set');
  t.end();
});

t.test('muted is exact silence, unmuted never is, and the relay ends both', async (t) => {
  const { microphone, ptyPath, socketPath } = await openMicrophone(t);
  const line = new HostLine(ptyPath);
  t.teardown(() => line.close());
  const talk = async (said: string, answered: string): Promise<void> => {
    line.say(`${said}\n`);
    t.equal(await line.takeLine(), said, 'the echo');
    t.equal(await line.takeLine(), answered, answered);
  };
  const reader = new DeviceReader(socketPath, CAPS, BLOCK_BYTES);
  t.teardown(() => reader.kill());
  await eventOf(microphone, 'device-opened');
  t.equal(reader.pieces.length, 0, 'nothing before the relay closes');

  await microphone.do({ do: 'relay', state: 'closed' });
  const silent = (block: Buffer): boolean => block.every((byte) => byte === 0);
  await reader.until('ten blocks', (blocks) => blocks.length >= 10 || undefined);
  t.notOk(reader.pieces.some(silent), 'open, it is never silent');

  await talk('Mic1 set mute 1 true', '+OK');
  await talk('Mic1 set mute 2 true', '+OK');
  t.ok((await microphone.snapshot()).muted);
  const first = await reader.until('silence', (blocks) => { const at = blocks.findIndex(silent); return at < 0 ? undefined : at; });
  await reader.until('fifteen blocks of silence', (blocks) => blocks.length >= first + 15 || undefined);
  t.ok(reader.pieces.slice(first).every(silent), 'muted, every sample is zero');
  await talk('Mic1 set mute 1 false', '+OK');
  const open = await reader.until('sound again', (blocks) => blocks.slice(first).find((block) => !silent(block)));
  t.ok(open.every((byte, i) => i % 4 < 2 || byte === 0), 'one channel open, the other exact zeros');

  await microphone.do({ do: 'relay', state: 'open' });
  const { blocks } = await microphone.snapshot();
  for (let i = 0; i < 15; i++) await talk('DEVICE get version', '+OK "value":"4.11.0.14"');
  t.equal((await microphone.snapshot()).blocks, blocks, 'relay open: nothing at all');

  const killed = monotonic();
  reader.kill();
  const closed = await eventOf(microphone, 'device-closed', killed);
  t.match(closed, { readers: 0 });
  t.comment(`close seen ${(closed.at - killed).toFixed(1)} ms after SIGKILL`);
});
