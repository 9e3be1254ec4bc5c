/** The state stream, with a watchdog: a screen that hears nothing must not go on showing what was. */
import type { PublicState } from '../protocol.js';
import type { Seen } from './view.js';

/** The server beats each second: three missed beats are a lost link. */
const SILENCE_MS = 3000;

/** How soon to try again where the browser itself gives up. */
const RETRY_MS = 1000;

/** Tells what is seen, at once and at each change, and how loud the recorded room is, for the life of the page. */
export function feed(tell: (seen: Seen) => void, loud: (peakDb: number) => void): void {
  let seen: Seen = { link: 'connecting', state: null, at: performance.now() };
  let heardAt = performance.now();
  let source: EventSource;
  const become = (next: Partial<Seen>): void => {
    seen = { ...seen, ...next };
    tell(seen);
  };
  const connect = (): void => {
    source = new EventSource('/api/events');
    source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      heardAt = performance.now();
      become({ link: 'live', state: JSON.parse(data) as PublicState, at: heardAt });
    });
    source.addEventListener('level', ({ data }: MessageEvent<string>) => loud(Number(data)));
    source.addEventListener('beat', ({ data }: MessageEvent<string>) => {
      heardAt = performance.now();
      // A beat with another number: a state went past us, so the whole picture is asked for again.
      if (seen.link !== 'live' || Number(data) !== seen.state?.rev) reconnect();
    });
  };
  const reconnect = (): void => {
    source.close();
    connect();
  };
  connect();
  tell(seen);
  setInterval(() => {
    if (performance.now() - heardAt > SILENCE_MS && seen.link !== 'lost') become({ link: 'lost' });
    if (source.readyState === EventSource.CLOSED) reconnect();
  }, RETRY_MS);
}
