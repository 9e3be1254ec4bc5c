import { copyFile, readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import t from 'tap';
import { fingerprintOf } from '../../config/fingerprint.js';
import { matches } from '../../config/hashed.js';
import { typedCodeBytes } from '../../config/typed-code.js';
import { accountsDesk } from '../../desks/accounts.js';
import { fingerprintOf as fingerprintOnScreen } from '../../kiosk/keys/recipient.js';
import { inMemory } from '../fakes/in-memory.js';
import { AS_LAST_TIME, aKey, CODE, opened, PIN, quick, sessionOf, TestSchool, type TestKey } from './enrolled.js';

const WRONG = (): Buffer => Buffer.from('730519');
const OTHER = (): Buffer => Buffer.from('915264');
const key = await aKey();
const otherKey = await aKey();

async function withAnn(folder: string) {
  const school = await TestSchool.open(folder);
  const ann = await school.hire('Ms Ann');
  const account = await school.enrol(ann, key);
  return { school, ann, account };
}

t.test('what was stored is there after a restart', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await school.restart();
  t.same(await school.accounts.signIn(ann, PIN()), { ok: true, signedIn: { teacher: account, displayName: 'Ms Ann' } });
  t.same(school.accounts.recipientsOf(account), [key.recipient]);
  t.equal(school.accounts.staffOf(account), ann);
  t.same(school.accounts.enrolled(), [account]);
});

t.test('P3.3 the sign-in list is the staff list in its order, the same whoever is enrolled', async (t) => {
  const school = await TestSchool.open(inMemory(t));
  const [zoe, eva, ann] = [await school.hire('Zoë'), await school.hire('Éva'), await school.hire('Ann')];
  const before = school.accounts.names();
  t.same(before.map(({ id }) => id), [ann, eva, zoe], 'alphabetical, accents or not');
  await school.enrol(eva, key);
  t.same(school.accounts.names(), before);
});

t.test('P1.2, P1.3 records open with the owner’s sign-in only, and P2.7 the file reveals nothing of them', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  const bob = await school.hire('Mr Bob');
  const others = await school.enrol(bob, otherKey, OTHER());
  await school.accounts.signIn(ann, PIN());
  await school.record(account, 1);
  const length = school.store.state.accounts[0]?.records[0]?.box.length;
  t.same(school.accounts.sessionsOf(account), [], 'signed out, nothing is listed');
  await t.rejects(school.accounts.own(account, sessionOf(2), AS_LAST_TIME), 'P1.2 without a start of their own nobody owns a session');
  await school.accounts.signIn(bob, OTHER());
  t.same(school.accounts.sessionsOf(others), []);
  t.same(school.accounts.sessionsOf(account), [], 'another teacher’s sign-in opens nothing');
  t.throws(() => school.accounts.mine(account));
  await t.rejects(school.accounts.changeMine(account, (mine) => mine));
  await t.rejects(school.accounts.changeSession(account, sessionOf(1).session, () => null));
  await school.accounts.signIn(ann, PIN());
  t.same(school.accounts.sessionsOf(account), [sessionOf(1)]);
  await school.accounts.changeSession(account, sessionOf(1).session, (session) => ({ ...session, erased: true, keptUntil: '2026-10-31T00:00:00.000Z' }));
  t.equal(school.store.state.accounts[0]?.records[0]?.box.length, length, 'an erase does not show in its length');
  t.match(school.accounts.sessionsOf(account), [{ erased: true }]);
  await school.accounts.addSession(account, { ...sessionOf(3), purpose: null });
  await school.accounts.changeSession(account, sessionOf(1).session, () => null);
  t.same(school.accounts.sessionsOf(account), [{ ...sessionOf(3), purpose: null }]);
  const text = await readFile(school.file, 'utf8');
  for (const secret of [sessionOf(3).session, 'reflection', '428173', 'keyProven']) t.notMatch(text, secret, 'not in the file');
});

t.test('what is a teacher’s own has the same length on the disk, whatever was done', async (t) => {
  const { school, account } = await withAnn(inMemory(t));
  const length = (): number => Buffer.from(school.store.state.accounts[0]?.mine?.box ?? '', 'base64').length;
  t.equal(length(), 4096 + 16);
  await school.accounts.changeMine(account, (mine) => ({ ...mine, practice: { accepted: [{ version: '2026-09.1', digest: 'ab'.repeat(32) }], trained: '1.0' }, optIns: [{ purpose: 'school-1', version: 1 }] }));
  t.equal(length(), 4096 + 16);
  t.match(school.accounts.mine(account), { practice: { trained: '1.0' } });
  await t.rejects(school.accounts.changeMine(account, (mine) => ({ ...mine, language: 'xx' as 'en' })), TypeError);
  t.match(school.accounts.mine(account), { language: 'en' }, 'what has not its own shape is not stored');
});

