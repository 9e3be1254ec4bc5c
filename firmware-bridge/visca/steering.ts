/**
 * Driving a camera by hand. It turns only while somebody keeps asking for it:
 * a dead man's switch of our own stops it, a stop overtakes everything and is
 * repeated until it is acknowledged, and where it then stands is read back.
 */
import { DeviceLost, DeviceRefused } from '../serial/errors.js';
import type { Log } from '../serial/supervisor.js';
import { pause, type Timers } from '../serial/timers.js';
import { COMMANDS, driveAt, setPreset, zoomAt, type Command } from './commands.js';
import type { Exchange } from './exchange.js';
import { unlessRefused, type Eye, type Scene } from './eye.js';
import { INQUIRIES } from './inquiries.js';
import { looksAside, type View } from './poses.js';

export interface Speeds {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface Steering {
  drive(speeds: Speeds): void;
  stop(): void;
  /** Something else is wanted of the camera: a drive ends, and where it stands does not matter. */
  yield(): void;
  /** The first words on a new line: whatever the old one left moving is stopped. */
  stopFirst(signal: AbortSignal): Promise<void>;
  /** Makes it stand, and gives where, as a view: a preset where the camera does not tell its position. @throws DeviceLost, DeviceRefused; also at the parking wall */
  standHere(presetIfBlind: number): Promise<View>;
}

export interface SteeringParts {
  readonly exchange: Exchange;
  readonly eye: Eye;
  readonly scene: Scene;
  readonly timers: Timers;
  readonly log: Log;
  /** It came to stand there. */
  readonly onStand: (where: View | 'wall' | 'untold') => void;
  readonly onLost: (why: string) => void;
}

export const DEAD_MAN_MS = 500;
/** A stop that is not acknowledged by then is said again. */
export const INSIST_EVERY_MS = 300;
/** A camera that takes none of so many has its line begun anew, and is told first of all there. */
const STOPS = 10;
const STOP_BOTH = [COMMANDS.stopDrive, COMMANDS.stopZoom] as const;
/** The motors run out. */
const SETTLES_WITHIN_MS = 3000;

export function createSteering({ exchange, eye, scene, timers, log, onStand, onLost }: SteeringParts): Steering {
  let driving: AbortController | undefined;
  let settling = new AbortController();
  let halting = false;
  /** A drive was sent, and no stop acknowledged since. */
  let owesStop = false;
  let wanted: readonly Command[] = [];
  let letGo = (): void => undefined;

  function fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (error instanceof DeviceLost) onLost(error.message);
    else log((error as Error).message);
  }

  function drive({ pan, tilt, zoom }: Speeds): void {
    if (pan === 0 && tilt === 0 && zoom === 0) return stop();
    if (halting) return;
    letGo();
    letGo = timers.after(DEAD_MAN_MS, stop);
    wanted = [driveAt({ pan, tilt }, scene.model.driveSpeed), zoomAt(zoom)];
    if (driving !== undefined) return;
    settling.abort();
    driving = new AbortController();
    scene.steered = owesStop = true;
    for (const lane of [0, 1]) void follow(lane, driving.signal);
  }

  /** Says what is wanted of pan-tilt or zoom; while an answer is awaited, only the latest wish is kept. */
  async function follow(lane: number, signal: AbortSignal): Promise<void> {
    let said: Command = lane === 0 ? COMMANDS.stopDrive : COMMANDS.stopZoom;
    try {
      while (!signal.aborted) {
        const next = wanted[lane];
        if (next === undefined) return;
        if (String(next.body) === String(said.body)) await pause(timers, 20, signal);
        else await exchange.command((said = next), signal);
      }
    } catch (error) {
      fail(error, signal);
    }
  }

  function end(): boolean {
    letGo();
    const was = driving !== undefined;
    driving?.abort(new Error('the drive has ended'));
    driving = undefined;
    wanted = [];
    return was;
  }

  function stop(): void {
    if (end()) void settle();
  }

  async function settle(): Promise<void> {
    settling = new AbortController();
    const { signal } = settling;
    try {
      await halt(signal);
      const stands = await standing(signal);
      scene.steered = false;
      onStand(stands);
    } catch (error) {
      // What it looks at is the supervisor's to read, and no longer taken for the view unseen.
      if (!signal.aborted) scene.steered = false;
      fail(error, signal);
    }
  }

  async function halt(signal: AbortSignal): Promise<void> {
    halting = true;
    try {
      await Promise.all(STOP_BOTH.map((command) => insist(command, signal)));
      owesStop = false;
    } finally {
      halting = false;
    }
  }

  async function insist(command: Command, signal: AbortSignal): Promise<void> {
    for (let times = 0; times < STOPS; times += 1) {
      const said = exchange.command(command, signal).then(() => 'accepted' as const, (error: unknown) => error);
      const first = await Promise.race([said, pause(timers, INSIST_EVERY_MS, signal).then(() => 'silent' as const)]);
      if (first === 'accepted') return;
      if (first !== 'silent' && !(first instanceof DeviceRefused)) throw first;
      if (first !== 'silent') await pause(timers, INSIST_EVERY_MS, signal);
    }
    throw new DeviceLost(`the camera did not take ${command.name} after ${STOPS} times; check its cable`);
  }

  /** Where it came to stand. @throws DeviceLost where it still turns. */
  async function standing(signal: AbortSignal): Promise<View | 'wall' | 'untold'> {
    const seen = await eye.untilStill(SETTLES_WITHIN_MS, signal);
    if (seen === undefined) throw new DeviceLost('the camera still turns after it was told to stop; its line is begun anew');
    if (seen.position === undefined || seen.power !== 'on') return 'untold';
    if (looksAside(seen.position, scene.poses, scene.model)) return 'wall';
    const zoom = await unlessRefused(exchange.ask(INQUIRIES.zoom, signal));
    return { kind: 'position', ...seen.position, ...(zoom === undefined ? {} : { zoom }) };
  }

  return {
    drive,
    stop,
    yield() {
      if (end()) for (const command of STOP_BOTH) void exchange.command(command, new AbortController().signal).catch(() => undefined);
      settling.abort();
      scene.steered = false;
    },
    async stopFirst(signal) {
      end();
      settling.abort();
      scene.steered = false;
      if (!owesStop) return;
      for (const command of STOP_BOTH) {
        const said = exchange.command(command, signal).then(() => true, () => true);
        if (!(await Promise.race([said, pause(timers, INSIST_EVERY_MS, signal).then(() => false)]))) return;
      }
      owesStop = false;
    },
    async standHere(presetIfBlind) {
      end();
      settling.abort();
      settling = new AbortController();
      const { signal } = settling;
      await halt(signal);
      const stands = await standing(signal).finally(() => (scene.steered = false));
      if (stands === 'wall') throw new DeviceRefused('the camera looks at its parking wall, which is no view; steer it elsewhere first');
      if (stands === 'untold') await exchange.command(setPreset(presetIfBlind), signal);
      return stands === 'untold' ? { kind: 'preset', preset: presetIfBlind } : stands;
    },
  };
}
