import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import t from 'tap';
import { filled } from '../../kiosk/protocol/filled.js';
import { kioskWatch } from '../../kiosk/server/watch.js';
import { WebSocket } from 'ws';
import { ERRORS } from '../../kiosk/server/errors.js';
import { whyTurnedAway, type Asked } from '../../kiosk/server/guards.js';
import { previewLine, stateStream, type Viewer } from '../../kiosk/server/live.js';
import { uidOf, uidOfPeer } from '../../kiosk/server/peer.js';
import type { PublicPhase } from '../../kiosk/protocol.js';
import { takeCode } from '../../kiosk/server/routes/parts.js';
import { describeState } from '../../kiosk/server/state.js';
import { CODE } from './quiet-ports.js';
import { get, OWNER, OWN_PAGE, PIN, post, RECORDING, routesOf, scriptedApp, scriptedHouse, SESSION, signIn, STEWARD, TROUBLE } from './scripted-house.js';
import { freePort } from '../fakes/free-port.js';
import { until } from '../fakes/until.js';
import './speech/espeak.cases.js';
import './speech/files.cases.js';
import './speech/player.cases.js';
import './speech/say.cases.js';

const screenDir = t.testdir({ 'index.html': '<!doctype html><title>kiosk</title>' });
const told = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
const start = { purpose: 'reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told };

/** Each way to turn the camera and set the microphone while framing, and what becomes of it. */
const BOX = { left: 0, top: 0.5, width: 0.25, height: 0.5 };
const STEERED: [string, object, unknown[]][] = [
  ['/api/steer', { pan: -1, tilt: 0.5, zoom: 0 }, ['drive', { pan: -1, tilt: 0.5, zoom: 0 }]],
  ['/api/steer-stop', {}, ['stop']],
  ['/api/view', { view: 'v1' }, ['show', 'v1']],
  ['/api/save-view', { name: 'Ławka przy oknie' }, ['save', 'Ławka przy oknie', []]],
  ['/api/forget-view', { view: 'v2' }, ['forget', 'v2']],
  ['/api/cover', { covers: [BOX] }, ['cover', [BOX]]],
  ['/api/gain', { dB: 27 }, ['gain', 27]],
];
const STEERS = STEERED.map(([url, body]): [string, object] => [url, body]);

async function app(test: { teardown(close: () => Promise<void>): unknown }, options: Parameters<typeof scriptedApp>[1] = {}) {
  const made = await scriptedApp(screenDir, options);
  test.teardown(() => made.app.close());
  return made;
}

t.test('guards: who is turned away, and for what', (t) => {
  const read: Asked = { method: 'GET', upgrade: false, peerUid: 1000, host: 'localhost:8080', origin: undefined, site: undefined, contentType: undefined };
  const write: Asked = { ...read, method: 'POST', origin: 'http://localhost:8080', contentType: 'application/json' };
  const upgrade: Asked = { ...read, upgrade: true, origin: 'http://localhost:8080' };
  const table: [string, Asked, keyof typeof ERRORS | undefined][] = [
    ['a look from our page', { ...read, site: 'same-origin' }, undefined],
    ['an address typed in', { ...read, site: 'none' }, undefined],
    ['our host as 127.0.0.1', { ...read, host: '127.0.0.1:8080' }, undefined],
    ['a request of our page', { ...write, site: 'same-origin' }, undefined],
    ['JSON with its character set', { ...write, contentType: 'application/json; charset=utf-8' }, undefined],
    ['our page opening a line', { ...upgrade, site: 'same-origin' }, undefined],
    ['another user’s process', { ...read, peerUid: 1001 }, 'WRONG_PEER'],
    ['a process that nobody knows', { ...read, peerUid: undefined }, 'WRONG_PEER'],
    ['no host', { ...read, host: undefined }, 'WRONG_HOST'],
    ['a rebound name', { ...read, host: 'kiosk.evil.example:8080' }, 'WRONG_HOST'],
    ['our host with another port', { ...read, host: 'localhost:8081' }, 'WRONG_HOST'],
    ['our host without a port', { ...read, host: 'localhost' }, 'WRONG_HOST'],
    ['a look from another site', { ...read, site: 'cross-site' }, 'WRONG_SITE'],
    ['a look from another port', { ...read, site: 'same-site' }, 'WRONG_SITE'],
    ['a request from another site', { ...write, site: 'cross-site' }, 'WRONG_SITE'],
    ['a request that was typed in', { ...write, site: 'none' }, 'WRONG_SITE'],
    ['a request without origin', { ...write, origin: undefined }, 'WRONG_ORIGIN'],
    ['a request with origin null', { ...write, origin: 'null' }, 'WRONG_ORIGIN'],
    ['a request from another origin', { ...write, origin: 'http://evil.example' }, 'WRONG_ORIGIN'],
    ['a request from another port', { ...write, origin: 'http://localhost:8081' }, 'WRONG_ORIGIN'],
    ['a request from our other name', { ...write, origin: 'http://127.0.0.1:8080' }, 'WRONG_ORIGIN'],
    ['a line without origin', { ...upgrade, origin: undefined }, 'WRONG_ORIGIN'],
    ['a line from another origin', { ...upgrade, origin: 'http://evil.example' }, 'WRONG_ORIGIN'],
    ['text that looks like JSON', { ...write, contentType: 'text/plain' }, 'NOT_JSON'],
    ['a form', { ...write, contentType: 'application/x-www-form-urlencoded' }, 'NOT_JSON'],
    ['no type at all', { ...write, contentType: undefined }, 'NOT_JSON'],
    ['HEAD without origin', { ...read, method: 'HEAD' }, 'WRONG_ORIGIN'],
    ['OPTIONS without origin', { ...read, method: 'OPTIONS' }, 'WRONG_ORIGIN'],
  ];
  for (const [name, asked, code] of table) t.equal(whyTurnedAway(asked, 8080, 1000), code, name);
  t.end();
});

t.test('every route, known or not, is guarded, and nothing reaches the heart', async (t) => {
  const { app: instance, house } = await app(t);
  await instance.ready();
  const everything = [...routesOf(instance).map((route) => route.replace('*', '/').split(' ') as [string, string]), ['GET', '/'], ['GET', '/nowhere'], ['POST', '/nowhere'], ['DELETE', '/api/stop']] as const;
  const wrongs: [string, Record<string, string>, keyof typeof ERRORS, boolean][] = [
    ['host', { host: 'evil.example:8080' }, 'WRONG_HOST', false],
    ['site', { 'sec-fetch-site': 'cross-site' }, 'WRONG_SITE', false],
    ['origin', { origin: 'http://evil.example' }, 'WRONG_ORIGIN', true],
    ['type', { 'content-type': 'text/plain' }, 'NOT_JSON', true],
  ];
  for (const [method, url] of everything) {
    for (const [name, headers, code, writesOnly] of wrongs) {
      if (writesOnly && method === 'GET') continue;
      const reply = await instance.inject({ method: method as 'GET', url, headers: { ...OWN_PAGE, ...headers }, ...(method === 'GET' ? {} : { payload: '{}' }) });
      const why = `${method} ${url} with a wrong ${name}`;
      if (method === 'HEAD') t.equal(reply.statusCode, ERRORS[code].status, why);
      else t.equal(reply.json<{ code: string }>().code, code, why);
      t.equal(reply.headers['set-cookie'], undefined, 'and no cookie');
    }
  }
  t.strictSame(house.asked, [], 'nothing reached the heart');
});

t.test('looking changes nothing: no GET asks the heart for anything', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  house.asked.length = 0;
  await instance.ready();
  const urlsOf = (method: string) => routesOf(instance).filter((route) => route.startsWith(`${method} `)).map((route) => route.replace(`${method} `, '').replace('*', '/'));
  const looks = urlsOf('GET');
  for (const url of looks.filter((url) => url !== '/api/events')) {
    t.equal((await get(instance, url, me)).headers['set-cookie'], undefined, `GET ${url} sets no cookie`);
  }
  const writes = urlsOf('POST').filter((url) => !looks.includes(url));
  // What is nowhere counts as one address, of which so many are let through each second.
  for (let from = 0; from < writes.length; from += 40) {
    const { app: fresh } = await app(t);
    for (const url of writes.slice(from, from + 40)) t.equal((await get(fresh, url)).statusCode, 404, `GET ${url} is nothing`);
  }
  t.strictSame(house.asked, []);
});

