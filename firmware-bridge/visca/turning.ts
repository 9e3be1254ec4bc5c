/** A camera as the supervisor's device: greeted, turned aside, put to standby, turned to the view, and read back. */
import type { CameraPose } from '../../session/ports.js';
import { DeviceRefused } from '../serial/errors.js';
import type { Log, SupervisedDevice } from '../serial/supervisor.js';
import { pause, type Timers } from '../serial/timers.js';
import { BROADCASTS, COMMANDS, moveTo, recallPreset, SIDE_MS, zoomTo } from './commands.js';
import type { Courtesies } from './courtesies.js';
import type { Exchange } from './exchange.js';
import { LOOK_EVERY_MS, unlessRefused, type Eye, type Scene } from './eye.js';
import { INQUIRIES } from './inquiries.js';
import { GENERIC, modelFor, type Model } from './models.js';
import { poseOf, type Sighting, type View } from './poses.js';

/** Leaving standby takes some cameras 20 s; entering it, the time to turn to their own rest position. */
const POWER_WITHIN_MS = 20_000;
/** Across the whole range at the slowest speed that is still sensible. */
const TRAVEL_WITHIN_MS = 30_000;
/** A camera that stands still for so long, elsewhere, is not on its way. */
const STUCK_AFTER_MS = 2000;

export interface Turning {
  readonly exchange: Exchange;
  readonly eye: Eye;
  readonly scene: Scene;
  readonly courtesies: Courtesies;
  /** From the settings; overrides what the camera says of itself. */
  readonly named: Model | undefined;
  /** Whatever a lost line left moving is stopped, before all else. */
  readonly stopFirst: (signal: AbortSignal) => Promise<void>;
  /** It was greeted: who it is. */
  readonly onGreeted: (name: string) => void;
  readonly timers: Timers;
  readonly log: Log;
}

