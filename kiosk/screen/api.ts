/** Requests to the server. The token lives in here, in memory, and nowhere else: a reload signs out. */
import type { Calls, CollectLine, PreviewProtocol, Refusal, Views } from '../protocol.js';

/** What the server said no with, or that it could not be reached. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  readonly status: number;

  constructor(refusal: Refusal, status: number) {
    super(refusal.code);
    this.refusal = refusal;
    this.status = status;
  }
}

const UNREACHED: Refusal = {
  code: 'UNREACHED',
  sentence: 'The recorder does not answer.',
  remedy: 'To stop a recording, press the Stop button on the sign by the door.',
};

/** Longer than the slowest answer, a PIN check on a busy machine. */
const ANSWER_MS = 10_000;

type JsonPath = Exclude<keyof Calls, '/api/collect'>;

export class Api {
  #token = '';

  /** Throws RefusedError. */
  async call<P extends JsonPath>(path: P, body: Calls[P]['body']): Promise<Calls[P]['reply']> {
    const response = await this.#send(path, { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS) });
    return await response.json() as Calls[P]['reply'];
  }

  /** Throws RefusedError. */
  async look<P extends keyof Views>(path: P): Promise<Views[P]> {
    const response = await this.#send(path, { signal: AbortSignal.timeout(ANSWER_MS) });
    return await response.json() as Views[P];
  }

  /** Copies one recording to the stick; tells each line as it comes. Throws RefusedError. */
  async collect(recording: string, onLine: (line: CollectLine) => void): Promise<void> {
    const response = await this.#send('/api/collect', { method: 'POST', body: JSON.stringify({ recording }) });
    let pending = '';
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      const lines = (pending + part.value).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) onLine(JSON.parse(line) as CollectLine);
    }
  }

  /** Opens the line of the preview with a fresh ticket. Throws RefusedError. */
  async preview(): Promise<WebSocket> {
    const { ticket } = await this.call('/api/preview-ticket', {});
    const protocol: PreviewProtocol = 'lamplight.preview';
    const socket = new WebSocket(`ws://${location.host}/api/preview`, [protocol, ticket]);
    socket.binaryType = 'blob';
    return socket;
  }

  keepToken(token: string): void {
    this.#token = token;
  }

  /** For a page that is going away: nobody waits for the answer. */
  signOutOnLeaving(): void {
    if (this.#token !== '') void this.#send('/api/sign-out', { method: 'POST', body: '{}', keepalive: true }).catch(() => undefined);
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }) };
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers, credentials: 'omit' });
    } catch {
      throw new RefusedError(UNREACHED, 0);
    }
    if (response.ok) return response;
    const refusal = await response.json().catch(() => UNREACHED) as Refusal;
    throw new RefusedError(refusal, response.status);
  }
}