t.test('answers carry the strict policy and are not kept', async (t) => {
  const { app: instance } = await app(t);
  const page = await get(instance, '/');
  t.match(page.headers['content-security-policy'], /default-src 'none';.*require-trusted-types-for 'script';trusted-types lit-html$/);
  t.equal(page.headers['strict-transport-security'], undefined);
  t.equal((await get(instance, '/api/names')).headers['cache-control'], 'no-store');
  const refused = await get(instance, '/api/names', { host: 'evil.example' });
  t.match(refused.headers, { 'content-security-policy': /default-src 'none'/, connection: 'close' });
});

t.test('requests that are not as agreed', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  house.asked.length = 0;
  const table: [string, string, string | object, number, string][] = [
    ['a field too many', '/api/start', { ...start, owner: 'mallory' }, 400, 'BAD_REQUEST'],
    ['a field too many, deep down', '/api/start', { ...start, told: { ...told, extra: true } }, 400, 'BAD_REQUEST'],
    ['P9.3 the class was not told', '/api/start', { ...start, told: { ...told, class: false } }, 400, 'BAD_REQUEST'],
    ['P9.3 nothing said of visitors', '/api/start', { ...start, told: { class: true, otherAdults: true, outOfPicture: true } }, 400, 'BAD_REQUEST'],
    ['P2.6 longer than 120 minutes', '/api/start', { ...start, lengthMinutes: 121 }, 400, 'BAD_REQUEST'],
    ['a length as text', '/api/start', { ...start, lengthMinutes: '50' }, 400, 'BAD_REQUEST'],
    ['a purpose that is not offered', '/api/start', { ...start, purpose: 'other' }, 409, 'NO_SUCH_PURPOSE'],
    ['a choice that is not offered', '/api/choose', { purpose: 'other', mode: 'blurred' }, 409, 'NO_SUCH_PURPOSE'],
    ['a PIN of letters', '/api/sign-in', { teacher: 'anna', pin: 'abcdef' }, 400, 'BAD_REQUEST'],
    ['a path as a name', '/api/collect', { recording: '../../etc/passwd' }, 400, 'BAD_REQUEST'],
    ['one recording twice', '/api/collect', { recordings: ['r1', 'r1'] }, 400, 'BAD_REQUEST'],
    ['no recording', '/api/lan-download', { recordings: [] }, 400, 'BAD_REQUEST'],
    ['a prototype', '/api/frame', '{"__proto__":{"admin":true}}', 400, 'BAD_REQUEST'],
    ['no JSON', '/api/frame', '{', 400, 'BAD_REQUEST'],
    ['nothing', '/api/frame', '', 400, 'BAD_REQUEST'],
    ['too much', '/api/frame', `{"a":"${'x'.repeat(17_000)}"}`, 413, 'BAD_REQUEST'],
  ];
  for (const [name, url, body, status, code] of table) {
    const reply = await instance.inject({ method: 'POST', url, headers: { ...OWN_PAGE, ...me }, payload: typeof body === 'string' ? body : JSON.stringify(body) });
    t.equal(reply.statusCode, status, name);
    t.equal(reply.json<{ code: string }>().code, code, `${name}: says so`);
  }
  t.strictSame(house.asked, []);
});

