/**
 * What pages stand on when they are looked at without a server: real Chromium,
 * real elements and style sheets, what the kiosk would show around them, any
 * language, and a desk that hands everything on to `serve`, which whoever uses
 * the stage defines.
 */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { SignInReply } from '../../kiosk/protocol.js';
import { until } from '../fakes/until.js';

const SCREEN = join(process.cwd(), 'kiosk/screen');

export const ME: SignInReply = { token: 'x', displayName: 'A. Ahmed', language: 'en', isLead: true, purposes: [], reasons: [], usualLengthMinutes: 50, bells: [], lastTime: null, views: [{ id: 'standard', name: 'Whole room', covered: false }], modes: ['picture-and-sound', 'sound-only', 'picture-only', 'blurred'], news: [], changes: [], goingSoon: [], requests: 0, idleMs: 60_000 };

export type Size = readonly [width: number, height: number];
/** The smallest panel that the kiosk is made for. */
export const SMALL: Size = [1280, 800];
export const PORTRAIT: Size = [800, 1280];
export const LARGE: Size = [1920, 1080];

/** Polish and Welsh run so much longer than English. */
const LONGER_BY = 0.4;
/** Of the sentences: below this a language is stood in for by longer words, so that its layout is looked at all the same. */
const TRANSLATED_ENOUGH = 0.5;

/** The languages that have too few translations to be shown. */
async function untranslated(): Promise<string[]> {
  const shares = await Promise.all(['cy', 'pl', 'ur'].map(async (language) => {
    const xliff = await readFile(join(SCREEN, `language/xliff/${language}.xlf`), 'utf8');
    return [language, xliff.split('<target>').length / xliff.split('<source>').length] as const;
  }));
  return shares.filter(([, share]) => share < TRANSLATED_ENOUGH).map(([language]) => language);
}

/**
 * `speak(language)`: everything in that language, or in `longer`: every sentence that can be translated has longer
 * words, and all runs from right to left. `foreign(true)` is that, and long text stays on its page, or on its last.
 */
const languages = (stoodIn: readonly string[]): string => `
  import { _installMsgImplementation } from '@lit/localize/init/install.js';
  import { defaultMsg } from '@lit/localize/internal/default-msg.js';
  import { runtimeMsg } from '@lit/localize/internal/runtime-msg.js';
  import { becomes, directionOf } from './language/language.ts';
  import { templates as cy } from './language/generated/cy.ts';
  import { templates as pl } from './language/generated/pl.ts';
  import { templates as ur } from './language/generated/ur.ts';
  const translations = { cy, pl, ur };
  const longer = (text) => text.replace(/<[^>]*>|\\p{L}{3,}/gu, (word) => (word.startsWith('<') ? word : word + word.slice(0, Math.round(word.length * ${LONGER_BY}))));
  const known = new Map();
  const longerStrings = (strings) => {
    if (!known.has(strings)) known.set(strings, Object.assign(strings.map(longer), { raw: strings.map(longer) }));
    return known.get(strings);
  };
  let spoken = 'en';
  _installMsgImplementation((template, options) => {
    if (translations[spoken] !== undefined) return runtimeMsg(translations[spoken], template, options);
    if (spoken === 'en') return defaultMsg(template);
    return typeof template === 'string' ? longer(template) : defaultMsg({ ...template, strings: longerStrings(template.strings) });
  });
  window.drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  window.speak = async (language) => {
    const real = language !== 'longer';
    spoken = ${JSON.stringify(stoodIn)}.includes(language) ? 'longer' : language;
    if (real) becomes(language);
    document.documentElement.lang = real ? language : 'en';
    document.documentElement.dir = real ? directionOf(language) : 'rtl';
    dispatchEvent(new CustomEvent('lit-localize-status', { detail: { status: 'ready', readyLocale: 'en' } }));
    await drawn();
    await drawn();
  };
  let texts = [];
  window.foreign = async (now) => {
    if (now) texts = all(document).filter((el) => el.localName === 'lamp-paged').map((el) => ({ el, at: el.at, isLast: el.at >= el.pages.length - 1 }));
    await speak(now ? 'longer' : 'en');
    for (const { el, at, isLast } of texts) {
      const next = el.renderRoot.querySelector('.onward .main');
      while (el.at < (isLast ? el.pages.length - 1 : Math.min(at, el.pages.length - 1))) next.click();
    }
    await drawn();
  };`;

