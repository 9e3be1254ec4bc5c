/** Requests to the server. The token lives in here, in memory, and nowhere else: a reload signs out. */
import type { Calls, CollectLine, PreviewProtocol, Refusal, Views } from '../protocol.js';
import type { Language } from '../protocol/common.js';

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
/** The few that take longer: a wait of 20 s, and a stick that is written, synced and read back. */
const SLOW_MS = 40_000;
const SLOW: ReadonlySet<string> = new Set(['/api/lan-wait', '/api/stick-write', '/api/stick-read', '/api/stick-open', '/api/lan-download', '/api/claims', '/api/paper-codes']);
/** Longer than a slow stick takes to write what it still has to write (pipeline/collect/udisks.ts). */
const REMOVE_MS = 150_000;
const patience = (path: string): AbortSignal => AbortSignal.timeout(path === '/api/stick-remove' ? REMOVE_MS : SLOW.has(path) ? SLOW_MS : ANSWER_MS);

type JsonPath = Exclude<keyof Calls, '/api/collect' | '/api/say'>;

export class Api {
  #token = '';

  /** @param bearer stands for the sign-in where there is none yet: the ticket of a paper code. Throws RefusedError. */
  async call<P extends JsonPath>(path: P, body: Calls[P]['body'], bearer?: string): Promise<Calls[P]['reply']> {
    const response = await this.#send(path, { method: 'POST', body: JSON.stringify(body), signal: patience(path) }, bearer);
    return await response.json() as Calls[P]['reply'];
  }

  /** Throws RefusedError. */
  async look<P extends keyof Views>(path: P): Promise<Views[P]> {
    const response = await this.#send(path, { signal: patience(path) });
    return await response.json() as Views[P];
  }

  /** Copies recordings to the stick; tells each line as it comes. Throws RefusedError. */
  async collect(recordings: readonly string[], onLine: (line: CollectLine) => void): Promise<void> {
    const response = await this.#send('/api/collect', { method: 'POST', body: JSON.stringify({ recordings }) });
    let pending = '';
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      const lines = (pending + part.value).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) onLine(JSON.parse(line) as CollectLine);
    }
  }

  /** This text, spoken. @param signal nobody waits for it any more. Throws RefusedError. */
  async say(text: string, language: Language, signal: AbortSignal): Promise<Blob> {
    const body: Calls['/api/say']['body'] = { text, language };
    const response = await this.#send('/api/say', { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.any([signal, patience('/api/say')]) });
    return await response.blob();
  }

  /** Opens the line of the preview with a fresh ticket. Throws RefusedError. */
  async preview(): Promise<WebSocket> {
    const { ticket } = await this.call('/api/preview-ticket', {});
    const protocol: PreviewProtocol = 'lamplight.preview';
    const socket = new WebSocket('/api/preview', [protocol, ticket]);
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

  async #send(path: string, init: RequestInit, bearer = this.#token): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }) };
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