t.test('P1.1 what needs a sign-in is refused without one, with an old one and with a wrong one', async (t) => {
  const { app: instance, house } = await app(t);
  const old = await signIn(instance);
  await post(instance, '/api/sign-out', {}, old);
  house.asked.length = 0;
  const bodies: [string, object][] = [['/api/choose', { purpose: 'p1', mode: 'blurred' }], ['/api/frame', { view: null }], ['/api/stop-framing', {}], ['/api/clap', {}], ['/api/clap-seen', { soundAtMs: 1, pictureAtMs: 1 }], ['/api/preview-ticket', {}], ...STEERS, ['/api/start', start], ['/api/collect', { recording: 'r1' }], ['/api/still-here', {}], ['/api/sign-out', {}]];
  const wrong: Record<string, string>[] = [{}, old, { authorization: `Bearer ${'A'.repeat(43)}` }, { authorization: 'Bearer ' }, { cookie: old.authorization }];
  for (const [url, body] of bodies) {
    for (const headers of wrong) t.equal((await post(instance, url, body, headers)).statusCode, 401, url);
  }
  for (const headers of wrong) t.equal((await get(instance, '/api/recordings', headers)).statusCode, 401);
  t.strictSame(house.asked, []);
});

t.test('signing in and out', async (t) => {
  await t.test('gives a token and what may be chosen; the heart is told', async (t) => {
    const { app: instance, house } = await app(t);
    const reply = await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: PIN });
    t.match(reply.json(), { token: /^[A-Za-z0-9_-]{43}$/, displayName: 'A. Ahmed', idleMs: 60_000 });
    t.equal(reply.json<{ purposes: object[] }>().purposes.length, 4);
    t.strictSame(house.asked, [{ kind: 'signed-in', owner: 'anna' }]);
  });

  await t.test('a wrong PIN says how long to wait, and signs nobody in', async (t) => {
    const { app: instance, house } = await app(t);
    const reply = await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: '000000' });
    t.equal(reply.statusCode, 429);
    t.strictSame(reply.json(), { code: 'WRONG_PIN', sentence: 'That PIN is not right.', remedy: 'Wait 2 seconds, then try again.', waitSeconds: 2 });
    t.strictSame(house.asked, []);
  });

  await t.test('P5.2 after 60 s without a touch, and not before', async (t) => {
    const { app: instance, house, pass } = await app(t);
    const me = await signIn(instance);
    pass(59);
    t.equal((await post(instance, '/api/still-here', {}, me)).statusCode, 200, 'a touch after 59 s');
    pass(59);
    t.equal(house.asked.length, 1, 'still here');
    pass(1);
    t.strictSame(house.asked.at(-1), { kind: 'signed-out' });
    t.equal((await get(instance, '/api/recordings', me)).statusCode, 401);
  });

  await t.test('P5.2 a copy that its owner waits for keeps the sign-in; 60 s run from its end', async (t) => {
    const { app: instance, house, pass } = await app(t);
    const me = await signIn(instance);
    const reply = post(instance, '/api/collect', { recording: 'r1' }, me);
    await until(() => house.copy.progress.length === 2 || house.copy.end.length === 1);
    house.copy.progress(5, 10);
    pass(300);
    house.copy.end({ ok: true, files: 2, bytes: 10, receipt: 'abc', verified: [] });
    t.strictSame((await reply).body.trim().split('\n').map((line) => JSON.parse(line) as object), [
      { kind: 'progress', phase: 'copying', doneBytes: 5, totalBytes: 10, secondsLeft: null }, { kind: 'collected', files: 2, bytes: 10, receipt: 'abc', verified: [] },
    ]);
    pass(59);
    t.equal(house.asked.at(-1)?.kind, 'signed-in');
    pass(1);
    t.equal(house.asked.at(-1)?.kind, 'signed-out');
  });

  await t.test('P5.2 a page that looks by itself at stick and download keeps nobody signed in', async (t) => {
    const { app: instance, pass } = await app(t);
    const me = await signIn(instance);
    for (const seconds of [30, 29]) {
      pass(seconds);
      for (const url of ['/api/stick', '/api/lan-download']) t.equal((await get(instance, url, me)).statusCode, 200);
    }
    pass(1);
    t.equal((await get(instance, '/api/stick', me)).statusCode, 401);
  });

  await t.test('a second sign-in ends the first', async (t) => {
    const { app: instance } = await app(t);
    const first = await signIn(instance);
    const second = await signIn(instance);
    t.equal((await get(instance, '/api/recordings', first)).statusCode, 401);
    t.match((await get(instance, '/api/recordings', second)).json(), { recordings: [RECORDING] });
  });

  await t.test('P5.2 a started session keeps nobody signed in', async (t) => {
    const { app: instance, house } = await app(t);
    const me = await signIn(instance);
    house.asked.length = 0;
    t.equal((await post(instance, '/api/start', start, me)).statusCode, 200);
    t.strictSame(house.asked, [
      { kind: 'start', owner: OWNER, wish: { purpose: { id: 'reflection', version: 1, words: 'Personal reflection', audience: 'only-me' }, mode: 'picture-and-sound', view: null, lengthMs: 3_000_000, told } },
      { kind: 'signed-out' },
    ]);
    t.equal((await post(instance, '/api/frame', { view: null }, me)).statusCode, 401);
    house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 });
    t.equal((await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: PIN })).json<{ code: string }>().code, 'BUSY');
  });

  await t.test('a session that began while the PIN was checked lets nobody in', async (t) => {
    const { app: instance, house } = await app(t);
    const check = house.teachers.signIn.bind(house.teachers);
    house.teachers.signIn = (teacher, pin) => {
      house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1 });
      return check(teacher, pin);
    };
    t.equal((await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: PIN })).json<{ code: string }>().code, 'BUSY');
    t.strictSame(house.asked, [{ kind: 'signed-out' }]);
  });

  await t.test('what the heart refuses is passed on, and the teacher stays', async (t) => {
    const { app: instance, house } = await app(t);
    const me = await signIn(instance);
    house.answer = () => ({ ok: false, ...TROUBLE });
    const reply = await post(instance, '/api/start', start, me);
    t.equal(reply.statusCode, 409);
    t.strictSame(reply.json(), TROUBLE);
    t.equal((await post(instance, '/api/still-here', {}, me)).statusCode, 200);
  });
});

