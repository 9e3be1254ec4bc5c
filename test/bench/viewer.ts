/**
 * `npm run bench:viewer [-- GIB]`: the page at home with a session of 3.8 GiB (the largest part that there is), from a
 * file in real Chromium: first picture, seeks, memory; beside the whole-file decryption of age-encryption in the same
 * browser, which is what it would take without an index.
 */
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { longLessons } from '../fakes/long-lesson.js';
import { launched, viewer } from '../kiosk/viewer-bench.js';
import { teacherKey } from '../pipeline/keys.js';
import { dice } from '../soaks/soak.js';

const RESULTS = 'test/bench/results/viewer.json';
const SIZE = Number(process.argv[2] ?? 3.8) * 2 ** 30;
/** Whole-file decryption is measured at a size that it takes in seconds; its time grows with the size. */
const PEER_SIZE = 64 * 2 ** 20;
const SEEKS = 60;
const GOAL = 'first picture within 1.0 s of the key, 95 of 100 seeks within 250 ms, at most 200 MB of memory, whatever the length';

/** When the button was pressed, and when the first picture was there to be shown. */
const WATCH = `
  addEventListener('click', ({ target }) => { if (target.closest('form button')) window.pressedAt = performance.now(); }, true);
  new MutationObserver((_, observer) => {
    const video = document.querySelector('video');
    if (video === null) return;
    observer.disconnect();
    video.requestVideoFrameCallback(() => { window.firstPictureAt = performance.now(); });
  }).observe(document, { subtree: true, childList: true });`;

const PEER = `
  import { Decrypter } from 'age-encryption';
  window.decrypt = async (identity) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const began = performance.now();
    const reader = (await decrypter.decrypt(document.querySelector('input').files[0].stream())).getReader();
    let bytes = 0;
    for (let turn = await reader.read(); !turn.done; turn = await reader.read()) bytes += turn.value.length;
    return { ms: performance.now() - began, bytes };
  };`;

const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'viewer-bench-'));
const browser = await launched();
try {
  const key = await teacherKey(folder);
  const lessons = await longLessons(key);
  const began = performance.now();
  const lesson = await lessons(join(folder, 'lesson'), SIZE);
  const small = await lessons(join(folder, 'peer'), PEER_SIZE);
  const madeInSeconds = Math.round((performance.now() - began) / 1000);
  console.log(`${lesson.bytes} bytes, ${lesson.seconds} s of media, made in ${madeInSeconds} s`);
  const loadBefore = loadavg()[0] ?? 0;
  const home = await viewer(browser);
  await home.page.addInitScript(WATCH);
  await home.choose(join(folder, 'lesson'));
  await home.page.locator('#key').setInputFiles(key.file);
  const pageAlone = await largestRenderer(browser);
  await home.press('Unlock');
  await home.until('window.firstPictureAt !== undefined');
  const firstPictureMs = Math.round(Number(await home.page.evaluate('firstPictureAt - pressedAt')));
  console.log(`first picture after ${firstPictureMs} ms`);
  const afterUnlock = await largestRenderer(browser);
  const seeks: number[] = [];
  const roll = dice(1);
  for (let i = 0; i < SEEKS; i += 1) {
    seeks.push(await home.seek((roll(1000) / 1000) * (lesson.seconds - 5)));
    if (i % 10 === 9) console.log(`${i + 1} seeks`);
  }
  const afterSeeks = await largestRenderer(browser);
  const said = await home.page.locator('.verdict').textContent();
  await home.page.close();
  const peer = await wholeFile(browser, small.part, readFileSync(key.file, 'utf8').trim());
  const result = {
    date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Chromium ${browser.version()}`, loadBefore: round(loadBefore), loadAfter: round(loadavg()[0] ?? 0), goal: GOAL,
    session: { bytes: lesson.bytes, seconds: lesson.seconds, madeInSeconds }, firstPictureMs, seekMs: { n: SEEKS, p50: at(seeks, 0.5), p95: at(seeks, 0.95), most: at(seeks, 1) },
    memoryMB: { pageAlone, afterUnlock, afterSeeks, of: 'the renderer process, its share of shared memory included (PSS)' }, verdictMeanwhile: said,
    ageEncryptionWholeFile: { bytes: peer.bytes, ms: Math.round(peer.ms), extrapolatedToThisSessionMs: Math.round((peer.ms * lesson.bytes) / peer.bytes), of: 'decryption alone; a film could begin after it' },
  };
  console.log(JSON.stringify(result, null, 2));
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

function at(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN);
}

function round(load: number): number {
  return Math.round(load * 100) / 100;
}

/** Megabytes. */
async function largestRenderer(of: Browser): Promise<number> {
  const session = await of.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pss = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0));
  return Math.round(Math.max(...pss) / 1024);
}

async function wholeFile(of: Browser, file: string, identity: string): Promise<{ ms: number; bytes: number }> {
  const { outputFiles } = await build({ stdin: { contents: PEER, resolveDir: process.cwd(), loader: 'js' }, bundle: true, write: false, format: 'iife', target: 'chrome120', logLevel: 'warning' });
  const html = join(folder, 'peer.html');
  writeFileSync(html, `<!doctype html><meta charset="utf-8"><title>Peer</title><input type="file"><script>${outputFiles[0]?.text.replaceAll('</script', '<\\/script') ?? ''}</script>`);
  const page = await of.newPage();
  await page.goto(pathToFileURL(html).href);
  await page.locator('input').setInputFiles(file);
  const result = await page.evaluate<{ ms: number; bytes: number }>(`decrypt(${JSON.stringify(identity)})`);
  await page.close();
  return result;
}
