import fc from 'fast-check';
import t from 'tap';
import { createMicrophone } from '../../firmware-bridge/microphone/device.js';
import { createAnswerReader, LONGEST_ANSWER } from '../../firmware-bridge/microphone/vaddio/answers.js';
import { GET_HARDWARE_ADDRESS, getMute, getVolume, GREET, setMute, setVolume, type Command } from '../../firmware-bridge/microphone/vaddio/commands.js';
import { playTalk } from '../talks/play.js';
import { roomMicrophone } from './room-microphone.js';

t.test('what we say is what the Vaddio manuals print', (t) => {
  const golden: [command: Command<unknown>, text: string][] = [
    [GREET, '\x05version'],
    [GET_HARDWARE_ADDRESS, 'network settings get'],
    [setMute('line_in_1', true), 'audio line_in_1 mute on'],
    [setMute('line_in_1', false), 'audio line_in_1 mute off'],
    [getMute('master'), 'audio master mute get'],
    [setVolume('line_in_1', -10.5), 'audio line_in_1 volume set -10.5'],
    [setVolume('line_in_1', 0), 'audio line_in_1 volume set 0.0'],
    [getVolume('auto_mic_mix'), 'audio auto_mic_mix volume get'],
  ];
  for (const [command, text] of golden) t.equal(command.text, text);
  for (const input of ['', 'Line 1', 'line_in_1 mute off\raudio', 'x'.repeat(41)]) {
    t.throws(() => createMicrophone({ kind: 'vaddio', path: '/nowhere', input }), /is no input of a Vaddio device/, JSON.stringify(input));
  }
  t.end();
});

t.test('what its lines say', (t) => {
  const mute = getMute('line_in_1');
  const volume = getVolume('line_in_1');
  const cases: [command: Command<unknown>, lines: string[], value: unknown][] = [
    [setMute('master', true), ['OK'], true],
    [setMute('master', true), [], undefined],
    [setMute('master', true), ['mute:  on', 'OK'], undefined],
    [mute, ['mute:           on', 'OK'], true],
    [mute, ['mute:  off', 'OK'], false],
    [mute, ['audio mute on'], true],
    [mute, ['audio line_in_1 mute off', 'OK'], false],
    [mute, ['OK'], undefined],
    [mute, ['volume: 3', 'OK'], undefined],
    [volume, ['volume -10.0 dB', 'OK'], -10],
    [volume, ['volume:         +3.5', 'OK'], 3.5],
    [volume, ['volume:  loud', 'OK'], undefined],
    [GREET, ['Commit   8f3a11c', 'System Version    1.3.1', 'OK'], 'System Version 1.3.1'],
    [GREET, ['OK'], undefined],
    [GET_HARDWARE_ADDRESS, ['Name  eth0:WAN', 'MAC Address       04:91:62:db:6f:19', 'OK'], '04:91:62:DB:6F:19'],
    [GET_HARDWARE_ADDRESS, ['OK'], null],
  ];
  for (const [command, lines, value] of cases) t.strictSame(command.read(lines), value, `${JSON.stringify(lines)} to ${command.text}`);
  t.end();
});

t.test('bytes become answers', (t) => {
  const cases: [name: string, chunks: string[], heard: unknown[]][] = [
    ['that end by a prompt without a line end', ['mute on\r\nOK\r\n> '], [['mute on', 'OK']]],
    ['whatever follows it on its line', ['mute on\r\nOK\r\n> ~~', '~mute off\r\nERROR\r\n>'], [['mute on', 'OK'], ['~~~mute off', 'ERROR']]],
    ['and not before it', ['mute on\r\nOK\r\n'], []],
    ['whatever they are dressed in', ['mute on\x1b[J\r\n\x1b[0;37mOK\x1b[0m\r\n\x1b[0;37m> '], [['mute on', 'OK']]],
    ['split anywhere', Array.from('mute on\x1b[J\r\nOK\r\n\x1b[0;37m> '), [['mute on', 'OK']]],
    ['also behind the prompt', ['OK\r\n> ', '\x1b[0;37m', 'mute off\r\nOK\r\n> '], [['OK'], ['mute off', 'OK']]],
    ['and two that come at once are two', ['OK\r\n> mute off\r\nOK\r\n> \r\nhello\r\n> '], [['OK'], ['mute off', 'OK'], ['hello']]],
    ['a larger-than sign in a line is no prompt', ['a > ', 'b\r\nOK\r\n>'], [['a > b', 'OK']]],
    ['a prompt alone is none', ['\r\n> ', '\r\n> \r\n> '], []],
    ['a wish for a name is told', ['\r\nmixer lo', 'gin: '], ['login']],
    ['and one for a password', ['Password: '], ['login']],
    ['what never ends is told and forgotten', ['x'.repeat(LONGEST_ANSWER), 'y', '\r\nOK\r\n> '], ['flood', ['OK']]],
    ['also behind a prompt', ['> ', 'x'.repeat(LONGEST_ANSWER), '\r\nOK\r\n> '], ['flood', ['OK']]],
  ];
  for (const [name, chunks, heard] of cases) {
    const told: unknown[] = [];
    const reader = createAnswerReader({ onAnswer: (lines) => told.push(lines), onLogin: () => told.push('login'), onFlood: () => told.push('flood') });
    for (const chunk of chunks) reader.push(Buffer.from(chunk, 'latin1'));
    t.strictSame(told, heard, name);
  }
  const told: unknown[] = [];
  const reader = createAnswerReader({ onAnswer: (lines) => told.push(lines), onLogin: () => undefined, onFlood: () => undefined });
  reader.push(Buffer.from('mute o'));
  reader.reset();
  reader.push(Buffer.from('OK\r\n> '));
  t.strictSame(told, [['OK']], 'of one opening are not joined to those of the next');
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
    const noise = createAnswerReader({ onAnswer: () => undefined, onLogin: () => undefined, onFlood: () => undefined });
    for (const chunk of chunks) noise.push(chunk);
  }), { numRuns: 200 });
  t.end();
});

