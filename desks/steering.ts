/**
 * Turning the camera at the kiosk: the room's saved views, steering by hand, and
 * what a view hides. Joins the store, the camera and the microphone; nothing of it
 * says who did it.
 *
 * A view with covered areas holds the camera (P9.4): what is covered is a place in
 * the picture, and it would show when the camera turned.
 */
import { randomBytes } from 'node:crypto';
import type { SavedView } from '../config/state.js';
import type { Store } from '../config/store.js';
import type { MicrophoneDevice } from '../firmware-bridge/microphone/device.js';
import { DeviceRefused } from '../firmware-bridge/serial/errors.js';
import type { ViscaCamera } from '../firmware-bridge/visca/camera.js';
import type { Answer, Cover, Steering } from '../kiosk/server/house.js';
import { FAULTS } from '../session/faults.js';
import type { FaultCode } from '../session/ports.js';
import { STANDARD_VIEW, viewsOf } from './steering/views.js';

export interface SteeringOptions {
  readonly store: Store;
  readonly camera: ViscaCamera;
  readonly microphone: MicrophoneDevice;
  /** The room's usual view, by the settings. */
  readonly standardView: SavedView['view'];
  /** The camera encodes by itself, so nothing of its picture can be covered. */
  readonly encodesItself: boolean;
}

export interface SteeringDesk extends Steering {
  /** What is never recorded in the chosen view. */
  covers(): readonly Cover[];
  /** Turns to a view before a start. */
  turn(view: string): Answer;
  /** The view that was turned to; null: the standard one, or one that was steered to by hand. */
  chosenView(): string | null;
  /** Nobody frames or records any more: the next teacher begins with the room's usual view. */
  reset(): void;
}

const MOST_VIEWS = 24;
/** Where a camera that does not tell where it looks keeps views: older Sony have presets 0 to 15 (SRG-300H command list), and low numbers are what handsets use. */
const PRESETS = [15, 14, 13, 12, 11, 10, 9, 8] as const;

const OK: Answer = { ok: true };
const refusal = (code: string, sentence: string, remedy: string): Exclude<Answer, { ok: true }> => ({ ok: false, code, sentence, remedy });
const HELD = { code: 'VIEW_COVERED', sentence: 'This view has covered areas, so the camera stays.', remedy: 'Choose another view, or uncover the areas.' };
const NO_VIEW = refusal('NO_VIEW', 'There is no such view.', 'Choose one from the list.');
const TOO_MANY: Answer = { ...refusal('TOO_MANY_VIEWS', 'There are {most} views already.', 'Remove one first.'), values: { most: MOST_VIEWS } };
const NOT_COVERABLE = refusal('NOT_COVERABLE', 'With this camera nothing can be covered.', 'Turn the camera so that it does not see it. The technician can set the camera to another format.');
const NOT_WHILE_RECORDING = refusal('VIEW_COVERED', 'That view has covered areas, which must be covered from the start.', 'Choose another view, or stop and start with that one.');

