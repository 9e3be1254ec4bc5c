/** The LAN page's server with facts that the test makes up, and requests as a stranger makes them. */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { DoorFacts, DoorLanguage, DoorSession, DoorState } from '../../kiosk/lan/door-facts.js';
import { doorServer, type DoorServer, type DoorServerOptions } from '../../kiosk/lan/door-server.js';

export const LANGUAGES: readonly DoorLanguage[] = ['en', 'cy', 'pl', 'ur'];
export const SESSION: DoorSession = { purpose: 'coaching', audience: 'colleagues-i-choose', mode: 'picture-and-sound' };
export const STATES: readonly DoorState[] = [
  ...(['recording', 'starting', 'paused'] as const).map((kind) => ({ kind, session: SESSION })),
  ...(['not-recording', 'camera-on', 'checking', 'stopping', 'out-of-order', 'assume-recording'] as const).map((kind) => ({ kind })),
];
export const FACTS: DoorFacts = {
  state: { kind: 'not-recording' }, room: 'Room 12', contact: 'Mrs Bevan in the office', retentionDays: 60, codeVersion: '1.2', lead: 'C. Novak', version: '0.1.0', buildHash: 'abcdef012345',
};
export const RECORDING: DoorFacts = { ...FACTS, state: { kind: 'recording', session: SESSION } };

const built = (name: string): string => readFileSync(new URL(`../../door/${name}`, import.meta.url), 'utf8');
export const FILES = { script: built('door.js'), style: built('door.css'), icon: built('icon.svg') };

export interface Door {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly door: DoorServer;
  /** From now on this is what it was told. */
  readonly tell: (facts: DoorFacts | null, isFresh?: boolean) => void;
  readonly pass: (ms: number) => void;
}

export async function openDoor(t: Pick<Test, 'teardown'>, options: Partial<DoorServerOptions> = {}): Promise<Door> {
  let [host, time] = ['', 0];
  let seen: { facts: DoorFacts | null; isFresh: boolean } = { facts: FACTS, isFresh: true };
  const door = doorServer({ host: () => host, seen: () => seen, languages: ['en'], files: FILES, now: () => time, wall: () => new Date(2026, 10, 23, 10, 42, 5), ...options });
  door.server.listen(0, '127.0.0.1');
  await once(door.server, 'listening');
  const { port } = door.server.address() as AddressInfo;
  host = `127.0.0.1:${port}`;
  t.teardown(() => {
    door.server.close();
    door.server.closeAllConnections();
  });
  return {
    url: `http://${host}/`, host, port, door,
    tell(facts, isFresh = true) {
      seen = { facts, isFresh };
      door.publish();
    },
    pass: (ms) => { time += ms; },
  };
}

export interface Reply { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

export async function ask(url: string, { body, ...options }: RequestOptions & { body?: string } = {}): Promise<Reply> {
  const sent = request(url, options);
  sent.end(body);
  const [response] = await once(sent, 'response') as [IncomingMessage];
  let text = '';
  for await (const piece of response as AsyncIterable<Buffer>) text += piece.toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

export interface Listening {
  readonly status: number;
  readonly response: IncomingMessage;
  /** All that came. */
  text(): string;
  /** Resolves once the stream has said this, again since the last time. */
  heard(what: RegExp): Promise<void>;
  leave(): void;
}

export async function listen(url: string): Promise<Listening> {
  const sent = request(url);
  sent.on('error', () => undefined);
  sent.end();
  const [response] = await once(sent, 'response') as [IncomingMessage];
  let [text, read] = ['', 0];
  const waiting = new Set<() => void>();
  response.on('error', () => undefined).on('data', (piece: Buffer) => {
    text += piece.toString();
    for (const look of waiting) look();
  });
  return {
    status: response.statusCode ?? 0, response, text: () => text,
    heard: (what) => new Promise((resolve) => {
      const look = (): void => {
        const found = what.exec(text.slice(read));
        if (found === null) return;
        read += found.index + found[0].length;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    }),
    leave: () => sent.destroy(),
  };
}
