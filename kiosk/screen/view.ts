/** What to show: a pure function of what the stream says and of how far the person at the screen has got. */
import { msg, str } from '@lit/localize';
import type { PublicPhase, PublicSession, PublicState, Refusal, SignInReply, TeacherName, Trouble } from '../protocol.js';
import { asLastTime, type Draft } from './draft.js';
import { saidWords } from './language/language.js';
import { PAGE_OF, type Page, type Who } from './page-names.js';

/** The stream as last heard. `at`: this page's clock (performance.now()) when `state` came. */
export interface Seen {
  readonly link: 'connecting' | 'live' | 'lost';
  readonly state: PublicState | null;
  readonly at: number;
}

/** How far the person at the screen has got; nothing of it is true until the stream says so. */
export type Step =
  | { readonly step: 'ready' }
  | { readonly step: 'names' }
  | { readonly step: 'pin'; readonly teacher: TeacherName }
  /** What for? Asked first where there is no last time. */
  | { readonly step: 'purpose' }
  | { readonly step: 'plan'; readonly draft: Draft }
  | { readonly step: 'told'; readonly draft: Draft }
  /** Finished just now. */
  | { readonly step: 'saved'; readonly recording: string }
  | { readonly step: 'recordings' }
  | { readonly step: 'page'; readonly page: Page }
  | { readonly step: 'owner-pin'; readonly then: 'carry-on' | 'finish' };

type PauseReason = Extract<PublicPhase, { kind: 'paused' }>['why'];
/** Times `…At` are on this page's clock. */
export type View =
  | { readonly screen: 'notice'; readonly notice: 'connecting' | 'checking' | 'starting' | 'stopping' | 'getting-ready' | 'gone' }
  | { readonly screen: 'lost' }
  | { readonly screen: 'blocked'; readonly reasons: readonly Trouble[] }
  | { readonly screen: 'ready'; readonly lastFault: Trouble | null; readonly someoneSignedIn: boolean; readonly setUp: boolean }
  | { readonly screen: 'names' }
  | { readonly screen: 'pin'; readonly pinFor: PinFor }
  | { readonly screen: 'purpose'; readonly lastFault: Trouble | null }
  | { readonly screen: 'plan' | 'told'; readonly draft: Draft; readonly lastFault: Trouble | null }
  | { readonly screen: 'framing'; readonly live: boolean; readonly mine: boolean; readonly endsAt: number }
  | { readonly screen: 'countdown'; readonly session: PublicSession; readonly startsAt: number }
  | { readonly screen: 'recording'; readonly session: PublicSession; readonly sinceAt: number; readonly endsAt: number }
  | { readonly screen: 'paused'; readonly session: PublicSession; readonly why: PauseReason; readonly closesAt: number }
  | { readonly screen: 'recordings'; readonly mayRecord: boolean }
  | { readonly screen: 'saved'; readonly recording: string }
  | { readonly screen: 'page'; readonly page: Page };

export type PinFor = { readonly kind: 'sign-in'; readonly teacher: TeacherName } | { readonly kind: 'carry-on' | 'finish' };

/** What to show to whom. */
export function viewOf(seen: Seen, step: Step, who: Who): View {
  if (seen.link === 'lost') return { screen: 'lost' };
  if (seen.state === null) return { screen: 'notice', notice: 'connecting' };
  const { phase, signedIn, setUp } = seen.state;
  switch (phase.kind) {
    case 'checking': return { screen: 'notice', notice: 'checking' };
    case 'blocked': return atRest(settle(step, seen, who), null, false) ?? { screen: 'blocked', reasons: phase.reasons };
    case 'idle': case 'waking': {
      const lastFault = phase.lastFault ?? null;
      return atRest(settle(step, seen, who), lastFault, true) ?? { screen: 'ready', lastFault, someoneSignedIn: signedIn, setUp };
    }
    case 'framing': return { screen: 'framing', live: phase.live, mine: who === 'teacher', endsAt: phase.live ? seen.at + phase.endsInMs : Infinity };
    case 'announcing': return { screen: 'countdown', session: phase.session, startsAt: seen.at + phase.countdownMs };
    case 'starting': return { screen: 'notice', notice: 'starting' };
    case 'recording': return { screen: 'recording', session: phase.session, sinceAt: seen.at - phase.elapsedMs, endsAt: seen.at + phase.endsInMs };
    case 'paused':
      if (step.step === 'owner-pin') return { screen: 'pin', pinFor: { kind: step.then } };
      return { screen: 'paused', session: phase.session, why: phase.why, closesAt: seen.at + phase.closesInMs };
    case 'stopping': return { screen: 'notice', notice: phase.next === 'start' ? 'getting-ready' : 'stopping' };
    case 'gone': return { screen: 'notice', notice: 'gone' };
  }
}

