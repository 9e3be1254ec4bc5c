/**
 * Pages in real Chromium, with a desk whose answers the test makes up. What is
 * looked at is looked at as people see it: the console is clean, nothing
 * overflows or overlaps, and targets are large and apart; also with longer
 * words and from right to left, as other languages have it. KIOSK_SHOTS=folder
 * keeps a picture of each.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Refusal, SignInReply } from '../../kiosk/protocol.js';
import type { StewardReply } from '../../kiosk/protocol/school.js';
import { LAYOUT_FAULTS } from './layout-faults.js';

const CHROMIUM = '/usr/bin/chromium';
const SCREEN = join(process.cwd(), 'kiosk/screen');
const shots = process.env['KIOSK_SHOTS'];
/** Why pages cannot be looked at here; false where they can. */
export const skip = existsSync(CHROMIUM) ? false : `needs ${CHROMIUM} (Debian package chromium)`;

export const ME: SignInReply = { token: 'x', displayName: 'A. Ahmed', language: 'en', isLead: true, purposes: [], reasons: [], usualLengthMinutes: 50, bells: [], lastTime: null, views: [{ id: 'standard', name: 'Whole room', covered: false }], modes: ['picture-and-sound', 'sound-only', 'picture-only', 'blurred'], news: [], changes: [], goingSoon: [], requests: 0, idleMs: 60_000 };
export const refusal = (code: string, sentence: string, remedy: string): Refusal => ({ code, sentence, remedy });

type Size = readonly [width: number, height: number];
const SMALL: Size = [1280, 800];
const PORTRAIT: Size = [800, 1280];
const SIZES: readonly Size[] = [SMALL, [1920, 1080], PORTRAIT];