export function createTurning({ exchange, eye, scene, courtesies, named, stopFirst, onGreeted, timers, log }: Turning): SupervisedDevice<CameraPose> {
  /** Standby was entered by us from a position that was read back. A camera that is woken, moved and put back by a handset between two checks goes unseen. */
  let leftAside = false;
  /** Read back on this connection. */
  let sideInStandby = false;
  /** The view that it was last turned to on this connection. */
  let turnedTo: View | undefined;

  const pose = (seen: Sighting): CameraPose | undefined => poseOf(seen, scene.poses, scene.model, { leftAside, sideInStandby, steered: scene.steered });

  async function greet(signal: AbortSignal): Promise<void> {
    leftAside = sideInStandby = false;
    turnedTo = undefined;
    courtesies.forget();
    await stopFirst(signal);
    await exchange.broadcast(BROADCASTS.addressSet, signal);
    await exchange.broadcast(BROADCASTS.ifClear, signal);
    const version = await unlessRefused(exchange.ask(INQUIRIES.version, signal));
    scene.model = named ?? (version === undefined ? GENERIC : modelFor(version));
    if (scene.model === GENERIC) scene.model = await fastestOf(signal);
    await exchange.ask(INQUIRIES.power, signal);
    log(`camera answers: ${version === undefined ? 'it does not tell its model' : `vendor ${hex(version.vendor)}, model ${hex(version.model)}`}, spoken to as ${scene.model.name}`);
    onGreeted(scene.model.name);
  }

  /** An unknown camera is asked how fast it may be driven. */
  async function fastestOf(signal: AbortSignal): Promise<Model> {
    const most = await unlessRefused(exchange.ask(INQUIRIES.maxSpeed, signal));
    if (most === undefined) return GENERIC;
    const { driveSpeed: { pan, tilt } } = GENERIC;
    return { ...GENERIC, driveSpeed: { pan: Math.min(pan, most.pan), tilt: Math.min(tilt, most.tilt) } };
  }

  async function command(goal: CameraPose, signal: AbortSignal): Promise<void> {
    const now = await read(signal);
    if (goal === 'view') {
      if (now !== 'view' || turnedTo !== scene.poses.view) await turn('view', signal);
      await courtesies.handset('off', signal);
      return courtesies.tally('on', signal);
    }
    if (goal === 'parked' && now === 'parked') return;
    if (goal === 'aside') {
      if (now !== 'aside') await turn('aside', signal);
      return courtesies.tally('off', signal);
    }
    if (!(scene.model.standbySide && (await toSide(signal))) && now !== 'aside') await turn('aside', signal);
    await courtesies.tally('off', signal);
    await courtesies.handset('on', signal);
    await sleep(signal);
  }

  async function read(signal: AbortSignal): Promise<CameraPose | undefined> {
    const first = await eye.look(undefined, signal);
    if (first.power === 'standby') {
      if (scene.model.standbySide) sideInStandby = ((await unlessRefused(exchange.ask(INQUIRIES.standbyMode, signal))) ?? (sideInStandby ? 'side' : 'neutral')) === 'side';
      if (!sideInStandby) return pose(first);
      const settled = await eye.untilStill(SIDE_MS, signal); // in standby already, it may still turn
      return settled === undefined ? undefined : pose(settled);
    }
    leftAside = false;
    await courtesies.keepTally(signal);
    await pause(timers, LOOK_EVERY_MS, signal);
    return pose(await eye.look(first, signal));
  }

  /** Standby will turn it away; false where it does not say so, after having been told. */
  async function toSide(signal: AbortSignal): Promise<boolean> {
    await wake(signal);
    await unlessRefused(exchange.command(COMMANDS.stopDrive, signal));
    const mode = await unlessRefused(exchange.ask(INQUIRIES.standbyMode, signal));
    if (mode !== 'side') await unlessRefused(exchange.command(COMMANDS.standbySide, signal));
    sideInStandby = mode === 'side' || (await unlessRefused(exchange.ask(INQUIRIES.standbyMode, signal))) === 'side';
    if (!sideInStandby) log('the camera does not take standby mode "side"; it is turned to its parking position instead');
    return sideInStandby;
  }

  async function turn(goal: 'aside' | 'view', signal: AbortSignal): Promise<void> {
    await wake(signal);
    await unlessRefused(exchange.command(COMMANDS.stopDrive, signal));
    scene.steered = false;
    const { view, parking } = scene.poses;
    turnedTo = undefined;
    if (goal === 'aside') await exchange.command(moveTo(parking, scene.model), signal);
    else if (view.kind === 'preset') await exchange.command(recallPreset(view.preset), signal);
    else {
      if (view.zoom !== undefined) await exchange.command(zoomTo(view.zoom), signal);
      await exchange.command(moveTo(view, scene.model), signal);
    }
    await arrive(goal, signal);
    if (goal === 'view') turnedTo = view;
  }

  /** Not all cameras complete a move only when it has ended, so they are watched until they stand. */
  async function arrive(goal: 'aside' | 'view', signal: AbortSignal): Promise<void> {
    const startedAt = timers.now();
    let movedAt = startedAt;
    let seen = await eye.look(undefined, signal);
    while (pose(seen) !== goal) {
      const now = timers.now();
      if (!seen.still) movedAt = now;
      if (now - movedAt > STUCK_AFTER_MS || now - startedAt > TRAVEL_WITHIN_MS) {
        throw new DeviceRefused(`the camera stands at ${where(seen)} and not ${goal}${await defects(signal)}; see that nothing blocks it, and check its positions in the settings`);
      }
      await pause(timers, LOOK_EVERY_MS, signal);
      seen = await eye.look(seen, signal);
    }
  }

  async function defects(signal: AbortSignal): Promise<string> {
    const status = await unlessRefused(exchange.ask(INQUIRIES.headStatus, signal));
    if (status?.panDefective === true) return '; it says that its pan mechanism is defective';
    if (status?.tiltDefective === true) return '; it says that its tilt mechanism is defective';
    return status?.failed === true ? '; it says that the move failed' : '';
  }

  async function wake(signal: AbortSignal): Promise<void> {
    leftAside = false;
    if ((await exchange.ask(INQUIRIES.power, signal)) === 'on') return;
    await exchange.command(COMMANDS.powerOn, signal);
    // On, and its motors with it: before, it refuses to be moved.
    await until('on', signal, ({ power, position }) => power === 'on' && position !== undefined);
  }

  async function sleep(signal: AbortSignal): Promise<void> {
    await exchange.command(sideInStandby ? COMMANDS.standbyTurning : COMMANDS.standby, signal);
    await until('in standby', signal, ({ power }) => power === 'standby');
    leftAside = true;
  }

  async function until(what: string, signal: AbortSignal, done: (seen: Sighting) => boolean): Promise<void> {
    const deadline = timers.now() + POWER_WITHIN_MS;
    for (let seen = await eye.look(undefined, signal); !done(seen); seen = await eye.look(undefined, signal)) {
      if (timers.now() > deadline) throw new DeviceRefused(`the camera is not ${what} after ${POWER_WITHIN_MS} ms (power ${seen.power}, ${where(seen)}); check its power`);
      await pause(timers, LOOK_EVERY_MS, signal);
    }
  }

  return { greet, command, read };
}

const where = ({ position }: Sighting): string => (position === undefined ? 'an unknown position' : `pan ${position.pan} tilt ${position.tilt}`);
const hex = (id: number): string => id.toString(16).padStart(4, '0');
