import fc from 'fast-check';
import t from 'tap';
import { getMute, GET_SERIAL_NUMBER, setMute, SET_VERBOSE } from '../../firmware-bridge/microphone/tesira/commands.js';
import { createExchange } from '../../firmware-bridge/microphone/tesira/exchange.js';
import { parseLine, type Line } from '../../firmware-bridge/microphone/tesira/lines.js';
import { createTesiraMicrophone } from '../../firmware-bridge/microphone/tesira/microphone.js';
import type { Link, LinkState } from '../../firmware-bridge/serial/link.js';
import { handWoundClock } from './hand-wound-clock.js';
import { playTalk } from '../talks/play.js';

t.test('what we say is what the Tesira help prints', (t) => {
  t.equal(SET_VERBOSE.text, 'SESSION set verbose true');
  t.equal(GET_SERIAL_NUMBER.text, 'DEVICE get serialNumber');
  t.equal(setMute({ tag: 'Mic1', channel: 1 }, true).text, 'Mic1 set mute 1 true');
  t.equal(setMute({ tag: 'Mic1', channel: 1 }, false).text, 'Mic1 set mute 1 false');
  t.equal(getMute({ tag: 'Parle1' }).text, 'Parle1 get mute', 'a block without channels');
  t.equal(getMute({ tag: 'Ceiling mic', channel: 2 }).text, '"Ceiling mic" get mute 2');
  for (const tag of ['', 'a"b', 'a\nDEVICE startAudio', 'a/b', 'a&b']) {
    t.throws(() => setMute({ tag }, true), /is no instance tag; use the name of the block/, JSON.stringify(tag));
    t.throws(() => createTesiraMicrophone({ path: '/nowhere', tag }), 'before any line is opened');
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
    ['! "publishToken":"mymeter" "value":-100.000000', { kind: 'news' }],
    ['! "publishToken":"mymeter" "value":-100.000000 +OK', ok()],
    ['! m1 true', { kind: 'news' }],
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
  const exchange = createExchange(link, handWoundClock(), () => undefined);
  const { signal } = new AbortController();
  const lost = exchange.ask(getMute({ tag: 'Mic1' }), signal);
  answer('+OK "value":tr');
  for (const tell of states) tell({ kind: 'lost', why: 'unplugged', retryInMs: 250 });
  await t.rejects(lost, { code: 'DEVICE_LOST', message: 'unplugged' });
  const next = exchange.ask(SET_VERBOSE, signal);
  answer('+OK\r\n');
  t.equal(await next, true);
});

t.test('talks with a microphone', { jobs: 4 }, (t) => {
  const talks = [
    'tesira-mutes-first', 'tesira-opens', 'tesira-last-wish-wins', 'tesira-pulled-out-mid-unmute', 'tesira-is-muted-again-before-it-opens',
    'tesira-is-not-believed', 'tesira-is-a-stranger', 'tesira-is-out-of-step', 'tesira-restarts',
  ];
  for (const talk of talks) {
    t.test(talk, (t) =>
      playTalk(talk, t.testdir(), (path) => createTesiraMicrophone({ path, tag: 'Mic1', channel: 1, serialNumber: '03787145', recheckMs: 60_000 })),
    );
  }
  t.end();
});
