import fc from 'fast-check';
import t from 'tap';
import { createMicrophone } from '../../firmware-bridge/microphone/device.js';
import {
  GET_FAULTS, GET_SERIAL_NUMBER, getLeastLevel, getLevel, getMeter, getMostLevel, getMute, getState, setLevel, setMute, setState, SET_VERBOSE, subscribeMute, type Command,
} from '../../firmware-bridge/microphone/tesira/commands.js';
import { meaningOf } from '../../firmware-bridge/microphone/tesira/complaints.js';
import { createExchange } from '../../firmware-bridge/microphone/tesira/exchange.js';
import { parseLine, type Line, type Value } from '../../firmware-bridge/microphone/tesira/lines.js';
import type { Link, LinkState } from '../../firmware-bridge/serial/link.js';
import { handWoundClock } from './hand-wound-clock.js';
import { playTalk } from '../talks/play.js';
import { roomMicrophone } from './room-microphone.js';

t.test('what we say is what the Tesira help prints', (t) => {
  const block = { tag: 'Mic1', channel: 1 };
  const golden: [command: Command<unknown>, text: string][] = [
    [SET_VERBOSE, 'SESSION set verbose true'],
    [GET_SERIAL_NUMBER, 'DEVICE get serialNumber'],
    [GET_FAULTS, 'DEVICE get activeFaultList'],
    [setMute(block, true), 'Mic1 set mute 1 true'],
    [setMute(block, false), 'Mic1 set mute 1 false'],
    [getMute({ tag: 'Parle1' }), 'Parle1 get mute'],
    [setMute({ tag: 'Parle1' }, true), 'Parle1 set mute true'],
    [getMute({ tag: 'Ceiling mic', channel: 2 }), '"Ceiling mic" get mute 2'],
    [subscribeMute(block, 'm1', 100), 'Mic1 subscribe mute 1 m1 100'],
    [subscribeMute({ tag: 'Parle1' }, 'm1', 100), 'Parle1 subscribe mute m1 100'],
    [getLevel(block), 'Mic1 get level 1'],
    [getLeastLevel(block), 'Mic1 get minLevel 1'],
    [getMostLevel(block), 'Mic1 get maxLevel 1'],
    [setLevel(block, -6), 'Mic1 set level 1 -6.0'],
    [setLevel(block, -6.249), 'Mic1 set level 1 -6.2'],
    [getState({ tag: 'LedMuted', channel: 1 }), 'LedMuted get state 1'],
    [setState({ tag: 'LedMuted', channel: 1 }, true), 'LedMuted set state 1 true'],
    [getMeter({ tag: 'Meter1', channel: 1 }), 'Meter1 get level 1'],
  ];
  for (const [command, text] of golden) t.equal(command.text, text);
  for (const tag of ['', 'a"b', 'a\nDEVICE startAudio', 'a/b', 'a&b']) {
    t.throws(() => setMute({ tag }, true), /is no instance tag; use the name of the block/, JSON.stringify(tag));
    t.throws(() => createMicrophone({ path: '/nowhere', baudRate: 115_200, tag }), 'before any line is opened');
  }
  t.end();
});

