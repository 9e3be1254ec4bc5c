/** Ways to come by what somebody else has opened at the kiosk, and what becomes of them. Other users' processes on real sockets: server.test.ts. */
import t from 'tap';
import type { FastifyInstance } from 'fastify';
import type { PublicPhase } from '../../kiosk/protocol.js';
import { get, OTHER, OWNER, OWN_PAGE, PIN, post, scriptedApp, SESSION, signIn, TROUBLE } from './scripted-house.js';

const screenDir = t.testdir({ 'index.html': '<!doctype html><title>kiosk</title>' });
const told = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
const start = { purpose: 'reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told };
const paperCode = { staff: 't9', code: 'KRTV-WXYZ' };
const key = { recipients: [`age1${'q'.repeat(58)}`], signKey: null };
const MINUTE = 60;

async function app(test: { teardown(close: () => Promise<void>): unknown }, options: Parameters<typeof scriptedApp>[1] = {}) {
  const made = await scriptedApp(screenDir, options);
  test.teardown(() => made.app.close());
  return made;
}
type Scripted = Awaited<ReturnType<typeof scriptedApp>>;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ticketFor = async (instance: FastifyInstance) => (await post(instance, '/api/paper-code', paperCode)).json<{ ticket: string }>().ticket;
const enrolment = (ticket: string) => ({ ticket, pin: PIN, language: 'en', key });
const enrol = (instance: FastifyInstance, ticket: string) => post(instance, '/api/enrol', enrolment(ticket));
const stewardSignIn = (instance: FastifyInstance) => post(instance, '/api/steward-sign-in', { steward: 's1', pin: PIN });
const codeOf = (reply: Awaited<ReturnType<typeof post>>) => reply.json<{ code?: string }>().code;

/** Each way for a sign-in to end. */
const ENDS: Record<string, (scripted: Scripted, me: { authorization: string }) => unknown> = {
  'signing out': ({ app: instance }, me) => post(instance, '/api/sign-out', {}, me),
  '60 s without a touch': ({ pass }) => pass(60),
  'the next sign-in': ({ app: instance }) => signIn(instance),
  'a steward’s sign-in': ({ app: instance }) => stewardSignIn(instance),
  'a first set-up': ({ app: instance }) => post(instance, '/api/set-up', { code: 'KRTV', name: 'S. Stewart', pin: PIN }),
  'somebody’s paper code': ({ app: instance }) => ticketFor(instance),
  'the start of a session': ({ app: instance }, me) => post(instance, '/api/start', start, me),
  'Stop': ({ app: instance }) => post(instance, '/api/stop'),
  'finishing a paused session': ({ app: instance, house }) => {
    house.become({ kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 1000 });
    return post(instance, '/api/finish', { pin: PIN });
  },
  'closing the account': ({ app: instance }, me) => post(instance, '/api/close-account', { pin: PIN }, me),
};

t.test('P1.1 P5.2 a token from before opens nothing', async (t) => {
  for (const [way, end] of Object.entries(ENDS)) {
    const scripted = await app(t);
    const { app: instance, house } = scripted;
    const old = await signIn(instance);
    await end(scripted, old);
    house.become({ kind: 'idle' });
    house.calls.length = 0;
    house.asked.length = 0;
    for (const [url, body] of [['/api/start', start], ['/api/erase', { recording: 'r1' }], ['/api/still-here', {}], ['/api/sign-out', {}]] as const) t.equal(codeOf(await post(instance, url, body, old)), 'NOT_SIGNED_IN', `${url} after ${way}`);
    t.equal(codeOf(await get(instance, '/api/recordings', old)), 'NOT_SIGNED_IN', `a look after ${way}`);
    t.strictSame([house.asked, house.calls.filter(([port]) => port === 'recordings')], [[], []], `nothing was reached after ${way}`);
  }
});

t.test('P5.2 two tabs', async (t) => {
  const { app: instance, house } = await app(t);
  const first = await signIn(instance);
  t.equal(codeOf(await get(instance, '/api/recordings')), 'NOT_SIGNED_IN', 'the second shares nothing with the first');
  house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
  t.equal(codeOf(await post(instance, '/api/sign-in', { teacher: 't1', pin: PIN })), 'BUSY', 'whoever looks at the picture is not put out by another tab');
  t.equal((await post(instance, '/api/preview-ticket', {}, first)).statusCode, 200);
  house.become({ kind: 'waking' });
  const second = await signIn(instance);
  t.equal(codeOf(await post(instance, '/api/sign-out', {}, first)), 'NOT_SIGNED_IN', 'the first cannot sign the second out');
  t.equal((await get(instance, '/api/recordings', second)).statusCode, 200);
});

t.test('P1.1 a reloaded page starts as nobody', async (t) => {
  const { app: instance, house } = await app(t);
  const replies = [await post(instance, '/api/sign-in', { teacher: OWNER.teacher, pin: PIN }), await get(instance, '/'), await get(instance, '/api/names')];
  t.ok(replies.every(({ headers }) => headers['set-cookie'] === undefined), 'nothing that a browser would keep');
  house.asked.length = 0;
  for (const [url, body] of [['/api/start', start], ['/api/frame', { view: null }], ['/api/stick-read', { file: 'locked-key' }]] as const) t.equal(codeOf(await post(instance, url, body)), 'NOT_SIGNED_IN', url);
  t.strictSame(house.asked, []);
});

t.test('P1.1 a right token in the wrong hands', async (t) => {
  let uid: number | undefined = 1000;
  const { app: instance, house } = await app(t, { uidOfPeer: () => uid });
  const me = await signIn(instance);
  house.asked.length = 0;
  const table: [string, number | undefined, Record<string, string>, string][] = [
    ['another local user', 1001, {}, 'WRONG_PEER'],
    ['root', 0, {}, 'WRONG_PEER'],
    ['a process that cannot be told', undefined, {}, 'WRONG_PEER'],
    ['a tunnel under a name of its own', 1000, { host: 'kiosk.school.example', origin: 'http://kiosk.school.example' }, 'WRONG_HOST'],
    ['a port forwarded from another', 1000, { host: 'localhost:9090', origin: 'http://localhost:9090' }, 'WRONG_HOST'],
    ['a forwarded port with our host', 1000, { origin: 'http://localhost:9090' }, 'WRONG_ORIGIN'],
    ['a forwarded port, as the browser tells it', 1000, { 'sec-fetch-site': 'same-site', origin: 'http://localhost:9090' }, 'WRONG_SITE'],
    ['a proxy that says for whom it asks', 1001, { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost:8080' }, 'WRONG_PEER'],
  ];
  for (const [who, itsUid, headers, code] of table) {
    uid = itsUid;
    t.equal(codeOf(await post(instance, '/api/start', start, { ...OWN_PAGE, ...me, ...headers })), code, who);
  }
  t.strictSame(house.asked, []);
  uid = 1000;
  t.equal((await post(instance, '/api/start', start, me)).statusCode, 200, 'while its own page starts');
});

t.test('P10.1 the ticket of a paper code', async (t) => {
  await t.test('enrols once', async (t) => {
    const { app: instance, house } = await app(t);
    const ticket = await ticketFor(instance);
    t.match((await enrol(instance, ticket)).json(), { token: /^[A-Za-z0-9_-]{43}$/, displayName: OWNER.displayName });
    t.equal(codeOf(await enrol(instance, ticket)), 'ENROLMENT_OVER');
    const [call, ...more] = house.calls.filter(([, method]) => method === 'enrol');
    t.strictSame([call?.slice(2, 4), more], [[paperCode.staff, paperCode.code], []]);
    t.match(call?.[4], { language: 'en', key });
    t.ok((call?.[4] as { pin: Buffer }).pin.every((byte) => byte === 0), 'P10.2 the PIN is overwritten');
  });

  const over: [string, (scripted: Scripted) => unknown][] = [
    ['after 15 minutes', ({ pass }) => pass(15 * MINUTE)],
    ['after a teacher signed in', ({ app: instance }) => signIn(instance)],
    ['after a teacher signed in and out', async ({ app: instance }) => post(instance, '/api/sign-out', {}, await signIn(instance))],
    ['after a steward signed in', ({ app: instance }) => stewardSignIn(instance)],
    ['after the next paper code', ({ app: instance }) => ticketFor(instance)],
  ];
  for (const [when, end] of over) {
    await t.test(`is void ${when}, for key and stick too`, async (t) => {
      const scripted = await app(t);
      const { app: instance, house } = scripted;
      const ticket = await ticketFor(instance);
      await end(scripted);
      house.calls.length = 0;
      t.equal(codeOf(await enrol(instance, ticket)), 'ENROLMENT_OVER');
      for (const [url, body] of [['/api/stick-write', { file: 'sheet', text: 'x' }], ['/api/stick-read', { file: 'recipient' }], ['/api/lan-open', {}], ['/api/lan-wait', {}]] as const) t.equal(codeOf(await post(instance, url, body, bearer(ticket))), 'NOT_SIGNED_IN', url);
      t.strictSame(house.calls.filter(([port]) => ['accounts', 'stick', 'lan'].includes(port)), []);
    });
  }

  await t.test('is good until then, and after a refusal: another PIN may be tried', async (t) => {
    const { app: instance, house, pass } = await app(t);
    const ticket = await ticketFor(instance);
    pass(15 * MINUTE - 1);
    const enrolling = house.accounts.enrol.bind(house.accounts);
    house.accounts.enrol = () => Promise.resolve({ ok: false, ...TROUBLE });
    t.equal(codeOf(await enrol(instance, ticket)), TROUBLE.code);
    house.accounts.enrol = enrolling;
    t.equal((await enrol(instance, ticket)).statusCode, 200);
  });

  await t.test('is used by one at a time', async (t) => {
    const { app: instance, house } = await app(t);
    const ticket = await ticketFor(instance);
    const enrolling = house.accounts.enrol.bind(house.accounts);
    let second: ReturnType<typeof enrol> | undefined;
    house.accounts.enrol = async (...first) => {
      if (second === undefined) await (second = enrol(instance, ticket));
      return enrolling(...first);
    };
    t.equal((await enrol(instance, ticket)).statusCode, 200);
    t.equal(second && codeOf(await second), 'ENROLMENT_OVER');
  });

  await t.test('is used up by an enrolment, even where a session keeps its teacher out', async (t) => {
    const { app: instance, house } = await app(t);
    const ticket = await ticketFor(instance);
    const enrolling = house.accounts.enrol.bind(house.accounts);
    house.accounts.enrol = (...wish) => {
      house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1 });
      return enrolling(...wish);
    };
    t.equal(codeOf(await enrol(instance, ticket)), 'BUSY');
    t.strictSame(house.asked, [{ kind: 'signed-out' }]);
    house.become({ kind: 'idle' });
    t.equal(codeOf(await enrol(instance, ticket)), 'ENROLMENT_OVER');
  });

  await t.test('is no sign-in, and a sign-in is no ticket', async (t) => {
    const { app: instance } = await app(t);
    const ticket = await ticketFor(instance);
    t.equal(codeOf(await get(instance, '/api/recordings', bearer(ticket))), 'NOT_SIGNED_IN');
    const { authorization } = await signIn(instance);
    t.equal(codeOf(await enrol(instance, authorization.replace('Bearer ', ''))), 'ENROLMENT_OVER');
  });

  await t.test('is not given for a code that is refused', async (t) => {
    const { app: instance, house } = await app(t);
    house.accounts.checkPaperCode = () => Promise.resolve({ ok: false, ...TROUBLE, waitSeconds: 4 });
    const reply = await post(instance, '/api/paper-code', paperCode);
    t.strictSame([reply.statusCode, reply.json()], [429, { ...TROUBLE, waitSeconds: 4 }]);
  });
});

t.test('P5.2 nobody comes in while something runs', async (t) => {
  const entrances: [string, object][] = [
    ['/api/sign-in', { teacher: 't1', pin: PIN }], ['/api/steward-sign-in', { steward: 's1', pin: PIN }], ['/api/set-up', { code: 'KRTV', name: 'S. Stewart', pin: PIN }],
    ['/api/paper-code', paperCode], ['/api/enrol', enrolment('A'.repeat(43))],
  ];
  const phases: PublicPhase[] = [
    { kind: 'checking' }, { kind: 'framing', live: true, endsInMs: 1 }, { kind: 'announcing', session: SESSION, countdownMs: 1 }, { kind: 'starting', session: SESSION },
    { kind: 'recording', session: SESSION, elapsedMs: 1, endsInMs: 1 }, { kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 1 }, { kind: 'stopping', next: 'rest' }, { kind: 'gone' },
  ];
  const { app: instance, house } = await app(t);
  for (const phase of phases) {
    house.become(phase);
    for (const [url, body] of entrances) t.equal(codeOf(await post(instance, url, body)), 'BUSY', `${url} while ${phase.kind}`);
  }
  t.strictSame([house.pins, house.calls.filter(([, method]) => ['signIn', 'setUp', 'checkPaperCode', 'enrol'].includes(method))], [[], []], 'no PIN and no code is tried');

  const begins = <Args extends unknown[], T>(does: (...args: Args) => T) => (...args: Args): T => {
    house.become({ kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1 });
    return does(...args);
  };
  const { accounts, school } = house;
  accounts.checkPaperCode = begins(accounts.checkPaperCode.bind(accounts));
  school.signIn = begins(school.signIn.bind(school));
  house.greet = begins(house.greet.bind(house));
  for (const [url, body] of entrances.filter(([url]) => !['/api/set-up', '/api/enrol'].includes(url))) {
    house.become({ kind: 'idle' });
    t.equal(codeOf(await post(instance, url, body)), 'BUSY', `${url}: it began in the meantime`);
  }
  t.strictSame(house.asked, [{ kind: 'signed-out' }], 'what the teacher’s PIN had opened is closed');
});

t.test('what a PIN opened is closed where the sign-in fails after it, whoever was there before', async (t) => {
  const { app: instance, house } = await app(t);
  const me = await signIn(instance);
  house.greet = () => Promise.reject(new Error('disk'));
  t.equal(codeOf(await post(instance, '/api/sign-in', { teacher: 't1', pin: PIN })), 'FAILED');
  t.equal(house.asked.at(-1)?.kind, 'signed-out');
  t.equal(codeOf(await get(instance, '/api/recordings', me)), 'NOT_SIGNED_IN');
});

t.test('P1.4 a key that comes by the network page goes to whoever opened the page', async (t) => {
  const closed = ({ house }: Scripted) => house.calls.filter(([port, method]) => port === 'lan' && method === 'close').length;

  await t.test('so the page closes when that person goes', async (t) => {
    for (const [way, end] of Object.entries(ENDS)) {
      const scripted = await app(t);
      const me = await signIn(scripted.app);
      await post(scripted.app, '/api/lan-open', {}, me);
      t.equal(closed(scripted), 0);
      await end(scripted, me);
      t.equal(closed(scripted), 1, way);
    }
  });

  await t.test('and with the end of an enrolment', async (t) => {
    const scripted = await app(t);
    const ticket = await ticketFor(scripted.app);
    await post(scripted.app, '/api/lan-open', {}, bearer(ticket));
    scripted.pass(15 * MINUTE);
    t.equal(closed(scripted), 1);
  });

  await t.test('and does not open for somebody who has left in the meantime', async (t) => {
    const scripted = await app(t);
    const { app: instance, house } = scripted;
    const me = await signIn(instance);
    const open = house.lan.open.bind(house.lan);
    house.lan.open = async () => {
      await post(instance, '/api/sign-in', { teacher: 't1', pin: PIN });
      return open();
    };
    t.equal(codeOf(await post(instance, '/api/lan-open', {}, me)), 'NOT_SIGNED_IN');
    t.equal(house.calls.at(-1)?.[1], 'close');
  });
});

t.test('P1.3 a second teacher reads the second teacher’s recordings', async (t) => {
  const { app: instance, house } = await app(t);
  await signIn(instance);
  const { token } = (await post(instance, '/api/sign-in', { teacher: 't1', pin: PIN })).json<{ token: string }>();
  t.strictSame((await get(instance, '/api/recordings', bearer(token))).json(), { recordings: [] });
  t.strictSame(house.calls.at(-1), ['recordings', 'list', OTHER]);
});