/** Who looks, and what an element is handed besides its desk. */
export interface Showing {
  readonly me?: SignInReply | null;
  readonly steward?: StewardReply;
  readonly parked?: boolean;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Of tap. */
interface Subtests { strictSame(found: unknown, wanted: unknown, message: string): boolean; teardown(close: () => Promise<void>): unknown }

/** Polish and Welsh run so much longer than English. */
const LONGER_BY = 0.4;

/**
 * `foreign(true)`: every sentence that can be translated has longer words, and
 * all runs from right to left. Long text stays on its page, or on its last.
 */
const FOREIGN = `
  import { _installMsgImplementation } from '@lit/localize/init/install.js';
  import { defaultMsg } from '@lit/localize/internal/default-msg.js';
  const longer = (text) => text.replace(/<[^>]*>|\\p{L}{3,}/gu, (word) => (word.startsWith('<') ? word : word + word.slice(0, Math.round(word.length * ${LONGER_BY}))));
  const known = new Map();
  const longerStrings = (strings) => {
    if (!known.has(strings)) known.set(strings, Object.assign(strings.map(longer), { raw: strings.map(longer) }));
    return known.get(strings);
  };
  let isForeign = false;
  let texts = [];
  _installMsgImplementation((template) => {
    if (!isForeign) return defaultMsg(template);
    return typeof template === 'string' ? longer(template) : defaultMsg({ ...template, strings: longerStrings(template.strings) });
  });
  window.foreign = async (now) => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (now) texts = all(document).filter((el) => el.localName === 'lamp-paged').map((el) => ({ el, at: el.at, isLast: el.at >= el.pages.length - 1 }));
    isForeign = now;
    document.documentElement.dir = now ? 'rtl' : 'ltr';
    dispatchEvent(new CustomEvent('lit-localize-status', { detail: { status: 'ready', readyLocale: 'en' } }));
    await drawn();
    await drawn();
    for (const { el, at, isLast } of texts) {
      const next = el.renderRoot.querySelector('.onward .main');
      while (el.at < (isLast ? el.pages.length - 1 : Math.min(at, el.pages.length - 1))) next.click();
    }
    await drawn();
  };`;

/** The desk hands everything on to the test, and around it stands what the kiosk would show: as the kiosk has it. */
const harness = (elements: readonly string[], more: string): string => `
  ${elements.map((path) => `import './${path}.ts';`).join(' ')}
  import './controls/idle-bar.ts'; import './controls/troubles.ts'; import './kiosk.css';
  import { RefusedError } from './api.ts';
  const ask = async (path, body) => {
    const reply = await serve(path, body ?? null);
    if ('remedy' in reply && !('kind' in reply)) throw new RefusedError(reply, 409);
    return reply;
  };
  const [above, screen, below] = document.body.firstElementChild.children;
  window.wentTo = [];
  addEventListener('ask', ({ ask }) => wentTo.push(ask.ask === 'go' ? ask.step : ask));
  const acts = {
    call: ask, look: (path) => ask(path), watch: (path) => ask(path), stillHere: () => wentTo.push('still here'), go: (step) => wentTo.push(step), signOut: () => wentTo.push('signed out'),
    welcome: (me) => put({ desk: { ...desk(), me } }), welcomeSteward: (steward) => put({ desk: { ...desk(), steward } }),
    collect: (recordings, onLine) => {
      window.line = onLine;
      return ask('/api/collect', { recordings });
    },
    refresh: async () => { const now = await ask('/api/me'); put({ desk: { ...desk(), me: { ...desk().me, ...now } } }); },
  };
  const desk = () => screen.firstElementChild.desk;
  window.put = (change) => void Object.assign(screen.firstElementChild, change);
  window.park = (parked) => put({ desk: { ...desk(), parked } });
  window.show = (name, who, more) => {
    wentTo.length = 0;
    const element = document.createElement(name);
    Object.assign(element, { desk: { ...acts, ...who }, mark: () => ask('/api/mark', {}) }, more);
    screen.replaceChildren(element);
  };
  window.surround = (much, bar = much && (desk().me ?? desk().steward) !== null) => {
    const troubles = document.createElement('lamp-troubles');
    troubles.items = [{ code: 'A', sentence: 'The microphone does not answer.', remedy: 'Check the microphone’s cable, then wait a moment. If it stays so, tell the technician.' }];
    const idle = document.createElement('lamp-idle');
    idle.endsAt = performance.now() + 25_000;
    above.className = much ? 'banner' : '';
    above.replaceChildren(...(much ? [troubles] : []));
    below.replaceChildren(...(bar ? [idle] : []));
  };
  const all = (root) => [...root.querySelectorAll('*')].flatMap((el) => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])]);
  window.pressed = () => all(document).filter((el) => el.matches('button:active')).length;
  window.clipped = () => {
    const footers = all(document).filter((el) => el.localName === 'footer' && [...el.parentNode.children].some((other) => other !== el && other.getBoundingClientRect().bottom > el.getBoundingClientRect().top + 1));
    return all(document).filter((el) => el.matches('.sheet, main, ul, .card, li, lamp-write, lamp-paged') && (el.scrollHeight > el.clientHeight + 1 || el.scrollWidth > el.clientWidth + 1)).map((el) => el.localName + ' holds ' + el.scrollWidth + 'x' + el.scrollHeight + ' px in ' + el.clientWidth + 'x' + el.clientHeight).concat(footers.map(() => 'something lies below the footer'));
  };
  ${FOREIGN}
  ${more}`;
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** @param elements files of kiosk/screen that define what is shown, without their `.ts`. @param more script of the page, as if it lay in kiosk/screen. */
export async function pageBench(t: Subtests, elements: readonly string[], more = '') {
  const files = await bundle(elements, more);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'] });
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: SMALL[0], height: SMALL[1] }, hasTouch: true, timezoneId: 'Europe/London' });
  page.setDefaultTimeout(10_000);
  const console: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) console.push(message.text()); });
  page.on('pageerror', (error) => console.push(error.message));
  await page.route('**/*', (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    return file === undefined ? route.fulfill({ status: 404 }) : route.fulfill(file);
  });

  /** What the server would say; a Refusal is one where it has a `remedy`. A function is asked for it. */
  const server = new Map<string, unknown>();
  const asked: [string, unknown][] = [];
  await page.exposeFunction('serve', async (path: string, body: unknown) => {
    asked.push([path, body]);
    const answer = server.get(path) ?? {};
    return typeof answer === 'function' ? await (answer as (body: unknown) => unknown)(body) : answer;
  });
  // The browser's cryptography is there on the machine itself only.
  await page.goto('http://localhost/');

  /** @param prepare script that puts the page so. */
  const holds = async (what: string, shot: string, [width, height]: Size, prepare: string) => {
    await page.setViewportSize({ width, height });
    // All at once: going to and fro between test and browser takes longer than the looking.
    const [faults, clipped] = await page.evaluate<[unknown, unknown]>(`(async () => { ${prepare}; await ${DRAWN}; return [${LAYOUT_FAULTS.trim().replace(/;$/, '')}, clipped()]; })()`);
    t.strictSame(faults, [], `${what} at ${width}x${height}`);
    t.strictSame(clipped, [], `${what} at ${width}x${height}: no text is cut off`);
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${shot}-${width}x${height}.png` });
  };
  const look = async (name: string, words: string | RegExp, sizes: readonly Size[]) => {
    await page.getByText(words).first().waitFor();
    // A tapped button lies 2 px lower for a moment.
    await page.waitForFunction('pressed() === 0');
    for (const size of sizes) for (const much of [false, true]) await holds(`${name}${much ? ' with much to say' : ''}`, `${much ? 'much-' : ''}${name}`, size, `surround(${much})`);
    await page.setViewportSize({ width: SMALL[0], height: SMALL[1] });
    await page.evaluate('surround(false); foreign(true)');
    for (const size of sizes.filter((one) => one === SMALL || one === PORTRAIT)) await holds(`${name} with longer words, and right to left`, `foreign-${name}`, size, '');
    await page.setViewportSize({ width: SMALL[0], height: SMALL[1] });
    await page.evaluate(`(async () => { await foreign(false); await ${DRAWN}; })()`);
  };
  const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().tap();
  /** Each of these buttons, by its whole name. */
  const tapEach = async (names: Iterable<string>) => {
    for (const name of names) await page.getByRole('button', { name, exact: true }).tap();
  };

  return {
    page, server, asked, console, tap, tapEach,
    /** Opens it as the kiosk would. */
    show: (element: string, { me = ME, steward, parked = true, with: more = {} }: Showing = {}) =>
      page.evaluate(`show(${[element, { me, steward: steward ?? null, parked }, more].map((one) => JSON.stringify(one)).join(', ')})`),
    /** Once these words are there: at each size, with the room to itself, and with a notice above and, for whoever is signed in, the idle bar below. */
    look: (name: string, words: string | RegExp) => look(name, words, SIZES),
    /** The same on the smallest panel only, for what is laid out as something else that was looked at. */
    glance: (name: string, words: string | RegExp) => look(name, words, [SMALL]),
    sees: (words: string | RegExp) => page.getByText(words).first().waitFor(),
    toTheEnd: async () => {
      for (let turns = 0; await page.getByRole('button', { name: 'Next', exact: true }).isVisible(); turns += 1) {
        if (turns > 40) throw new Error('the text has no end');
        await tap(/^Next$/);
      }
    },
    write: async (text: string, button: string | RegExp) => {
      await page.locator('textarea').fill(text);
      await tap(button);
    },
    /** With the letters or digits of a pad. */
    enter: async (code: string) => {
      await tapEach(code.replaceAll('-', ''));
      await tap(/^OK$/);
    },
    /** @returns with what it was asked; what was asked before is forgotten. */
    until: async (path: string) => {
      for (let turns = 0; !asked.some(([one]) => one === path); turns += 1) {
        if (turns > 400) throw new Error(`${path} was not asked`);
        await page.evaluate('new Promise((done) => requestAnimationFrame(done))');
      }
      const found = asked.find(([one]) => one === path)?.[1];
      asked.length = 0;
      return found;
    },
    /** Where the page last wanted to go. */
    went: async () => {
      await page.waitForFunction('wentTo.length > 0');
      return await page.evaluate('wentTo.at(-1)');
    },
  };
}

async function bundle(elements: readonly string[], more: string): Promise<Map<string, { body: string | Buffer; contentType: string }>> {
  const { outputFiles } = await build({
    stdin: { contents: harness(elements, more), resolveDir: SCREEN, loader: 'js' },
    outfile: '/kiosk.js', bundle: true, write: false, format: 'esm', target: 'chrome120', tsconfig: join(SCREEN, 'tsconfig.json'),
    assetNames: 'fonts/[name]', loader: { '.woff2': 'file', '.woff': 'empty' }, logLevel: 'warning',
  });
  const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pages</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/kiosk.css"><link rel="stylesheet" href="/frame.css"><script type="module" src="/kiosk.js"></script></head><body><div class="frame"><div></div><div class="screen"></div><div></div></div></body></html>`;
  const frame = '.frame { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; height: 100%; } .screen { min-height: 0; container-type: size; } .banner { padding: var(--gap) var(--edge) 0; }';
  return new Map<string, { body: string | Buffer; contentType: string }>([
    ['/', { body: html, contentType: 'text/html' }],
    ['/frame.css', { body: frame, contentType: 'text/css' }],
    ...outputFiles.map(({ path, contents }) => [path, { body: Buffer.from(contents), contentType: types[path.split('.').at(-1) ?? ''] ?? '' }] as const),
  ]);
}
