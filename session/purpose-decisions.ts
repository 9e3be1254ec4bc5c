/** What the practice lead decides about purposes (P6.3, P4.2), and how it is written down. */
import { refused } from './proposal-refusals.js';
import { whyNotWritten } from './proposal-text.js';
import type { Answer, Circumstances } from './proposals.js';
import { isDecided, schoolPurposes, withProposal, type Day, type Decision, type Proposal, type PurposeBook } from './purposes.js';

/** P6.3: the larger of 3 teachers and a third of those enrolled; besides the practice lead. */
export const quorum = (enrolled: number): number => Math.max(3, Math.ceil(enrolled / 3));

/** Where too few agreed, the lead's agreement does not help. Every refusal comes before the counting, so that none of them tells a number (P3.3). */
export function decide(book: PurposeBook, proposal: Proposal, leadAgrees: boolean, reasons: string, now: Circumstances): Answer {
  if (now.today <= proposal.openUntil) return refused('STILL_OPEN');
  const why = whyNotWritten('reasons', reasons, now);
  if (why !== null) return why;
  // A purpose that is in use is not a new one: an overdue review must not take it from those who start with it (P4.2).
  if (leadAgrees && now.reviewOverdue && proposal.kind !== 'again') return refused('REVIEW_OVERDUE');
  if (leadAgrees && proposal.objections.some((objection) => objection.answer === null)) return refused('UNANSWERED');
  const enrolled = new Set(now.enrolled);
  const enough = proposal.agreed.filter((teacher) => enrolled.has(teacher) && teacher !== now.lead).length >= quorum(enrolled.size);
  const outcome = leadAgrees && enough ? 'agreed' : 'not-agreed';
  return { ok: true, book: closed(book, proposal, outcome, leadAgrees && !enough ? 'Too few teachers agreed while it was open.' : reasons, now.today) };
}

function closed(book: PurposeBook, proposal: Proposal, outcome: Decision['outcome'], reasons: string, on: Day): PurposeBook {
  const { number, purpose, version } = proposal;
  return { proposals: withProposal(book, { ...proposal, agreed: [], objected: [] }).proposals, decisions: [...book.decisions, { on, purpose, version, proposal: number, outcome, reasons }] };
}

/** For good, and with it whatever was proposed for this purpose. */
export function retire(book: PurposeBook, purpose: string, reasons: string, now: Circumstances): Answer {
  const current = schoolPurposes(book, now.today).find((one) => one.purpose === purpose);
  if (current === undefined) return refused('NO_SUCH_PURPOSE');
  if (current.standing === 'retired') return refused('RETIRED');
  const why = whyNotWritten('reasons', reasons, now);
  if (why !== null) return why;
  const open = book.proposals.filter((one) => one.purpose === purpose && !isDecided(book, one));
  const rest = open.reduce((sofar, one) => closed(sofar, one, 'not-agreed', 'The purpose was retired.', now.today), book);
  return { ok: true, book: { ...rest, decisions: [...rest.decisions, { on: now.today, purpose, version: current.version, proposal: null, outcome: 'retired', reasons }] } };
}
