/** Purposes: what a teacher may choose and switch on, and what the school proposes and decides (P6, P7.1). */
import { PURPOSES } from '../../config/purposes.js';
import type { Answer, Practice, SignedIn } from '../../kiosk/server/house.js';
import { isOverdue, type CodeInForce } from '../../session/code.js';
import type { Purpose } from '../../session/ports.js';
import { consider, type Circumstances, type PurposeEvent } from '../../session/proposals.js';
import { proposalsFor } from '../../session/proposal-view.js';
import { optIn, optionsFor, optOut, purposesFor, schoolPurposes, type OptIn } from '../../session/purposes.js';
import { dayOf, DONE, forLead, leadAccount, refusal, thisMonth, type PracticeParts } from './circumstances.js';
import { namesIn } from './names-in.js';

type PurposesDesk = Pick<Practice, 'purposes' | 'optIn' | 'optOut' | 'propose' | 'agree' | 'object' | 'answerObjection' | 'decide' | 'retire'> & {
  /** In the order in which they are offered. */
  readonly chosenBy: (owner: SignedIn) => readonly Purpose[];
};

const NOT_IN_USE = refusal('NO_SUCH_PURPOSE', 'There is no such purpose of this school in use.', 'Choose one from the list.');
const NOTHING_WRITTEN = refusal('TEXT_LENGTH', 'A proposal says what it is about.', 'Write it, then try again.');

export function purposesDesk(parts: PracticeParts, inForce: () => CodeInForce): PurposesDesk {
  const { store, accounts, wall } = parts;
  const today = (): string => dayOf(wall());
  const mine = (account: string): readonly OptIn[] => accounts.mine(account).optIns;

  const circumstances = (): Circumstances => ({
    today: today(), isSchoolDay: parts.isSchoolDay, builtIn: PURPOSES, enrolled: accounts.enrolled(), lead: leadAccount(store.state),
    reviewOverdue: isOverdue(inForce(), thisMonth(parts)), namesSomebody: namesIn(store.state.staff.map(({ name }) => name)), whyNotOnSign: parts.whyNotOnSign,
  });

  const happens = async (event: PurposeEvent): Promise<Answer> => {
    const now = circumstances();
    const tried = consider(store.state.book, event, now);
    if (!tried.ok) return tried;
    // Another may have happened while the last one was stored: what counts is what the book says then.
    return store.update((draft) => {
      const answer = consider(draft.book, event, now);
      if (!answer.ok) return answer;
      draft.book = answer.book;
      return DONE;
    });
  };

  const choose = async ({ teacher }: SignedIn, choices: readonly OptIn[]): Promise<Answer> => {
    await accounts.changeMine(teacher, (own) => ({ ...own, optIns: choices }));
    return DONE;
  };

  return {
    chosenBy: ({ teacher }) => purposesFor(store.state.book, mine(teacher), PURPOSES, today()),
    purposes({ teacher }) {
      const { book } = store.state;
      return {
        builtIn: PURPOSES.map(({ id, words, audience }) => ({ id, words, audience })),
        options: optionsFor(book, mine(teacher), today()).map(({ purpose, version, text, on, trialUntil }) => ({ purpose, version, text, on, trialUntil })),
        proposals: proposalsFor(book, teacher, today()),
        past: schoolPurposes(book, today()).flatMap(({ purpose, version, text, standing }) => (standing === 'in-use' ? [] : { purpose, version, text, standing })),
      };
    },
    async optIn(owner, purpose) {
      const before = mine(owner.teacher);
      const after = optIn(store.state.book, before, purpose, today());
      return after === before ? NOT_IN_USE : choose(owner, after);
    },
    optOut: (owner, purpose) => choose(owner, optOut(mine(owner.teacher), purpose)),
    async propose(_owner, { purpose, text }) {
      if (purpose === undefined) return text === undefined ? NOTHING_WRITTEN : happens({ type: 'propose', text });
      return happens(text === undefined ? { type: 'propose-again', purpose } : { type: 'propose-version', purpose, text });
    },
    agree: ({ teacher }, proposal) => happens({ type: 'agree', proposal, teacher }),
    object: ({ teacher }, proposal, text) => happens({ type: 'object', proposal, teacher, text }),
    answerObjection: async (owner, proposal, objection, text) => forLead(parts, owner, () => happens({ type: 'answer', proposal, objection, text })),
    decide: async (owner, proposal, agreed, reasons) => forLead(parts, owner, () => happens({ type: 'decide', proposal, agreed, reasons })),
    retire: async (owner, purpose, reasons) => forLead(parts, owner, () => happens({ type: 'retire', purpose, reasons })),
  };
}