/** The desk hands everything on, and around it stands what the kiosk would show: as the kiosk has it. */
const harness = (elements: readonly string[], stoodIn: readonly string[], more: string): string => `
  ${elements.map((path) => `import './${path}.ts';`).join(' ')}
  import './controls/idle-bar.ts'; import './controls/troubles.ts'; import './kiosk.css';
  import './controls/larger-text.ts'; import { frame } from './frame.ts';
  import { RefusedError } from './api.ts';
  document.adoptedStyleSheets.push(frame.styleSheet);
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
    const troubles = Object.assign(document.createElement('lamp-troubles'), { role: 'status' });
    troubles.items = [{ code: 'A', sentence: 'The microphone does not answer.', remedy: 'Check the microphone’s cable, then wait a moment. If it stays so, tell the technician.' }];
    const idle = document.createElement('lamp-idle');
    idle.endsAt = performance.now() + 25_000;
    above.className = much ? 'banner' : '';
    above.replaceChildren(...(much ? [troubles] : []));
    below.replaceChildren(...(bar ? [idle] : []));
  };
  window.enlarge = (larger) => {
    document.documentElement.dataset.text = larger ? 'larger' : 'usual';
    screen.classList.toggle('larger', larger);
    if (larger) below.append(document.createElement('lamp-larger'));
    else below.querySelector('lamp-larger')?.remove();
  };
  const all = (root) => [...root.querySelectorAll('*')].flatMap((el) => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])]);
  window.everything = () => all(document);
  window.middleOf = (name, within) => {
    const key = everything().find((el) => el.localName === 'button' && (el.ariaLabel ?? el.textContent.trim()) === name && el.checkVisibility() && (within === undefined || el.getRootNode().host?.localName === within));
    if (key === undefined) return null;
    const { x, y, width, height } = key.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };
  window.pressed = () => all(document).filter((el) => el.matches('button:active')).length;
  window.clipped = () => {
    const footers = all(document).filter((el) => el.localName === 'footer' && [...el.parentNode.children].some((other) => other !== el && other.getBoundingClientRect().bottom > el.getBoundingClientRect().top + 1));
    return all(document).filter((el) => el.matches('.sheet, main, ul, .card, li, lamp-write, lamp-paged') && (el.scrollHeight > el.clientHeight + 1 || el.scrollWidth > el.clientWidth + 1)).map((el) => el.localName + ' holds ' + el.scrollWidth + 'x' + el.scrollHeight + ' px in ' + el.clientWidth + 'x' + el.clientHeight).concat(footers.map(() => 'something lies below the footer'));
  };
  ${languages(stoodIn)}
  ${more}`;

type File = Readonly<{ body: string | Buffer; contentType: string }>;
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2', json: 'application/json' };
const FRAME = '.frame { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; height: 100%; }';
const HTML = '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Pages</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/kiosk.css"><link rel="stylesheet" href="/frame.css"><script type="module" src="/kiosk.js"></script></head><body><div class="frame"><div></div><div class="screen"></div><div></div></div></body></html>';

/** @param elements files of kiosk/screen that define what is shown, without their `.ts`. @param more script of the page, as if it lay in kiosk/screen. @returns the files of the stage, by their paths. */
export async function stageFiles(elements: readonly string[], more = '', html = HTML): Promise<Map<string, File>> {
  const { outputFiles } = await build({
    stdin: { contents: harness(elements, await untranslated(), more), resolveDir: SCREEN, loader: 'js' },
    outfile: '/kiosk.js', bundle: true, write: false, format: 'esm', target: 'chrome120', tsconfig: join(SCREEN, 'tsconfig.json'),
    assetNames: 'fonts/[name]', loader: { '.woff2': 'file', '.woff': 'empty' }, logLevel: 'warning',
  });
  return new Map<string, File>([
    ['/', { body: html, contentType: 'text/html' }],
    ['/frame.css', { body: FRAME, contentType: 'text/css' }],
    ...outputFiles.map(({ path, contents }) => [path, { body: Buffer.from(contents), contentType: TYPES[path.split('.').at(-1) ?? ''] ?? '' }] as const),
  ]);
}

/** Opens the stage in this page. @returns what its console complains of, as it comes. */
export async function openStage(page: Page, files: ReadonlyMap<string, File>): Promise<string[]> {
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route('**/*', (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    return file === undefined ? route.fulfill({ status: 404 }) : route.fulfill(file);
  });
  // The browser's cryptography is there on the machine itself only.
  await page.goto('http://localhost/');
  return complaints;
}

/**
 * As fast as one types: without waiting, as a locator does, for the key to stand still.
 * @param name its whole name. @param within the element that it belongs to, where others have such keys, too.
 * @throws Error where it does not come.
 */
export async function touchKey(page: Page, name: string, within?: string): Promise<void> {
  let middle: [number, number] | null = null;
  await until(async () => (middle = await page.evaluate<[number, number] | null>(`middleOf(${JSON.stringify(name)}, ${JSON.stringify(within)})`)) !== null, `a key ${name}`);
  if (middle !== null) await page.touchscreen.tap(middle[0], middle[1]);
}
