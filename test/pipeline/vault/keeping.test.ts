/** P1.5: until when a session is kept, and how it goes. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { DAY_MS, judge, moved } from '../../../pipeline/vault/expiry.js';
import { finishErasing, receiptOf } from '../../../pipeline/vault/erase.js';
import { Keeping } from '../../../pipeline/vault/keeping.js';

const START = Date.parse('2026-11-23T08:15:00.000Z');
const ID = 'ab'.repeat(16);
const OTHER = 'cd'.repeat(16);
const HOUR_MS = 3600_000;

interface Scene {
  readonly root: string;
  /** Both clocks go on. */
  pass(ms: number): void;
  /** The wall alone is set. */
  jump(ms: number): void;
  /** @param retentionDays as the school has set. */
  open(retentionDays?: () => number): Promise<Keeping>;
}

function scene(t: Test): Scene {
  const root = t.testdir();
  let [wall, now] = [START, 5000];
  for (const id of [ID, OTHER]) sessionIn(path.join(root, id));
  return {
    root,
    pass: (ms) => { wall += ms; now += ms; },
    jump: (ms) => { wall += ms; },
    open: (retentionDays = () => 60) => Keeping.open({ root, wall: () => new Date(wall), now: () => now, retentionDays }),
  };
}

/** What erasing needs of one: names. */
function sessionIn(folder: string): void {
  mkdirSync(path.join(folder, 'about'), { recursive: true });
  writeFileSync(path.join(folder, 'journal.jsonl'), `{"id":"${folder}"}\n`);
  writeFileSync(path.join(folder, 'part-01.mp4.age'), 'sealed');
  writeFileSync(path.join(folder, 'about', `${'0'.repeat(32)}.age`), 'sealed');
}

/** In steps that a device makes: it looks at its clocks every hour. */
async function passDays(house: Scene, keeping: Keeping, days: number): Promise<string[]> {
  const gone: string[] = [];
  for (let half = 0; half < days * 2; half += 1) {
    house.pass(DAY_MS / 2);
    gone.push(...(await keeping.sweep()).map(({ session }) => session));
  }
  return gone;
}

t.test('kept for 60 days, then gone with a receipt; the others stay', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  t.equal((await keeping.begin(ID))?.toISOString(), '2027-01-22T08:15:00.000Z');
  const journal = createHash('sha256').update(readFileSync(path.join(house.root, ID, 'journal.jsonl'))).digest('hex');
  t.same(await passDays(house, keeping, 59.5), [], 'nothing before');
  t.same(await passDays(house, keeping, 0.5), [ID]);
  t.notOk(readdirSync(house.root).some((name) => name === ID || name.startsWith(`${ID}.`)), 'its folder and its date');
  t.same(await receiptOf(house.root, ID), { v: 1, session: ID, erased: '2027-01-22T08:15:00.000Z', journal });
  t.ok(existsSync(path.join(house.root, OTHER, 'part-01.mp4.age')), 'one without a date never goes');
});

t.test('P1.5 how long is asked at each session’s begin: as the school has set, and 365 days at most', async (t) => {
  const house = scene(t);
  let days = 14;
  const keeping = await house.open(() => days);
  t.equal((await keeping.begin(ID))?.getTime(), START + 14 * DAY_MS);
  days = 4000;
  t.equal((await keeping.begin(OTHER))?.getTime(), START + 365 * DAY_MS);
  t.equal((await keeping.goneAt(ID))?.getTime(), START + 14 * DAY_MS, 'what is kept already keeps its date');
});

