/** Tries of PINs: how they are slowed down, and that nobody learns from them who is enrolled. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import t from 'tap';
import { ARGON2ID, argon2id, type SlowHash } from '../../config/hashed.js';
import { newAccount } from '../../config/accounts/enrolment.js';
import { waitAfter } from '../../config/throttle.js';
import { DeskHouse } from '../fakes/desk-house.js';
import { inMemory } from '../fakes/in-memory.js';
import { aKey, CODE, PIN, quick, TestSchool } from './enrolled.js';

const WRONG = (): Buffer => Buffer.from('730519');
const key = await aKey();
const ROUNDS = 30;
const HASH_MIB = ARGON2ID.memoryCost / 1024;

async function withAnn(folder: string, slow: SlowHash = quick, isLazy = false) {
  const school = await TestSchool.open(folder, slow, isLazy);
  const [ann, bob] = [await school.hire('Ms Ann'), await school.hire('Mr Bob')];
  return { school, ann, bob, account: await school.enrol(ann, key) };
}

t.test('P10.1 the first three tries are free, then the wait doubles up to 30 s and no further', (t) => {
  t.same([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map(waitAfter), [0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
  t.end();
});

t.test('P10.1 tries of PIN and paper code of one name wait together, and a right PIN begins the count anew', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await school.handOut(ann, 'WXYW-2346');
  const tries = [() => school.accounts.signIn(ann, WRONG()), () => school.accounts.checkPaperCode(ann, CODE), () => school.accounts.hasPin(account, WRONG())];
  for (const one of tries) t.match(await one(), { ok: false, code: /^WRONG/ });
  for (const one of tries) t.match(await one(), { ok: false, code: 'WAIT', waitSeconds: 1 });
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WAIT' }, 'not even the right one is looked at');
  school.now += 1000;
  t.ok((await school.accounts.checkPaperCode(ann, 'WXYW-2346')).ok);
  t.match(await school.accounts.signIn(ann, WRONG()), { ok: false, code: 'WRONG_PIN' });
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, waitSeconds: 2 }, 'a right paper code gives no free tries of the PIN');
  school.now += 2000;
  t.ok((await school.accounts.signIn(ann, PIN())).ok);
  t.match(await school.accounts.signIn(ann, WRONG()), { ok: false, code: 'WRONG_PIN' });
  t.ok((await school.accounts.signIn(ann, PIN())).ok, 'no wait after one');
});

t.test('P10.1 many tries at once are as slow as one after another', async (t) => {
  const { school, ann } = await withAnn(inMemory(t));
  const answers = await Promise.all(Array.from({ length: 20 }, () => school.accounts.signIn(ann, WRONG())));
  t.equal(answers.filter((answer) => !answer.ok && answer.code === 'WRONG_PIN').length, 3);
});

t.test('a PIN can be asked for without signing in: it opens nothing, and whoever is signed in stays so', async (t) => {
  const { school, ann, bob, account } = await withAnn(inMemory(t));
  school.accounts.signedOut();
  t.same(await school.accounts.hasPin(account, PIN()), { ok: true });
  t.throws(() => school.accounts.mine(account));
  t.match(await school.accounts.hasPin('', PIN()), { ok: false, code: 'WRONG_PIN' }, 'where nobody owns a session');
  await school.accounts.signIn(ann, PIN());
  t.match(await school.accounts.signIn(bob, PIN()), { ok: false });
  t.ok(school.accounts.mine(account));
});

t.test('P10.3 a new PIN ends the old one, and an older state that is restored does not bring it back', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  const next = Buffer.from('915264');
  await copyFile(school.file, `${school.file}.copy`);
  t.match(await school.accounts.changePin(account, WRONG(), next), { ok: false, code: 'WRONG_PIN' });
  t.match(await school.accounts.changePin(account, PIN(), Buffer.from('123456')), { ok: false, code: 'WEAK_PIN' });
  t.same(await school.accounts.changePin(account, PIN(), next), { ok: true });
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WRONG_PIN' });
  t.ok((await school.accounts.signIn(ann, next)).ok);
  await school.restart();
  t.same(school.said, []);

  await copyFile(`${school.file}.copy`, school.file);
  await school.restart();
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WRONG_PIN' });
  t.match(school.said, [/older than the one that was here before/], 'the device log says so, once');
  await school.enrol(ann, 'same', PIN());
  await school.restart();
  t.ok((await school.accounts.signIn(ann, PIN())).ok, 'a new paper code helps');
  t.equal(school.said.length, 1);
});

t.test('the ledger of PINs: made anew where it is missing, a stop where it is damaged, never behind after a power cut', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await copyFile(school.file, `${school.file}.copy`);
  await copyFile(`${school.file}.pins`, `${school.file}.pins.copy`);
  await school.accounts.changePin(account, PIN(), Buffer.from('915264'));
  await copyFile(`${school.file}.pins.copy`, `${school.file}.pins`); // the cut came between the two writes
  await school.restart();
  await copyFile(`${school.file}.copy`, school.file);
  await school.restart();
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WRONG_PIN' }, 'it had followed the state');
  for (const file of [`${school.file}.pins`, `${school.file}.pins.previous`]) await rm(file);
  await school.restart();
  t.ok((await school.accounts.signIn(ann, PIN())).ok);
  await writeFile(`${school.file}.pins`, '{"v":1,');
  await rm(`${school.file}.pins.previous`, { force: true });
  await t.rejects(school.restart(), { code: 'STATE_DAMAGED' });
});

t.test('P3.3 answers, waits and writes are the same for a name that is not enrolled, over a restart, too', async (t) => {
  const { school, ann, bob } = await withAnn(inMemory(t));
  await school.handOut(ann);
  for (let round = 0; round < 12; round += 1) {
    if (round % 4 === 3) await school.restart();
    const look = async (staff: string) => {
      const began = school.store.state;
      return [await school.accounts.signIn(staff, WRONG()), await school.accounts.checkPaperCode(staff, 'WXYW-2346'), school.store.state === began];
    };
    t.same(await look(ann), await look(bob), `round ${round}`);
    school.now += [500, 1000, 7000, 30_000][round % 4] ?? 0;
  }
});

t.test('P10.1 ten thousand wrong PINs, across restarts and clocks that jump: half a year for one PIN on average', async (t) => {
  let hashes = 0;
  const counting: SlowHash = (secret, salt) => { hashes += 1; return hashes % 200 === 0 ? argon2id(secret, salt) : quick(secret, salt); };
  const { school, ann } = await withAnn(inMemory(t), counting, true);
  const TRIES = 10_000;
  const begun = hashes;
  let [waitedMs, longestMs, refusedUnread, restarts] = [0, 0, 0, 0];
  for (let tries = 0; tries < TRIES;) {
    const answer = await school.accounts.signIn(ann, Buffer.from(String(500_000 + tries)));
    if (answer.ok) return t.fail('guessed');
    if (answer.code === 'WRONG_PIN') tries += 1;
    else {
      refusedUnread += 1;
      const ms = (answer.waitSeconds ?? 0) * 1000;
      [school.now, waitedMs, longestMs] = [school.now + ms, waitedMs + ms, Math.max(longestMs, ms)];
    }
    if (tries % 1000 === 999 && answer.code === 'WRONG_PIN') {
      await school.restart();
      restarts += 1;
    }
    school.wall = new Date(tries % 2 === 0 ? 0 : '2199-01-01T00:00:00Z');
  }
  t.equal(hashes - begun, TRIES, 'one hash for each try that was looked at, and none for the others');
  t.equal(longestMs, 30_000, 'nobody waits longer');
  const leastMs = (TRIES - 3) * 30_000 - 8 * 30_000;
  t.ok(waitedMs >= leastMs, `${(waitedMs / 3600_000).toFixed(1)} h of waiting for ${TRIES} tries`);
  const days = (waitedMs / TRIES) * 500_000 / 86_400_000;
  t.ok(days > 170);
  t.comment(`${TRIES} wrong PINs took ${(waitedMs / 3600_000).toFixed(1)} h, ${restarts} restarts, ${refusedUnread} refused unread; one of 1,000,000 PINs is guessed after ${days.toFixed(0)} days on average, ${(2 * days).toFixed(0)} at most`);
});

t.test('one hash at a time in the whole process, whoever asks: six take the memory of one', async (t) => {
  // In a process of its own, whose most memory is that of what is hashed here.
  const script = `
    import { hashed } from '${new URL('../../config/hashed.js', import.meta.url).href}';
    import { wrapRecordKey } from '${new URL('../../config/record-key.js', import.meta.url).href}';
    const most = () => process.resourceUsage().maxRSS / 1024;
    const pin = Buffer.from('428173');
    await hashed(pin);
    const before = most();
    await Promise.all([hashed(pin), wrapRecordKey(pin, pin), hashed(pin), wrapRecordKey(pin, pin), hashed(pin), wrapRecordKey(pin, pin)]);
    console.log(most() - before);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const moreMiB = Number(stdout);
  t.ok(moreMiB < HASH_MIB / 2, `${moreMiB.toFixed(1)} MiB more than for one`);
});

t.test('P3.3 "not enrolled" and "wrong PIN" take the same time, asked for as the kiosk’s page asks', async (t) => {
  const house = await DeskHouse.open(inMemory(t), () => undefined, { slow: argon2id });
  const [ann, bob] = ['a', 'b'].map((digit) => digit.repeat(32)) as [string, string];
  await house.desks.store.update((draft) => { draft.staff = [[ann, 'Ms Ann'], [bob, 'Mr Bob']].map(([id = '', name = '']) => ({ id, name, barred: false, leftOn: null, paperCode: null })); });
  const { account } = await newAccount(ann, { pin: PIN(), language: 'en', key: { recipients: [key.recipient], signKey: null } }, undefined, 0, argon2id);
  await house.desks.store.update((draft) => { draft.accounts.push(account); });
  const rest = () => house.sleepUntil(house.clock.wall().getTime() + 34_000);
  await rest();
  const signedIn = await house.post('/api/sign-in', { teacher: ann, pin: PIN().toString() });
  t.equal(signedIn.status, 200);
  await house.post('/api/sign-out', {}, signedIn.json<{ token: string }>().token);
  const times: Record<'enrolled' | 'not', number[]> = { enrolled: [], not: [] };
  const said = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever is asked first changes, so that what warms up and what else the machine does strikes both.
    const pair = [['enrolled', ann], ['not', bob]] as const;
    for (const [who, staff] of round % 2 === 0 ? pair : pair.toReversed()) {
      const began = performance.now();
      const answer = await house.post('/api/sign-in', { teacher: staff, pin: WRONG().toString() });
      times[who].push(performance.now() - began);
      t.equal(answer.code, 'WRONG_PIN');
      said.add(JSON.stringify([answer.status, answer.json()]));
    }
    await rest();
  }
  await house.close();
  t.equal(said.size, 1, 'and it is the same answer');
  const z = mannWhitney(times.enrolled, times.not);
  t.ok(Math.abs(z) < 3.29, `Mann-Whitney: |z| = ${Math.abs(z).toFixed(2)}, below 3.29 (p > 0.001)`);
  t.comment(`medians: enrolled ${median(times.enrolled).toFixed(1)} ms, not enrolled ${median(times.not).toFixed(1)} ms, ${ROUNDS} of each; z = ${z.toFixed(2)}`);
});

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The normal approximation of Mann and Whitney's U (times have no ties). @returns z; 0 where neither tends to be the larger. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const u = a.reduce((sum, x) => sum + b.filter((y) => y < x).length, 0);
  return (u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
}
