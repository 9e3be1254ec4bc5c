/** All that teachers and others can do, spread over a term. */
import { renameSync } from 'node:fs';
import { aKey, opened, type TestKey } from '../config/enrolled.js';
import { FIRST_PURPOSE } from '../fakes/desk-house.js';
import { NEW_PIN, PIN, Teacher, TOLD, WRONG } from './a-teacher.js';
import type { Name, Term } from './a-term.js';

const TEXT = { name: 'Lesson study', words: 'lesson study', audience: 'colleagues-i-choose', enhances: 'Three of us plan one lesson and look at it together.', trust: 'Whoever taught it chooses what the others see.' };
const WHY = 'It was tried in two departments, and helped.';

/** @returns what happens on a day of it, counted from 0. */
export function busyTerm(): (term: Term, day: number) => Promise<void> {
  let [ann, bob, cat] = [] as Teacher[] as [Teacher, Teacher, Teacher];
  let kept = '';
  const before = new Map<Teacher, TestKey>();
  /** A lesson that is paused by the room and goes on, is marked, and is finished. */
  const lesson = async (who: Teacher): Promise<void> => {
    await who.signIn(1);
    await who.frame();
    await who.start();
    await who.does('mark');
    await who.stopByRoom();
    await who.carryOn();
    await who.stopByRoom();
    await who.finish();
  };
  /** A stick is plugged in, looked at, copied to, removed; pulled in the middle of a copy, and plugged in again. */
  const usesStick = async (who: Teacher, recording: string): Promise<void> => {
    await who.looks('stick');
    await who.does('stick-open');
    await who.looks('stick');
    await who.does('collect', { recording });
    await who.does('stick-open');
    await who.does('stick-remove');
    await who.does('collect-cancel', {}, 'NO_COPY');
    const { stick } = who.house;
    const copy = who.does('collect', { recordings: [recording] });
    renameSync(stick, `${stick}-pulled`);
    await copy;
    await who.does('stick-open', {}, 'STICK_MISSING');
    await who.looks('stick');
    renameSync(`${stick}-pulled`, stick);
    await who.does('collect', { recordings: [recording] });
    await who.does('lan-download', { recordings: [recording] });
    await who.looks('lan-download');
    await who.does('lan-download-close');
  };
  const days: Record<number, (term: Term) => Promise<void>> = {
    0: async (term) => {
      [ann, bob, cat] = ['Ann Ahmed', 'Bob Bevan', 'Cat Clarke'].map((name) => new Teacher(term, name as Name)) as [Teacher, Teacher, Teacher];
      for (const who of [ann, bob, cat]) {
        await who.enrol();
        await who.signOut();
      }
    },
    1: async (term) => {
      await lesson(bob);
      const [id = ''] = await bob.recordings();
      await usesStick(bob, id);
      await bob.does('keep', { recording: id, until: '2026-12-24' });
      await bob.does('keep', { recording: id, until: '2020-01-01' }, 'DAY_OVER');
      await bob.does('erase', { recording: id });
      await bob.does('undo-erase', { recording: id });
      await bob.signOut();
      await term.does('leave-request', term.house.post('/api/leave-request', { day: '2026-09-02', from: '09:00', to: '09:30', kind: 'talk', words: 'Please talk to me.' }));
      await term.does('leave-request', term.house.post('/api/leave-request', { day: '2026-12-02', from: '09:00', to: '09:30', kind: 'keep' }), 'NOT_A_TIME');
    },
    2: async (term) => {
      await cat.signIn(3);
      await cat.start(1); // runs out
      await term.house.pass(70_000);
      await cat.signIn();
      await cat.start();
      await term.house.pressStop(); // at the door
      await term.house.pass(150_000); // and nobody comes
      await cat.signIn();
      const [, id = ''] = await cat.recordings();
      await cat.does('erase-now', { recording: id, code: 'CDFG-2346' }, 'NO_TEST_CODE');
      await cat.does('erase-now', { recording: id, code: await cat.testCode() });
      await cat.does('erase-now', { recording: 'ab'.repeat(16), code: 'CDFG-2346' }, 'NOT_YOURS');
      await cat.signOut();
    },
    3: async (term) => {
      await bob.signIn();
      for (const { id } of (await bob.looks<{ requests: { id: string }[] }>('requests')).requests) await bob.does('request-done', { request: id });
      await bob.does('change-pin', { pin: WRONG, newPin: NEW_PIN }, 'WRONG_PIN');
      await bob.does('change-pin', { pin: PIN, newPin: NEW_PIN });
      bob.pin = NEW_PIN;
      const code = await bob.testCode();
      bob.key = await aKey();
      await bob.does('change-key', { code, key: { recipients: [bob.key.recipient], signKey: null } });
      await bob.does('test-code-answer', { code: await bob.testCode() });
      await bob.does('language', { language: 'cy' });
      await bob.does('news-read');
      await bob.does('propose', { text: { ...TEXT, enhances: 'Because Bob Bevan has asked for it so often.' } }, 'TEXT_HAS_NAME');
      await bob.does('propose', { text: TEXT });
      await bob.does('agree', { proposal: 1 });
      await bob.signOut();
      await cat.signIn();
      await cat.does('object', { proposal: 1, text: 'It takes an hour that nobody has.' });
      await cat.does('decide', { proposal: 1, agreed: true, reasons: WHY }, 'NOT_LEAD');
      await term.house.pass(65_000); // idle: signed out
      await ann.signIn();
      await ann.does('agree', { proposal: 1 });
      await ann.does('answer-objection', { proposal: 1, objection: 0, text: 'We meet in the hour that is free already.' });
      await ann.signOut();
    },
    4: async (term) => {
      for (const name of ['Eli Ellis', 'Fay Fox'] as const) {
        const who = new Teacher(term, name);
        await who.enrol();
        await who.does('agree', { proposal: 1 });
        await who.signOut();
      }
      await lesson(ann);
      await ann.signOut();
      for (let tries = 0; tries < 4; tries += 1) await term.does('sign-in', term.house.post('/api/sign-in', { teacher: term.staffId('Dan Davies'), pin: WRONG }), tries < 3 ? 'WRONG_PIN' : 'WAIT');
      for (let tries = 0; tries < 4; tries += 1) await term.does('sign-in', term.house.post('/api/sign-in', { teacher: ann.staff, pin: WRONG }), tries < 3 ? 'WRONG_PIN' : 'WAIT');
      await term.does('names', term.house.post('/api/sign-in', { teacher: 'x', pin: 'not a pin' }), 'BAD_REQUEST');
    },
    5: async () => {
      await bob.signIn();
      await bob.does('start', { purpose: FIRST_PURPOSE, mode: 'picture-and-sound', view: null, lengthMinutes: 50, told: TOLD }, 'BARRED');
      await bob.signOut();
    },
    9: async () => {
      // Both forgot their PIN.
      for (const who of [bob, cat]) {
        before.set(who, who.key);
        await who.enrol();
        const [locked] = (await who.looks<{ locked: { account: string; sealed: string }[] }>('account')).locked;
        await who.does('unlock', { account: locked?.account, code: 'CDFG-2346-CDFG-2346' }, 'WRONG_CODE');
        await who.does('unlock', { account: locked?.account, code: await opened(locked?.sealed ?? '', before.get(who) ?? who.key) });
        await who.does('agree', { proposal: 1 });
        await who.signOut();
      }
    },
    10: async () => {
      await lesson(cat);
      const [id = ''] = await cat.recordings();
      await cat.does('erase', { recording: id });
      await cat.does('close-account', { pin: cat.pin }, 'HAS_RECORDINGS');
      await cat.signOut();
    },
    14: async () => {
      await cat.signIn();
      await cat.recordings(); // what is gone goes from the list
      await cat.does('close-account', { pin: cat.pin });
    },
    18: async () => {
      await ann.signIn();
      await ann.does('decide', { proposal: 1, agreed: true, reasons: WHY });
      await ann.signOut();
      await bob.signIn();
      const [option] = (await bob.looks<{ options: { purpose: string }[] }>('purposes')).options;
      await bob.does('opt-in', { purpose: option?.purpose });
      await bob.does('choose', { purpose: option?.purpose, mode: 'sound-only' });
      await bob.does('opt-out', { purpose: option?.purpose });
      await bob.does('opt-in', { purpose: 'no-such' }, 'NO_SUCH_PURPOSE');
      await bob.signOut();
      await lesson(bob);
      await bob.signOut();
    },
    20: async (term) => {
      await ann.signIn();
      await ann.start();
      await term.house.pressStop(); // and nobody uses the room any more that day
      await term.house.pass(150_000);
      await bob.signIn();
      [kept = ''] = await bob.recordings();
      await bob.signOut();
    },
    21: async (term) => {
      await bob.signIn();
      if ((await bob.recordings()).length > 0) throw new Error('the disk should be gone');
      await bob.does('keep', { recording: kept, until: '2026-12-25' }, 'NOT_YOURS');
      await bob.does('collect', { recording: kept });
      await bob.does('start', { purpose: FIRST_PURPOSE, mode: 'picture-and-sound', view: null, lengthMinutes: 50, told: TOLD });
      await term.house.pass(30_000);
      if (!term.house.publicState().includes('STORAGE_FAILED')) throw new Error('whoever is there should be told');
    },
  };
  return async (term, day) => { await days[day]?.(term); };
}
