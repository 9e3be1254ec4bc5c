/** A term of a school, in seconds: stewards do the same in each, teachers what the test likes. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPractice } from '../../config/practice/read.js';
import { textsToKeep } from '../../config/practice-state.js';
import { writeSetUpCode } from '../../config/school/set-up-code.js';
import { quick } from '../config/enrolled.js';
import { DeskHouse, type Leak, type Reply } from '../fakes/desk-house.js';

export const FILES = await readPractice(fileURLToPath(new URL('../../config/practice', import.meta.url)));
const FIRST_DAY = Date.UTC(2026, 8, 1);
const [HOUR, DAY] = [3600_000, 24 * 3600_000];
export const NAMES = ['Ann Ahmed', 'Bob Bevan', 'Cat Clarke', 'Dan Davies', 'Eli Ellis', 'Fay Fox'] as const;
export type Name = (typeof NAMES)[number];
const STEWARD_PINS = ['428173', '915264'];
const [NEW_PIN, WRONG] = ['264915', '806259'];

/** What whoever keeps the device can learn of a term. */
export interface Learned {
  readonly log: string[];
  /** Steward's page, names, stewards and public state, at the same moments. */
  readonly looks: string[];
  /** What was answered to the steward. */
  readonly answers: string[];
}

export class Term {
  readonly learned: Learned = { log: [], looks: [], answers: [] };
  /** What teachers and others did, and how often it was done or refused. */
  readonly done = new Map<string, number>();
  house!: DeskHouse;
  readonly codes = new Map<string, string>();
  readonly #folder: string;
  readonly #leak: Leak | undefined;
  #stewardPin = 0;