t.test('P10.1 a paper code enrols one name, once, in time', async (t) => {
  const school = await TestSchool.open(inMemory(t));
  const [ann, bob] = [await school.hire('Ms Ann'), await school.hire('Mr Bob')];
  const wish = { pin: PIN(), language: 'cy', key: { recipients: [key.recipient], signKey: null } } as const;
  const enrol = (staff: string, code: string) => school.accounts.enrol(staff, code, wish);
  await school.handOut(ann);
  for (const [why, staff, code] of [['wrong', ann, 'CDFG-2347'], ['another name’s', bob, CODE], ['of no name at all', 'f'.repeat(32), CODE]] as const) t.match(await enrol(staff, code), { ok: false, code: 'WRONG_CODE' }, why);
  t.same(await school.accounts.checkPaperCode(ann, ' cdfg2346 '), { ok: true, displayName: 'Ms Ann', before: null }, 'typed in whatever way');
  t.match(await school.accounts.enrol(ann, CODE, { ...wish, key: 'same' }), { ok: false, code: 'NO_KEY_BEFORE' });
  t.match(await school.accounts.enrol(ann, CODE, { ...wish, pin: Buffer.from('111111') }), { ok: false, code: 'WEAK_PIN' });
  await t.rejects(school.accounts.enrol(ann, CODE, { ...wish, pin: Buffer.from('1234') }), TypeError);
  const [first, second] = await Promise.all([enrol(ann, CODE), enrol(ann, CODE)]);
  t.ok(first.ok);
  t.match(second, { ok: false, code: 'WRONG_CODE' }, 'used once, even at the same time');
  t.equal(school.store.state.accounts.length, 1);
  t.equal(school.accounts.mine(first.ok ? first.signedIn.teacher : '').language, 'cy');
  await school.handOut(bob);
  school.wall = new Date(school.wall.getTime() + 8 * 24 * 3600_000);
  t.match(await enrol(bob, CODE), { ok: false, code: 'WRONG_CODE' }, 'it has run out');
});

t.test('P10.3 a reset opens new sessions only: the older account is locked until its own key opens it', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await school.record(account, 1);
  await school.handOut(ann);
  t.same(await school.accounts.checkPaperCode(ann, CODE), { ok: true, displayName: 'Ms Ann', before: [key.recipient] });
  const next = await school.enrol(ann, otherKey, OTHER());
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WRONG_PIN' }, 'the old PIN is gone');
  t.match(await school.accounts.signInAccount(account, OTHER()), { ok: false, code: 'WRONG_PIN' }, 'the new PIN does not open the old account');
  t.match(await school.accounts.hasPin(account, OTHER()), { ok: false, code: 'WRONG_PIN' });
  await school.accounts.signIn(ann, OTHER());
  t.same(school.accounts.sessionsOf(next), []);
  t.match(school.accounts.mine(next).news, [{ kind: 'key-changed', fingerprint: fingerprintOf(otherKey.recipient), left: 3 }]);

  const [locked] = school.accounts.lockedOf(next);
  const code = await opened(locked?.recovery?.sealed ?? '', key);
  t.match(code, /^([A-Z0-9]{4}-){4}[A-Z0-9]{4}$/);
  await t.rejects(opened(locked?.recovery?.sealed ?? '', otherKey), 'another key does not open it');
  for (let tries = 0; tries < 5; tries += 1) t.match(await school.accounts.unlock(next, account, 'CDFG-CDFG-CDFG-CDFG-CDFG'), { ok: false, code: 'WRONG_CODE' });
  t.match(await school.accounts.unlock(next, account, code), { ok: false, code: 'WAIT' }, 'five tries, then it waits');
  school.now += 1000;
  t.same(await school.accounts.unlock(next, account, code.toLowerCase()), { ok: true });
  t.same(school.accounts.sessionsOf(next), [sessionOf(1)]);
  t.same(school.accounts.recipientsOf(next), [otherKey.recipient], 'new recordings are sealed to the new key only');
  t.match(school.accounts.mine(next).news, [{ kind: 'key-changed' }, { kind: 'unlocked', fingerprint: fingerprintOf(key.recipient) }]);
  t.match(await school.accounts.unlock(next, account, code), { ok: false, code: 'NOTHING_LOCKED' });
  t.equal(school.store.state.accounts.length, 1);
});

