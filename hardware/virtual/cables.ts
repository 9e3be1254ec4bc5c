/** What a device hangs on: its control line, and the sign's relay in the line of its picture or sound. */
import { monotonic } from './program.js';
import type { LineCommand, SerialLine } from './serial-line.js';

export type CableCommand =
  | LineCommand
  /** Open means that nothing comes. Open at first, as without power. */
  | { readonly do: 'relay'; readonly state: 'open' | 'closed' };

export type CableEvent =
  /** Nothing is offered from `at` on while it is open. */
  | { readonly at: number; readonly what: 'relay'; readonly state: 'open' | 'closed' }
  | { readonly at: number; readonly what: 'plugged' | 'unplugged' };

export class Cables {
  readonly #line: SerialLine;
  readonly #tell: (event: CableEvent) => void;
  #relay: 'open' | 'closed' = 'open';

  constructor(line: SerialLine, tell: (event: CableEvent) => void) {
    this.#line = line;
    this.#tell = tell;
  }

  get relay(): 'open' | 'closed' {
    return this.#relay;
  }

  async do(command: CableCommand): Promise<void> {
    switch (command.do) {
      case 'relay':
        if (this.#relay !== command.state) this.#tell({ what: 'relay', at: monotonic(), state: (this.#relay = command.state) });
        return;
      case 'plug':
      case 'unplug':
        await this.#line.do(command);
        return this.#tell({ what: `${command.do}ged`, at: monotonic() });
      case 'line':
        return this.#line.do(command);
    }
  }
}