/** The screens on the way to a start. In a blocked room a teacher can reach the recordings, and no start. */
function atRest(step: Step, lastFault: Trouble | null, mayRecord: boolean): View | null {
  switch (step.step) {
    case 'ready': case 'owner-pin': return null;
    case 'names': return { screen: 'names' };
    case 'pin': return { screen: 'pin', pinFor: { kind: 'sign-in', teacher: step.teacher } };
    case 'recordings': return { screen: 'recordings', mayRecord };
    case 'page': return { screen: 'page', page: step.page };
    case 'purpose': return mayRecord ? { screen: 'purpose', lastFault } : null;
    case 'plan': case 'told': return mayRecord ? { screen: step.step, draft: step.draft, lastFault } : null;
    case 'saved': return { screen: 'saved', recording: step.recording };
  }
}

/** Whether words of a key may stand on the screen: nothing is captured, and nobody has to say that the camera may look at it. A link that is lost knows neither. */
export function isParked({ link, state }: Seen): boolean {
  if (link !== 'live' || state === null || (state.phase.kind !== 'idle' && state.phase.kind !== 'waking')) return false;
  return !state.warnings.some(({ code }) => code.startsWith('CAMERA'));
}

/** Where a teacher goes after signing in: first to what is to be told or done, then on to a start. */
export function firstStep(me: SignInReply, mayRecord: boolean): Step {
  if (me.reasons.length + me.news.length + me.changes.length + me.goingSoon.length + me.requests > 0) return { step: 'page', page: { page: 'welcome' } };
  return mayRecord ? startStep(me) : { step: 'recordings' };
}

/** The way to a start begins with what was chosen last time; who never did chooses what for. */
export function startStep(me: SignInReply): Step {
  const draft = asLastTime(me);
  return draft === null ? { step: 'purpose' } : { step: 'plan', draft };
}

/** The step that is left of `step` when the room has moved on: no step outlives what it stood on. */
export function settle(step: Step, { state }: Seen, who: Who): Step {
  const kind = state?.phase.kind;
  const atRest = kind === 'idle' || kind === 'waking' || kind === 'blocked';
  switch (step.step) {
    case 'ready': return step;
    case 'names': case 'pin': return atRest ? step : { step: 'ready' };
    case 'purpose': case 'plan': case 'told': case 'saved': case 'recordings': return who === 'teacher' ? step : { step: 'ready' };
    case 'page': return atRest && (PAGE_OF[step.page.page] === 'nobody' || PAGE_OF[step.page.page] === who) ? step : { step: 'ready' };
    case 'owner-pin': return kind === 'paused' ? step : { step: 'ready' };
  }
}

/**
 * What is the matter, besides what the screen itself is about: what was
 * refused, why the last try ended, and what should be known though it stops
 * nothing. The same trouble comes by more than one of these ways, and is said once.
 */
export function noticesOf(view: View, refusal: Refusal | null, warnings: readonly Trouble[]): readonly Trouble[] {
  const refused = refusal === null ? [] : [refusal];
  switch (view.screen) {
    // Under a finger that enters a PIN nothing moves for the room's sake; of a lost room nothing is known.
    case 'pin': case 'lost': return refused;
    case 'blocked': return once([...refused, ...warnings]).filter(({ code }) => code !== view.reasons[0]?.code);
    case 'ready': case 'purpose': case 'plan': case 'told': return once([...refused, ...(view.lastFault === null ? [] : [view.lastFault]), ...warnings]);
    case 'paused': return once([...refused, ...(view.why.by === 'fault' ? [view.why.fault] : []), ...warnings]);
    case 'notice': case 'names': case 'framing': case 'countdown': case 'recording': case 'recordings': case 'saved': case 'page': return once([...refused, ...warnings]);
  }
}

const once = (troubles: readonly Trouble[]): readonly Trouble[] => troubles.filter(({ code }, at) => troubles.findIndex((other) => other.code === code) === at);

/** What a screen reader is told when the screen changes; never a ticking number. `urgent` interrupts. */
export function announcementOf(view: View): { readonly text: string; readonly urgent: boolean } {
  switch (view.screen) {
    case 'countdown': return { text: msg(str`Recording starts in a few seconds. ${saidWords(view.session.purpose)}. Anyone may tap Stop.`), urgent: true };
    case 'recording': return { text: msg(str`Recording now. ${saidWords(view.session.purpose)}. Anyone may tap Stop.`), urgent: true };
    case 'paused': return { text: msg('Recording has stopped. Nothing more to do.'), urgent: true };
    case 'framing': return { text: msg('Camera and microphone on. Not recording.'), urgent: true };
    case 'lost': return { text: msg('This screen lost touch with the recorder. Assume recording.'), urgent: true };
    case 'blocked': return { text: msg('Recording is not possible now.'), urgent: false };
    case 'ready': return { text: msg('Not recording.'), urgent: false };
    case 'saved': return { text: msg('Saved.'), urgent: false };
    case 'notice': case 'names': case 'pin': case 'purpose': case 'plan': case 'told': case 'recordings': case 'page': return { text: '', urgent: false };
  }
}