t.test('P1.5 an erase undone: the date before it, or none; and a day in any case', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  const before = await keeping.begin(ID);
  await keeping.erase(ID);
  await keeping.erase(OTHER);
  await keeping.restore(ID, new Date(START), before);
  await keeping.restore(OTHER, new Date(START), undefined);
  t.same([await keeping.goneAt(ID), await keeping.goneAt(OTHER)], [before, undefined]);
  await keeping.restore(ID, new Date(START), new Date(START - HOUR_MS));
  t.equal((await keeping.goneAt(ID))?.getTime(), START + DAY_MS, 'its own day passed while it was erased');
  await keeping.eraseNow(ID);
  for (const late of [() => keeping.restore(ID, new Date(START), before), () => keeping.erase(ID), () => keeping.move(ID, new Date(START), new Date(START + DAY_MS))]) await t.rejects<unknown>(late(), RangeError);
  t.notOk(existsSync(path.join(house.root, `${ID}.json`)), 'what is gone gets no date');
});

t.test('P1.5 an older vault comes back whole: what was erased is erased again, what was undone stays', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  const before = await keeping.begin(ID);
  for (const id of [ID, OTHER]) await keeping.erase(id);
  const saved = `${house.root}-older`;
  cpSync(house.root, saved, { recursive: true });
  t.teardown(() => rmSync(saved, { recursive: true }));
  await keeping.restore(ID, new Date(START), before);
  house.pass(DAY_MS);
  t.match(await keeping.sweep(), [{ session: OTHER }]);
  const [date, receipt] = [readFileSync(path.join(house.root, `${ID}.json`)), await receiptOf(house.root, OTHER)];
  cpSync(path.join(saved, OTHER), path.join(house.root, OTHER), { recursive: true });
  cpSync(path.join(saved, `${OTHER}.json`), path.join(house.root, `${OTHER}.json`));
  const again = await house.open();
  t.same(await again.sweep(), []);
  t.notOk(existsSync(path.join(house.root, OTHER)) || existsSync(path.join(house.root, `${OTHER}.json`)), 'its folder and its date');
  t.same(await receiptOf(house.root, OTHER), receipt);
  t.same(readFileSync(path.join(house.root, `${ID}.json`)), date);
  t.ok(existsSync(path.join(house.root, ID, 'part-01.mp4.age')));
});

t.test('its file says when it goes, and nothing else: an erase looks like any date', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  await keeping.begin(ID);
  await keeping.erase(OTHER);
  const texts = [ID, OTHER].map((id) => readFileSync(path.join(house.root, `${id}.json`), 'utf8'));
  t.same(texts.map((text) => Object.keys(JSON.parse(text) as object)), [['goneAt', 'v'], ['goneAt', 'v']]);
});

t.test('the owner moves it: not into the past, and not beyond 365 days from the start', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  await keeping.begin(ID);
  const started = new Date(START);
  await keeping.move(ID, started, new Date(START + 365 * DAY_MS));
  t.equal((await keeping.goneAt(ID))?.getTime(), START + 365 * DAY_MS);
  await t.rejects(keeping.move(ID, started, new Date(START + 365 * DAY_MS + 1)), RangeError);
  await t.rejects(keeping.move(ID, started, started), RangeError);
  t.throws(() => moved(START, NaN, START), RangeError);
  await t.rejects(keeping.move('../../etc', started, new Date(START + DAY_MS)), RangeError, 'what is no id never becomes a path');
});

t.test('erase: gone tomorrow at this time, and until then it can be undone', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  const before = await keeping.begin(ID) ?? new Date(0);
  t.equal((await keeping.erase(ID)).getTime(), START + DAY_MS);
  house.pass(23 * HOUR_MS);
  t.same(await keeping.sweep(), [], 'not before');
  await keeping.move(ID, new Date(START), before);
  house.pass(2 * HOUR_MS);
  t.same(await keeping.sweep(), [], 'undone');
  await keeping.erase(ID);
  house.pass(23 * HOUR_MS);
  const again = await house.open();
  house.pass(HOUR_MS);
  t.match(await again.sweep(), [{ session: ID }], 'and a restart between makes no difference');
});