t.test('P10.3 nobody unlocks an account of another name, key or no key', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await school.enrol(ann, 'same', OTHER());
  const code = await opened(school.store.state.accounts[0]?.recovery?.sealed ?? '', key);
  const bob = await school.enrol(await school.hire('Mr Bob'), otherKey, Buffer.from('620937'));
  t.match(await school.accounts.unlock(bob, account, code), { ok: false, code: 'NOTHING_LOCKED' });
  t.same(school.accounts.lockedOf(bob), []);
});

t.test('P10.3 resets and key changes are told at the next three sign-ins, with the fingerprint', async (t) => {
  const { school, ann } = await withAnn(inMemory(t));
  const account = await school.enrol(ann, 'same');
  t.same(school.accounts.recipientsOf(account), [key.recipient]);
  const told: number[] = [];
  for (let signIn = 0; signIn < 4; signIn += 1) {
    told.push(school.accounts.mine(account).news.length);
    await school.accounts.newsRead(account);
  }
  t.same(told, [1, 1, 1, 0]);
  t.equal(fingerprintOf(key.recipient), fingerprintOnScreen(key.recipient), 'the same as the screens show');
});

t.test('P1.7 an account is closed by its PIN, once it holds no recording; then nothing of it is left but the name on the list', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await school.record(account, 1);
  await school.enrol(ann, 'same'); // locks one that holds a session
  const empty = await school.enrol(ann, 'same'); // and one that holds none
  await school.record(empty, 2);
  await school.accounts.signIn(ann, PIN());
  t.match(await school.accounts.close(empty, WRONG()), { ok: false, code: 'WRONG_PIN' });
  t.match(await school.accounts.close(empty, PIN()), { ok: false, code: 'HAS_RECORDINGS' });
  await school.accounts.changeSession(empty, sessionOf(2).session, () => null);
  const state = await readFile(school.file);
  t.same(await school.accounts.close(empty, PIN()), { ok: true });
  t.same(school.store.state.accounts.map(({ id }) => id), [account], 'what holds a session stays for its owner’s key');
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WRONG_PIN' });
  t.same(school.accounts.names().map(({ displayName }) => displayName), ['Ms Ann']);
  await writeFile(school.file, state);
  await school.restart();
  t.match(await school.accounts.signIn(ann, PIN()), { ok: false, code: 'WRONG_PIN' }, 'nor does an older state bring its PIN back');
});

t.test('an account of an older program gets its recovery at the next sign-in', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  await school.store.update((draft) => { for (const one of draft.accounts) Object.assign(one, { recovery: null, mine: null }); });
  await school.accounts.signIn(ann, PIN());
  t.equal(school.accounts.mine(account).language, 'en');
  await school.record(account, 1);
  const next = await school.enrol(ann, 'same');
  t.same(await school.accounts.unlock(next, account, await opened(school.accounts.lockedOf(next)[0]?.recovery?.sealed ?? '', key)), { ok: true });
  t.same(school.accounts.sessionsOf(next), [sessionOf(1)]);
});

