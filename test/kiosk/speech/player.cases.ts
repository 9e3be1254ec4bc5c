/** The player in real Chromium, over the real app with its real policy: files, speech, and what is dropped. */
import { build } from 'esbuild';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { uidOfPeer } from '../../../kiosk/server/peer.js';
import { Espeak } from '../../../kiosk/speech/espeak.js';
import type { PublicPhase } from '../../../kiosk/protocol.js';
import { launch, skip } from '../../fakes/chromium.js';
import { freePort } from '../../fakes/free-port.js';
import { scriptedApp, SESSION as session } from '../scripted-house.js';

const SCREEN = fileURLToPath(new URL('../../../../kiosk/screen', import.meta.url));
const built = fileURLToPath(new URL('../../../screen/sounds', import.meta.url));
/** What a kiosk's Chromium is started with (kiosk/speech/README.md). */
const MAY_PLAY = '--autoplay-policy=no-user-gesture-required';

t.setTimeout(200_000);

/** What became of each sound, in order. */
interface Played { readonly src: string; readonly startedAt: number | null; readonly endedAt: number | null; readonly currentTime: number; readonly duration: number; readonly paused: boolean; readonly volume: number }

/** Notes every sound that is made, and hands the player to the test. */
const HARNESS = `
import { Player } from './player.ts';
import { Api } from './api.ts';
const sounds = [];
window.Audio = class { constructor(url) {
  const audio = document.createElement('audio');
  const one = { audio, startedAt: null, endedAt: null };
  audio.addEventListener('playing', () => { one.startedAt = performance.now(); });
  audio.addEventListener('ended', () => { one.endedAt = performance.now(); });
  audio.src = url;
  sounds.push(one);
  return audio;
} };
window.works = [];
const api = new Api();
window.player = new Player({ say: (text, language, signal) => api.say(text, language, signal), onSound: (works) => window.works.push(works) });
window.hear = (phase, link = 'live') => window.player.hear({ link, at: performance.now(), state: phase && { rev: 1, phase, warnings: [], signedIn: false, setUp: true, version: '', buildHash: '' } });
window.played = () => sounds.map(({ audio, startedAt, endedAt }) => ({ src: audio.src.replace(location.origin, ''), startedAt, endedAt, currentTime: audio.currentTime, duration: audio.duration, paused: audio.paused, volume: audio.volume }));
if (location.search === '?alone') window.player.play(['found'], ['en']);
window.over = (count) => sounds.length >= count && sounds.slice(0, count).every(({ audio, startedAt, endedAt }) => endedAt !== null || (startedAt !== null && audio.paused));
`;

/** One for each set of flags: to start one takes longer than most of what is heard in it. */
const browsers = new Map<string, Promise<Browser>>();
function browserWith(flags: readonly string[]): Promise<Browser> {
  const there = browsers.get(flags.join(' ')) ?? launch(...flags);
  browsers.set(flags.join(' '), there);
  return there;
}

async function open(t: Test, flags: readonly string[], query = '') {
  const { outputFiles: [script] } = await build({ stdin: { contents: HARNESS, resolveDir: SCREEN, loader: 'js' }, bundle: true, write: false, format: 'esm', target: 'chrome120', tsconfig: join(SCREEN, 'tsconfig.json'), logLevel: 'warning' });
  const screenDir = t.testdir({ 'index.html': '<!doctype html><html lang="en"><title>sounds</title><link rel="icon" href="/icon.svg"><script type="module" src="/page.js"></script><button>Touch</button></html>', 'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>', 'page.js': script?.text ?? '' });
  cpSync(built, join(screenDir, 'sounds'), { recursive: true });
  const port = await freePort();
  const { app, house } = await scriptedApp(screenDir, { port, uidOfPeer, allowedUid: process.getuid?.() ?? 0 });
  house.speech.say = (text, language, signal) => new Espeak().say(text, language, signal);
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= app.close());
  t.teardown(close);
  await app.listen({ host: '127.0.0.1', port });
  const page = await (await browserWith(flags)).newPage();
  t.teardown(() => page.close());
  page.setDefaultTimeout(30_000);
  const console: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) console.push(message.text()); });
  page.on('pageerror', (error) => console.push(error.message));
  await page.goto(`http://localhost:${port}/${query}`);
  await until(page, 'window.player !== undefined');
  return { page, console, close };
}

const played = (page: Page) => page.evaluate<Played[]>('played()');
const hear = (page: Page, phase: PublicPhase | null, link = 'live') => page.evaluate(`hear(${JSON.stringify(phase)}, ${JSON.stringify(link)})`);
/** Not by waitForFunction, which the page's policy forbids. */
const until = (page: Page, what: string) => page.evaluate(`(async () => { while (!(${what})) await new Promise((done) => setTimeout(done, 20)); })()`);
const over = (page: Page, count: number) => until(page, `over(${count})`);
const wasHeard = ({ endedAt, currentTime, duration }: Played): boolean => endedAt !== null && currentTime > 0.05 && Math.abs(currentTime - duration) < 0.1;

