/** The school and its stewards, for the kiosk. None of it touches a session, and none of it tells of one (P1.3, P2.7). */
import type { SlowHash } from '../config/hashed.js';
import type { PinLedger } from '../config/pin-ledger.js';
import { withChange } from '../config/school/changes.js';
import { giveCodes, makePaperCodes } from '../config/school/paper-codes.js';
import { paperCodesPage } from '../config/school/paper-codes-page.js';
import { goneBy, readStaffList, removeGone, replacedStaff, type Mistake } from '../config/school/staff-list.js';
import { Stewards } from '../config/school/stewards.js';
import type { School as StoredSchool } from '../config/state.js';
import type { Store } from '../config/store.js';
import type { Refusal, Trouble } from '../kiosk/protocol.js';
import type { Answer, Given, School, StewardAnswer } from '../kiosk/server/house.js';
import type { Monotonic } from '../session/ports.js';
import { dayOf, DONE, refusal } from './practice/circumstances.js';
import { stewardPage } from './school/page.js';
import { savedSchool, whyNotSaved } from './school/settings.js';

/** How the machine is; nothing of it may depend on what teachers do. */
export interface Machine {
  readonly version: string;
  readonly buildHash: string;
  troublesAtRest(): readonly Trouble[];
  /** The one named exception of P2.7. */
  roomForOneSession(): Promise<boolean>;
  isClockTrusted(): boolean;
}

export interface SchoolOptions {
  readonly store: Store;
  /** Told of accounts that are gone. */
  readonly ledger: Pick<PinLedger, 'closed'>;
  /** Where the set-up code lies. */
  readonly dataFolder: string;
  readonly wall: () => Date;
  readonly now: () => Monotonic;
  /** Throws RangeError where the date on the wall cannot be right. */
  readonly keeping: { trustClock(): Promise<void> };
  readonly machine: Machine;
  readonly toStick: (name: 'paper-codes.html', text: string) => Promise<Answer>;
  readonly fromStick: (name: 'staff.csv') => Promise<Given<string>>;
  readonly slow?: SlowHash;
}

export interface SchoolDesk extends School {
  /** Removes those who left the staff list a year ago, with their accounts. To be called each hour. */
  sweep(): Promise<void>;
}

/** So many mistakes are told at once: as many as fit on the screen. */
const MISTAKES_TOLD = 5;
const NO_LIST = 'This staff list has mistakes.';
const NOT_SET_UP = refusal('NOT_SET_UP', 'The room has no name and no rules yet.', 'Fill in “Room” first.');
const NO_SUCH_NAME = refusal('NO_SUCH_NAME', 'That name is not on the staff list any more.', 'Look at the list again.');
const HAS_LEFT = refusal('HAS_LEFT', 'That name is not on the staff list that was loaded last.', 'Load a list with the name in it.');
const TOO_MANY = refusal('TOO_MANY_NAMES', 'With those who left within the last year, that is more than 1000 names.', 'Load a shorter list.');
const CLOCK_WRONG = refusal('CLOCK_WRONG', 'That date cannot be right.', 'Set the recorder’s clock first.');