t.test('P1.4 a test code proves the key: five tries, a week, one use, for the account that asked, over a restart', async (t) => {
  const { school, ann, account } = await withAnn(inMemory(t));
  const desk = () => accountsDesk({ accounts: school.accounts, wall: () => school.wall, slow: quick, sessionOwner: () => account });
  let { accounts, teachers, keyProof } = desk();
  const owner = { teacher: account, displayName: 'Ms Ann' };
  const asked = async (which = key): Promise<string> => opened(await accounts.makeTestCode(owner), which);
  t.match(await accounts.answerTestCode(owner, 'CDFG-CDFG'), { ok: false, code: 'NO_TEST_CODE' }, 'none was asked for');

  const first = await asked();
  await t.rejects(accounts.answerTestCode({ ...owner, teacher: 'f'.repeat(32) }, first), 'somebody else’s');
  t.equal(accounts.view(owner).keyProven, false);
  t.same(await Promise.all([1, 2].map(() => accounts.answerTestCode(owner, first.replace('-', ' ').toLowerCase()))).then((all) => all.map(({ ok }) => ok)), [true, false], 'once, even at the same time, and in small letters');
  t.match(accounts.view(owner), { keyProven: true, fingerprints: [fingerprintOf(key.recipient)], locked: [], language: 'en' });
  t.match(await keyProof.answer(owner, first), { ok: false, code: 'NO_TEST_CODE' }, 'one use');

  const void1 = await asked();
  const second = await asked();
  t.match(await keyProof.answer(owner, void1), { ok: false, code: 'WRONG_CODE' }, 'the one before is void');
  for (let tries = 0; tries < 4; tries += 1) t.match(await keyProof.answer(owner, 'CDFG-CDFG'), { ok: false, code: 'WRONG_CODE' });
  t.match(await keyProof.answer(owner, second), { ok: false, code: 'NO_TEST_CODE' }, 'five tries');

  const late = await asked();
  const asOf = async (days: number): Promise<unknown> => {
    school.wall = new Date(school.wall.getTime() + days * 24 * 3600_000);
    return keyProof.answer(owner, late);
  };
  for (const days of [8, -9]) t.match(await asOf(days), { ok: false, code: 'NO_TEST_CODE' }, 'neither after the week nor with the clock put back');
  t.same(await asOf(8), { ok: true }, 'on its last day');
  const takenHome = await asked();
  t.match(await keyProof.answer(owner, 'CDFG-CDFG'), { code: 'WRONG_CODE', values: { left: 4 } });
  await school.restart();
  ({ accounts, teachers, keyProof } = desk());
  await teachers.signIn(ann, PIN());
  t.match(await keyProof.answer(owner, 'CDFG-CDFG'), { code: 'WRONG_CODE', values: { left: 3 } }, 'a restart gives no more tries');
  const { testCode } = school.accounts.mine(account);
  t.ok(testCode != null && await matches(testCode, typedCodeBytes(takenHome), quick));
  for (const text of [JSON.stringify(school.store.state), JSON.stringify(testCode)]) t.notOk([takenHome, takenHome.replace('-', '')].some((code) => text.includes(code)), 'P10.2 what is stored of it is a slow hash');
  t.notOk(JSON.stringify(school.store.state).includes(testCode?.hash ?? ''), 'P3.3 and that is sealed');
  t.same(await keyProof.answer(owner, takenHome), { ok: true }, 'it is opened at home, and typed in at another sign-in, after a restart');

  const change = { recipients: [otherKey.recipient, otherKey.recipient], signKey: 'ab'.repeat(32) };
  t.match(await accounts.changeKey(owner, await asked(), { ...change, recipients: [otherKey.recipient.slice(0, -1) + (otherKey.recipient.endsWith('q') ? 'p' : 'q')] }), { ok: false, code: 'MISSPELT' });
  t.match(await accounts.changeKey(owner, 'CDFG-CDFG', change), { ok: false, code: 'WRONG_CODE' });
  const oldUnlock = await opened(school.store.state.accounts[0]?.recovery?.sealed ?? '', key);
  t.same(await accounts.changeKey(owner, await asked(), change), { ok: true });
  t.match(accounts.view(owner), { keyProven: false, fingerprints: [fingerprintOf(otherKey.recipient)] });
  t.match(school.accounts.mine(account).news, [{ kind: 'key-changed', fingerprint: fingerprintOf(otherKey.recipient), left: 3 }]);
  t.same(await accounts.answerTestCode(owner, await asked(otherKey)), { ok: true });
  const next = await school.enrol(ann, key);
  t.match(await school.accounts.unlock(next, account, oldUnlock), { ok: false, code: 'WRONG_CODE' }, 'what the old key opened opens nothing any more');
});

t.test('the desk speaks the kiosk’s words, from the paper code to the owner of a session', async (t) => {
  const school = await TestSchool.open(inMemory(t));
  const ann = await school.hire('Ms Ann');
  let paused: string | null = null;
  const { accounts, teachers } = accountsDesk({ accounts: school.accounts, wall: () => school.wall, slow: quick, sessionOwner: () => paused });
  await school.handOut(ann);
  t.same(await accounts.checkPaperCode(ann, CODE), { ok: true, value: { displayName: 'Ms Ann', before: null } });
  const wish = { pin: PIN(), language: 'en' as const, key: { recipients: ['age1nonsense'], signKey: null } };
  t.match(await accounts.enrol(ann, CODE, wish), { ok: false, sentence: String });
  const enrolled = await accounts.enrol(ann, CODE, { ...wish, key: { recipients: [key.recipient.toUpperCase(), otherKey.recipient], signKey: null } });
  if (!enrolled.ok) return t.fail(enrolled.sentence);
  const owner = enrolled.signedIn;
  t.same(accounts.view(owner).fingerprints, [key, otherKey].map(({ recipient }) => fingerprintOf(recipient)));
  const sealed = await accounts.makeTestCode(owner);
  t.equal(await opened(sealed, key), await opened(sealed, otherKey), 'the spare key opens it, too');
  t.same(await accounts.setLanguage(owner, 'pl'), { ok: true });
  t.equal(accounts.view(owner).language, 'pl');
  t.match(await teachers.signInOwner(PIN()), { ok: false, code: 'WRONG_PIN' }, 'no session, no owner');
  paused = owner.teacher;
  t.match(await teachers.signInOwner(PIN()), { ok: true, signedIn: owner });
  t.same(await teachers.ownerHas(PIN()), { ok: true, value: owner.teacher });
  t.same(await accounts.changePin(owner, PIN(), OTHER()), { ok: true });
  t.same(await teachers.ownerHas(OTHER()), { ok: true, value: owner.teacher });
  await school.handOut(ann);
  t.same(await accounts.checkPaperCode(ann, CODE), { ok: true, value: { displayName: 'Ms Ann', before: accounts.view(owner).fingerprints } });
});

