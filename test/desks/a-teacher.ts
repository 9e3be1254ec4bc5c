/** What a teacher does at the kiosk, as its page asks for it; each answer is looked at. */
import { aKey, opened, type TestKey } from '../config/enrolled.js';
import { FIRST_PURPOSE, type DeskHouse, type Reply } from '../fakes/desk-house.js';
import { FILES, type Name, type Term } from './a-term.js';

const RIGHT = FILES.training.questions.map(({ answers }) => answers.findIndex(({ wrongBecause }) => wrongBecause === null));
export const [PIN, NEW_PIN, WRONG] = ['739164', '264915', '806259'] as const;
export const TOLD = { class: true, otherAdults: true, visitors: true, outOfPicture: true };

export class Teacher {
  readonly #term: Term;
  readonly #name: Name;
  key!: TestKey;
  pin: string = PIN;
  token = '';

  constructor(term: Term, name: Name) {
    [this.#term, this.#name] = [term, name];
  }

  get house(): DeskHouse { return this.#term.house; }
  get staff(): string { return this.#term.staffId(this.#name); }

  does(what: string, body: object = {}, refused = ''): Promise<Reply> {
    return this.#term.does(what, this.house.post(`/api/${what}`, body, this.token), refused);
  }

  async looks<T>(what: string): Promise<T> {
    return (await this.#term.does(what, this.house.get(`/api/${what}`, this.token))).json<T>();
  }

  async enrol(): Promise<void> {
    const code = this.#term.codes.get(this.#name) ?? '';
    this.key = await aKey();
    await this.does('paper-code', { staff: this.staff, code: 'CDFG-2346' }, 'WRONG_CODE');
    const { ticket } = (await this.does('paper-code', { staff: this.staff, code })).json<{ ticket: string }>();
    const wish = { ticket, language: 'en', key: { recipients: [this.key.recipient], signKey: null } };
    await this.does('enrol', { ...wish, pin: '123456' }, 'WEAK_PIN');
    this.token = (await this.does('enrol', { ...wish, pin: this.pin })).json<{ token: string }>().token;
    await this.house.pass(1000);
    await this.does('start', { purpose: FIRST_PURPOSE, mode: 'picture-and-sound', view: null, lengthMinutes: 50, told: TOLD }, 'CODE_NOT_ACCEPTED');
    const { version, digest } = await this.looks<{ version: string; digest: string }>('code');
    await this.does('accept-code', { version, digest: 'f'.repeat(64) }, 'CODE_CHANGED_MEANWHILE');
    await this.does('accept-code', { version, digest });
    await this.does('training-answers', { answers: RIGHT.map(() => null) });
    await this.does('training-answers', { answers: RIGHT });
    await this.does('test-code-answer', { code: 'CDFG-2346' }, 'NO_TEST_CODE');
    const code2 = await this.testCode();
    await this.does('test-code-answer', { code: 'CDFG-2346' }, 'WRONG_CODE');
    await this.does('test-code-answer', { code: code2 });
  }

  async testCode(): Promise<string> {
    return opened((await this.does('test-code')).json<{ sealed: string }>().sealed, this.key);
  }

  async signIn(wrong = 0): Promise<void> {
    for (let tries = 0; tries < wrong; tries += 1) await this.#term.does('sign-in', this.house.post('/api/sign-in', { teacher: this.staff, pin: WRONG }), 'WRONG_PIN');
    if (wrong >= 3) await this.house.pass(1000);
    this.token = (await this.does('sign-in', { teacher: this.staff, pin: this.pin })).json<{ token: string }>().token;
    await this.house.pass(1000);
  }

  async signOut(): Promise<void> {
    await this.does('sign-out');
    await this.house.pass(2000);
  }

  async frame(): Promise<void> {
    await this.does('frame', { view: null });
    await this.house.pass(2000);
    await this.does('stop-framing');
    await this.house.pass(2000);
  }

  async start(lengthMinutes = 50): Promise<void> {
    await this.does('choose', { purpose: FIRST_PURPOSE, mode: 'picture-and-sound' });
    await this.does('start', { purpose: FIRST_PURPOSE, mode: 'picture-and-sound', view: null, lengthMinutes, told: TOLD });
    await this.#is('recording');
  }

  async stopByRoom(): Promise<void> {
    await this.does('stop');
    await this.#is('paused');
  }

  async carryOn(): Promise<void> {
    await this.does('carry-on', { pin: WRONG }, 'WRONG_PIN');
    await this.does('carry-on', { pin: this.pin });
    await this.#is('recording');
  }

  async finish(): Promise<void> {
    await this.does('finish', { pin: WRONG }, 'WRONG_PIN');
    this.token = (await this.does('finish', { pin: this.pin })).json<{ token: string }>().token;
    await this.house.pass(1000);
  }

  async recordings(): Promise<string[]> {
    return (await this.looks<{ recordings: { id: string }[] }>('recordings')).recordings.map(({ id }) => id);
  }

  async #is(phase: string): Promise<void> {
    for (let seconds = 0; seconds < 30 && this.house.phase !== phase; seconds += 1) await this.house.pass(1000);
    if (this.house.phase !== phase) throw new Error(`${this.#name} waits for ${phase}, and it is ${this.house.phase}`);
    await this.house.pass(2000);
  }
}
