/**
 * Who may do what: each route of the app, asked for in each role. What is
 * allowed reaches the port behind the route, in the asker's own name; what is
 * refused reaches nothing. A route that is not in the table fails the test.
 */
import t from 'tap';
import type { FastifyInstance } from 'fastify';
import type { PublicPhase } from '../../kiosk/protocol.js';
import type { Noted } from './quiet-ports.js';
import { COLLECTED, LEAD, OTHER, OWNER, OWN_PAGE, PIN, post, RECORDING, routesOf, scriptedApp, SESSION, STEWARD } from './scripted-house.js';

const ROLES = ['nobody', 'enrolling', 'owner', 'other', 'lead', 'steward', 'signed out', 'before the session'] as const;
type Role = typeof ROLES[number];
/** Whose name goes along to the port. */
const NAMES: Partial<Record<Role, string>> = { owner: OWNER.teacher, other: OTHER.teacher, lead: LEAD.teacher, steward: STEWARD.steward };

/** Who a route is for. */
const FOR = {
  anyone: ROLES,
  teacher: ['owner', 'other', 'lead'],
  steward: ['steward'],
  signedIn: ['owner', 'other', 'lead', 'steward'],
  keyHolder: ['enrolling', 'owner', 'other', 'lead'],
  enrolling: ['enrolling'],
} as const satisfies Record<string, readonly Role[]>;

interface Rule {
  readonly for: keyof typeof FOR;
  /** What of the house it reaches. */
  readonly reaches?: string;
  /** The port is told who asks. */
  readonly named?: true;
  readonly body?: object;
  readonly while?: PublicPhase;
  /** Of teachers, the port itself refuses all but the lead. */
  readonly leadOnly?: true;
}

const framing: PublicPhase = { kind: 'framing', live: true, endsInMs: 300_000 };
const recording: PublicPhase = { kind: 'recording', session: SESSION, elapsedMs: 0, endsInMs: 1000 };
const paused: PublicPhase = { kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 1000 };
const told = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
const pin = PIN;
const code = 'KRTV-WXYZ';
const digest = 'a'.repeat(64);
const key = { recipients: [`age1${'q'.repeat(58)}`], signKey: null };

const anyone = (reaches?: string, more: Partial<Rule> = {}): Rule => ({ for: 'anyone', ...(reaches === undefined ? {} : { reaches }), ...more });
const own = (reaches: string, body?: object, more: Partial<Rule> = {}): Rule => ({ for: 'teacher', reaches, named: true, ...(body === undefined ? {} : { body }), ...more });
const ofLead = (reaches: string, body: object): Rule => own(reaches, body, { leadOnly: true });
const whileFraming = (reaches: string, body: object = {}): Rule => ({ for: 'teacher', reaches, body, while: framing });
const steward = (reaches: string, body?: object): Rule => ({ for: 'steward', reaches, named: true, ...(body === undefined ? {} : { body }) });
const keyHolder = (reaches: string, body: object = {}): Rule => ({ for: 'keyHolder', reaches, body });

