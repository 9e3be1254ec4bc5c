/** What a teacher sees of the proposals: how each stands, and never how many agreed, nor who (P3.3). */
import type { Day, Objection, Proposal, PurposeBook, PurposeText } from './purposes.js';

export interface ProposalView extends Pick<Proposal, 'number' | 'kind' | 'purpose' | 'version'> {
  readonly text: PurposeText;
  readonly objections: readonly Objection[];
  readonly status:
    | { readonly kind: 'open'; readonly until: Day }
    | { readonly kind: 'with-the-lead' }
    | { readonly kind: 'agreed' | 'not-agreed'; readonly on: Day; readonly reasons: string };
  /** What the teacher who looks has said; nobody else's. */
  readonly youAgreed: boolean;
  readonly youObjected: boolean;
}

/** @param teacher who is signed in. @returns the newest first. */
export function proposalsFor(book: PurposeBook, teacher: string, today: Day): ProposalView[] {
  return book.proposals.map((proposal) => {
    const { number, kind, purpose, version, text, objections, agreed, objected } = proposal;
    return { number, kind, purpose, version, text, objections, status: statusOf(book, proposal, today), youAgreed: agreed.includes(teacher), youObjected: objected.includes(teacher) };
  }).reverse();
}

function statusOf(book: PurposeBook, proposal: Proposal, today: Day): ProposalView['status'] {
  const decision = book.decisions.find((one) => one.proposal === proposal.number);
  if (decision !== undefined) return { kind: decision.outcome === 'agreed' ? 'agreed' : 'not-agreed', on: decision.on, reasons: decision.reasons };
  return today > proposal.openUntil ? { kind: 'with-the-lead' } : { kind: 'open', until: proposal.openUntil };
}
