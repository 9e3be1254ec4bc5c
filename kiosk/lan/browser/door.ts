/** Keeps the LAN page fresh, and says so when it cannot. All words come from the server; here is only where they go. */
import type { DoorView } from '../door-facts.js';

/** The server beats each second: three missed beats are a lost link. */
const SILENCE_MS = 3000;
const LOOK_EVERY_MS = 500;
/** Where the server has no place for one more reader. */
const TRY_AGAIN_MS = 5000;

const one = (selector: string, of: ParentNode = document): HTMLElement | null => of.querySelector<HTMLElement>(selector);
/** Only what is different: a live region tells each change. */
const put = (element: HTMLElement | null, text: string): void => {
  if (element !== null && element.textContent !== text) element.textContent = text;
};

const { dataset } = document.body;
let rev = dataset['rev'] ?? '';
let heardAt = performance.now();
let triedAt = heardAt;
let isLost = false;

function showState(kind: string, word: string, says: string): void {
  one('.state')?.setAttribute('data-state', kind);
  put(one('.fresh .word'), word);
  put(one('.fresh .means'), says);
  const room = one('.room')?.textContent ?? '';
  document.title = room === '' ? word : `${word} – ${room}`;
}

function show(view: DoorView): void {
  ({ rev } = view);
  isLost = false;
  put(one('.room'), view.room);
  showState(view.kind, view.word, view.says);
  for (const { name, says, own } of view.rows) {
    const row = one(`[data-row="${name}"]`);
    if (row === null) continue;
    put(one('.says', row), says);
    put(one('.own', row), own);
    row.hidden = says === '' && own === '';
  }
  put(one('.program'), view.program);
}

function lose(): void {
  isLost = true;
  showState('lost', dataset['lostWord'] ?? '', dataset['lostSays'] ?? '');
  for (const name of ['purpose', 'mode']) one(`[data-row="${name}"]`)?.setAttribute('hidden', '');
}

function connect(): EventSource {
  triedAt = performance.now();
  const stream = new EventSource(`/events?lang=${document.documentElement.lang}`);
  stream.addEventListener('state', ({ data }: MessageEvent<string>) => {
    heardAt = performance.now();
    show(JSON.parse(data) as DoorView);
  });
  stream.addEventListener('beat', ({ data }: MessageEvent<string>) => {
    heardAt = performance.now();
    // Another revision, or a link that was thought lost: the whole picture is asked for again.
    if (data !== rev || isLost) reconnect();
  });
  return stream;
}

function reconnect(): void {
  source.close();
  source = connect();
}

function watch(): void {
  const now = performance.now();
  if (now - heardAt > SILENCE_MS && !isLost) lose();
  const isStuck = source.readyState === EventSource.CLOSED || now - heardAt > SILENCE_MS;
  if (isStuck && now - triedAt > TRY_AGAIN_MS) reconnect();
}

let source = connect();
setInterval(watch, LOOK_EVERY_MS);
// A page that was asleep must not show for a moment what was.
for (const wake of ['visibilitychange', 'pageshow', 'focus']) addEventListener(wake, watch, true);
document.documentElement.classList.remove('still');
