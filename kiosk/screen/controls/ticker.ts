import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Does something again and again, as long as its element is on the page. */
export class Repeat implements ReactiveController {
  readonly #act: () => void;
  readonly #eachMs: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, act: () => void, eachMs: number) {
    this.#act = act;
    this.#eachMs = eachMs;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#act, this.#eachMs);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}

/** Four times a second, so that a second is never shown more than 250 ms late. */
const TICK_MS = 250;

/** Draws its element anew while time passes. */
export class Ticker extends Repeat {
  constructor(host: ReactiveControllerHost) {
    super(host, () => host.requestUpdate(), TICK_MS);
  }
}
