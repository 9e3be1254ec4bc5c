/**
 * `npm run bench:kiosk -- [--states 60] [--loads 9] [--seconds 10]`: how much the
 * kiosk loads, how soon it paints, and how long it takes from a touch, from a
 * change of state and from a picture to what the screen shows; beside an empty
 * page, at rest and while a real recorder records on the same machine. To the
 * pixels means: to a task after the frame that has them; add the panel.
 */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { PublicPhase } from '../../kiosk/protocol.js';
import { uidOfPeer } from '../../kiosk/server/peer.js';
import { freePort } from '../fakes/free-port.js';
import { openDoor } from '../kiosk/door-bench.js';
import { pictureOfARoom } from '../kiosk/scene-stage.js';
import { PIN, scriptedApp, SESSION } from '../kiosk/scripted-house.js';
import { launch } from '../fakes/chromium.js';
import type { Ask, Told } from './pipeline-service.js';

const RESULTS = 'test/bench/results/kiosk.json';
const SCREEN = 'dist/screen';
const FPS = 12;
const { values } = parseArgs({ options: { states: { type: 'string', default: '60' }, loads: { type: 'string', default: '9' }, seconds: { type: 'string', default: '10' } } });
const [states, loads, seconds] = [Number(values.states), Number(values.loads), Number(values.seconds)];

interface Spread { readonly p50: number; readonly p95: number; readonly max: number; readonly of: number }
function spread(all: readonly number[]): Spread {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (part: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), max: at(1), of: all.length };
}
/** Of this process, as of every page on this machine. */
const now = (): number => performance.timeOrigin + performance.now();

/** What stands on the ready screen needs: the first script and all that it imports at once. */
function scriptsOfReady(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)"(\.[^"]+)"/g)) scriptsOfReady(join(dirname(file), path), seen);
  return seen;
}
const gzipped = (bytes: Buffer): number => gzipSync(bytes).length;

async function lanPage(): Promise<number> {
  const closing: (() => unknown)[] = [];
  const { url } = await openDoor({ teardown: (close: () => unknown) => { closing.push(close); } });
  const html = await (await fetch(url)).text();
  const parts = [...html.matchAll(/(?:src|href)="(\/[\w./-]+\.(?:js|css|svg))"/g)].map(([, path = '']) => new URL(path, url));
  const bodies = await Promise.all(parts.map(async (part) => Buffer.from(await (await fetch(part)).arrayBuffer())));
  for (const close of closing) close();
  return [Buffer.from(html), ...bodies].reduce((sum, body) => sum + gzipped(body), 0);
}

const WINDOW_STARTS_MS = 1500;
async function firstPaints(browser: Browser, url: string): Promise<Spread> {
  const taken: number[] = [];
  for (let load = 0; load < loads; load += 1) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // A window has starting up of its own to do, as long as it is new.
    await sleep(WINDOW_STARTS_MS);
    await page.goto(url, { waitUntil: 'load' });
    taken.push(await page.evaluate<number>(`new Promise((done) => new PerformanceObserver((list) => { const found = list.getEntriesByName('first-contentful-paint')[0]; if (found) done(found.startTime); }).observe({ type: 'paint', buffered: true }))`));
    await page.close();
  }
  return spread(taken);
}

/** `painted(done)`: resolves with the time once `done()` holds and a frame with it has been made. */
const WATCH = `window.painted = (done) => new Promise((resolve) => {
  const look = () => requestAnimationFrame(() => { if (!done()) return look(); const { port1, port2 } = new MessageChannel(); port1.onmessage = () => resolve(performance.timeOrigin + performance.now()); port2.postMessage(0); });
  look();
});
window.shown = () => document.querySelector('lamp-kiosk').shadowRoot.querySelector('.screen').firstElementChild;`;

interface Kiosk { readonly page: Page; readonly house: Awaited<ReturnType<typeof scriptedApp>>['house'] }

async function statesToPixels({ page, house }: Kiosk): Promise<Spread> {
  const taken: number[] = [];
  for (let at = 0; at < states; at += 1) {
    const phase: PublicPhase = at % 2 === 0 ? { kind: 'recording', session: SESSION, elapsedMs: 1000, endsInMs: 2_000_000 } : { kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 600_000 };
    const element = at % 2 === 0 ? 'recording-screen' : 'paused-screen';
    const seen = page.evaluate<number>(`painted(() => shown().localName === '${element}' && shown().shadowRoot.querySelector('h1') !== null)`);
    // The page has to be looking before there is anything to see; and never in step with its frames.
    await sleep(60 + Math.random() * 40);
    const began = now();
    house.become(phase);
    taken.push(await seen - began);
  }
  return spread(taken);
}

async function tapsToPixels({ page, house }: Kiosk): Promise<Spread> {
  const taken: number[] = [];
  house.become({ kind: 'recording', session: SESSION, elapsedMs: 1000, endsInMs: 2_000_000 });
  await page.getByRole('heading', { name: 'RECORDING' }).waitFor();
  for (let at = 0; at < states; at += 1) {
    await page.evaluate(`painted(() => shown().shadowRoot.querySelector('lamp-stop').asked === false)`);
    const seen = page.evaluate<[number, number]>(`(async () => {
      const stop = shown().shadowRoot.querySelector('lamp-stop');
      const touched = new Promise((done) => addEventListener('pointerdown', ({ timeStamp }) => done(performance.timeOrigin + timeStamp), { once: true, capture: true }));
      return [await touched, await painted(() => stop.shadowRoot.querySelector('button').getAttribute('aria-busy') === 'true')];
    })()`);
    await page.getByRole('button', { name: 'Stop', exact: true }).tap();
    const [touched, painted] = await seen;
    taken.push(painted - touched);
  }
  return spread(taken);
}

