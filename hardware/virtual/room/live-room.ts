/** The classroom as the page shows it: looked at whenever something happens, and once a second. */
import type { SignSnapshot } from '../sign/contract.js';
import type { Classroom } from './classroom.js';
import { faultSwitches, touchesOf, type RoomNow } from './switches.js';

/** One look for all events that come together. */
const GATHER_MS = 30;
const MOVING_MS = 100;
const RESTING_MS = 1000;

/** What the page gets with each look. */
interface RoomView {
  /** null for one whose program has ended. */
  readonly signs: readonly (Pick<SignSnapshot, 'lamp' | 'relay' | 'button' | 'glassCrc' | 'width' | 'height' | 'powered'> | null)[];
  readonly camera: RoomNow['camera'];
  readonly microphone: RoomNow['microphone'];
  readonly faults: readonly { readonly id: string; readonly of: number | 'room'; readonly label: string; readonly words: string; readonly on: boolean }[];
}

export class LiveRoom {
  readonly #room: Classroom;
  readonly #faults: ReturnType<typeof faultSwitches>;
  readonly #touches: ReturnType<typeof touchesOf>;
  readonly #remembered = new Set<string>();
  readonly #watchers = new Set<(view: RoomView) => void>();
  /** Devices whose programs have ended: not to be asked any more. */
  readonly #gone = new Set<object>();
  #glasses: readonly (Uint8Array | undefined)[] | undefined;
  #next: NodeJS.Timeout | undefined;

  constructor(room: Classroom) {
    this.#room = room;
    this.#faults = faultSwitches(room);
    this.#touches = touchesOf(room);
    for (const device of this.#devices()) {
      device.on('event', this.#somethingHappened);
      device.once('exit', () => this.#gone.add(device));
    }
  }

  /**
   * A sign's glass as a PNG file; undefined where there is no such sign, or no program of it any more.
   * @param number 1 for the first.
   */
  async glass(number: number): Promise<Uint8Array | undefined> {
    if (this.#glasses === undefined) await this.#look();
    return this.#glasses?.[number - 1];
  }

  /** Looks for as long as somebody watches. @returns what ends it. */
  watch(watcher: (view: RoomView) => void): () => void {
    this.#watchers.add(watcher);
    this.#somethingHappened();
    return () => this.#watchers.delete(watcher);
  }

  /**
   * @param name of a touch, or `<switch>:on` and `<switch>:off`.
   * @returns false where there is no such thing. @throws Error where the device refuses or has gone.
   */
  async touch(name: string): Promise<boolean> {
    const touch = this.#touches.get(name);
    const fault = this.#faults.find(({ id }) => name === `${id}:on` || name === `${id}:off`);
    if (touch !== undefined) await touch();
    else if (fault === undefined) return false;
    else {
      const to = name.endsWith(':on') ? 'on' : 'off';
      await fault.turn(this.#room, to);
      if (to === 'on') this.#remembered.add(fault.id);
      else this.#remembered.delete(fault.id);
    }
    this.#somethingHappened();
    return true;
  }

  close(): void {
    clearTimeout(this.#next);
    this.#watchers.clear();
    for (const device of this.#devices()) device.off('event', this.#somethingHappened);
  }

  #devices() {
    return [...this.#room.signs, this.#room.camera, this.#room.microphone] as const;
  }

  readonly #somethingHappened = (): void => this.#lookIn(GATHER_MS);

  #lookIn(ms: number): void {
    clearTimeout(this.#next);
    if (this.#watchers.size === 0) return;
    this.#next = setTimeout(() => {
      void this.#look().then((view) => {
        for (const watcher of this.#watchers) watcher(view);
        this.#lookIn(view.camera?.moving === true ? MOVING_MS : RESTING_MS);
      });
    }, ms);
  }

  async #look(): Promise<RoomView> {
    const ask = <S>(device: { snapshot(): Promise<S> }): Promise<S | undefined> =>
      this.#gone.has(device) ? Promise.resolve(undefined) : device.snapshot().catch(() => undefined);
    const [signs, camera, microphone] = await Promise.all([Promise.all(this.#room.signs.map(ask)), ask(this.#room.camera), ask(this.#room.microphone)]);
    const now: RoomNow = { signs, camera, microphone };
    const faults = this.#faults.map(({ id, of, label, words, isOn }) => {
      const on = isOn?.(now) ?? this.#remembered.has(id);
      return { id, of, label, words: on ? words.on : words.off, on };
    });
    this.#glasses = signs.map((sign) => sign?.glass);
    const shown = signs.map((sign) => {
      if (sign === undefined) return null;
      const { lamp, relay, button, glassCrc, width, height, powered } = sign;
      return { lamp, relay, button, glassCrc, width, height, powered };
    });
    return { signs: shown, camera, microphone, faults };
  }
}
