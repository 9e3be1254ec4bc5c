/** The LAN page: what it says, to whom, and in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { DOOR_PORT, parseSettings } from '../../config/settings.js';
import { PURPOSES } from '../../config/purposes.js';
import { doorDesk, doorFacts } from '../../desks/door.js';
import { systemTimers } from '../../firmware-bridge/serial/timers.js';
import { languageOf, revisionOf, viewOf } from '../../kiosk/lan/door-view.js';
import { DOOR_WORDS } from '../../kiosk/lan/door-words.js';
import type { DoorFacts } from '../../kiosk/lan/door-facts.js';
import type { PublicPhase, Trouble } from '../../kiosk/protocol.js';
import { ask, FACTS, FILES, LANGUAGES, listen, openDoor, RECORDING, SESSION, STATES } from './door-bench.js';
import { freePort } from '../fakes/free-port.js';
import { until } from '../fakes/until.js';

/** Without the signs that keep Latin letters together within Urdu. */
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const trouble = (code: string): Trouble => ({ code, sentence: 'A sentence.', remedy: 'A remedy.' });

t.test('P9.5 LAN page: every state has a word of its own in every language, and what it means', (t) => {
  for (const language of LANGUAGES) {
    const views = STATES.map((state) => viewOf({ facts: { ...FACTS, state }, isFresh: true }, language));
    t.same(views.map(({ kind }) => kind), STATES.map(({ kind }) => kind));
    t.equal(new Set(views.map(({ word, says }) => word + says)).size, STATES.length, language);
    const { rows } = viewOf({ facts: RECORDING, isFresh: true }, language);
    t.same(rows.map(({ name }) => name), ['purpose', 'mode', 'audience', 'stop', 'start', 'kept', 'ask', 'practice']);
    t.notOk(rows.some(({ says, own }) => says === '' && own === ''), `${language}: every question is answered`);
    t.match(plain(rows.find(({ name }) => name === 'kept')?.says ?? ''), /60/);
    t.match(rows.find(({ name }) => name === 'practice'), { own: 'C. Novak' });
    t.ok(plain(rows.find(({ name }) => name === 'practice')?.says ?? '').includes('1.2'));
    t.same(PURPOSES.filter(({ words }) => !Object.hasOwn(DOOR_WORDS[language].purposes, words)), [], 'the purposes that come with the product are said in it');
  }
  const own = viewOf({ facts: { ...FACTS, state: { kind: 'recording', session: { ...SESSION, purpose: 'toString' } } }, isFresh: true }, 'pl').rows[0];
  t.match(own, { name: 'purpose', says: '', own: 'toString' }, 'a school’s own stands as it was written');
  t.match(viewOf({ facts: { ...FACTS, contact: null, lead: null }, isFresh: true }, 'en').rows.slice(-2), [{ says: 'Nobody is named yet, so nothing can be recorded.', own: '' }, { own: '' }]);
  t.end();
});

t.test('P9.6 LAN page: what is not known is to be taken for recording', (t) => {
  for (const language of LANGUAGES) {
    for (const seen of [{ facts: null, isFresh: false }, { facts: null, isFresh: true }, { facts: FACTS, isFresh: false }, { facts: RECORDING, isFresh: false }]) {
      const { kind, word, rows } = viewOf(seen, language);
      t.equal(kind, 'lost');
      t.equal(word, DOOR_WORDS[language].states['assume-recording'].word);
      t.match(rows.slice(0, 2), [{ says: '', own: '' }, { says: '', own: '' }], 'and nothing of what was');
    }
  }
  const session = { purpose: 'coaching', audience: 'only-me', mode: 'sound-only' } as const;
  const kindOf = (phase: PublicPhase): string => doorFacts(phase, { ...FACTS }, FACTS).state.kind;
  const phases: readonly [PublicPhase, string][] = [
    [{ kind: 'checking' }, 'checking'], [{ kind: 'idle' }, 'not-recording'], [{ kind: 'idle', lastFault: trouble('LAMP_DARK') }, 'not-recording'], [{ kind: 'waking' }, 'not-recording'],
    [{ kind: 'framing', live: false, endsInMs: 5 }, 'camera-on'], [{ kind: 'announcing', session, countdownMs: 5 }, 'starting'], [{ kind: 'starting', session }, 'starting'],
    [{ kind: 'recording', session, elapsedMs: 7, endsInMs: 5 }, 'recording'], [{ kind: 'paused', session, why: { by: 'room' }, closesInMs: 5 }, 'paused'], [{ kind: 'stopping', next: 'rest' }, 'stopping'],
    [{ kind: 'blocked', reasons: [trouble('CAMERA_NOT_PARKED'), trouble('MICROPHONE_LOST')] }, 'out-of-order'],
    [{ kind: 'blocked', reasons: [trouble('CAMERA_NOT_PARKED'), trouble('RELAY_NOT_PROVEN')] }, 'assume-recording'], [{ kind: 'blocked', reasons: [trouble('SIGN_SILENT')] }, 'assume-recording'], [{ kind: 'gone' }, 'assume-recording'],
  ];
  for (const [phase, kind] of phases) t.equal(kindOf(phase), kind, JSON.stringify(phase));
  t.end();
});