/** Sixteen black or white blocks along the top of the picture: its number. */
const BITS = 16;
async function numbered(room: Awaited<ReturnType<typeof loadImage>>, number: number): Promise<Buffer> {
  const canvas = createCanvas(640, 360);
  const context = canvas.getContext('2d');
  context.drawImage(room, 0, 0);
  for (let bit = 0; bit < BITS; bit += 1) {
    context.fillStyle = (number >> bit) & 1 ? '#fff' : '#000';
    context.fillRect(bit * 40, 0, 40, 40);
  }
  return await canvas.encode('jpeg', 80);
}

async function picturesToPixels({ page, house }: Kiosk): Promise<Spread> {
  house.become({ kind: 'idle' });
  await page.getByRole('button', { name: /start here/ }).tap();
  await page.getByRole('button', { name: 'A. Ahmed' }).tap();
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).tap();
  await page.getByRole('button', { name: 'OK' }).tap();
  await page.getByRole('heading', { name: 'What is the recording for?' }).waitFor();
  house.become({ kind: 'framing', live: true, endsInMs: 600_000 });
  await page.evaluate(`painted(() => shown().shadowRoot?.querySelector('lamp-preview')?.shadowRoot.querySelector('canvas'))`);
  const room = await loadImage(pictureOfARoom());
  const pictures = await Promise.all(Array.from({ length: seconds * FPS }, (_, number) => numbered(room, number + 1)));
  const seen = page.evaluate<[number, number][]>(`(async () => {
    const context = shown().shadowRoot.querySelector('lamp-preview').shadowRoot.querySelector('canvas').getContext('2d');
    const seen = new Map();
    const end = performance.now() + ${seconds * 1000 + 2000};
    while (performance.now() < end) {
      const at = await painted(() => true);
      let number = 0;
      for (let bit = 0; bit < ${BITS}; bit += 1) if (context.getImageData(bit * 40 + 20, 20, 1, 1).data[0] > 128) number |= 1 << bit;
      if (!seen.has(number)) seen.set(number, at);
    }
    return [...seen];
  })()`);
  await sleep(500);
  const sent = new Map<number, number>();
  for (const [index, picture] of pictures.entries()) {
    sent.set(index + 1, now());
    house.frame(picture);
    await sleep(1000 / FPS);
  }
  return spread((await seen).flatMap(([number, at]) => (sent.has(number) ? [at - (sent.get(number) ?? NaN)] : [])));
}

/** What is measured while a real recorder records 720p on the same cores. */
async function whileRecording<T>(folder: string, measure: () => Promise<T>): Promise<T> {
  const sources = { video: { kind: 'test', pattern: 'ball', width: 1280, height: 720, fps: 30 }, sound: { kind: 'test', wave: 'ticks', channels: 1 } };
  const recorder = fork(new URL('./pipeline-service.js', import.meta.url), [folder, JSON.stringify(sources)]);
  const told = (kind: Told['kind']): Promise<void> => new Promise((done) => recorder.on('message', (one: Told) => { if (one.kind === kind) done(); }));
  const ask = (what: Ask, then: Told['kind']): Promise<void> => { const answer = told(then); recorder.send(what); return answer; };
  await told('up');
  await ask('start', 'recording');
  try {
    return await measure();
  } finally {
    await ask('stop', 'ended');
    recorder.disconnect();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-kiosk-'));
const loadBefore = loadavg()[0];
const port = await freePort();
const { app, house } = await scriptedApp(join(process.cwd(), SCREEN), {
  port, uidOfPeer, allowedUid: process.getuid?.() ?? 0,
  everySecond: (beat) => { const timer = setInterval(beat, 1000); return () => clearInterval(timer); },
});
await app.listen({ host: '127.0.0.1', port });
const browser = await launch();
try {
  const url = `http://localhost:${port}/`;
  const scripts = [...scriptsOfReady(join(SCREEN, 'kiosk.js'))].map((file) => readFileSync(file));
  const emptyPage = await firstPaints(browser, 'data:text/html,<p>x</p>');
  const firstPaint = await firstPaints(browser, url);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, hasTouch: true });
  await page.goto(url);
  await page.evaluate(WATCH);
  await page.getByText('Nothing records unless').waitFor();
  const kiosk = { page, house };
  const atRest = await statesToPixels(kiosk);
  const result = {
    date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}, Chromium ${browser.version()}, no GPU`, loadBefore,
    gzippedBytes: { scriptsToTheReadyScreen: scripts.reduce((sum, script) => sum + gzipped(script), 0), styleSheet: gzipped(readFileSync(join(SCREEN, 'kiosk.css'))), lanPage: await lanPage() },
    firstContentfulPaintMs: { kiosk: firstPaint, emptyPage },
    stateToPixelsMs: { atRest, whileRecording720p: await whileRecording(folder, () => statesToPixels(kiosk)) },
    tapToAcknowledgementMs: await tapsToPixels(kiosk),
    pictureToPixelsMs: { fps: FPS, ...await picturesToPixels(kiosk) },
    loadAfter: loadavg()[0],
  };
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  await browser.close();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}