t.test('what a Tesira says', (t) => {
  const ok = (value?: unknown): object => ({ kind: 'ok', value });
  const error = (text: string): object => ({ kind: 'error', text });
  const cases: [line: string, said: object, command?: string][] = [
    ['+OK', ok()],
    ['+OK "value":true', ok(true)],
    ['+OK "value":-12.500000', ok(-12.5)],
    ['+OK "value":"03787145"', ok('03787145')],
    ['+OK "05008305"', ok('05008305')],
    ['+OK 05008305', ok('05008305')],
    ['+OK 2', ok(2)],
    ['+OK false', ok(false)],
    ['+OK "value":LOGIC_INPUTS_CONTROL_LEDS', ok('LOGIC_INPUTS_CONTROL_LEDS')],
    ['+OK "value":[false true false]', ok([false, true, false])],
    ['+OK "value":[]', ok([])],
    ['+OK "list":["AudioMeter1" "DEVICE" "Mute1"]', ok(['AudioMeter1', 'DEVICE', 'Mute1'])],
    ['+OK "value":{"units":MILLISECOND "delay":47.3}', ok({ units: 'MILLISECOND', delay: 47.3 })],
    ['+OK {"units":"MILLISECOND","delay":47.3,"all":[1,2]}', ok({ units: 'MILLISECOND', delay: 47.3, all: [1, 2] })],
    ['  +OK "value":true ', ok(true)],
    ['Level1 get level 1 +OK "value":-12.500000', ok(-12.5), 'Level1 get level 1'],
    ['DEVICE get serialNumber', { kind: 'other' }, 'DEVICE get serialNumber'],
    ['Level1 get level 1 +OK "value":-12.500000', { kind: 'other' }, 'Level2 get level 1'],
    ['! "publishToken":"mymeter" "value":-100.000000', { kind: 'news', token: 'mymeter', value: -100 }],
    ['! "publishToken":"m1" "value":true', { kind: 'news', token: 'm1', value: true }],
    ['! "publishToken":"mymeter" "value":-100.000000 +OK', ok()],
    ['! m1 true', { kind: 'news', token: undefined, value: undefined }],
    ['Welcome to the Tesira Text Protocol Server', { kind: 'banner' }],
    // Published by Biamp, "TTP responses".
    ...[
      '-ERR address not found: {"deviceId":0 "classCode":0 "instanceNum":0}',
      '-ERR Parse error at 8: verb was not one of the commands supported by Services',
      "-ERR 'Aliases' is not supported by TextSession::Attributes",
      '-ERR INVALID_PARAMETER Index out of range:channelIndex min:1 max:8 received:10',
      '-CANNOT_DELIVER',
      '-GENERAL_FAILURE',
    ].map((text): [string, object] => [text, error(text)]),
    // Neither.
    ...['', '+', '+OKAY', '+OK "value":', '+OK "value":true false', '+OK "value":[true', '+OK "value":{"a":}', '+OK ]', '+OK "a":1 "b":2', '-ERROR', `+OK ${'['.repeat(4000)}`, 'login:'].map((text): [string, object] => [text, { kind: 'other' }]),
  ];
  for (const [line, said, command] of cases) t.strictSame(parseLine(line, command), said, line.slice(0, 60));
  fc.assert(fc.property(fc.string(), fc.string(), (garbage, command) => {
    const line: Line = parseLine(`+OK ${garbage}`, command);
    t.ok(line.kind);
  }), { numRuns: 300 });
  t.end();
});

t.test('an answer of the wrong kind is none', (t) => {
  const mute = getMute({ tag: 'Mic1', channel: 1 });
  t.strictSame([true, false, undefined, 1, 'true', [true]].map((value) => mute.read(value)), [true, false, undefined, undefined, undefined, undefined]);
  t.strictSame([undefined, true].map((value) => SET_VERBOSE.read(value)), [true, undefined]);
  t.strictSame(['0378', 12, true, undefined].map((value) => GET_SERIAL_NUMBER.read(value)), ['0378', '12', undefined, undefined]);
  t.strictSame([-30.5, '-30.5'].map((value) => getMeter({ tag: 'Meter1' }).read(value)), [-54.5, undefined], 'full scale is +24 dBu');
  t.end();
});