t.test('P2.7 LAN page: nothing that passes, counts or belongs to somebody goes out', async (t) => {
  const session = { purpose: 'coaching', audience: 'only-me', mode: 'sound-only', owner: 'ahmed' } as const;
  const visitor = { ...FACTS, teachers: 31, sessions: 4 };
  const at = (elapsedMs: number, endsInMs: number): DoorFacts => doorFacts({ kind: 'recording', session, elapsedMs, endsInMs }, visitor, { ...FACTS });
  t.same(at(1, 9), at(500_000, 3), 'neither since when nor until when');
  t.same(doorFacts({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 5 }, visitor, FACTS), doorFacts({ kind: 'paused', session, why: { by: 'fault', fault: trouble('LAMP_DARK') }, closesInMs: 9 }, visitor, FACTS), 'nor why');
  t.same(doorFacts({ kind: 'idle' }, visitor, FACTS), doorFacts({ kind: 'waking', lastFault: trouble('LAMP_DARK') }, visitor, FACTS), 'nor that somebody has signed in');
  t.notMatch(JSON.stringify(at(1, 9)), /ahmed|teachers|sessions|31/);
  // A busy term and an empty one leave the same behind, down to the revision.
  const { url, tell } = await openDoor(t);
  const before = await ask(url);
  const early = await listen(`${url}events`);
  await early.heard(/event: state\ndata: .*\n\n/);
  for (let lesson = 0; lesson < 40; lesson++) for (const facts of [RECORDING, FACTS]) tell(facts);
  const after = await ask(url);
  t.equal(after.text, before.text, 'byte for byte');
  const late = await listen(`${url}events`);
  await late.heard(/event: state\ndata: .*\n\n/);
  t.equal(late.text(), early.text().slice(0, late.text().length));
  early.leave();
  late.leave();
});

t.test('LAN page: the language is the chosen one, else what the browser asks for, else the room’s', (t) => {
  t.equal(languageOf('ur', 'pl', ['cy']), 'ur');
  t.equal(languageOf(null, 'de, pl-PL;q=0.6, cy;q=0.7', ['en']), 'cy');
  t.equal(languageOf('xx', 'PL', ['en']), 'pl');
  t.equal(languageOf(null, 'ur;q=0, de', ['cy', 'en']), 'cy', 'zero means: not that one');
  for (const garbage of [undefined, '', ';;,,', 'constructor', 'x,'.repeat(3000)]) t.equal(languageOf('__proto__', garbage, ['cy']), 'cy');
  t.end();
});

t.test('LAN page: whole without scripts, and closed to everything else', async (t) => {
  const { url, host, tell } = await openDoor(t);
  tell({ ...RECORDING, room: '<img src=x onerror=alert(1)>', contact: '"\'><script>alert(1)</script>' });
  const { status, headers, text } = await ask(`${url}?lang=ur`);
  t.equal(status, 200);
  t.match(text, /<html lang="ur" dir="rtl"/);
  t.match(text, 'ریکارڈنگ جاری ہے');
  t.notMatch(text, /<script>|<img|http-equiv|https?:/, 'what the school wrote is text, and nothing comes from elsewhere');
  for (const name of ['English', 'Cymraeg', 'Polski', 'اردو']) t.match(text, `>${name}</a>`);
  t.match(text, /10:42:05/);
  t.match(headers, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'content-language': 'ur' });
  t.notOk('set-cookie' in headers);
  t.match(headers['content-security-policy'], /^default-src 'none'; .*require-trusted-types-for 'script'; trusted-types 'none'$/);
  t.notMatch(headers['content-security-policy'], /unsafe|data:|\*/);
  const head = await ask(url, { method: 'HEAD' });
  t.match(head, { status: 200, text: '' });

  const refused: [string, string, Parameters<typeof ask>[1], number][] = [
    ['another host', url, { headers: { host: 'evil.example' } }, 400], ['the host without its port', url, { headers: { host: '127.0.0.1' } }, 400], ['a name of this machine', url, { headers: { host: host.replace('127.0.0.1', 'localhost') } }, 400],
    ['POST', url, { method: 'POST', body: '{}' }, 405], ['a stop', `${url}api/stop`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }, 405],
    ['PUT', url, { method: 'PUT', body: 'x' }, 405], ['DELETE', url, { method: 'DELETE' }, 405], ['OPTIONS', url, { method: 'OPTIONS' }, 405],
    ...['api/state', 'api/events', 'api/names', 'api/visitor', 'preview', 'index.html', '%2e%2e/door.js', '../settings.json', 'events/', '/'].map((path) => [path, `${url}${path}`, {}, 404] as [string, string, object, number]),
  ];
  for (const [name, to, options, wanted] of refused) {
    const reply = await ask(to, { ...options, path: to.slice(url.length - 1) });
    t.equal(reply.status, wanted, name);
    t.notMatch(reply.text, /RECORDING|Room 12/, name);
    t.equal(reply.headers['content-security-policy'], headers['content-security-policy']);
  }
});

