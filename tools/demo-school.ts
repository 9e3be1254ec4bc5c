/**
 * The school of the virtual classroom, as it would be after its first weeks: set
 * up by a steward, with a staff list, a practice lead who adopted the sample, and
 * one teacher who is enrolled, trained and ready. Made by the product's own parts.
 */
import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { Accounts } from '../config/accounts.js';
import { PinLedger } from '../config/pin-ledger.js';
import { readPractice } from '../config/practice/read.js';
import { stored, textsToKeep } from '../config/practice-state.js';
import { giveCodes, makePaperCodes } from '../config/school/paper-codes.js';
import { writeSetUpCode } from '../config/school/set-up-code.js';
import { replacedStaff } from '../config/school/staff-list.js';
import { Stewards } from '../config/school/stewards.js';
import { Store } from '../config/store.js';
import { whyWeak } from '../config/weak-pins.js';

export interface DemoPerson {
  readonly name: string;
  readonly pin: string;
}

export interface DemoTeacher extends DemoPerson {
  /** age identity file. */
  readonly keyFile: string;
}

export interface DemoSchool {
  readonly teacher: DemoTeacher;
  readonly steward: DemoPerson;
  /** For trying to enrol; made anew at each start, counts seven days, once. */
  readonly newcomer: { readonly name: string; readonly code: string };
}

const TEACHER = 'Dana Demo';
const STEWARD = 'Terry Technician';
const NEWCOMER = 'Noor Newcomer';
const STAFF = ['Aled Ahmed', 'Bea Bevan', 'Chidi Clarke', TEACHER, 'Elin Evans', 'Finn Fraser', NEWCOMER, 'Priya Patel', 'Zofia Zielinska'];
const TERM_BEGAN = '2026-09-01';
const practiceFolder = fileURLToPath(new URL('../config/practice', import.meta.url));

/** @param recorder the recorder's data folder; no service runs on it. @param keys where PINs and the teacher's key are put. */
export async function openDemoSchool(recorder: string, keys: string): Promise<DemoSchool> {
  const store = await Store.open(join(recorder, 'state.json'));
  const ledger = await PinLedger.open(join(recorder, 'pin-ledger.json'), store.state.accounts, { log: () => undefined });
  const accounts = new Accounts(store, { now: () => 0, wall: () => new Date(), ledger });
  const keyFile = join(keys, 'demo-teacher.key');
  const pinFile = (who: string): string => join(keys, `demo-${who}.pin`);
  if (store.state.school === null) {
    await setUp(store, recorder, await newPin(pinFile('technician')));
    await enrolTeacher(store, accounts, keyFile, await newPin(pinFile('teacher')));
  }
  const pinOf = async (who: string): Promise<string> => (await readFile(pinFile(who), 'utf8')).trim();
  return {
    teacher: { name: TEACHER, pin: await pinOf('teacher'), keyFile },
    steward: { name: STEWARD, pin: await pinOf('technician') },
    newcomer: { name: NEWCOMER, code: await paperCode(store, NEWCOMER) },
  };
}

async function setUp(store: Store, recorder: string, pin: string): Promise<void> {
  const { code: setUpCode } = await writeSetUpCode(recorder, new Date());
  const stewards = new Stewards({ store, dataFolder: recorder, now: () => 0, wall: () => new Date(), today: () => TERM_BEGAN });
  const answer = await stewards.setUp(setUpCode, STEWARD, Buffer.from(pin));
  if (!answer.ok) throw new Error(`the demo school could not be set up: ${answer.sentence}`);
  const { code } = await readPractice(practiceFolder);
  await store.update((draft) => {
    draft.staff = replacedStaff([], STAFF, TERM_BEGAN) ?? [];
    const lead = draft.staff.find(({ name }) => name === 'Priya Patel')?.id ?? null;
    draft.school = { room: 'Virtual classroom', languages: ['en'], bells: ['09:50', '10:50', '12:00', '13:50', '14:50', '15:40'], contact: 'the school office', retentionDays: 60, lead, changes: [] };
    draft.code = { text: code.text, lead: 'Priya Patel' };
    draft.codeTexts = textsToKeep([], code);
  });
}

/** With a paper code, as everybody; then code and training as if read, and the key as if proven, since the key was made here. */
async function enrolTeacher(store: Store, accounts: Accounts, keyFile: string, pin: string): Promise<void> {
  const identity = await generateIdentity();
  await writeFile(keyFile, `# key of the demo teacher of the virtual classroom\n${identity}\n`, { mode: 0o600 });
  const code = await paperCode(store, TEACHER);
  const staff = store.state.staff.find(({ name }) => name === TEACHER)?.id ?? '';
  const answer = await accounts.enrol(staff, code, { pin: Buffer.from(pin), language: 'en', key: { recipients: [await identityToRecipient(identity)], signKey: null } });
  if (!answer.ok) throw new Error(`the demo teacher could not be enrolled: ${answer.sentence}`);
  const { code: inForce, training } = await readPractice(practiceFolder);
  await accounts.changeMine(answer.signedIn.teacher, (mine) => ({ ...mine, keyProven: true, practice: stored({ accepted: [inForce], trained: training.version }) }));
  accounts.signedOut();
}

async function paperCode(store: Store, name: string): Promise<string> {
  const made = await makePaperCodes(store.state.staff.filter((member) => member.name === name), new Date());
  await store.update((draft) => giveCodes(draft.staff, made));
  return made[0]?.code ?? '';
}

/** Six digits by lot, such as the product takes. */
async function newPin(file: string): Promise<string> {
  let pin = '';
  do pin = String(randomInt(1_000_000)).padStart(6, '0'); while (whyWeak(Buffer.from(pin)) !== null);
  await writeFile(file, `${pin}\n`, { mode: 0o600 });
  return pin;
}