t.test('the player in Chromium', { skip }, async (t) => {
  t.teardown(async () => { for (const browser of browsers.values()) await (await browser).close(); });
  if (!existsSync(join(built, 'en/stopped.ogg'))) return t.fail('the sounds are not built; run npm run build');

  await t.test('P9.2 files are heard to their end, one after another, in two languages; what is no longer so is cut short', async (t) => {
    const { page, console } = await open(t, [MAY_PLAY]);
    await page.evaluate('player.load(["en", "cy"])');
    await hear(page, { kind: 'waking' });
    await hear(page, { kind: 'announcing', session, countdownMs: 2000 });
    await until(page, 'played().filter(({ duration, endedAt }) => duration > 0.5 && endedAt !== null).length === 2');
    const first = await played(page);
    const words = first.filter(({ duration }) => duration > 0.5);
    t.ok(words.every(wasHeard), 'the words in both languages');
    t.ok((words[1]?.startedAt ?? 0) >= (words[0]?.endedAt ?? Infinity), 'the second after the first, not over it');
    t.ok(first.some((one) => one.duration < 0.2 && wasHeard(one)), 'and a tick beside them');

    await hear(page, { kind: 'starting', session });
    await hear(page, { kind: 'recording', session, elapsedMs: 0, endsInMs: 3_000_000 });
    await until(page, 'played().at(-1).duration > 2 && played().at(-1).startedAt !== null');
    const before = (await played(page)).length;
    await page.evaluate('player.becomes(0.25)');
    t.equal((await played(page))[before - 1]?.volume, 0.25, 'WCAG 1.4.2: softer at once, in the middle of a word');
    await hear(page, { kind: 'stopping', next: 'pause' });
    await over(page, before + 4);
    const all = await played(page);
    const cut = all[before - 1];
    t.ok(cut !== undefined && cut.endedAt === null && cut.paused, 'RECORDING is not said to its end');
    t.ok(all.slice(before, before + 4).every((one) => wasHeard(one) && one.volume === 0.25), 'but that it has stopped, after its chime, in both, and as softly; a tick before let it be heard');
    t.ok(all.every(({ src }) => src.startsWith('blob:')), 'all from memory');
    t.strictSame(console, [], 'and the policy lets it');
    t.strictSame(await page.evaluate('works'), []);
  });

  await t.test('a text is read aloud; another one, or a word for the room, takes its place', async (t) => {
    const { page, console } = await open(t, [MAY_PLAY]);
    const asked = await page.evaluate<number>('(player.say("A. Ahmed", "en"), performance.now())');
    await over(page, 1);
    const [name] = await played(page);
    t.ok(name !== undefined && wasHeard(name) && name.duration > 0.4);
    t.comment(`from asking to sound: ${Math.round((name?.startedAt ?? 0) - asked)} ms`);

    await page.evaluate('player.say("Ten long words are read to whoever stands here now.", "en"), player.say("Krótko.", "pl")');
    await over(page, 2);
    t.equal((await played(page)).length, 2, 'the first was never begun');
    await page.evaluate('void player.say("Ten long words are read to whoever stands here now, and ".repeat(6) + "that is all.", "en")');
    await until(page, 'played().length === 3 && played()[2].startedAt !== null');
    await page.evaluate('player.hush()');
    await until(page, 'played()[2].paused');
    t.equal((await played(page))[2]?.endedAt, null, 'hushed');
    await page.evaluate('player.play(["found"], ["ur"])');
    await page.evaluate('player.hush()');
    await over(page, 4);
    const last = (await played(page)).at(-1);
    t.ok(last?.src.endsWith('/sounds/ur/found.ogg') && wasHeard(last), 'what was not loaded is asked for; P9.2 and no hush ends what the room has to hear');
    t.strictSame(console, []);
  });

  await t.test('a lost link is said from memory, when nobody answers any more', async (t) => {
    const { page, close } = await open(t, [MAY_PLAY]);
    await page.evaluate('player.load(["en"])');
    await hear(page, { kind: 'idle' });
    await close();
    await hear(page, { kind: 'idle' }, 'lost');
    await over(page, 1);
    t.ok(wasHeard((await played(page))[0] as Played));
  });

  await t.test('a browser that may not play says so, and that it may after a touch', async (t) => {
    // What a test evaluates counts as a touch: the page plays by itself.
    const { page } = await open(t, ['--autoplay-policy=document-user-activation-required'], '?alone');
    await until(page, 'works.length === 1');
    await page.getByRole('button').click();
    await page.evaluate('player.play(["stopped"], ["en"])');
    await until(page, 'works.length === 2');
    t.strictSame(await page.evaluate('works'), [false, true]);
  });
});