t.test('carrying on and finishing need the owner’s PIN, and a paused session', async (t) => {
  const { app: instance, house } = await app(t);
  for (const [url, kind] of [['/api/carry-on', 'carry-on'], ['/api/finish', 'finish']] as const) {
    house.become({ kind: 'idle' });
    t.equal((await post(instance, url, { pin: PIN })).json<{ code: string }>().code, 'NOT_PAUSED');
    t.equal(house.pins.length, 0, 'no PIN is tried');
    house.become({ kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 1000 });
    house.asked.length = 0;
    t.equal((await post(instance, url, { pin: '111111' })).statusCode, 429);
    t.strictSame(house.asked, [{ kind: 'owner-waits', ms: 2000 }], 'the pause waits for the throttle');
    house.asked.length = 0;
    t.equal((await post(instance, url, { pin: PIN })).statusCode, 200);
    t.strictSame(house.asked[0], { kind, owner: 'anna' });
    house.become({ kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 1000 });
    house.answer = () => ({ ok: false, ...TROUBLE });
    t.strictSame((await post(instance, url, { pin: PIN })).json(), TROUBLE, 'what the heart refuses is passed on');
    house.answer = () => ({ ok: true });
    house.pins.length = 0;
  }
});

t.test('P1.6 P2.6 pausing and extending need the owner’s PIN, and a recording', async (t) => {
  const { app: instance, house } = await app(t);
  const recording = { kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 } as const;
  for (const [url, more, asked] of [['/api/pause', {}, { kind: 'pause', owner: 'anna' }], ['/api/extend', { minutes: 10 }, { kind: 'extend', owner: 'anna', ms: 600_000 }]] as const) {
    house.become({ kind: 'idle' });
    house.pins.length = 0;
    t.equal((await post(instance, url, { pin: PIN, ...more })).json<{ code: string }>().code, 'NOT_RECORDING');
    t.equal(house.pins.length, 0, 'no PIN is tried');
    house.become(recording);
    house.asked.length = 0;
    t.equal((await post(instance, url, { pin: '111111', ...more })).statusCode, 429);
    t.strictSame(house.asked, [], 'a wrong PIN moves nothing');
    t.equal((await post(instance, '/api/stop')).statusCode, 200, 'and never delays Stop');
    house.asked.length = 0;
    t.strictSame((await post(instance, url, { pin: PIN, ...more })).json(), {});
    t.strictSame(house.asked, [asked]);
    t.ok(house.pinBuffers.every((pin) => pin.every((byte) => byte === 0)), 'P10.2 PINs are overwritten');
    house.answer = () => ({ ok: false, ...TROUBLE });
    t.strictSame((await post(instance, url, { pin: PIN, ...more })).json(), TROUBLE, 'what the heart refuses is passed on');
    house.answer = () => ({ ok: true });
  }
  for (const minutes of [0, 61, 1.5, '10']) t.equal((await post(instance, '/api/extend', { pin: PIN, minutes })).statusCode, 400, `${minutes} minutes`);
});

t.test('finishing says which recording that was; values go along with a refusal', async (t) => {
  const { app: instance, house } = await app(t);
  house.become({ kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 1000 });
  t.match((await post(instance, '/api/finish', { pin: PIN })).json(), { finished: RECORDING.id, bells: { length: 2 }, lastTime: null, modes: ['picture-and-sound', 'sound-only', 'picture-only', 'blurred'] });
  house.teachers.signIn = () => Promise.resolve({ ok: false, code: 'WAIT', sentence: 'Too many tries. Wait: {seconds} s.', values: { seconds: 4 }, remedy: 'Then try again.', waitSeconds: 4 });
  t.strictSame((await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: PIN })).json(), { code: 'WAIT', sentence: 'Too many tries. Wait: {seconds} s.', values: { seconds: 4 }, remedy: 'Then try again.', waitSeconds: 4 });
  t.equal(filled('Too many tries. Wait: {seconds} s. {gap}', { seconds: 4 }), 'Too many tries. Wait: 4 s. {gap}');
  t.equal(filled('{toString} {a}', { a: '{b}', b: 1 }), '{toString} {b}', 'what is filled in is not looked at again');
});

t.test('P2.7 a page that has stopped is noticed by its silence, once, and started again', async (t) => {
  let now = 0;
  const said: string[] = [];
  const watch = kioskWatch({ now: () => now, log: (code) => said.push(code), restart: () => said.push('restart') });
  const pass = (ms: number): void => { for (const until = now + ms; now < until;) { now += 1000; watch.tick(); } };
  pass(120_000);
  t.strictSame([said, watch.troubles()], [[], []], 'before the first beat nothing is expected');
  watch.heard();
  pass(29_000);
  t.strictSame(said, []);
  pass(60_000);
  t.strictSame(said, ['KIOSK_SILENT', 'restart']);
  t.match(watch.troubles(), [{ code: 'KIOSK_SILENT', sentence: String, remedy: String }]);
  watch.heard();
  t.strictSame([said, watch.troubles()], [['KIOSK_SILENT', 'restart', 'KIOSK_BACK'], []]);
  const { app: instance, house, pass: seconds } = await app(t);
  t.strictSame((await post(instance, '/api/alive')).json(), {}, 'anyone’s page');
  seconds(2);
  t.strictSame(house.calls.filter(([port]) => port === 'watch').map(([, method]) => method), ['heard', 'tick', 'tick']);
});

t.test('a mark is set by anyone, while recording, once a second', async (t) => {
  const { app: instance, house, pass } = await app(t);
  const mark = async () => (await post(instance, '/api/mark')).json<{ code?: string }>();
  t.equal((await mark()).code, 'NO_MARK', 'nothing is recorded');
  house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 });
  const marks = () => house.calls.filter(([, method]) => method === 'mark').length;
  t.strictSame([await mark(), await mark(), await mark(), marks()], [{}, {}, {}, 1], 'each is answered the same');
  pass(1);
  await mark();
  t.equal(marks(), 2);
});