const TABLE: Record<string, Rule> = {
  'GET *': anyone(),
  'HEAD *': anyone(),
  'GET /api/events': anyone(),
  'GET /api/names': anyone('teachers.names'),
  'GET /api/stewards': anyone('school.stewards'),
  'GET /api/views': anyone('steering.now'),
  'GET /api/code': anyone('practice.code'),
  'GET /api/visitor': anyone('practice.visitor'),
  'POST /api/stop': anyone('room.stop'),
  'POST /api/alive': anyone('watch.heard'),
  'POST /api/mark': anyone('recordings.mark', { while: recording }),
  'POST /api/say': anyone('speech.say', { body: { text: 'Anyone may tap Stop.', language: 'en' } }),
  'POST /api/leave-request': anyone('practice.leaveRequest', { body: { day: '2026-11-23', from: '09:00', to: '09:50', kind: 'erase' } }),
  // A PIN or a code decides; whatever token goes along does not count.
  'POST /api/sign-in': anyone('teachers.signIn', { body: { teacher: 't9', pin } }),
  'POST /api/steward-sign-in': anyone('school.signIn', { body: { steward: 's1', pin } }),
  'POST /api/set-up': anyone('school.setUp', { body: { code, name: 'S. Stewart', pin } }),
  'POST /api/paper-code': anyone('accounts.checkPaperCode', { body: { staff: 't9', code } }),
  'POST /api/carry-on': anyone('teachers.signInOwner', { body: { pin }, while: paused }),
  'POST /api/finish': anyone('teachers.signInOwner', { body: { pin }, while: paused }),
  'POST /api/pause': anyone('teachers.ownerHas', { body: { pin }, while: recording }),
  'POST /api/extend': anyone('teachers.ownerHas', { body: { pin, minutes: 10 }, while: recording }),
  'POST /api/turn': anyone('teachers.ownerHas', { body: { pin, view: 'v1' }, while: recording }),
  'POST /api/enrol': { for: 'enrolling', reaches: 'accounts.enrol', body: { pin, language: 'en', key } },
  'POST /api/sign-out': { for: 'signedIn', body: {} },
  'POST /api/still-here': { for: 'signedIn', body: {} },
  'POST /api/stick-write': keyHolder('stick.write', { file: 'sheet', text: 'x' }),
  'POST /api/stick-read': keyHolder('stick.read', { file: 'recipient' }),
  'POST /api/try-pin': keyHolder('accounts.tryPin', { pin }),
  'POST /api/lan-open': keyHolder('lan.open'),
  'POST /api/lan-wait': keyHolder('lan.wait'),
  'POST /api/lan-close': keyHolder('lan.close'),

  'GET /api/me': own('house.greet'),
  'GET /api/account': own('accounts.view'),
  'GET /api/claims': { for: 'teacher', reaches: 'recordings.claims' },
  'POST /api/test-code': own('accounts.makeTestCode', {}),
  'POST /api/test-code-answer': own('accounts.answerTestCode', { code }),
  'POST /api/change-pin': own('accounts.changePin', { pin, newPin: '246813' }),
  'POST /api/change-key': own('accounts.changeKey', { code, key }),
  'POST /api/unlock': own('accounts.unlock', { account: 'a1', code }),
  'POST /api/claim': own('recordings.claim', { session: 'f'.repeat(32), secret: 'x' }),
  'POST /api/language': own('accounts.setLanguage', { language: 'cy' }),
  'POST /api/news-read': own('accounts.newsRead', {}),
  'POST /api/close-account': own('accounts.close', { pin }),

  'POST /api/choose': own('room.choose', { purpose: 'coaching', mode: 'sound-only' }),
  'POST /api/start': own('room.start', { purpose: 'reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told }),
  'POST /api/frame': { for: 'teacher', reaches: 'room.frame', body: { view: null } },
  'POST /api/stop-framing': { for: 'teacher', reaches: 'room.stop-framing', body: {} },
  'POST /api/preview-ticket': { for: 'teacher', body: {}, while: framing },
  'POST /api/clap': whileFraming('clapping.listen'),
  'POST /api/clap-seen': whileFraming('clapping.settle', { soundAtMs: 1, pictureAtMs: 1 }),
  'POST /api/steer': whileFraming('steering.drive', { pan: 0, tilt: 0, zoom: 0 }),
  'POST /api/steer-stop': whileFraming('steering.stop'),
  'POST /api/view': whileFraming('steering.show', { view: 'v1' }),
  'POST /api/save-view': whileFraming('steering.save', { name: 'Board' }),
  'POST /api/forget-view': whileFraming('steering.forget', { view: 'v1' }),
  'POST /api/cover': whileFraming('steering.cover', { covers: [] }),
  'POST /api/gain': whileFraming('steering.gain', { dB: 3 }),

  'GET /api/recordings': own('recordings.list'),
  'POST /api/collect': own('collecting.collect', { recordings: [RECORDING.id] }),
  'POST /api/collect-cancel': own('collecting.cancel', {}),
  'GET /api/stick': own('collecting.stick'),
  'POST /api/stick-open': { for: 'teacher', reaches: 'collecting.open', body: {} },
  'POST /api/stick-remove': { for: 'teacher', reaches: 'collecting.remove', body: {} },
  'GET /api/lan-download': own('download.view'),
  'POST /api/lan-download': own('download.open', { recordings: [RECORDING.id] }),
  'POST /api/lan-download-close': own('download.close', {}),
  'POST /api/keep': own('recordings.keep', { recording: RECORDING.id, until: '2027-06-30' }),
  'POST /api/erase': own('recordings.erase', { recording: RECORDING.id }),
  'POST /api/undo-erase': own('recordings.undoErase', { recording: RECORDING.id }),
  'POST /api/erase-now': own('recordings.eraseNow', { recording: RECORDING.id, code }),

  'GET /api/code-changes': own('practice.codeChanges'),
  'GET /api/training': { for: 'teacher', reaches: 'practice.training' },
  'GET /api/purposes': own('practice.purposes'),
  'GET /api/requests': own('practice.requests'),
  'POST /api/accept-code': own('practice.acceptCode', { version: '1.0', digest }),
  'POST /api/training-answers': own('practice.answerTraining', { answers: [0, null] }),
  'POST /api/opt-in': own('practice.optIn', { purpose: 'p1' }),
  'POST /api/opt-out': own('practice.optOut', { purpose: 'p1' }),
  'POST /api/propose': own('practice.propose', { purpose: 'p1' }),
  'POST /api/agree': own('practice.agree', { proposal: 1 }),
  'POST /api/object': own('practice.object', { proposal: 1, text: 'No.' }),
  'POST /api/request-done': own('practice.requestDone', { request: 'q1' }),
  'POST /api/answer-objection': ofLead('practice.answerObjection', { proposal: 1, objection: 0, text: 'Because.' }),
  'POST /api/decide': ofLead('practice.decide', { proposal: 1, agreed: true, reasons: 'It helps.' }),
  'POST /api/retire': ofLead('practice.retire', { purpose: 'p1', reasons: 'Not used.' }),
  'POST /api/offered-code': ofLead('practice.offeredCode', { from: 'sample' }),
  'POST /api/adopt-code': ofLead('practice.adoptCode', { from: 'sample', digest }),
  'POST /api/policy': ofLead('practice.setPolicy', { contact: 'The office', retentionDays: 60 }),

  'GET /api/steward': { for: 'steward', reaches: 'school.page' },
  'POST /api/school': steward('school.save', { room: 'Room 12', languages: ['en'], bells: ['09:50'] }),
  'POST /api/staff': steward('school.loadStaff', { csv: 'name\nB. Bevan' }),
  'POST /api/paper-codes': steward('school.paperCodes', { staff: ['t9'], toStick: false }),
  'POST /api/bar': steward('school.bar', { staff: 't9', barred: true }),
  'POST /api/lead': steward('school.setLead', { staff: 't9' }),
  'POST /api/remove-steward': steward('school.removeSteward', { name: 'T. Tudor' }),
  'POST /api/add-steward': steward('school.addSteward', { name: 'T. Tudor', pin }),
  'POST /api/steward-pin': steward('school.changePin', { pin, newPin: '246813' }),
  'POST /api/clock-right': steward('school.clockIsRight', {}),
};

/** Opened by a ticket that only a teacher gets, while framing: tried on real sockets (server.test.ts). */
const BY_TICKET = 'GET /api/preview';

/** Comes to the kiosk in this role. @returns what the page then sends along as Bearer; undefined for nothing */
async function come(app: FastifyInstance, role: Role): Promise<string | undefined> {
  const token = async (url: string, body: object, name: 'token' | 'ticket' = 'token') => (await post(app, url, body)).json<Record<string, string>>()[name];
  const enter = (teacher: string) => token('/api/sign-in', { teacher, pin });
  switch (role) {
    case 'nobody': return undefined;
    case 'enrolling': return token('/api/paper-code', { staff: 't9', code }, 'ticket');
    case 'owner': return enter('t9');
    case 'other': return enter('t1');
    case 'lead': return enter('t4');
    case 'steward': return token('/api/steward-sign-in', { steward: 's1', pin });
    case 'signed out': case 'before the session': {
      const gone = await enter('t9');
      const [url, body] = role === 'signed out' ? ['/api/sign-out', {}] : ['/api/start', { purpose: 'reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told }];
      await post(app, url, body, { authorization: `Bearer ${gone}` });
      return gone;
    }
  }
}

/** Says why somebody in this role is turned away. */
function refusal(role: Role, rule: Rule): string {
  if (rule.for === 'enrolling') return 'ENROLMENT_OVER';
  if (role === 'steward') return 'NOT_TEACHER';
  return NAMES[role] === undefined ? 'NOT_SIGNED_IN' : 'NOT_STEWARD';
}

/** Making one takes longer than asking it; five roles sign in for each route, and an app takes 50 sign-ins a second. */
const ROUTES_AN_APP = 8;

const screenDir = t.testdir({ 'index.html': '<!doctype html><title>kiosk</title>' });

/** Everything that was asked of the house, of the heart too, by name. */
const deedsOf = (house: Scripted['house']): { name: string; args: unknown[] }[] => [
  ...house.calls.map(([port, method, ...args]: Noted) => ({ name: `${port}.${method}`, args })),
  ...house.asked.map(({ kind, ...rest }) => ({ name: `room.${kind}`, args: [rest] })),
];
/** Computed for the stream, whoever asks for what. */
const LOOKS = new Set(['practice.code', 'school.isSetUp', 'steering.now', 'watch.tick']);

/** Lets the event loop turn until `done`, or often enough. */
async function turns(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !done(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

type Scripted = Awaited<ReturnType<typeof scriptedApp>>;

async function ask({ app, house }: Scripted, route: string, body: object | undefined, bearer: string | undefined) {
  const [method, url] = route.replace('*', '/').split(' ') as ['GET' | 'HEAD' | 'POST', string];
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  if (method === 'POST') {
    const reply = post(app, url, body, headers);
    // The one request that is answered when something else is done.
    const copies = (): boolean => house.calls.some(([, method]) => method === 'collect');
    if (url === '/api/collect') void Promise.race([reply, turns(copies)]).then(() => house.copy.end({ ok: true, ...COLLECTED }));
    return reply;
  }
  const reply = await app.inject({ method, url, headers: { ...OWN_PAGE, ...headers }, payloadAsStream: true });
  if (url === '/api/events') return { statusCode: reply.statusCode, body: '' };
  return { statusCode: reply.statusCode, body: Buffer.concat(await reply.stream().toArray() as Buffer[]).toString() };
}

/** What is wrong with one route in one role; nothing, where all is as it must be. */
async function wrongsOf(scripted: Scripted, route: string, rule: Rule, role: Role): Promise<string[]> {
  const { app, house, pass } = scripted;
  pass(1);
  house.become({ kind: 'idle' });
  const bearer = await come(app, role);
  house.become(rule.while ?? { kind: 'idle' });
  house.calls.length = 0;
  house.asked.length = 0;
  const reply = await ask(scripted, route, rule.for === 'enrolling' ? { ...rule.body, ticket: bearer ?? 'A'.repeat(43) } : rule.body, bearer);
  const deeds = deedsOf(house);
  const isCode = (code: string): boolean => reply.statusCode >= 400 && (JSON.parse(reply.body) as { code: string }).code === code;

  if (!(FOR[rule.for] as readonly Role[]).includes(role)) {
    return [
      ...isCode(refusal(role, rule)) ? [] : [`does not say ${refusal(role, rule)}: ${reply.body}`],
      ...deeds.filter(({ name }) => !LOOKS.has(name)).map(({ name }) => `reaches ${name}`),
    ];
  }
  const turnedAway = rule.leadOnly === true && role !== 'lead';
  const answered = turnedAway ? reply.statusCode === 403 && isCode('NOT_LEAD') : reply.statusCode === 200;
  const reached = deeds.find(({ name }) => name === rule.reaches);
  const said = JSON.stringify(reached?.args ?? []);
  const asker = NAMES[role] ?? '';
  return [
    ...answered ? [] : [`answers ${reply.body}`],
    ...rule.reaches === undefined || reached !== undefined ? [] : [`does not reach ${rule.reaches}`],
    ...rule.named !== true || said.includes(asker) ? [] : ['not in the asker’s name'],
    ...Object.values(NAMES).filter((name) => name !== asker && said.includes(name)).map((name) => `in the name of ${name}`),
  ];
}

t.test('P1.1 P1.3 P2.7 each route in each role: its own people reach what is behind it in their own name, everybody else nothing', async (t) => {
  const { app: blank } = await scriptedApp(screenDir);
  t.teardown(() => blank.close());
  await blank.ready();
  t.strictSame(routesOf(blank).filter((route) => TABLE[route] === undefined), [BY_TICKET], 'every route has its rule');
  t.strictSame(Object.keys(TABLE).filter((route) => !routesOf(blank).includes(route)), [], 'every rule has its route');

  const routes = Object.entries(TABLE);
  while (routes.length > 0) {
    const scripted = await scriptedApp(screenDir);
    scripted.house.clap = { soundAtMs: 1000, pictures: [] };
    for (const [route, rule] of routes.splice(0, ROUTES_AN_APP)) {
      const wrongs: string[] = [];
      for (const role of ROLES) wrongs.push(...(await wrongsOf(scripted, route, rule, role)).map((wrong) => `as ${role}: ${wrong}`));
      t.strictSame(wrongs, [], route);
    }
    await scripted.app.close();
  }
});

t.test('P2.7 what is behind a steward’s routes knows nothing of sessions', (t) => {
  const behind = Object.values(TABLE).filter((rule) => rule.for === 'steward').map(({ reaches }) => reaches?.split('.')[0]);
  t.strictSame([...new Set(behind)], ['school']);
  t.end();
});

t.test('P2.5 P2.7 a steward’s coming and going tells the heart nothing; a teacher who was there is signed out', async (t) => {
  const { app, house, pass } = await scriptedApp(screenDir);
  t.teardown(() => app.close());
  const enter = async () => ({ authorization: `Bearer ${await come(app, 'steward')}` });
  await post(app, '/api/sign-out', {}, await enter());
  await enter();
  pass(60);
  t.strictSame(house.asked, []);
  await come(app, 'owner');
  await enter();
  t.strictSame(house.asked, [{ kind: 'signed-in', owner: OWNER.teacher }, { kind: 'signed-out' }]);
  house.become({ kind: 'waking' });
  house.become({ kind: 'idle' });
  t.equal(house.asked.length, 2, 'and it stays so when the room is at rest again');
});
