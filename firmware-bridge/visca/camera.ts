/** A VISCA camera as the heart's Camera: turned aside and asleep unless it is wanted otherwise, and proven so; steered by hand only while its view is wanted. */
import type { Camera, CameraPose } from '../../session/ports.js';
import { DeviceRefused } from '../serial/errors.js';
import { openLink } from '../serial/link.js';
import type { Policy } from '../serial/supervision.js';
import { createSupervisor, type Log } from '../serial/supervisor.js';
import { systemTimers, type Timers } from '../serial/timers.js';
import { COMMANDS } from './commands.js';
import { createCourtesies } from './courtesies.js';
import { createExchange } from './exchange.js';
import { createEye, unlessRefused, type Scene } from './eye.js';
import { INQUIRIES, type Position } from './inquiries.js';
import { GENERIC, modelNamed, type Model } from './models.js';
import type { View } from './poses.js';
import { createSteering, type Speeds } from './steering.js';
import { createTurning } from './turning.js';

export interface ViscaCameraOptions {
  readonly path: string;
  /** 9600 or 38400 on most cameras, by switch or menu. */
  readonly baudRate: number;
  /** 1 to 7; 1 unless several cameras share the line. */
  readonly address?: number;
  /** A name of `models.ts`, for a camera that does not say rightly what it is. */
  readonly model?: string;
  /** Where the camera sees a wall only; in the camera's own units. */
  readonly parking: Position;
  readonly view: View;
  readonly recheckMs?: number;
  readonly timers?: Timers;
  readonly log?: Log;
}

export interface CameraAbilities {
  readonly tally: boolean;
  readonly irLock: boolean;
  readonly standbySide: boolean;
  readonly tellsPosition: boolean;
  readonly focus: boolean;
}

export interface ViscaCamera extends Camera {
  /** What the pose `view` means from now on; while that pose is wanted the camera turns there. */
  choose(view: View): void;
  /** Steers while held: each speed −1 … 1 (right, up, tele are positive). Ignored unless the pose `view` is wanted and verified. Without a further call it stops by itself after 500 ms. */
  drive(speeds: Speeds): void;
  /** Ends a drive at once: jumps the queue, is never dropped, is sent until acknowledged. Where it then stands becomes the view. */
  stop(): void;
  /**
   * Stands still and reads where it looks; that becomes the chosen view. A camera that does not tell stores it as preset `presetIfBlind`.
   * @throws DeviceLost, DeviceRefused (rejects), also where it looks at the parking wall
   */
  keepHere(presetIfBlind: number): Promise<View>;
  /** Sets the focus, and reads its mode back. @throws DeviceLost, DeviceRefused (rejects) */
  focus(mode: 'auto' | 'manual' | 'once'): Promise<void>;
  /** What it is and can do; undefined while it is lost or not yet greeted. */
  readonly known: { readonly name: string; readonly can: CameraAbilities } | undefined;
  onKnown(listener: (known: ViscaCamera['known']) => void): void;
  close(): Promise<void>;
}

const POLICY: Omit<Policy<CameraPose>, 'recheckMs'> = {
  // Standby would blacken a recording that goes on, for the 20 s that a camera takes to wake: aside is safe enough.
  safeFirst: (wish) => (wish === 'parked' ? 'parked' : 'aside'),
  lostFault: 'CAMERA_LOST',
  astrayFault: (goal) => (goal === 'view' ? undefined : 'CAMERA_NOT_PARKED'),
};

/** Opens the line and keeps the camera parked until something else is wanted. @throws Error for a model that is not in the table. */
export function createViscaCamera(options: ViscaCameraOptions): ViscaCamera {
  const { path, baudRate, address = 1, parking, view, recheckMs = 10_000, timers = systemTimers, log = () => undefined } = options;
  const named = options.model === undefined ? undefined : modelNamed(options.model);
  const link = openLink({ path, baudRate, raiseDtr: true, timers });
  const exchange = createExchange(link, address, timers);
  const scene: Scene = { model: named ?? GENERIC, poses: { parking, view }, steered: false };
  const eye = createEye(exchange, scene, timers);
  const closed = new AbortController();
  const knownListeners: ((known: ViscaCamera['known']) => void)[] = [];
  let known: ViscaCamera['known'];
  let wish: CameraPose = 'parked';
  let showsView = false;

  const know = (news: ViscaCamera['known']): void => {
    if (news === known) return;
    known = news;
    for (const listener of knownListeners) listener(known);
  };
  link.onState(({ kind }) => {
    if (kind === 'lost' || kind === 'closed') know(undefined);
  });

  const steering = createSteering({
    exchange, eye, scene, timers, log,
    onLost: (why) => link.drop(why),
    onStand(stands) {
      if (typeof stands === 'object') {
        scene.poses = { ...scene.poses, view: stands };
        return;
      }
      log(`the camera was steered ${stands === 'wall' ? 'to its parking position, which is no view' : 'somewhere that it does not tell'}; it turns back`);
      supervisor.meantAnew();
    },
  });
  const device = createTurning({
    exchange, eye, scene, named, timers, log,
    courtesies: createCourtesies(exchange, scene, log),
    stopFirst: (signal) => steering.stopFirst(signal),
    onGreeted: (name) => know({ name, can: abilitiesOf(scene.model) }),
  });
  const supervisor = createSupervisor<CameraPose>({ link, device, policy: { ...POLICY, recheckMs }, firstWish: wish, timers, log });
  supervisor.onVerified((pose) => {
    showsView = pose.kind === 'verified' && pose.value === 'view';
    if (!showsView) steering.yield();
  });

  return {
    want(pose) {
      if (pose !== wish) steering.yield();
      wish = pose;
      supervisor.want(pose);
    },
    onVerified: (listener) => supervisor.onVerified(listener),
    choose(chosen) {
      steering.yield();
      scene.poses = { ...scene.poses, view: chosen };
      if (wish === 'view') supervisor.meantAnew();
    },
    drive(speeds) {
      if (wish === 'view' && showsView) steering.drive(speeds);
    },
    stop: () => steering.stop(),
    async keepHere(presetIfBlind) {
      if (wish !== 'view' || !showsView) throw new DeviceRefused('the camera does not show its view now, so there is nothing to keep');
      const stands = await steering.standHere(presetIfBlind);
      scene.poses = { ...scene.poses, view: stands };
      return stands;
    },
    async focus(mode) {
      await exchange.command({ auto: COMMANDS.focusAuto, manual: COMMANDS.focusManual, once: COMMANDS.focusOnce }[mode], closed.signal);
      if (mode === 'once') return;
      const now = await unlessRefused(exchange.ask(INQUIRIES.focusMode, closed.signal));
      if (now !== undefined && now !== mode) throw new DeviceRefused(`the camera says that its focus is ${now}, and not ${mode}`);
    },
    get known() {
      return known;
    },
    onKnown: (listener) => void knownListeners.push(listener),
    close() {
      steering.yield();
      closed.abort(new Error('the camera is closed'));
      return supervisor.close();
    },
  };
}

const abilitiesOf = ({ tally, irLock, standbySide }: Model): CameraAbilities =>
  ({ tally: tally !== 'none', irLock, standbySide, tellsPosition: true, focus: true });