t.test('a staff list of the longest kind is read, and nothing else of that size', async (t) => {
  const { app: instance, house } = await app(t);
  const { token } = (await post(instance, '/api/steward-sign-in', { steward: 's1', pin: PIN })).json<{ token: string }>();
  const me = { authorization: `Bearer ${token}` };
  const csv = `${'ذ'.repeat(13)}\n`.repeat(1000);
  t.equal(csv.length, 14_000);
  t.strictSame((await post(instance, '/api/staff', { csv }, me)).json(), { names: 2 });
  t.strictSame(house.calls.at(-1), ['school', 'loadStaff', STEWARD, csv]);
  const escaped = `{"csv":"${'\\u0630'.repeat(14_000)}"}`;
  t.equal((await instance.inject({ method: 'POST', url: '/api/staff', headers: { ...OWN_PAGE, ...me }, payload: escaped })).statusCode, 200, 'however JSON writes it');
  t.equal((await post(instance, '/api/staff', { csv: `${csv}x` }, me)).statusCode, 400, 'one character more');
  t.equal((await post(instance, '/api/school', { csv }, me)).statusCode, 413);
});

t.test('P2.3 Stop', async (t) => {
  await t.test('needs no sign-in, in every phase, and does not wait for the heart', async (t) => {
    const { app: instance, house } = await app(t);
    house.answer = () => new Promise(() => {});
    for (const phase of [{ kind: 'checking' }, { kind: 'recording', session: SESSION, elapsedMs: 1, endsInMs: 1 }, { kind: 'starting', session: SESSION }] as const) {
      house.become(phase);
      t.equal((await post(instance, '/api/stop')).statusCode, 200, phase.kind);
    }
    t.strictSame(house.asked.filter(({ kind }) => kind === 'stop').length, 3);
  });

  await t.test('is taken each time under a flood that throttles everything else', async (t) => {
    const { app: instance, house } = await app(t);
    const flood = await Promise.all(Array.from({ length: 800 }, (_, index) => post(instance, index % 2 === 0 ? '/api/stop' : '/api/still-here')));
    t.equal(flood.filter(({ statusCode }, index) => index % 2 === 0 && statusCode === 200).length, 400);
    t.equal(house.asked.filter(({ kind }) => kind === 'stop').length, 400);
    t.ok(flood.some(({ statusCode }) => statusCode === 429), 'the rest was throttled');
  });

  await t.test('ends a sign-in too, and a heart that fails is answered and logged', async (t) => {
    const { app: instance, house, log } = await app(t);
    const me = await signIn(instance);
    house.answer = () => Promise.reject(new Error('queue closed'));
    t.equal((await post(instance, '/api/stop')).statusCode, 200);
    t.equal((await post(instance, '/api/still-here', {}, me)).statusCode, 401);
    t.match(log.join(''), /Stop could not be passed on/);
  });
});

t.test('P10.2 secrets', async (t) => {
  await t.test('are overwritten after use, and in no log and no answer', async (t) => {
    const { app: instance, house, log } = await app(t);
    const canary = '918273645546';
    const bad = [{ teacher: 'anna', pin: canary }, { teacher: 'anna', pin: canary, extra: 1 }, { pin: canary }, `{"pin":"${canary}"`];
    const answers = [];
    for (const url of ['/api/sign-in', '/api/carry-on', '/api/finish', `/api/${canary}`]) {
      for (const body of bad) answers.push(await instance.inject({ method: 'POST', url, headers: OWN_PAGE, payload: typeof body === 'string' ? body : JSON.stringify(body) }));
    }
    house.teachers.signIn = () => Promise.reject(Object.assign(new Error('disk'), { pin: canary, body: { pin: canary } }));
    const failed = await post(instance, '/api/sign-in', { teacher: 'anna', pin: canary });
    t.strictSame(failed.json(), { code: 'FAILED', sentence: ERRORS.FAILED.sentence, remedy: ERRORS.FAILED.remedy });
    t.match(log.join(''), /a request failed/);
    t.notMatch(log.join(''), canary);
    for (const answer of [...answers, failed]) t.notMatch(answer.body, canary);
    t.ok(house.pins.includes(canary), 'the PIN did arrive');
    t.ok(house.pinBuffers.every((buffer) => buffer.every((byte) => byte === 0)));
  });

  await t.test('both PINs of a change are overwritten, and no code stays with its request', async (t) => {
    const { app: instance, house } = await app(t);
    const me = await signIn(instance);
    const seen: string[] = [];
    house.accounts.changePin = (_owner, ...pins) => {
      seen.push(...pins.map(String));
      house.pinBuffers.push(...pins);
      return Promise.resolve({ ok: true });
    };
    t.equal((await post(instance, '/api/change-pin', { pin: PIN, newPin: '246813' }, me)).statusCode, 200);
    t.strictSame(seen, [PIN, '246813']);
    t.ok(house.pinBuffers.every((buffer) => buffer.every((byte) => byte === 0)));
    const body = { code: 'KRTV' };
    t.equal(takeCode(body), 'KRTV');
    t.strictSame(body, { code: '' });
  });

  await t.test('P2.7 what teachers do leaves no line in the log', async (t) => {
    const { app: instance, log } = await app(t);
    const me = await signIn(instance);
    await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: '000000' });
    await get(instance, '/api/recordings', me);
    await post(instance, '/api/start', start, me);
    t.strictSame(log, []);
  });
});

