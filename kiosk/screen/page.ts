/**
 * A page: what is done beside the way to a recording (enrolling, reading the code,
 * looking after the machine). It asks the server by itself, shows its own
 * refusals, and goes on by `go`; the room's state decides whether it is shown at all.
 */
import type { Refusal, SignInReply } from '../protocol.js';
import type { StewardReply } from '../protocol/school.js';
import { RefusedError, type Api } from './api.js';
import type { Step } from './view.js';

export type { Page, PageName } from './page-names.js';

/** What a page is handed as `.desk`. */
export interface PageDesk {
  /** Rejects with RefusedError. Its last argument: the ticket of a paper code, for what is asked before there is a sign-in. */
  readonly call: Api['call'];
  readonly look: Api['look'];
  /** The same, for what a page looks at again and again by itself: it keeps nobody signed in. */
  readonly watch: Api['look'];
  readonly collect: Api['collect'];
  readonly me: SignInReply | null;
  readonly steward: StewardReply | null;
  /** Somebody is signed in now: after enrolling, after signing in as steward. */
  welcome(me: SignInReply): void;
  welcomeSteward(steward: StewardReply): void;
  /** Facts about the signed-in teacher have changed (a text accepted, a key proven): asks for them anew. */
  refresh(): Promise<void>;
  /** Keeps the sign-in while something is done by hand that takes longer than 60 s. */
  stillHere(): void;
  go(step: Step): void;
  signOut(): void;
  /** Nothing is captured and the camera is turned away: only then may words of a key be shown. */
  readonly parked: boolean;
}

/** The refusal in what a call rejected with. @throws whatever is none. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusedError) return error.refusal;
  throw error;
}
