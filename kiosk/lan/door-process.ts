/** The LAN page's own process: what the school's network can reach shares no memory with the service, holds no key and no token, and tells the service nothing. Ends with the service. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { BEAT_MS, SILENCE_MS, type DoorFacts, type FromDoor, type ToDoor } from './door-facts.js';
import { doorServer } from './door-server.js';

/** How soon after the silence of the service it is noticed. */
const LOOK_EVERY_MS = 100;

/** CLOCK_MONOTONIC, in milliseconds: the service's clock, too. */
const now = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
const built = (name: string): string => readFileSync(new URL(`../../door/${name}`, import.meta.url), 'utf8');
const tell = (message: FromDoor): void => void process.send?.(message, () => undefined);

let facts: DoorFacts | null = null;
let trueAt = -Infinity;
let publish = (): void => undefined;

function begin({ address, port, languages }: Extract<ToDoor, { kind: 'start' }>): void {
  let host = '';
  const door = doorServer({
    host: () => host, languages, now, wall: () => new Date(),
    seen: () => ({ facts, isFresh: now() - trueAt <= SILENCE_MS }),
    files: { script: built('door.js'), style: built('door.css'), icon: built('icon.svg') },
  });
  publish = () => door.publish();
  const timers = [setInterval(publish, LOOK_EVERY_MS), setInterval(() => door.beat(), BEAT_MS)];
  /** Nothing else keeps the process: it ends by itself. */
  const leave = (): void => {
    timers.forEach(clearInterval);
    door.server.close();
    door.server.closeAllConnections();
    if (process.connected) process.disconnect();
  };
  process.once('disconnect', leave);
  door.server.once('error', leave); // the address is not this machine's, or the port is taken
  door.server.listen(port, address, () => {
    host = `${address}:${(door.server.address() as AddressInfo).port}`;
    tell({ kind: 'listening', host });
  });
}

process.on('message', (message: ToDoor) => {
  if (message.kind === 'start') return begin(message);
  ({ facts, at: trueAt } = message);
  publish();
  return tell({ kind: 'heard' });
});
