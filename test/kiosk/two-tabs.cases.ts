/** P1.1 P2.3 Two pages at one kiosk, each doing whatever it likes: one truth, whatever comes first. The app, the heart and a house that obeys, all in this process. */
import t from 'tap';
import type { PublicState } from '../../kiosk/protocol.js';
import { roomOf } from '../../kiosk/server/heart.js';
import { seededDraws } from '../../hardware/virtual/seeded.js';
import { FakeHouse } from '../fakes/house.js';
import { OWN_PAGE, OTHER, OWNER, PIN, post, scriptedApp, scriptedHouse } from './scripted-house.js';

const ROUNDS = 10_000;
const CHECKED_EVERY = 100;
const told = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
const start = { purpose: 'reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told };
/** Some are not as they must be, so that the gate is tried, too. */
const DEEDS: readonly (readonly [url: string, body: object])[] = [
  ['/api/sign-in', { teacher: OWNER.teacher, pin: PIN }], ['/api/sign-in', { teacher: 't1', pin: PIN }], ['/api/sign-out', {}],
  ['/api/start', start], ['/api/start', start], ['/api/start', { ...start, told: { ...told, class: false } }], ['/api/frame', { view: null }], ['/api/stop-framing', {}],
  ['/api/stop', {}], ['/api/pause', { pin: PIN }], ['/api/extend', { pin: PIN, minutes: 5 }], ['/api/carry-on', { pin: PIN }], ['/api/finish', { pin: PIN }],
];

/** A page: its token, and what its stream told last. */
interface Tab { token: string; state: PublicState | undefined; revs: number[] }

t.test(`P1.1 P2.3 two pages at once, ${ROUNDS} times: one truth, no start without its gate, and Stop always ends`, async (t) => {
  // The limiter counts by the clock on the wall, and these hands are faster than any.
  const realNow = Date.now;
  let wall = realNow();
  Date.now = () => wall;
  t.teardown(() => { Date.now = realNow; });

  const fake = new FakeHouse();
  let gated = 0;
  let barred = false;
  const room = roomOf(fake.conductor, {
    modes: ['picture-and-sound'], roomOnDisk: () => Promise.resolve(true), turn: () => ({ ok: true }), signedOut: () => undefined,
    standing: () => ({ setUp: true, barred, code: [], hasKey: true, keyProven: true }),
    starting: () => { gated += 1; },
  }, () => fake.clock.now());
  const house = { ...scriptedHouse(), room };
  const owner = (): string => { const { phase } = fake.conductor.published.state; return 'session' in phase ? phase.session.plan.owner : ''; };
  house.teachers.signInOwner = () => Promise.resolve({ ok: true, signedIn: owner() === OTHER.teacher ? OTHER : OWNER });
  house.teachers.ownerHas = () => Promise.resolve({ ok: true, value: owner() });
  const { app } = await scriptedApp(t.testdir({ 'index.html': '' }), { house, clock: fake.clock });
  t.teardown(() => app.close());

  const tabs: Tab[] = [];
  for (let at = 0; at < 2; at += 1) {
    const tab: Tab = { token: '', state: undefined, revs: [] };
    const reply = await app.inject({ method: 'GET', url: '/api/events', headers: { host: OWN_PAGE.host }, payloadAsStream: true });
    reply.stream().on('data', (chunk: Buffer) => {
      for (const [, data = ''] of chunk.toString().matchAll(/^data: (\{.*\})$/gm)) {
        tab.state = JSON.parse(data) as PublicState;
        tab.revs.push(tab.state.rev);
      }
    });
    tabs.push(tab);
  }

  const wrongs = new Set<string>();
  let begun = 0;
  let before = fake.phase;
  fake.conductor.onChange(({ state: { phase } }) => {
    if (phase.kind === 'recording' && before === 'idle') wrongs.add('recording out of nothing');
    if (phase.kind === 'announcing' && before !== 'announcing' && before !== 'paused') begun += 1;
    if (begun > gated) wrongs.add('a start that did not pass the gate');
    before = phase.kind;
  });
  /** Coarser than the house’s own: nothing here is about single beats. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 1000) {
      fake.clock.pass(Math.min(1000, left));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  const random = seededDraws(20_261_130);
  const kinds = new Set<string>();
  const codes = new Map<string, number>();
  const deed = async (tab: Tab): Promise<void> => {
    const [url, body] = DEEDS[Math.floor(random() * DEEDS.length)] ?? ['/api/stop', {}];
    const reply = await post(app, url, body, tab.token === '' ? {} : { authorization: `Bearer ${tab.token}` });
    const json = reply.json<{ token?: string }>();
    if (json.token !== undefined) tab.token = json.token;
    codes.set(`${url} ${reply.statusCode}`, (codes.get(`${url} ${reply.statusCode}`) ?? 0) + 1);
    if (reply.statusCode >= 500) wrongs.add(`${url}: ${reply.body}`);
  };
  await fake.pass(1000);
  for (let round = 1; round <= ROUNDS; round += 1) {
    wall += 1001;
    barred = random() < 0.2;
    const [one, other] = tabs as [Tab, Tab];
    await Promise.all(random() < 0.5 ? [deed(one), deed(other)] : [deed(other), deed(one)]);
    // Mostly a moment; now and then long enough for a countdown and a capture.
    await pass(random() < 0.04 ? 7000 : Math.floor(random() * 200));
    kinds.add(fake.phase);
    if (round % CHECKED_EVERY !== 0) continue;
    await post(app, '/api/stop');
    await fake.pass(700);
    if (['announcing', 'starting', 'recording', 'framing'].includes(fake.phase)) wrongs.add(`Stop left it ${fake.phase}`);
    await fake.pass(100);
    const [first, second] = tabs.map(({ state }) => `${state?.rev} ${state?.phase.kind} ${state?.signedIn}`);
    if (first !== second) wrongs.add(`two truths: ${first} and ${second}`);
    if (tabs[0]?.state?.phase.kind !== room.now().phase.kind) wrongs.add(`the pages see ${tabs[0]?.state?.phase.kind}, the room is ${fake.phase}`);
  }
  t.same([...wrongs], []);
  for (const { revs } of tabs) t.ok(revs.every((rev, at) => at === 0 || rev === (revs[at - 1] ?? 0) + 1), 'each state once, in order');
  for (const kind of ['waking', 'framing', 'announcing', 'recording', 'paused'] as const) t.ok(kinds.has(kind), `it was ${kind} at times`);
  for (const url of new Set(DEEDS.map(([path]) => path))) t.ok((codes.get(`${url} 200`) ?? 0) > 0, `${url} was done at times`);
  t.ok(begun > 20, `${begun} starts`);
});
