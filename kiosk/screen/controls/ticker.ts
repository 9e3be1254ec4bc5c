import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws its element anew while time passes, as long as it is on the page. */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Four times a second, so that a second is never shown more than 250 ms late.
    this.#timer = setInterval(() => this.#host.requestUpdate(), 250);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}