type Step = 'record' | 'reset' | 'new key' | 'unlock' | 'change pin' | 'restart' | 'restore';
const STEPS: readonly Step[] = ['record', 'reset', 'new key', 'unlock', 'change pin', 'restart', 'restore'];

t.test('P10.3 in whatever order things happen, only the newest PIN opens, and no record is lost to its owner’s key', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }), async (steps) => {
    const folder = inMemory(t);
    const school = await TestSchool.open(folder);
    const ann = await school.hire('Ms Ann');
    const keys: TestKey[] = [key];
    const pins = [PIN()];
    const pinNow = (): Buffer => pins.at(-1) ?? PIN();
    let [account, recorded] = [await school.enrol(ann, key), 0];
    const newPin = (): Buffer => { const pin = Buffer.from(`${428_173 + 7919 * pins.length}`); pins.push(pin); return pin; };
    const unlockAll = async (): Promise<void> => {
      for (const { id, recovery, recipients } of school.accounts.lockedOf(account)) {
        const own = keys.find(({ recipient }) => recipient === recipients[0]) ?? key;
        if (recovery !== null) await school.accounts.unlock(account, id, await opened(recovery.sealed, own));
      }
    };
    await copyFile(school.file, `${school.file}.copy`);
    const act: Record<Step, () => Promise<unknown>> = {
      record: () => school.record(account, recorded += 1),
      reset: async () => { account = await school.enrol(ann, 'same', newPin()); },
      'new key': async () => { keys.push(await aKey()); account = await school.enrol(ann, keys.at(-1) ?? key, newPin()); },
      unlock: unlockAll,
      'change pin': async () => { const old = pinNow(); await school.accounts.changePin(account, old, newPin()); },
      restart: () => school.restart(),
      // Somebody puts the very first state back, and the right one again.
      restore: async () => {
        await copyFile(school.file, `${school.file}.kept`);
        await copyFile(`${school.file}.copy`, school.file);
        await school.restart();
        if (pins.length > 1) t.notOk((await school.accounts.signIn(ann, pins[0] ?? PIN())).ok, 'an older state brings no old PIN back');
        await copyFile(`${school.file}.kept`, school.file);
        await school.restart();
      },
    };
    for (const step of steps) {
      await act[step]();
      for (const old of pins.slice(0, -1)) {
        t.notOk((await school.accounts.signIn(ann, old)).ok, 'an older PIN opens nothing');
        school.now += 30_000;
      }
      t.ok((await school.accounts.signIn(ann, pinNow())).ok, 'the newest PIN opens');
    }
    await unlockAll();
    t.same(school.accounts.sessionsOf(account).map(({ session }) => session).sort(), Array.from({ length: recorded }, (_, n) => sessionOf(n + 1).session), 'every record is there');
  }), { numRuns: 40 });
});

t.test('P3.3 how a session was started lies sealed with what is a teacher’s own: it has no time, and changes no length', async (t) => {
  const { school, ann, account } = await withAnn(t.testdir());
  const stored = () => { const [own] = school.store.state.accounts; return [own?.mine?.box.length, JSON.stringify(own)] as const; };
  await school.accounts.signIn(ann, PIN());
  t.equal(school.accounts.mine(account).lastTime, undefined);
  const [length] = stored();
  await school.record(account, 1);
  t.equal(stored()[0], length);
  t.notMatch(stored()[1], /sound-only|coaching/, 'nobody reads it off the disk');
  await school.accounts.signIn(ann, PIN());
  t.same(school.accounts.mine(account).lastTime, AS_LAST_TIME);
  await t.rejects(school.accounts.own(account, sessionOf(2), { ...AS_LAST_TIME, mode: 'blurred' }), 'P1.2 without a start nothing is written');
  t.same(school.accounts.mine(account).lastTime, AS_LAST_TIME);
});