t.test('the state stream', async (t) => {
  await t.test('begins with the present, tells each change, and beats', async (t) => {
    const { app: instance, house, pass } = await app(t);
    const reply = await instance.inject({ method: 'GET', url: '/api/events', headers: { host: OWN_PAGE.host }, payloadAsStream: true });
    const stream = reply.stream();
    let text = '';
    stream.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    house.become({ kind: 'paused', session: SESSION, why: { by: 'fault', fault: TROUBLE }, closesInMs: 600_000 }, [TROUBLE]);
    pass(1);
    await until(() => text.includes('event: beat'));
    const states = [...text.matchAll(/event: state\nid: (\d+)\ndata: (.*)\n/g)];
    t.match(reply.headers, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'content-security-policy': /default-src 'none'/ });
    t.strictSame(JSON.parse(states[0]?.[2] ?? ''), { rev: 0, phase: { kind: 'idle' }, warnings: [], signedIn: false, setUp: true, room: { name: 'Room 14', languages: ['en', 'cy'], diagonalInches: 15.6 }, version: '0.1.0', buildHash: 'abc123' });
    t.match(JSON.parse(states[1]?.[2] ?? ''), { rev: 1, phase: { kind: 'paused', why: { by: 'fault', fault: TROUBLE } }, warnings: [TROUBLE] });
    t.match(text, /event: beat\ndata: 1\n\n$/);
  });

  await t.test('P4.2 says at rest that a review is overdue; and whether the room is set up, and that a teacher is there, not a steward', async (t) => {
    const { app: instance, house } = await app(t);
    house.practice.code = () => ({ ...CODE, notice: TROUBLE });
    house.school.isSetUp = () => false;
    const shown = (signedIn = false) => JSON.parse(describeState(house, 0, signedIn)) as object;
    const running = { kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1 } as const;
    const table: [PublicPhase, unknown[]][] = [[{ kind: 'idle' }, [TROUBLE]], [{ kind: 'waking' }, [TROUBLE]], [{ kind: 'blocked', reasons: [] }, [TROUBLE]], [running, []], [{ kind: 'checking' }, []]];
    for (const [phase, warnings] of table) {
      house.become(phase);
      t.match(shown(), { warnings, setUp: false }, phase.kind);
      t.equal((shown() as { warnings: unknown[] }).warnings.length, warnings.length);
    }
    house.become({ kind: 'idle' });
    const told: boolean[] = [];
    const reply = await instance.inject({ method: 'GET', url: '/api/events', headers: { host: OWN_PAGE.host }, payloadAsStream: true });
    reply.stream().on('data', (chunk: Buffer) => told.push(...[...chunk.toString().matchAll(/data: (\{.*)\n/g)].map(([, state = '']) => (JSON.parse(state) as { signedIn: boolean }).signedIn)));
    await signIn(instance);
    await post(instance, '/api/steward-sign-in', { steward: 's1', pin: PIN });
    await until(() => told.length === 3);
    t.strictSame(told, [false, true, false]);
  });

  await t.test('P3.3 carries nothing that the protocol does not name', async (t) => {
    const { app: instance, house } = await app(t);
    house.become({ kind: 'recording', session: { ...SESSION, owner: 'anna' }, elapsedMs: 1, endsInMs: 2, plan: { owner: 'anna' } } as never);
    const reply = await instance.inject({ method: 'GET', url: '/api/events', headers: { host: OWN_PAGE.host }, payloadAsStream: true });
    const [first] = await once(reply.stream(), 'data') as [Buffer];
    t.match(first.toString(), 'Personal reflection');
    t.notMatch(first.toString(), 'anna');
  });

  await t.test('drops a reader that does not read, and only that one', (t) => {
    const stream = stateStream((rev) => JSON.stringify({ rev, filling: 'x'.repeat(1000) }));
    const [slow, quick] = [stream.connect(), stream.connect()];
    quick.resume();
    for (let state = 0; state < 100; state += 1) {
      stream.publish();
      quick.read();
    }
    t.ok(slow.destroyed);
    t.notOk(quick.destroyed);
    stream.close();
    t.end();
  });
});

t.test('the preview', (t) => {
  const house = scriptedHouse();
  const line = previewLine(house.preview, house.steering);
  const sent: unknown[] = [];
  const heard: Partial<Record<'close' | 'message', () => void>> = {};
  const closed: number[] = [];
  const viewer = { bufferedAmount: 0, send: (data: unknown) => sent.push(data), close: (code: number) => closed.push(code), once: (name: 'close' | 'message', listener: () => void) => { heard[name] = listener; } };
  house.frame(Buffer.from('1'));
  line.connect(viewer as unknown as Viewer);
  house.frame(Buffer.from('2'));
  viewer.bufferedAmount = 1;
  house.frame(Buffer.from('3'));
  viewer.bufferedAmount = 0;
  house.frame(Buffer.from('4'));
  t.match(JSON.parse(String(sent.shift())), { kind: 'steering', chosen: 'standard' }, 'how the camera is steered comes first');
  t.strictSame(sent.map(String), ['2', '4'], 'a picture that would have to wait is dropped');
  viewer.bufferedAmount = 1;
  house.steer({ chosen: 'v1' });
  house.steer({ chosen: null });
  t.equal(sent.length, 2);
  viewer.bufferedAmount = 0;
  house.level(-20);
  t.match(sent.slice(2).map((text) => JSON.parse(String(text)) as object), [{ kind: 'steering', chosen: null }, { kind: 'level' }], 'a change that had to wait is told in its last form');
  heard.message?.();
  t.strictSame(closed, [1008], 'whoever talks is hung up on');
  heard.close?.();
  t.equal(house.previewListeners(), 0, 'nobody listens after the last has gone');
  line.hangUp();
  t.strictSame(closed, [1008], 'once');
  t.end();
});

t.test('P2.2 steering is the signed-in teacher’s, while framing', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  for (const [url, body] of STEERS) t.equal((await post(instance, url, body, me)).json<{ code: string }>().code, 'NO_PREVIEW', `${url} when nothing is seen`);
  house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 });
  for (const [url, body] of STEERS) t.equal((await post(instance, url, body, me)).json<{ code: string }>().code, 'NO_PREVIEW', `${url} while recording`);
  t.strictSame(house.steered, []);
  house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
  for (const [url, body, done] of STEERED) {
    t.equal((await post(instance, url, body, me)).statusCode, 200, url);
    t.strictSame(house.steered.at(-1), done);
  }
  house.answer = () => ({ ok: false, ...TROUBLE });
  for (const [url, body] of STEERS.slice(2)) t.strictSame((await post(instance, url, body, me)).json(), TROUBLE, `${url}: what the devices refuse is passed on`);
});

