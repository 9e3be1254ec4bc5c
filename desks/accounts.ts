/** Enrolling, signing in, and what a teacher does with their own account: the house's accounts in the kiosk's words, and the proof that a teacher still has the key. */
import type { Accounts as HouseAccounts, KeyPart } from '../config/accounts.js';
import { whyNotAsPin } from '../config/accounts/changing.js';
import { fingerprintOf } from '../config/fingerprint.js';
import { hashed, matches, type SlowHash } from '../config/hashed.js';
import type { Mine } from '../config/mine.js';
import { OneAtATime } from '../config/throttle.js';
import { typedCodeBytes } from '../config/typed-code.js';
import { checkRecipient } from '../kiosk/keys/recipient.js';
import { makeTestCode } from '../kiosk/keys/test-code.js';
import type { Accounts, Answer, SignedIn, Teachers } from '../kiosk/server/house.js';
import { plusDays } from '../session/purposes.js';
import { dayOf } from './practice/circumstances.js';

/** Whoever is signed in proves that they have the key by answering the test code that was made last. Uses it up. */
export interface KeyProof {
  answer(owner: SignedIn, code: string): Promise<Answer>;
}

export interface AccountsDeskOptions {
  readonly accounts: HouseAccounts;
  readonly wall: () => Date;
  /** The account that owns the session which is paused, or recorded; null where there is none. */
  readonly sessionOwner: (phase: 'paused' | 'recording') => string | null;
  readonly slow?: SlowHash;
}

export interface AccountsDesk {
  readonly accounts: Accounts;
  readonly teachers: Teachers;
  readonly keyProof: KeyProof;
}

/** Time to take a stick home and to come back. */
const ANSWER_WITHIN_DAYS = 7;
const TRIES = 5;

const refusal = (code: string, sentence: string, remedy: string) => ({ ok: false, code, sentence, remedy }) as const;
const DONE = { ok: true } as const;
const NO_TEST_CODE = refusal('NO_TEST_CODE', 'There is no test code to answer, or it has run out.', 'Ask for a new one, and open it with your key.');
const LAST_WRONG = refusal('WRONG_CODE', 'That is not the code that your key opens.', 'That was the last try: ask for a new test code.');
const WRONG_TEST_CODE = refusal('WRONG_CODE', 'That is not the code that your key opens.', 'Read it again. Tries that are left: {left}.');
const wrongTestCode = (left: number): Answer => (left === 0 ? LAST_WRONG : { ...WRONG_TEST_CODE, values: { left } });

export function accountsDesk({ sessionOwner, ...parts }: AccountsDeskOptions): AccountsDesk {
  const { accounts } = parts;
  const proof = testCodes(parts);

  return {
    keyProof: proof,
    teachers: {
      names: () => accounts.names(),
      signIn: (staff, pin) => accounts.signIn(staff, pin),
      // Where no session is in that phase it is nobody's, for whom no PIN is right.
      signInOwner: (pin) => accounts.signInAccount(sessionOwner('paused') ?? '', pin),
      async ownerHas(pin) {
        const owner = sessionOwner('recording') ?? '';
        const answer = await accounts.hasPin(owner, pin);
        return answer.ok ? { ok: true, value: owner } : answer;
      },
    },
    accounts: {
      async checkPaperCode(staff, code) {
        const checked = await accounts.checkPaperCode(staff, code);
        return checked.ok ? { ok: true, value: { displayName: checked.displayName, before: checked.before?.map(fingerprintOf) ?? null } } : checked;
      },
      async enrol(staff, code, wish) {
        const key = wish.key === 'same' ? wish.key : await checkedKey(wish.key);
        return key !== 'same' && 'ok' in key ? key : accounts.enrol(staff, code, { ...wish, key });
      },
      tryPin: (pin) => whyNotAsPin(pin) ?? DONE,
      view({ teacher, displayName }) {
        const { language, keyProven } = accounts.mine(teacher);
        return {
          displayName, language, keyProven,
          fingerprints: accounts.recipientsOf(teacher).map(fingerprintOf),
          locked: accounts.lockedOf(teacher).flatMap(({ id, recipients, recovery }) => (recovery === null ? [] : { account: id, fingerprints: recipients.map(fingerprintOf), sealed: recovery.sealed })),
        };
      },
      makeTestCode: (owner) => proof.make(owner),
      async answerTestCode(owner, code) {
        const answer = await proof.answer(owner, code);
        if (answer.ok) await accounts.changeMine(owner.teacher, (mine) => ({ ...mine, keyProven: true }));
        return answer;
      },
      changePin: ({ teacher }, pin, newPin) => accounts.changePin(teacher, pin, newPin),
      async changeKey(owner, code, wish) {
        const key = await checkedKey(wish);
        if ('ok' in key) return key;
        const answer = await proof.answer(owner, code);
        if (answer.ok) await accounts.changeKey(owner.teacher, key);
        return answer;
      },
      unlock: ({ teacher }, account, code) => accounts.unlock(teacher, account, code),
      async setLanguage({ teacher }, language) {
        await accounts.changeMine(teacher, (mine) => ({ ...mine, language }));
        return DONE;
      },
      async newsRead({ teacher }) {
        await accounts.newsRead(teacher);
        return DONE;
      },
      close: ({ teacher }, pin) => accounts.close(teacher, pin),
    },
  };
}

/** @returns the key with its recipients in their one form, or why one of them is none. */
async function checkedKey({ recipients, signKey }: KeyPart): Promise<KeyPart | Exclude<Answer, { ok: true }>> {
  const checked = await Promise.all(recipients.map((recipient) => checkRecipient(recipient)));
  const mistake = checked.find((one) => one.is === 'mistake');
  if (mistake !== undefined) return { ok: false, code: mistake.code, sentence: mistake.sentence, ...(mistake.values && { values: mistake.values }), remedy: 'Bring the key once more.' };
  return { signKey, recipients: checked.flatMap((one) => (one.is === 'recipient' ? one.recipient : [])) };
}

/** One of each account is out at a time, over restarts too: a stick that was taken home counts when the machine was switched off meanwhile. */
function testCodes({ accounts, wall, slow }: Omit<AccountsDeskOptions, 'sessionOwner'>) {
  const turns = new OneAtATime();
  const put = (teacher: string, testCode: Mine['testCode']) => accounts.changeMine(teacher, (mine) => ({ ...mine, testCode: testCode ?? null }));
  return {
    /** @returns an age file that any of the teacher's recipients opens. */
    make: ({ teacher }: SignedIn): Promise<Buffer> => turns.run(async () => {
      const { code, sealed } = await makeTestCode(accounts.recipientsOf(teacher));
      const letters = typedCodeBytes(code);
      const stored = await hashed(letters, slow);
      letters.fill(0);
      await put(teacher, { ...stored, until: plusDays(dayOf(wall()), ANSWER_WITHIN_DAYS), left: TRIES });
      return Buffer.from(sealed);
    }),

    answer: ({ teacher }: SignedIn, typed: string): Promise<Answer> => turns.run(async () => {
      const asked = accounts.mine(teacher).testCode ?? null;
      const today = dayOf(wall());
      // One that seems to be good for longer was made before the clock was put back.
      if (asked === null || asked.until < today || asked.until > plusDays(today, ANSWER_WITHIN_DAYS)) return NO_TEST_CODE;
      const letters = typedCodeBytes(typed);
      const fits = await matches(asked, letters, slow);
      letters.fill(0);
      const left = asked.left - 1;
      await put(teacher, fits || left === 0 ? null : { ...asked, left });
      return fits ? DONE : wrongTestCode(left);
    }),
  };
}