  constructor(folder: string, leak?: Leak) {
    [this.#folder, this.#leak] = [folder, leak];
  }

  async run(days: number, doings?: (term: Term, day: number) => Promise<void>): Promise<this> {
    await this.open();
    await this.#setUp();
    for (let day = 0; day < days; day += 1) {
      const at = (hour: number): number => FIRST_DAY + day * DAY + hour * HOUR;
      await this.house.sleepUntil(at(7));
      await this.#look();
      await this.house.sleepUntil(at(8));
      await this.#stewardsDay(day);
      await this.house.sleepUntil(at(9));
      // A disk that is gone for a day is the same disk in both terms.
      if (day === 21) renameSync(this.#vault, `${this.#vault}-away`);
      await doings?.(this, day);
      await this.house.sleepUntil(at(17));
      await this.#look();
      if (day === 21) renameSync(`${this.#vault}-away`, this.#vault);
      if (day % 7 === 6) await this.restart();
      await this.house.sleepUntil(at(23));
    }
    await this.house.close();
    return this;
  }

  async restart(): Promise<void> {
    const { clock } = this.house;
    await this.house.close();
    await this.open(clock);
  }

  async open(clock?: DeskHouse['clock']): Promise<void> {
    this.house = await DeskHouse.open(this.#folder, (line) => this.learned.log.push(line), { ...(clock && { clock }), ...(this.#leak && { leak: this.#leak }) });
  }

  get #vault(): string {
    return join(this.#folder, 'data/vault');
  }

  staffId(name: string): string {
    return this.house.desks.store.state.staff.find((one) => one.name === name)?.id ?? '';
  }

  /** Does it, and sees that it is answered as it should be. @param refused code of the refusal that is due. */
  async does(what: string, asked: Promise<Reply>, refused = ''): Promise<Reply> {
    const reply = await asked;
    const key = `${what}${refused === '' ? '' : ` (${refused})`}`;
    if (reply.code !== refused) throw new Error(`${key}: the answer was ${reply.status} ${reply.code || 'done'} in phase ${this.house.phase}`);
    this.done.set(key, (this.done.get(key) ?? 0) + 1);
    return reply;
  }

  async #setUp(): Promise<void> {
    const { house } = this;
    await house.sleepUntil(FIRST_DAY + 6 * HOUR);
    const { code } = await writeSetUpCode(join(this.#folder, 'data'), house.clock.wall(), quick);
    await this.#asSteward(house.post('/api/set-up', { code, name: 'Terry Technician', pin: STEWARD_PINS[0] }), async (token) => {
      await this.#answer(house.post('/api/school', { room: 'Room 14', languages: ['en'], bells: ['09:50'], contact: 'the school office', retentionDays: 7 }, token));
      await this.#answer(house.post('/api/staff', { csv: NAMES.join('\n') }, token));
      await this.#answer(house.post('/api/lead', { staff: this.staffId('Ann Ahmed') }, token));
    });
    // The code in force is the school's, and public; here it was adopted before the term began.
    await house.desks.store.update((draft) => {
      draft.code = { text: FILES.code.text, lead: 'Ann Ahmed' };
      draft.codeTexts = textsToKeep([], FILES.code);
    });
  }

  /** What a technician does anyway: wrong PINs, codes for everyone, somebody barred, a new list, a new PIN; and strangers who knock. */
  async #stewardsDay(day: number): Promise<void> {
    const { house } = this;
    const id = house.desks.school.stewards()[0]?.id ?? '';
    const signIn = () => house.post('/api/steward-sign-in', { steward: id, pin: STEWARD_PINS[this.#stewardPin] });
    await this.#answer(house.post('/api/names', {}, '', { origin: 'http://elsewhere.example' }));
    await this.#answer(house.post('/api/steward-sign-in', { steward: id, pin: WRONG }));
    await this.#asSteward(signIn(), async (token) => {
      if (day === 0 || day === 9) {
        const { codes } = (await house.post('/api/paper-codes', { staff: NAMES.map((name) => this.staffId(name)), toStick: false }, token)).json<{ codes: { displayName: string; code: string }[] }>();
        for (const { displayName, code } of codes) this.codes.set(displayName, code);
      }
      if (day === 5) await this.#answer(house.post('/api/bar', { staff: this.staffId('Bob Bevan'), barred: true }, token));
      if (day === 6) await this.#answer(house.post('/api/bar', { staff: this.staffId('Bob Bevan'), barred: false }, token));
      if (day === 12) await this.#answer(house.post('/api/add-steward', { name: 'Eve Engineer', pin: NEW_PIN }, token));
      if (day === 16) await this.#answer(house.post('/api/staff', { csv: NAMES.filter((name) => name !== 'Cat Clarke').join('\n') }, token));
      if (day === 17) {
        await this.#answer(house.post('/api/steward-pin', { pin: STEWARD_PINS[0], newPin: STEWARD_PINS[1] }, token));
        this.#stewardPin = 1;
      }
      await this.#answer(house.post('/api/clock-right', {}, token));
    });
  }

  async #look(): Promise<void> {
    const { house } = this;
    const id = house.desks.school.stewards()[0]?.id ?? '';
    const looks: unknown[] = [house.publicState()];
    for (const url of ['/api/names', '/api/stewards']) looks.push((await house.get(url)).json());
    await this.#asSteward(house.post('/api/steward-sign-in', { steward: id, pin: STEWARD_PINS[this.#stewardPin] }), async (token) => { looks.push((await house.get('/api/steward', token)).json()); });
    this.learned.looks.push(withoutIds(`${house.clock.wall().toISOString()} ${JSON.stringify(looks)}`));
  }

  async #asSteward(signIn: Promise<Reply>, work: (token: string) => Promise<void>): Promise<void> {
    const reply = await signIn;
    if (reply.status !== 200) throw new Error(`the steward cannot sign in: ${reply.code} in phase ${this.house.phase}`);
    const { token } = reply.json<{ token: string }>();
    await work(token);
    await this.house.post('/api/sign-out', {}, token);
  }

  async #answer(asked: Promise<Reply>): Promise<void> {
    const reply = await asked;
    this.learned.answers.push(`${reply.status} ${JSON.stringify(reply.json())}`);
  }
}

/** Ids are random: they are compared by the order in which they are met. */
function withoutIds(text: string): string {
  const met = new Map<string, string>();
  return text.replace(/\b[0-9a-f]{32}\b/g, (id) => {
    if (!met.has(id)) met.set(id, `id ${met.size + 1}`);
    return met.get(id) ?? '';
  });
}