t.test('what a teacher wants to look at is turned to before anything is seen', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  const frame = (view: string | null) => post(instance, '/api/frame', { view }, me);
  house.become({ kind: 'waking' });
  for (const view of [null, 'v1']) t.equal((await frame(view)).statusCode, 200);
  t.strictSame(house.steered.splice(0), [['show', 'v1']], 'null: as it stands');
  t.strictSame(house.asked.filter(({ kind }) => kind === 'frame').length, 2);
  house.answer = () => ({ ok: false, ...TROUBLE });
  t.strictSame((await frame('gone')).json(), TROUBLE, 'a view that is not there any more: it says so');
  t.equal(house.asked.filter(({ kind }) => kind === 'frame').length, 2, 'and nothing is opened');
  house.steered.length = 0;
  house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 });
  await frame('v1');
  t.strictSame(house.steered, [], 'P2.2 the camera of a recording stays where it is');
});

t.test('steering that is not as agreed', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
  const table: [string, string, object][] = [
    ['too fast', '/api/steer', { pan: 1.1, tilt: 0, zoom: 0 }],
    ['nothing said of zoom', '/api/steer', { pan: 1, tilt: 0 }],
    ['a name of spaces', '/api/save-view', { name: '   ' }],
    ['a name with a tag', '/api/save-view', { name: '<b>Board' }],
    ['a name too long', '/api/save-view', { name: 'x'.repeat(25) }],
    ['an area beyond the picture', '/api/cover', { covers: [{ ...BOX, left: 1.5 }] }],
    ['nine areas', '/api/cover', { covers: Array(9).fill(BOX) }],
    ['a view by path', '/api/view', { view: '../x' }],
    ['a gain as text', '/api/gain', { dB: '3' }],
  ];
  for (const [name, url, body] of table) t.equal((await post(instance, url, body, me)).json<{ code: string }>().code, 'BAD_REQUEST', name);
  house.steer({ chosen: null });
  t.equal((await post(instance, '/api/cover', { covers: [BOX] }, me)).json<{ code: string }>().code, 'NO_VIEW_CHOSEN', 'covered areas belong to a saved view');
  t.strictSame(house.steered, []);
});

t.test('P9.4 a view that is saved where areas are covered covers them too', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
  house.steer({ views: [{ id: 'standard', name: 'Whole room', covers: [BOX] }] });
  await post(instance, '/api/save-view', { name: 'Board' }, me);
  t.strictSame(house.steered, [['save', 'Board', [BOX]]]);
});

t.test('turning the camera while recording', async (t) => {
  const recording = { kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 } as const;

  await t.test('needs the owner’s PIN and a recording, and keeps nobody signed in', async (t) => {
    const { app: instance, house } = await app(t);
    t.equal((await post(instance, '/api/turn', { pin: PIN, view: 'v1' })).json<{ code: string }>().code, 'NOT_RECORDING');
    t.equal(house.pins.length, 0, 'no PIN is tried');
    house.become(recording);
    t.equal((await post(instance, '/api/turn', { pin: '000000', view: 'v1' })).statusCode, 429);
    t.strictSame(house.steered, []);
    t.strictSame((await post(instance, '/api/turn', { pin: PIN, view: 'v1' })).json(), {});
    t.strictSame(house.steered, [['show', 'v1', true]]);
    t.strictSame(house.asked, [], 'nobody was signed in');
    t.ok(house.pinBuffers.every((buffer) => buffer.every((byte) => byte === 0)), 'P10.2 the PIN is overwritten');
    house.answer = () => ({ ok: false, ...TROUBLE });
    t.strictSame((await post(instance, '/api/turn', { pin: PIN, view: 'v1' })).json(), TROUBLE);
  });

  await t.test('a recording that ended while the PIN was checked turns nothing', async (t) => {
    const { app: instance, house } = await app(t);
    house.become(recording);
    house.teachers.ownerHas = () => {
      house.become({ kind: 'idle' });
      return Promise.resolve({ ok: true, value: OWNER.teacher });
    };
    t.equal((await post(instance, '/api/turn', { pin: PIN, view: 'v1' })).json<{ code: string }>().code, 'NOT_RECORDING');
    t.strictSame(house.steered, []);
  });

  await t.test('P9.4 the list has names only, of views without covered areas, and says when the camera stays', async (t) => {
    const { app: instance, house } = await app(t);
    house.steer({ views: [{ id: 'standard', name: 'Whole room', covers: [] }, { id: 'v1', name: 'Board', covers: [BOX] }] });
    t.strictSame((await get(instance, '/api/views')).json(), { views: [{ id: 'standard', name: 'Whole room' }], locked: false });
    house.steer({ chosen: 'v1' });
    t.equal((await get(instance, '/api/views')).json<{ locked: boolean }>().locked, true);
  });
});

t.test('the clap test', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  const code = async (url: string, body: object = {}) => (await post(instance, url, body, me)).json<{ code?: string }>().code;
  t.equal(await code('/api/clap'), 'NO_PREVIEW', 'only while framing');
  t.equal(await code('/api/clap-seen', { soundAtMs: 1000, pictureAtMs: 960 }), 'NO_PREVIEW');
  house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
  t.equal(await code('/api/clap'), 'NO_CLAP');
  house.clap = { soundAtMs: 1000, pictures: [{ atMs: 966.7, jpeg: Buffer.from([0xff, 0xd8]) }, { atMs: 1000, jpeg: Buffer.from([0xff, 0xd9]) }] };
  t.strictSame((await post(instance, '/api/clap', {}, me)).json(), { soundAtMs: 1000, pictures: [{ atMs: 966.7, jpeg: '/9g=' }, { atMs: 1000, jpeg: '/9k=' }] });
  t.strictSame((await post(instance, '/api/clap-seen', { soundAtMs: 1000, pictureAtMs: 960 }, me)).json(), { offsetMs: -40 });
  t.strictSame(house.clapsSeen, [[1000, 960]]);
});

