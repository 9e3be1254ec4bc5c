/** The kiosk's page without a screen: speaks to the server as the page does, and follows the public state. */
import type { PublicState } from '../../kiosk/protocol.js';

export class KioskClient {
  readonly #url: string;
  readonly #listeners = new Set<(state: PublicState) => void>();
  readonly #abort = new AbortController();
  #token = '';
  state: PublicState | undefined;

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  /** Follows the stream of states; again and again where the service comes and goes. */
  follow(): this {
    void (async () => {
      while (!this.#abort.signal.aborted) {
        await this.#read().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    return this;
  }

  close(): void {
    this.#abort.abort();
  }

  /** Resolves with the first state that is as described, now or later. @throws Error where none comes in time. */
  until(what: string, is: (state: PublicState) => boolean, withinMs = 30_000): Promise<PublicState> {
    if (this.state !== undefined && is(this.state)) return Promise.resolve(this.state);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => { this.#listeners.delete(listener); reject(new Error(`${what}: not within ${withinMs} ms; the room says ${JSON.stringify(this.state)}`)); }, withinMs);
      const listener = (state: PublicState): void => {
        if (!is(state)) return;
        clearTimeout(late);
        this.#listeners.delete(listener);
        resolve(state);
      };
      this.#listeners.add(listener);
    });
  }

  phase(kind: PublicState['phase']['kind'], withinMs?: number): Promise<PublicState> {
    return this.until(`phase ${kind}`, ({ phase }) => phase.kind === kind, withinMs);
  }

  async post(path: string, body: object = {}): Promise<Record<string, unknown>> {
    const response = await fetch(this.#url + path, { method: 'POST', headers: { 'content-type': 'application/json', origin: this.#url, ...this.#authorization }, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text.startsWith('{') && !text.trimEnd().includes('\n') ? JSON.parse(text) as Record<string, unknown> : { lines: text };
  }

  async get(path: string): Promise<Record<string, unknown>> {
    const response = await fetch(this.#url + path, { headers: this.#authorization });
    return await response.json() as Record<string, unknown>;
  }

  /** As the demo teacher. */
  async signIn(pin: string, name = 'Dana Demo'): Promise<void> {
    const { names } = await this.get('/api/names') as { names: { id: string; displayName: string }[] };
    const { token } = await this.post('/api/sign-in', { teacher: names.find(({ displayName }) => displayName === name)?.id, pin });
    this.#token = String(token);
  }

  async start(pin: string): Promise<void> {
    await this.signIn(pin);
    await this.phase('waking');
    await this.post('/api/start', { purpose: 'personal-reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told: { class: true, otherAdults: true, visitors: true, outOfPicture: true } });
  }

  /** As the owner of a paused session does, until it records again. */
  async carryOn(pin: string): Promise<void> {
    await this.post('/api/carry-on', { pin });
    await this.phase('recording', 40_000);
  }

  get #authorization(): Record<string, string> {
    return this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
  }

  async #read(): Promise<void> {
    const response = await fetch(`${this.#url}/api/events`, { signal: this.#abort.signal });
    let text = '';
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(bytes).toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (\{.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        const said = data === undefined ? undefined : JSON.parse(data) as Partial<PublicState>;
        if (said?.phase === undefined) continue;
        this.state = said as PublicState;
        for (const listener of this.#listeners) listener(this.state);
      }
    }
  }
}