t.test('talks with a Vaddio', { jobs: 4 }, (t) => {
  const settings = { kind: 'vaddio', input: 'line_in_1', identity: '04-91-62-db-6f-19' } as const;
  const talks = [
    'vaddio-mutes-first', 'vaddio-opens', 'vaddio-is-not-believed', 'vaddio-refuses', 'vaddio-restarts', 'vaddio-asks-for-login',
    'vaddio-is-a-stranger', 'vaddio-is-out-of-step', 'vaddio-on-a-noisy-line',
  ];
  for (const talk of talks) {
    t.test(talk, (t) => playTalk(talk, t.testdir(), (path) => createMicrophone({ ...settings, path }, { recheckMs: 60_000 })));
  }
  t.test('vaddio-muted-by-hand', (t) => playTalk('vaddio-muted-by-hand', t.testdir(), (path) => createMicrophone({ ...settings, path }, { recheckMs: 100 })));
  t.end();
});

t.test('with a Vaddio in the room', async (t) => {
  const room = await roomMicrophone(t, { kind: 'vaddio', input: 'line_in_1' }, { kind: 'vaddio' });
  const { driver } = room;
  await room.until('verified muted');
  t.strictSame(driver.known, { identity: 'Vaddio 04:91:62:DB:6F:19', can: { gain: { least: -42, most: 6, step: 0.5 }, led: false, level: false, faults: false }, gainDb: 0 });
  t.equal((await room.snapshot()).led, null);

  t.equal(await driver.setGain(-10.5), -10.5);
  t.strictSame((await room.snapshot()).levels, [-10.5]);
  await t.rejects(driver.setGain(7), { code: 'DEVICE_REFUSED', message: /goes from -42 to 6 dB/ });
  await t.rejects(driver.level(), { code: 'DEVICE_REFUSED', message: /does not tell its level/ }, 'what it cannot do it says in plain words');
  await t.rejects(driver.faults(), { code: 'DEVICE_REFUSED', message: /does not tell its faults/ });

  driver.want('open');
  await room.until('verified open');
  await room.do({ do: 'press', what: 'mute' });
  await room.until('MICROPHONE_MUTED_BY_HAND');
  t.ok((await room.snapshot()).muted);
  await room.do({ do: 'press', what: 'mute' });
  await room.until('verified open');

  await room.do({ do: 'reset' });
  await room.until('MICROPHONE_LOST');
  t.equal(driver.known, undefined);
  await room.until('verified open');
  const sets = room.events.filter((event) => event.what === 'heard' && /mute o/.test(event.line)).slice(-2);
  t.match(sets, [{ line: 'audio line_in_1 mute on' }, { line: 'audio line_in_1 mute off' }], 'it was muted before it was opened again');

  await room.do({ do: 'unplug' });
  await room.until('MICROPHONE_LOST');
  driver.want('muted');
  await room.do({ do: 'plug' });
  await room.until('verified muted');
});

t.test('a Vaddio without the input that the settings name says so in the log', async (t) => {
  const room = await roomMicrophone(t, { kind: 'vaddio', input: 'dante_in_1' }, { kind: 'vaddio' });
  await room.until('MICROPHONE_NOT_MUTED');
  t.match(room.log.at(-1), /refused "audio dante_in_1 mute on": Syntax error.*check the input in the settings/);
});

t.test('a Vaddio on a line that splits, doubles and garbles is muted all the same', async (t) => {
  const room = await roomMicrophone(t, { kind: 'vaddio', input: 'master' }, { kind: 'vaddio' });
  await room.until('verified muted');
  for (const fault of ['split', 'doubled'] as const) {
    await room.do({ do: 'line', fault });
    driver(room).want('open');
    await room.until('verified open');
    driver(room).want('muted');
    await room.until('verified muted');
  }
  await room.do({ do: 'line', fault: 'garbled' });
  await room.until('MICROPHONE_LOST');
  await room.do({ do: 'line', fault: 'none' });
  await room.until('verified muted');
});

const driver = (room: Awaited<ReturnType<typeof roomMicrophone>>): (typeof room)['driver'] => room.driver;