export function steeringDesk({ store, camera, microphone, standardView, encodesItself }: SteeringOptions): SteeringDesk {
  const listeners = new Set<() => void>();
  /** Undefined: steered by hand since. */
  let chosen: string | undefined = STANDARD_VIEW;
  /** Of a view that is not saved. */
  let loose: readonly Cover[] = [];

  const saved = (): readonly SavedView[] => store.state.views ?? [];
  const covers = (): readonly Cover[] => {
    if (chosen === undefined) return loose;
    return (chosen === STANDARD_VIEW ? store.state.standardCovers : saved().find(({ id }) => id === chosen)?.covers) ?? [];
  };
  const tell = (): void => { for (const listener of listeners) listener(); };
  const choose = (id: string | undefined, view?: SavedView['view']): void => {
    [chosen, loose] = [id, []];
    if (view !== undefined) camera.choose(view);
    tell();
  };
  const turn = (id: string, whileRecording: boolean): Answer => {
    const view = id === STANDARD_VIEW ? { view: standardView, covers: store.state.standardCovers ?? [] } : saved().find((one) => one.id === id);
    if (view === undefined) return NO_VIEW;
    if (whileRecording && covers().length > 0) return { ok: false, ...HELD };
    if (whileRecording && view.covers.length > 0) return NOT_WHILE_RECORDING;
    choose(id, view.view);
    return OK;
  };
  const done = (work: Promise<unknown>, lost: FaultCode, refused: Answer): Promise<Answer> => work.then(() => OK, (error: unknown) => answerTo(error, lost, refused));

  camera.onKnown(tell);
  microphone.onKnown(tell);

  return {
    now() {
      const gain = microphone.known?.can.gain ?? null;
      const dB = microphone.known?.gainDb ?? null;
      return {
        views: viewsOf(store.state),
        chosen: chosen ?? null,
        cameraTrouble: camera.known === undefined ? trouble('CAMERA_LOST') : covers().length > 0 ? HELD : null,
        gain: gain === null || dB === null ? null : { dB, ...gain },
        gainTrouble: microphone.known === undefined ? trouble('MICROPHONE_LOST') : null,
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    covers,
    turn: (id) => turn(id, false),
    chosenView: () => (chosen === undefined || chosen === STANDARD_VIEW ? null : chosen),
    reset() {
      if (chosen !== STANDARD_VIEW) choose(STANDARD_VIEW, standardView);
    },
    drive(speeds) {
      if (covers().length > 0) return;
      camera.drive(speeds);
      if (chosen !== undefined) choose(undefined);
    },
    stop: () => camera.stop(),
    show: (id, whileRecording = false) => Promise.resolve(turn(id, whileRecording)),
    async save(name, hidden) {
      const same = saved().find((one) => one.name === name);
      if (same === undefined && saved().length >= MOST_VIEWS) return TOO_MANY;
      if (hidden.length > 0 && encodesItself) return NOT_COVERABLE;
      const preset = presetFor(same, saved());
      return done(camera.keepHere(preset).then(async (view) => {
        const id = same?.id ?? randomBytes(8).toString('hex');
        await store.update((state) => { state.views = [...(state.views ?? []).filter((one) => one.id !== id), { id, name, view, covers: [...hidden] }]; });
        choose(id);
      }), 'CAMERA_LOST', NOT_HERE);
    },
    async forget(id) {
      if (!saved().some((one) => one.id === id)) return NO_VIEW;
      await store.update((state) => { state.views = (state.views ?? []).filter((one) => one.id !== id); });
      if (chosen === id) choose(undefined);
      else tell();
      return OK;
    },
    async cover(hidden) {
      if (hidden.length > 0 && encodesItself) return NOT_COVERABLE;
      const id = chosen;
      if (id === undefined) loose = [...hidden];
      else await store.update((state) => {
        if (id === STANDARD_VIEW) state.standardCovers = [...hidden];
        else state.views = (state.views ?? []).map((one) => one.id === id ? { ...one, covers: [...hidden] } : one);
      });
      tell();
      return OK;
    },
    gain: (dB) => done(microphone.setGain(dB).then(tell), 'MICROPHONE_LOST', NO_GAIN),
  };
}

const NOT_HERE = refusal('VIEW_NOT_KEPT', 'The camera cannot keep this view.', 'Turn it a little, let it come to rest, and try again.');
const NO_GAIN = refusal('GAIN_REFUSED', 'The microphone did not take that level.', 'Try one step at a time. If it stays so, tell the technician.');

const trouble = (code: FaultCode): { code: string; sentence: string; remedy: string } => ({ code, sentence: FAULTS[code].sentence, remedy: FAULTS[code].remedy });

/** A device that says no is told from one that is gone; anything else is our own fault and goes on up. */
function answerTo(error: unknown, lost: FaultCode, refused: Answer): Answer {
  if (error instanceof DeviceRefused) return refused;
  if (error instanceof Error && error.name === 'DeviceLost') return { ok: false, ...trouble(lost) };
  throw error;
}

/** A place in the camera that no other view has. */
function presetFor(same: SavedView | undefined, views: readonly SavedView[]): number {
  if (same?.view.kind === 'preset') return same.view.preset;
  const taken = views.flatMap(({ view }) => view.kind === 'preset' ? [view.preset] : []);
  return PRESETS.find((preset) => !taken.includes(preset)) ?? PRESETS[0];
}