t.test('LAN page: all of it is small', async (t) => {
  const { url } = await openDoor(t);
  const sizes: Record<string, number> = {};
  for (const language of LANGUAGES) sizes[language] = gzipSync((await ask(`${url}?lang=${language}`)).text).length;
  const [script, style] = [gzipSync(FILES.script).length, gzipSync(FILES.style).length];
  const most = Math.max(...Object.values(sizes)) + script + style;
  t.comment(`the LAN page, gzipped: script ${script} B, style ${style} B, HTML ${JSON.stringify(sizes)}; ${most} B in all`);
  t.ok(most <= 12 * 1024, `${most} bytes in all`);
});

t.test('LAN page: the stream tells each change once, and its beats repeat the revision', async (t) => {
  const { url, tell, door } = await openDoor(t);
  const [english, urdu] = [await listen(`${url}events?lang=en`), await listen(`${url}events?lang=ur`)];
  await Promise.all([english.heard(/"word":"NOT RECORDING"/), urdu.heard(/ریکارڈنگ نہیں ہو رہی/)]);
  tell(RECORDING);
  tell({ ...RECORDING });
  door.beat();
  await Promise.all([english.heard(/"word":"RECORDING"/), urdu.heard(/ریکارڈنگ جاری ہے/)]);
  await english.heard(new RegExp(`event: beat\ndata: ${revisionOf({ facts: RECORDING, isFresh: true })}\n\n`));
  t.equal(english.text().match(/event: state/g)?.length, 2);
  tell(RECORDING, false);
  await english.heard(/ASSUME RECORDING/);
  english.leave();
  urdu.leave();
});

t.test('LAN page: a flood waits, many readers have an end, and a slow one is dropped', async (t) => {
  const { url, port, host, tell, door, pass } = await openDoor(t, { connectionMs: 2000 });
  const statuses = [];
  for (let count = 0; count < 81; count++) statuses.push((await ask(`${url}door.css`)).status);
  t.same([statuses.indexOf(429), statuses[80]], [80, 429]);
  pass(10_000);
  t.equal((await ask(url)).status, 200);

  const streams = [];
  for (let count = 0; count < 7; count++) streams.push(await listen(`${url}events`));
  t.same(streams.map(({ status }) => status), [200, 200, 200, 200, 200, 200, 503], 'six for one address');
  t.equal(door.readers, 6);
  for (const stream of streams) stream.leave();
  await until(() => door.readers === 0);

  const silent = connect(port, '127.0.0.1');
  const reset = once(silent, 'close');
  silent.on('error', () => undefined).resume();
  const slow = connect(port, '127.0.0.1', () => slow.write(`GET /events HTTP/1.1\r\nHost: ${host}\r\n\r\n`));
  slow.on('error', () => undefined).pause();
  await until(() => door.readers > 0);
  let told = 0;
  while (door.readers > 0 && told < 20_000) {
    tell(told++ % 2 === 0 ? RECORDING : FACTS);
    await new Promise(setImmediate);
  }
  t.equal(door.readers, 0, `dropped after ${told} states that it did not read`);
  await reset;
  t.pass('and a connection that asks nothing is closed');
  slow.destroy();
});