export function schoolDesk({ store, ledger, dataFolder, wall, now, keeping, machine, toStick, fromStick, slow }: SchoolOptions): SchoolDesk {
  const today = (): string => dayOf(wall());
  const stewards = new Stewards({ store, dataFolder, now, wall, today, ...(slow && { slow }) });
  const signedIn = async (found: ReturnType<Stewards['signIn']>): Promise<StewardAnswer> => {
    const answer = await found;
    return answer.ok ? { ok: true, steward: { steward: answer.steward.id, displayName: answer.steward.name } } : answer;
  };

  return {
    isSetUp: () => store.state.stewards.length > 0,
    setUp: (code, name, pin) => signedIn(stewards.setUp(code, name, pin)),
    stewards: () => store.state.stewards.map(({ id, name }) => ({ id, displayName: name })),
    signIn: (steward, pin) => signedIn(stewards.signIn(steward, pin)),
    addSteward: (_by, name, pin) => stewards.add(name, pin),
    removeSteward: ({ steward }, name) => stewards.remove(steward, name),
    changePin: ({ steward }, pin, newPin) => stewards.changePin(steward, pin, newPin),

    async page() {
      const { version, buildHash } = machine;
      const health = { version, buildHash, troubles: machine.troublesAtRest(), roomForOneSession: await machine.roomForOneSession(), clockTrusted: machine.isClockTrusted() };
      return stewardPage(store.state, health, wall());
    },

    save: (_by, wish) => store.update((draft): Answer => {
      const why = whyNotSaved(draft.school, wish);
      if (why !== null) return why;
      draft.school = savedSchool(draft.school, wish, draft.stewards, today());
      return DONE;
    }),

    async loadStaff(_by, csv) {
      const text: Given<string> = csv === null ? await fromStick('staff.csv') : { ok: true, value: csv };
      if (!text.ok) return text;
      const list = readStaffList(text.value);
      if (!list.ok) return { ...refusal('STAFF_LIST', NO_LIST, 'Put it right and load the list again; nothing of it was taken.'), ...told(list.mistakes) };
      return store.update((draft): Given<{ readonly names: number }> => {
        if (draft.school === null) return NOT_SET_UP;
        const staff = replacedStaff(draft.staff, list.names, today());
        if (staff === null) return TOO_MANY;
        draft.staff = staff;
        draft.school = withoutLeadWhoLeft(draft.school, staff, today());
        return { ok: true, value: { names: list.names.length } };
      });
    },

    async paperCodes(_by, ids, isForStick) {
      if (store.state.school === null) return NOT_SET_UP;
      const people = [...new Set(ids)].flatMap((wanted) => store.state.staff.filter(({ id }) => id === wanted));
      if (people.length < new Set(ids).size) return NO_SUCH_NAME;
      const codes = await makePaperCodes(people, wall(), slow);
      const slips = codes.map(({ displayName, code, stored: { until } }) => ({ displayName, code, until }));
      // First the paper, then the state: where the stick takes nothing, the codes that were handed out before still hold.
      const written = isForStick ? await toStick('paper-codes.html', paperCodesPage(store.state.school.room, inWords(slips[0]?.until), slips)) : DONE;
      if (!written.ok) return written;
      const areGiven = await store.update((draft) => giveCodes(draft.staff, codes));
      return areGiven ? { ok: true, value: isForStick ? [] : slips } : NO_SUCH_NAME;
    },

    // Nobody else is told: whether somebody is barred, only they and stewards see.
    bar: (_by, staff, barred) => store.update((draft): Answer => {
      const member = draft.staff.find(({ id }) => id === staff);
      if (member === undefined) return NO_SUCH_NAME;
      if (!barred && member.leftOn !== null) return HAS_LEFT;
      member.barred = barred;
      return DONE;
    }),

    setLead: (_by, staff) => store.update((draft): Answer => {
      const member = draft.staff.find(({ id }) => id === staff);
      if (draft.school === null) return NOT_SET_UP;
      if (member === undefined) return NO_SUCH_NAME;
      if (member.leftOn !== null) return HAS_LEFT;
      if (draft.school.lead !== staff) draft.school = withChange({ ...draft.school, lead: staff }, today(), { sentence: '{name} leads the practice now.', values: { name: member.name } });
      return DONE;
    }),

    async clockIsRight() {
      try {
        await keeping.trustClock();
        return DONE;
      } catch (error) {
        if (error instanceof RangeError) return CLOCK_WRONG;
        throw error;
      }
    },

    async sweep() {
      // By a clock that is not trusted nothing expires, and so nobody's time is over (P1.5).
      if (!machine.isClockTrusted() || goneBy(store.state.staff, today()).length === 0) return;
      const gone = await store.update((draft) => removeGone(draft, today()));
      for (const account of gone) await ledger.closed(account);
    },
  };
}

/** The first mistake, and beside it what else there is. */
function told(mistakes: readonly Mistake[]): Pick<Refusal, 'sentence' | 'values' | 'details'> {
  const more = mistakes.length - MISTAKES_TOLD;
  const [first = { sentence: NO_LIST }, ...others] = mistakes.slice(0, MISTAKES_TOLD).map(({ line, sentence, values }) => ({ sentence, values: { line, ...values } }));
  return { ...first, details: [...others, ...(more > 0 ? [{ sentence: 'There are {more} more mistakes.', values: { more } }] : [])] };
}

/** Whoever is not on the list leads no practice. */
function withoutLeadWhoLeft(school: StoredSchool, staff: readonly { readonly id: string; readonly name: string; readonly leftOn: string | null }[], today: string): StoredSchool {
  const lead = staff.find(({ id }) => id === school.lead);
  if (lead === undefined || lead.leftOn === null) return school;
  return withChange({ ...school, lead: null }, today, { sentence: '{name} leads the practice no longer. Until the technician names somebody else, nobody does.', values: { name: lead.name } });
}

const inWords = (until = ''): string => new Date(until).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