t.test('half an answer of one connection is not completed by the next', async (t) => {
  const states: ((state: LinkState) => void)[] = [];
  let answer: (text: string) => void = () => undefined;
  const link: Link = {
    state: { kind: 'open' },
    write: () => true,
    onBytes: (listener) => void (answer = (text) => listener(Buffer.from(text))),
    onState: (listener) => void states.push(listener),
    drop: () => undefined,
    close: () => Promise.resolve(),
  };
  const exchange = createExchange(link, handWoundClock(), { onBanner: () => undefined, onNews: () => undefined });
  const { signal } = new AbortController();
  const lost = exchange.ask(getMute({ tag: 'Mic1' }), signal);
  answer('+OK "value":tr');
  for (const tell of states) tell({ kind: 'lost', why: 'unplugged', retryInMs: 250 });
  await t.rejects(lost, { code: 'DEVICE_LOST', message: 'unplugged' });
  const next = exchange.ask(SET_VERBOSE, signal);
  answer('+OK\r\n');
  t.equal(await next, true);
});

t.test('a list of faults is told by their names, and none is none', (t) => {
  const cases: [answer: string, faults: readonly string[]][] = [
    ['[]', []],
    ['[{"id":INDICATOR_NONE_IN_DEVICE "name":"No fault in device" "faults":[] "serialNumber":"03787145"}]', []],
    ['[{"id":INDICATOR_MAJOR_IN_SYSTEM "name":"Major Fault in System" "faults":[] "serialNumber":"03787145"}]', ['Major Fault in System']],
    ['[{"id":INDICATOR_MAJOR_IN_DEVICE "name":"Major Fault in Device" "faults":[{"id":FAULT_DANTE_FLOW_INACTIVE "name":"one or more Dante flows inactive"} {"id":FAULT_AEC_CARD "name":"Unable to communicate with an AEC card"}] "serialNumber":"1"} {"id":INDICATOR_NONE_IN_DEVICE "name":"No fault in device" "faults":[] "serialNumber":"2"}]', ['one or more Dante flows inactive', 'Unable to communicate with an AEC card']],
    ['[FAULT_AEC_CARD {"id":FAULT_X}]', ['FAULT_AEC_CARD', '{"id":"FAULT_X"}']],
  ];
  for (const [answer, faults] of cases) {
    const line = parseLine(`+OK "value":${answer}`);
    t.strictSame(line.kind === 'ok' && GET_FAULTS.read(line.value), faults, answer.slice(0, 60));
  }
  t.strictSame([true, 'none', undefined, {}].map((value: Value | undefined) => GET_FAULTS.read(value)), [undefined, undefined, undefined, undefined]);
  t.end();
});

t.test('what a Tesira refuses is told with what to do', (t) => {
  const cases: [complaint: string, meaning: RegExp][] = [
    ['-ERR address not found: {"deviceId":0 "classCode":0 "instanceNum":0}', /no block of that name; check the tag/],
    ['-ERR Parse error at 8: verb was not one of the commands supported by Services', /firmware may be too old/],
    ["-ERR 'Aliases' is not supported by TextSession::Attributes", /kind TextSession has no Aliases/],
    ['-ERR Parse error at 22: not enough parameters supplied', /give its channel/],
    ['-ERR Parse error at 16: could not parse value', /leave the channel out/],
    ['-ERR INVALID_PARAMETER Index out of range:channelIndex min:1 max:8 received:10', /channels 1 to 8, and not 10/],
    ['-ERR INVALID_PARAMETER Value out of range: attr:level min:-45 max:-5 val:-3', /level goes from -45 to -5, and -3 is outside/],
    ['-ERR ALREADY_SUBSCRIBED m1', /already/],
    ['-ERR WRONG_STATE', /not in a state/],
    ['-CANNOT_DELIVER', /network between them/],
    ['-GENERAL_FAILURE', /gives no reason/],
    ['-ERR something new', /check tag and channel/],
  ];
  for (const [complaint, meaning] of cases) t.match(meaningOf(complaint), meaning, complaint);
  t.end();
});

