/** Code of practice, training, purposes and requests, in the kiosk's words; and how a teacher stands with them. */
import type { SignInReply } from '../kiosk/protocol.js';
import type { Practice, SignedIn } from '../kiosk/server/house.js';
import { comingBells, minutesToBell } from '../session/bells.js';
import type { Purpose } from '../session/ports.js';
import { reasonsOfPractice, type Standing } from '../session/practice.js';
import { isLead, type PracticeParts } from './practice/circumstances.js';
import { codeDesk } from './practice/code.js';
import { purposesDesk } from './practice/purposes.js';
import { requestsDesk } from './practice/requests.js';
import { STANDARD_VIEW, viewsOf } from './steering/views.js';

export interface PracticeDesk {
  readonly practice: Practice;
  /** The version in force: bound into each recording (P7.2). */
  codeVersion(): string;
  /** Drops requests that are too old; to be called each hour. */
  readonly sweep: () => Promise<void>;
  /** Of whoever is signed in. */
  standing(account: string): Standing;
  purposesOf(owner: SignedIn): readonly Purpose[];
  /** What the page needs after a sign-in; writes nothing. @param goingSoon recordings that go within 14 days. */
  greet(owner: SignedIn, goingSoon: SignInReply['goingSoon']): Promise<Omit<SignInReply, 'token' | 'idleMs'>>;
}

export function practiceDesk(parts: PracticeParts): PracticeDesk {
  const { store, accounts, wall } = parts;
  const { inForce, reasons, ...code } = codeDesk(parts);
  const { chosenBy, ...purposes } = purposesDesk(parts, inForce);
  const { sweep, ...requests } = requestsDesk(parts);

  const standing = (account: string): Standing => {
    const { school, staff } = store.state;
    const whose = accounts.staffOf(account);
    return {
      setUp: school !== null,
      // Whoever is on no list any more starts nothing either.
      barred: staff.find(({ id }) => id === whose)?.barred ?? true,
      code: reasons(account),
      hasKey: accounts.recipientsOf(account).length > 0,
      keyProven: accounts.mine(account).keyProven,
    };
  };

  return {
    practice: { isLead: (owner) => isLead(parts, owner), ...code, ...purposes, ...requests },
    codeVersion: () => inForce().version,
    sweep,
    standing,
    purposesOf: chosenBy,
    async greet(owner, goingSoon) {
      const { language, news, toldChange, lastTime } = accounts.mine(owner.teacher);
      const { school } = store.state;
      const purposes = chosenBy(owner).map(({ id, words, audience }) => ({ id, words, audience }));
      const views = viewsOf(store.state).map(({ id, name, covers }) => ({ id, name, covered: covers.length > 0 }));
      const isOffered = lastTime !== undefined && purposes.some(({ id }) => id === lastTime.purpose) && parts.modes.includes(lastTime.mode) && views.some(({ id }) => id === (lastTime.view ?? STANDARD_VIEW));
      return {
        displayName: owner.displayName, language, isLead: isLead(parts, owner),
        purposes, views, modes: parts.modes, lastTime: isOffered ? lastTime : null,
        reasons: reasonsOfPractice(standing(owner.teacher)),
        usualLengthMinutes: minutesToBell(school?.bells ?? [], wall()),
        bells: comingBells(school?.bells ?? [], wall()),
        news: news.map(({ kind, fingerprint }) => ({ kind, fingerprint })),
        changes: (school?.changes ?? []).filter(({ number }) => number > toldChange).map(({ sentence, values }) => ({ sentence, ...(values && { values }) })),
        goingSoon,
        requests: (await requests.requests(owner)).length,
      };
    },
  };
}