t.test('a session that is open is left alone, and a date that cannot be read erases nothing', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  await keeping.erase(ID);
  writeFileSync(path.join(house.root, `${OTHER}.json`), '{"v":1,"goneAt":"soon"}');
  house.pass(23 * HOUR_MS);
  await keeping.sweep();
  house.pass(2 * HOUR_MS);
  t.same(await keeping.sweep(ID), []);
  t.equal(await keeping.goneAt(OTHER), undefined);
});

for (const [what, ms] of [['three days ahead', 3 * DAY_MS], ['back to 1970', -START], ['to 2099', 72 * 365 * DAY_MS]] as const)
  t.test(`the clock jumps ${what} while the service runs: nothing expires until somebody says that it is right`, async (t) => {
    const house = scene(t);
    const keeping = await house.open();
    await keeping.erase(ID);
    house.jump(ms);
    t.same(await keeping.sweep(), []);
    t.equal(keeping.isClockTrusted, false);
    t.equal(await keeping.begin(OTHER), undefined, 'a session that begins now gets no date from such a clock');
    t.equal((await house.open()).isClockTrusted, false, 'a restart changes nothing');
    house.jump(-ms);
    t.same(await keeping.sweep(), []);
    t.equal(keeping.isClockTrusted, true, 'set right again, all goes on');
    t.match(await passDays(house, keeping, 1), [ID]);
  });

t.test('a device that starts in 1970, or after a long holiday, asks', async (t) => {
  const house = scene(t);
  await (await house.open()).erase(ID);
  house.jump(30 * DAY_MS);
  const keeping = await house.open();
  t.same(await keeping.sweep(), []);
  t.equal(keeping.isClockTrusted, false);
  await keeping.trustClock();
  t.match(await keeping.sweep(), [{ session: ID }]);
  house.jump(-START - 30 * DAY_MS);
  const reset = await house.open();
  t.equal(reset.isClockTrusted, false);
  await t.rejects(reset.trustClock(), RangeError, 'nobody can say that it is 1970');
  t.equal(judge(undefined, 0, 0).trusted, false, 'nor is it on a new device');
  t.equal(judge({ seen: START, trusted: true }, START + DAY_MS, 0).trusted, true, 'a day off is no jump');
  writeFileSync(path.join(house.root, 'clock.json'), 'torn');
  t.equal((await house.open()).isClockTrusted, false, 'a record that cannot be read is no proof');
});

t.test('broken off at each step, an erase is finished at the next start; and it gives the same receipt', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  await keeping.begin(ID);
  const tomb = `${ID}.gone`;
  const saved = `${house.root}-saved`;
  cpSync(house.root, saved, { recursive: true });
  t.teardown(() => rmSync(saved, { recursive: true }));
  const whole = (await keeping.eraseNow(ID)).journal;
  const steps: [string, (root: string) => void][] = [
    ['after its new name', () => undefined],
    ['after the first file', (root) => rmSync(path.join(root, tomb, 'part-01.mp4.age'))],
    ['after its date', (root) => rmSync(path.join(root, `${ID}.json`))],
    ['after its events', (root) => rmSync(path.join(root, tomb, 'about'), { recursive: true })],
  ];
  for (const [what, step] of steps) {
    rmSync(house.root, { recursive: true });
    cpSync(saved, house.root, { recursive: true });
    renameSync(path.join(house.root, ID), path.join(house.root, tomb));
    step(house.root);
    await house.open();
    t.same(readdirSync(house.root).filter((name) => name.startsWith(ID)), [], what);
    t.equal((await receiptOf(house.root, ID)).journal, whole);
  }
});

t.test('gone stays gone: a folder that comes back from a copy is erased again, and its receipt says when it first went', async (t) => {
  const house = scene(t);
  const keeping = await house.open();
  const receipt = await keeping.eraseNow(ID);
  sessionIn(path.join(house.root, ID));
  await finishErasing(house.root, new Date(START + DAY_MS));
  t.notOk(existsSync(path.join(house.root, ID)));
  t.same(await receiptOf(house.root, ID), receipt);
  t.ok(existsSync(path.join(house.root, OTHER)));
});