t.test('on real sockets', async (t) => {
  const port = await freePort();
  const { app: instance, house, pass } = await app(t, { port, allowedUid: process.getuid?.() ?? 0, uidOfPeer });
  await instance.listen({ host: '127.0.0.1', port });
  const origin = `http://localhost:${port}`;
  const api = async (path: string, body: object = {}, headers: Record<string, string> = {}) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })).json() as Promise<Record<string, string>>;
  const enter = async () => ({ authorization: `Bearer ${(await api('/api/sign-in', { teacher: OWNER.teacher, pin: PIN }))['token']}` });
  const look = (ticket: string, from = origin) => new WebSocket(`ws://localhost:${port}/api/preview`, ['lamplight.preview', ticket], { origin: from });
  const refusedWith = async (socket: WebSocket) => {
    const [, response] = await once(socket, 'unexpected-response') as [unknown, { statusCode: number }];
    return response.statusCode;
  };

  await t.test('our own processes are served', async (t) => {
    t.strictSame(await api('/api/stop'), {});
  });

  await t.test('another user’s process is not', { skip: process.getuid?.() === 0 ? false : 'needs root to become another user' }, async (t) => {
    const ask = `fetch('http://127.0.0.1:${port}/api/stop', { method: 'POST', headers: { origin: 'http://127.0.0.1:${port}', 'content-type': 'application/json' }, body: '{}' }).then((answer) => answer.text()).then(console.log)`;
    // From /, and without tap's import hooks, because that user may not be allowed to read where these tests are.
    const { stdout } = await promisify(execFile)('/usr/bin/env', ['-i', process.execPath, '-e', ask], { uid: 65534, gid: 65534, cwd: '/' });
    t.match(JSON.parse(stdout), { code: 'WRONG_PEER' });
  });

  await t.test('P2.2 a ticket opens the preview once, while framing, for our page', async (t) => {
    const me = await enter();
    t.match(await api('/api/preview-ticket', {}, me), { code: 'NO_PREVIEW' });
    house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
    const { ticket = '' } = await api('/api/preview-ticket', {}, me);
    t.equal(await refusedWith(look(ticket, 'http://evil.example')), 403, 'another origin');
    t.equal(await refusedWith(look('x'.repeat(43))), 403, 'a made-up ticket');
    const viewer = look(ticket);
    await once(viewer, 'open');
    t.equal(viewer.protocol, 'lamplight.preview');
    t.equal(await refusedWith(look(ticket)), 403, 'the same ticket again');
    house.frame(Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
    const [frame] = await once(viewer, 'message') as [Buffer];
    t.strictSame([...frame], [0xff, 0xd8, 0xff, 0xd9]);
    house.level(-18.5);
    const [level] = await once(viewer, 'message') as [Buffer];
    t.strictSame(JSON.parse(level.toString()), { kind: 'level', peakDb: -18.5 });

    const late = (await api('/api/preview-ticket', {}, me))['ticket'] ?? '';
    pass(11);
    t.equal(await refusedWith(look(late)), 403, 'a ticket that is too old');

    house.become({ kind: 'waking' });
    await once(viewer, 'close');
    t.equal(house.previewListeners(), 0, 'framing ended: nobody looks');
  });

  await t.test('P2.2 signing out closes the preview, and its unused tickets', async (t) => {
    house.become({ kind: 'waking' });
    const me = await enter();
    house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
    const viewer = look((await api('/api/preview-ticket', {}, me))['ticket'] ?? '');
    const { ticket = '' } = await api('/api/preview-ticket', {}, me);
    await once(viewer, 'open');
    await Promise.all([once(viewer, 'close'), api('/api/sign-out', {}, me)]);
    t.equal(house.previewListeners(), 0);
    t.equal(await refusedWith(look(ticket)), 403);
  });
});

t.test('whose process is at the other end', (t) => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const row = (local: string, remote: string, state = '01', uid = '1000', inode = '4242') =>
    `   1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0000000000000000 20 4 30 10 -1\n`;
  const client = { address: '127.0.0.1', port: 0xC350 };
  const server = { address: '127.0.0.1', port: 0x1F90 };
  const [c, s] = ['0100007F:C350', '0100007F:1F90'];
  const mapped = '0000000000000000FFFF0000';
  const table: [string, string, number | undefined][] = [
    ['the client’s row, not the server’s', head + row(s, c, '01', '0') + row(c, s), 1000],
    ['IPv4 in the IPv6 table', head + row(mapped + c, mapped + s), 1000],
    ['a row without an end of line', (head + row(c, s)).trimEnd(), 1000],
    ['only the server’s row', head + row(s, c), undefined],
    ['another port', head + row('0100007F:C351', s), undefined],
    ['another address', head + row('0200007F:C350', s), undefined],
    ['a connection that its process has left', head + row(c, s, '01', '0', '0'), undefined],
    ['a connection that is closing', head + row(c, s, '04'), undefined],
    ['a cut row', head + `   1: ${c} ${s} 01 0000`, undefined],
    ['a uid that is no number', head + row(c, s, '01', '-1'), undefined],
    ['nothing', '', undefined],
    ['garbage', '\0\xff\n'.repeat(1000), undefined],
    ['a long table', head + row(s, c).repeat(20_000) + row(c, s), 1000],
  ];
  for (const [name, text, uid] of table) t.equal(uidOf(text, client, server), uid, name);
  const six = '00000000000000000000000001000000';
  t.equal(uidOf(row(`${six}:C350`, `${six}:1F90`), { address: '::1', port: 0xC350 }, { address: '::1', port: 0x1F90 }), 1000, 'IPv6 loopback');
  t.equal(uidOf(row(c, s), { address: '::ffff:127.0.0.1', port: 0xC350 }, { address: '::ffff:127.0.0.1', port: 0x1F90 }), 1000, 'a mapped address');
  t.equal(uidOf(row(c, s), { address: '2001:db8::1', port: 0xC350 }, server), undefined, 'an address that is not loopback');
  t.end();
});