t.test('talks with a microphone', { jobs: 4 }, (t) => {
  const settings = { baudRate: 115_200, tag: 'Mic1', channel: 1, serialNumber: '03787145' };
  const talks = [
    'tesira-mutes-first', 'tesira-opens', 'tesira-last-wish-wins', 'tesira-pulled-out-mid-unmute', 'tesira-is-muted-again-before-it-opens',
    'tesira-is-not-believed', 'tesira-is-a-stranger', 'tesira-is-out-of-step', 'tesira-restarts', 'tesira-can-little', 'tesira-asks-for-login',
    'tesira-on-a-noisy-line', 'tesira-muted-by-hand', 'tesira-muted-by-hand-and-wanted-anew', 'tesira-muted-by-hand-and-replugged',
  ];
  for (const talk of talks) {
    t.test(talk, (t) => playTalk(talk, t.testdir(), (path) => createMicrophone({ ...settings, path }, { recheckMs: 60_000 })));
  }
  t.test('tesira-shows-its-mute', (t) =>
    playTalk('tesira-shows-its-mute', t.testdir(), (path) => createMicrophone({ ...settings, path, led: 'LedMuted', meter: 'Meter1' }, { recheckMs: 60_000 })),
  );
  t.end();
});

t.test('with a Tesira in the room', async (t) => {
  const room = await roomMicrophone(t, { tag: 'Mic1', channel: 1, led: 'LedMuted', meter: 'Meter1' }, { led: 'LedMuted', meter: 'Meter1' });
  const { driver } = room;
  await t.rejects(driver.setGain(0), { code: 'DEVICE_LOST' }, 'nobody answers yet');
  const known: (typeof driver.known)[] = [];
  driver.onKnown((now) => known.push(now));

  await room.until('verified muted');
  t.strictSame(driver.known, { identity: 'Tesira 03787145', can: { gain: { least: -100, most: 12, step: 0.5 }, led: true, level: true, faults: true }, gainDb: 0 }, 'it says who it is and what it can do');
  t.strictSame(known, [driver.known], 'once');
  t.equal((await room.snapshot()).led, 'muted', 'and its LED shows that it is muted');

  t.equal(await driver.setGain(-6.5), -6.5, 'its gain is set and read back');
  t.strictSame((await room.snapshot()).levels, [-6.5]);
  t.equal(driver.known?.gainDb, -6.5);
  await t.rejects(driver.setGain(13), { code: 'DEVICE_REFUSED', message: /goes from -100 to 12 dB, and 13 is outside/ });
  await t.rejects(driver.setGain(Number.NaN), { code: 'DEVICE_REFUSED' });
  t.equal(await driver.level(), -124, 'muted, its meter is at its floor');
  t.strictSame(await driver.faults(), []);

  driver.want('open');
  await room.until('verified open');
  t.equal((await room.snapshot()).led, 'open');
  t.equal(await driver.level(), -30.5);

  await room.do({ do: 'press', what: 'mute' });
  await room.until('MICROPHONE_MUTED_BY_HAND');
  t.match(await room.snapshot(), { muted: true, led: 'muted' });
  const commandsBefore = room.events.length;
  await room.hears(3);
  t.ok(room.events.slice(commandsBefore).every((event) => event.what === 'heard' && !event.line.includes('set mute')), 'it is only looked at, and never unmuted');
  await room.do({ do: 'press', what: 'mute' });
  await room.until('verified open');

  await room.do({ do: 'reset' });
  await room.until('MICROPHONE_LOST');
  t.equal(driver.known, undefined, 'restarted, nothing is known of it');
  await room.until('verified open');
  const sets = room.events.filter((event) => event.what === 'heard' && event.line.includes('set mute')).slice(-2);
  t.match(sets, [{ line: 'Mic1 set mute 1 true' }, { line: 'Mic1 set mute 1 false' }], 'it was muted before it was opened again');
  t.equal(driver.known?.gainDb, 0, 'and its gain is what it is now');
});

t.test('a protected Tesira says in the log what to do', async (t) => {
  const room = await roomMicrophone(t, { tag: 'Mic1', channel: 1 }, { login: true });
  await room.until('MICROPHONE_LOST');
  t.match(room.log, [/asks for a name and a password/]);
});