t.test('LAN page: in a process of its own, which says ASSUME RECORDING when the service says nothing', async (t) => {
  process.env['LAMPLIGHT_CANARY'] = 'planted';
  t.teardown(() => { delete process.env['LAMPLIGHT_CANARY']; });
  let facts = FACTS;
  const listeners = new Set<() => void>();
  const lines: string[] = [];
  let offset = 0;
  const desk = doorDesk({
    listen: { address: '127.0.0.1', port: await freePort() }, languages: ['cy', 'en'], look: () => facts,
    onChange: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    timers: { ...systemTimers, now: () => systemTimers.now() + offset }, log: (text) => lines.push(text),
  });
  t.teardown(() => desk.close());
  const up = async (): Promise<string> => {
    while (desk.host === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    return `http://${desk.host}/`;
  };
  const url = await up();
  t.match((await ask(url)).text, /<html lang="cy" dir="ltr"/, 'in the room’s language');
  t.match((await ask(`${url}?lang=en`)).text, 'NOT RECORDING');
  const first = desk.pid ?? 0;
  t.notMatch(readFileSync(`/proc/${first}/cmdline`, 'utf8'), /Room 12|127/);
  t.notMatch(readFileSync(`/proc/${first}/environ`, 'utf8'), /LAMPLIGHT_CANARY|(^|\0)(PATH|HOME|USER)=/, 'it is handed no environment of the service');

  const stream = await listen(`${url}events?lang=en`);
  await stream.heard(/"word":"NOT RECORDING"/);
  facts = RECORDING;
  for (const listener of listeners) listener();
  await stream.heard(/"word":"RECORDING"/);
  await stream.heard(/event: beat/);

  offset = -10_000; // what arrives from now on was true ten seconds ago: as from a queue
  const before = performance.now();
  await stream.heard(/"kind":"lost","word":"ASSUME RECORDING"/);
  const took = performance.now() - before;
  t.ok(took < 4000, `lost touch after ${took.toFixed(0)} ms`);
  t.match((await ask(`${url}?lang=en`)).text, /<p class="word">ASSUME RECORDING/);
  offset = 0;
  await stream.heard(/"word":"RECORDING"/);

  process.kill(first, 'SIGKILL');
  while (desk.pid === first || desk.pid === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  t.match((await ask(`${await up()}?lang=en`)).text, /<p class="word">RECORDING/, 'it is started again, at the same address');
  t.ok(lines.some((line) => line.includes('started again')));
  const last = desk.pid ?? 0;
  await desk.close();
  t.throws(() => process.kill(last, 0), { code: 'ESRCH' });
  t.same([desk.pid, desk.host], [undefined, undefined]);
});

t.test('P9.6 LAN page: a service that stands still is no reason to believe what it said; one that is gone takes the page along', async (t) => {
  const keeper = fork(new URL('./door-keeper.js', import.meta.url), [String(await freePort())]);
  t.teardown(() => keeper.kill('SIGKILL'));
  const [{ host, pid }] = await once(keeper, 'message') as [{ host: string; pid: number }];
  const url = `http://${host}/`;
  const stream = await listen(`${url}events`);
  await stream.heard(/"word":"RECORDING"/);
  keeper.kill('SIGSTOP');
  const before = performance.now();
  await stream.heard(/"kind":"lost","word":"ASSUME RECORDING"/);
  const took = performance.now() - before;
  t.ok(took > 1000 && took < 4500, `${took.toFixed(0)} ms after it was stopped`);
  t.match((await ask(url)).text, 'This page lost touch with the recorder.');
  await stream.heard(/event: beat/);
  keeper.kill('SIGCONT');
  await stream.heard(/"word":"RECORDING"/);
  const ended = new Promise<void>((resolve) => stream.response.once('close', () => resolve())); // once() would reject where it is cut off
  keeper.kill('SIGKILL');
  await ended;
  while (isThere(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  await t.rejects(ask(url), { code: 'ECONNREFUSED' }, 'nobody keeps its port');
});

t.test('P5.1 LAN page: off where the settings do not say so, and on a port of its own', async (t) => {
  const off = doorDesk({ languages: ['en'], look: () => FACTS, onChange: () => () => undefined, timers: systemTimers, log: () => undefined });
  t.same([off.pid, off.host], [undefined, undefined]);
  await off.close();
  const settings = (lan: object): string => JSON.stringify({
    room: 'Room 12', dataFolder: 'data', kiosk: { port: 8080 }, stick: 'stick', signs: [{ path: '/dev/door-sign', baudRate: 115_200 }],
    camera: { path: '/dev/camera', baudRate: 9600, parking: { pan: 0, tilt: 0 }, view: { kind: 'preset', preset: 0 } },
    microphone: { path: '/dev/microphone', baudRate: 115_200, tag: 'Mic1' },
    sources: { video: { kind: 'v4l2', device: '/dev/video0', pixels: 'mjpeg', width: 1280, height: 720, fps: 30 }, sound: { kind: 'alsa', device: 'hw:1', channels: 2 } },
    lan,
  });
  for (const lan of [{ address: '10.0.0.7', doorPage: true }, { address: '10.0.0.7', doorPage: false, doorPort: 8443, port: 8443 }, { address: '10.0.0.7', doorPage: true, doorPort: 8080 }]) t.same(parseSettings(settings(lan)).lan, lan);
  for (const lan of [{ address: '10.0.0.7', doorPage: 'yes' }, { address: '10.0.0.7', doorPage: true, doorPort: 80 }, { address: '10.0.0.7', doorPage: true, doorPort: 9000, port: 9000 }, { address: '10.0.0.7', doorPage: true, port: DOOR_PORT }, { address: '127.0.0.1', doorPage: true, doorPort: 8080 }, { doorPage: true }]) {
    t.throws(() => parseSettings(settings(lan)), { message: /lan/ }, JSON.stringify(lan));
  }
});
