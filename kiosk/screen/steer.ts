/** Turning the camera by hand: from where a finger or a key is, to how fast the camera turns. Pure, apart from `Hand`. */

export interface Speeds { readonly pan: number; readonly tilt: number; readonly zoom: number }

/** Around the middle of the pad, of its half: a finger that only rests there turns nothing. */
const DEAD = 0.15;
/** At the rim of the pad, of the camera's fastest: of a Sony SRG-300H's speeds (1.1 to 101° a second, far from even) the tenth, 27°. A view is 60° wide, so it is crossed in two seconds. */
const RIM = 0.4;
/** A key that is held: 11° a second there. */
const KEY = 0.3;
/** A zoom button that is held: fast enough not to bore, slow enough to stop where one wants. Our choice. */
const HELD = 0.5;

/** @param x, y place on the pad, from −1 (left, top) to 1 (right, bottom); may lie beyond it. */
export function speedsAt(x: number, y: number): Speeds {
  const [pan, tilt] = [speed(x), speed(-y)];
  return { pan, tilt, zoom: 0 };
}

/** Grows as the square, so that near the middle it turns finely. */
function speed(along: number): number {
  const beyond = (Math.min(1, Math.abs(along)) - DEAD) / (1 - DEAD);
  return beyond <= 0 ? 0 : Math.sign(along) * Math.round(RIM * beyond * beyond * 100) / 100;
}

export const CLOSER: Speeds = { pan: 0, tilt: 0, zoom: HELD };
export const WIDER: Speeds = { pan: 0, tilt: 0, zoom: -HELD };

/** What a key on a keyboard does while it is held; undefined where it is none of ours. */
export function speedsOfKey(key: string): Speeds | undefined {
  switch (key) {
    case 'ArrowLeft': return { pan: -KEY, tilt: 0, zoom: 0 };
    case 'ArrowRight': return { pan: KEY, tilt: 0, zoom: 0 };
    case 'ArrowUp': return { pan: 0, tilt: KEY, zoom: 0 };
    case 'ArrowDown': return { pan: 0, tilt: -KEY, zoom: 0 };
    case '+': case '=': return CLOSER;
    case '-': return WIDER;
    default: return undefined;
  }
}

/** What a hand on the camera needs of the page. */
export interface HandOptions {
  drive(speeds: Speeds): Promise<unknown>;
  stop(): Promise<unknown>;
  /** Calls `again` each 200 ms until the returned function is called. */
  repeat(again: () => void): () => void;
}

/**
 * A hand that holds the camera: repeats while it holds, stops when it lets go.
 * Requests may overtake each other, so a stop is said again after the last drive
 * has been answered.
 */
export class Hand {
  readonly #options: HandOptions;
  #speeds: Speeds | undefined;
  #end: () => void = () => undefined;
  #underWay: Promise<unknown> | undefined;

  constructor(options: HandOptions) {
    this.#options = options;
  }

  get isHolding(): boolean {
    return this.#speeds !== undefined;
  }

  hold(speeds: Speeds): void {
    const begins = this.#speeds === undefined;
    this.#speeds = speeds;
    if (!begins) return;
    this.#end = this.#options.repeat(() => this.#drive());
    this.#drive();
  }

  /** Harmless where nothing is held. */
  letGo(): void {
    if (this.#speeds === undefined) return;
    this.#speeds = undefined;
    this.#end();
    this.#stop();
    void this.#underWay?.then(() => { if (this.#speeds === undefined) this.#stop(); });
  }

  /** One at a time: what comes late would steer a camera that has moved on. */
  #drive(): void {
    if (this.#underWay !== undefined || this.#speeds === undefined) return;
    this.#underWay = this.#options.drive(this.#speeds).catch(() => undefined).finally(() => { this.#underWay = undefined; });
  }

  /** Nobody waits for it: the camera stops by itself where no drive comes any more. */
  #stop(): void {
    this.#options.stop().catch(() => undefined);
  }
}
