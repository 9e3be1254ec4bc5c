/** All that can happen to a session. Every event says when: the machine has no clock of its own. */
import type { CameraPose, MicrophoneState, Mode, Monotonic, Plan, Purpose, RecorderEvent, SignReport, Verified } from './ports.js';

/** What people ask for. Who may ask is the kiosk's business; what follows is decided here. */
export type Request =
  | { readonly kind: 'signed-in'; readonly owner: string }
  | { readonly kind: 'signed-out' }
  /** What the teacher will probably start: its face goes ahead to the sign, and nothing else follows. */
  | { readonly kind: 'choose'; readonly owner: string; readonly purpose: Purpose; readonly mode: Mode }
  /** While framing: longer. */
  | { readonly kind: 'frame' }
  | { readonly kind: 'stop-framing' }
  | { readonly kind: 'start'; readonly plan: Plan }
  /** By anyone, and always taken. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'pause'; readonly owner: string }
  /** P2.6: the end comes so much later, within what a session may last. */
  | { readonly kind: 'extend'; readonly owner: string; readonly ms: number }
  | { readonly kind: 'carry-on'; readonly owner: string }
  | { readonly kind: 'finish'; readonly owner: string }
  /** After wrong PINs the owner may try again only in so many milliseconds: a pause waits for that, within bounds. Of anyone, since nobody is signed in. */
  | { readonly kind: 'owner-waits'; readonly ms: number }
  | { readonly kind: 'shut-down' };

export type Event = { readonly at: Monotonic } & (
  | { readonly type: 'tick' }
  | { readonly type: 'sign'; readonly report: SignReport }
  | { readonly type: 'camera'; readonly pose: Verified<CameraPose> }
  | { readonly type: 'microphone'; readonly state: Verified<MicrophoneState> }
  | { readonly type: 'recorder'; readonly event: RecorderEvent }
  | { readonly type: 'vault'; readonly begun: boolean }
  | { readonly type: 'request'; readonly request: Request }
);
