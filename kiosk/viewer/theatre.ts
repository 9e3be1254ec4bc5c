/** The film with its controls: play, position with marks and pauses, speed, volume, keys. */
import { button, make, paragraph } from './dom.js';
import type { Notes } from './notes.js';
import { Player } from './player.js';
import type { OpenedFilm } from './reader.js';
import { clock, say } from './speech.js';
import type { Reader } from './unlock.js';

export interface Theatre {
  readonly element: HTMLElement;
  readonly keys: (event: KeyboardEvent) => void;
  /** Told where a fragment did not open. */
  onBroken: (atMs: number) => void;
  begin(): Promise<void>;
  at(): number;
  goTo(ms: number): void;
  limit(ms: number): void;
  close(): void;
}

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;
const STEP_S = 10;
/** Where no picture comes, what is wrong is looked for after this. */
const PICTURE_WITHIN_MS = 3000;
/** The slowest pictures that a recorder takes are 10 a second; the usual are 25. */
const PICTURE_S = 0.04;

export function theatre(reader: Reader, film: OpenedFilm, notes: Notes): Theatre {
  const { watch } = say();
  const hasPicture = film.mime.startsWith('video');
  const video = make('video', { playsInline: true, preload: 'auto', className: hasPicture ? '' : 'sound-only' });
  video.setAttribute('aria-label', say().about.title);
  const time = make('span', { className: 'time' }, `0:00 / ${clock(film.durationMs)}`);
  const bar = make('input', { type: 'range', min: '0', max: String(Math.ceil(film.durationMs)), step: '100', value: '0', className: 'position' });
  bar.setAttribute('aria-label', watch.position);
  const ticks = make('div', { className: 'ticks' });
  ticks.setAttribute('aria-hidden', 'true');
  const toggle = (): void => { if (video.paused) void video.play().catch(() => undefined); else video.pause(); };
  const goTo = (ms: number): void => { video.currentTime = Math.min(Math.max(0, ms / 1000), film.durationMs / 1000); };
  const step = (seconds: number): void => goTo((video.currentTime + seconds) * 1000);
  const play = button(watch.play, toggle);
  play.classList.add('play');
  const speed = make('select', { onchange: () => { video.playbackRate = Number(speed.value); } }, ...SPEEDS.map((one) => make('option', { value: String(one), selected: one === 1 }, `${one} ×`)));
  speed.setAttribute('aria-label', watch.speed);
  const faster = (by: number): void => {
    const at = SPEEDS.indexOf(Number(speed.value) as typeof SPEEDS[number]);
    speed.value = String(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))]);
    video.playbackRate = Number(speed.value);
  };
  const volume = make('input', { type: 'range', min: '0', max: '1', step: '0.05', value: '1', className: 'volume', oninput: () => { video.volume = Number(volume.value); } });
  volume.setAttribute('aria-label', watch.volume);
  const full = (): void => void (document.fullscreenElement === null ? video.requestFullscreen() : document.exitFullscreen()).catch(() => undefined);
  const drawTicks = (): void => ticks.replaceChildren(
    ...film.parts.filter(({ continues, fromMs }) => !continues && fromMs > 0).map(({ fromMs }) => tick(fromMs, film, 'pause', watch.pauseHere)),
    ...notes.shown().map(({ ms, kind }) => tick(ms, film, kind, '')),
  );
  notes.onChange(drawTicks);
  drawTicks();
  const tell = (): void => {
    const ms = video.currentTime * 1000;
    if (document.activeElement !== bar || !dragging) bar.value = String(ms);
    bar.setAttribute('aria-valuetext', `${clock(ms)} / ${clock(film.durationMs)}`);
    time.textContent = `${clock(ms)} / ${clock(film.durationMs)}`;
  };
  let dragging = false;
  bar.onpointerdown = () => { dragging = true; };
  bar.onpointerup = () => { dragging = false; };
  bar.oninput = () => goTo(Number(bar.value));
  video.ontimeupdate = tell;
  video.onseeked = tell;
  video.onclick = toggle;
  for (const event of ['play', 'pause', 'ended'] as const) video.addEventListener(event, () => { play.textContent = video.paused ? watch.play : watch.pause; });
  const said = make('p', { className: 'said' });
  const controls = make('div', { className: 'controls', dir: 'ltr' },
    make('div', { className: 'line' }, bar, ticks), play, button(`−${STEP_S} s`, () => step(-STEP_S), true), button(`+${STEP_S} s`, () => step(STEP_S), true), time, speed, volume, button(watch.full, full, true));
  const [backward, forward] = controls.querySelectorAll<HTMLButtonElement>('button.second');
  if (backward !== undefined) backward.title = watch.back10;
  if (forward !== undefined) forward.title = watch.forward10;
  let player: Player | undefined;

  const shortcuts: Readonly<Record<string, () => void>> = {
    ' ': toggle, 'k': toggle, 'ArrowLeft': () => step(-STEP_S), 'ArrowRight': () => step(STEP_S), ',': () => step(-PICTURE_S), '.': () => step(PICTURE_S), '-': () => faster(-1), '+': () => faster(1), '=': () => faster(1),
    'f': full, 'Home': () => goTo(0), 'End': () => goTo(film.durationMs), 'm': () => void notes.mark(video.currentTime * 1000), 'n': () => document.querySelector<HTMLElement>('#note')?.focus(),
  };
  const self: Theatre = {
    element: make('div', { className: 'theatre' }, ...(hasPicture ? [] : [paragraph(watch.soundOnly, 'soft')]), video, controls, said),
    keys(event) {
      const { target } = event;
      const typing = target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && (target.type !== 'range' || event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End'));
      const pressing = (target instanceof HTMLButtonElement || target instanceof HTMLElement && target.localName === 'summary') && event.key === ' ';
      const act = shortcuts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined || typing || pressing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    },
    onBroken: () => undefined,
    begin() {
      if (!MediaSource.isTypeSupported(film.mime)) {
        said.textContent = watch.noPlayer;
        return Promise.resolve();
      }
      player = new Player(video, { mime: film.mime, durationMs: film.durationMs, next: (run, fromMs) => reader.ask('next', { run, fromMs }) }, (atMs) => self.onBroken(atMs));
      return new Promise((resolve) => {
        for (const event of ['loadeddata', 'error', 'ended']) video.addEventListener(event, () => resolve(), { once: true });
        setTimeout(resolve, PICTURE_WITHIN_MS);
      });
    },
    at: () => video.currentTime * 1000,
    goTo,
    limit: (ms) => player?.limit(ms),
    close: () => player?.close(),
  };
  return self;
}

function tick(ms: number, { durationMs }: OpenedFilm, className: string, title: string): HTMLElement {
  const one = make('i', { className, title });
  one.style.left = `${(100 * ms) / Math.max(1, durationMs)}%`;
  return one;
}
