/** A school of teachers in a folder, for tests: time turned by hand, PINs hashed quickly where slowness is not what is tested. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { Accounts, type EnrolWish, type OwnedSession } from '../../config/accounts.js';
import { hashed, type SlowHash } from '../../config/hashed.js';
import { PinLedger } from '../../config/pin-ledger.js';
import { Store, type Spare } from '../../config/store.js';

export const PIN = (): Buffer => Buffer.from('428173');
export const CODE = 'CDFG-2346';
const PAPER_DAYS_MS = 7 * 24 * 3600_000;

/** Argon2id's place, where a test is not about its slowness. */
export const quick: SlowHash = (secret, salt) => Promise.resolve(createHash('sha256').update(salt).update(secret).digest());

export const AS_LAST_TIME = { purpose: 'coaching', mode: 'sound-only', view: null } as const;
export const sessionOf = (n: number): OwnedSession => ({
  session: n.toString(16).padStart(32, '0'), purpose: { id: 'personal-reflection', version: 1, words: 'personal reflection', audience: 'only-me' },
  mode: 'picture-and-sound', startedAt: new Date(Date.UTC(2026, 8, 1, 9, n)).toISOString(),
});

export interface TestKey { readonly identity: string; readonly recipient: string }
export async function aKey(): Promise<TestKey> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** What the teacher reads when their key opens the sealed unlock code, or a test code. */
export async function opened(sealed: Uint8Array | string, { identity }: TestKey): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = await decrypter.decrypt(typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : sealed, 'text');
  return /: ([A-Z0-9-]+)\n$/.exec(text)?.[1] ?? '';
}

export class TestSchool {
  readonly file: string;
  store!: Store;
  ledger!: PinLedger;
  accounts!: Accounts;
  /** Monotonic milliseconds since the last start. */
  now = 0;
  wall = new Date('2026-09-01T08:00:00.000Z');
  /** In the device's log. */
  readonly said: string[] = [];
  readonly #slow: SlowHash;
  readonly #isLazy: boolean;
  #unsaved: () => Promise<unknown> = () => Promise.resolve();
  #staff = 0;

  private constructor(file: string, slow: SlowHash, isLazy: boolean) {
    this.file = file;
    this.#slow = slow;
    this.#isLazy = isLazy;
  }

  /** @param folder that the state lies in, or will. @param isLazy a state is saved where a restart is going to read it, and the thousands in between are not. */
  static async open(folder: string, slow: SlowHash = quick, isLazy = false): Promise<TestSchool> {
    const school = new TestSchool(join(folder, 'state.json'), slow, isLazy);
    await school.restart();
    return school;
  }

  /** The program begins anew, from what is on the disk; monotonic time does, too. */
  async restart(): Promise<void> {
    this.now = 0;
    await this.#unsaved();
    const later: Spare = (save) => {
      this.#unsaved = save;
      return Promise.resolve(undefined as never);
    };
    this.store = await (this.#isLazy ? Store.open(this.file, later) : Store.open(this.file));
    this.ledger = await PinLedger.open(`${this.file}.pins`, this.store.state.accounts, { log: (line) => this.said.push(line) });
    this.accounts = new Accounts(this.store, { now: () => this.now, wall: () => this.wall, ledger: this.ledger, slow: this.#slow });
  }

  /** @returns the id of a new name on the staff list. */
  async hire(name: string): Promise<string> {
    const id = (this.#staff += 1).toString(16).padStart(32, 'e');
    await this.store.update((draft) => { draft.staff.push({ id, name, barred: false, leftOn: null, paperCode: null }); });
    return id;
  }

  /** The technician hands out a paper code. */
  async handOut(staff: string, code = CODE): Promise<void> {
    const paperCode = { ...await hashed(Buffer.from(code.replaceAll('-', '')), this.#slow), until: new Date(this.wall.getTime() + PAPER_DAYS_MS).toISOString(), used: false };
    await this.store.update((draft) => { Object.assign(draft.staff.find(({ id }) => id === staff) ?? {}, { paperCode }); });
  }

  /** @returns the new account, which is signed in. @throws Error where it was refused. */
  async enrol(staff: string, key: TestKey | 'same', pin = PIN(), language: EnrolWish['language'] = 'en'): Promise<string> {
    await this.handOut(staff);
    const answer = await this.accounts.enrol(staff, CODE, { pin, language, key: key === 'same' ? key : { recipients: [key.recipient], signKey: null } });
    if (!answer.ok) throw new Error(answer.sentence);
    return answer.signedIn.teacher;
  }

  /** Whoever is signed in starts a session, which signs out. */
  async record(account: string, n: number): Promise<void> {
    this.accounts.starting(account);
    this.accounts.signedOut();
    await this.accounts.own(account, sessionOf(n), AS_LAST_TIME);
  }
}
