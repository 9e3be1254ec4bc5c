/** Plays the catalogue (scenes.ts): one page of Chromium in which any scene can stand, in any language, light or dark. */
import { createCanvas } from '@napi-rs/canvas';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { Scene } from './scenes.js';
import { STEERING } from './scripted-house.js';
import { ME, openStage, SMALL, stageFiles } from './stage.js';

export const LANGUAGES = ['en', 'cy', 'pl', 'ur'] as const;

/** Of parts.ts, and those that the first script brings: what the kiosk can draw. @returns files of kiosk/screen without their `.ts`, by their element. */
export function elementsThereAre(): ReadonlyMap<string, string> {
  const lazy = [...readFileSync('kiosk/screen/parts.ts', 'utf8').matchAll(/'([\w-]+)': \(\) => import\('\.\/([\w/-]+)\.js'\)/g)].map(([, element, file]) => [element ?? '', file ?? ''] as const);
  const first = [...readFileSync('kiosk/screen/kiosk.ts', 'utf8').matchAll(/import '\.\/(screens\/([\w-]+))\.js'/g)].map(([, file, name]) => [`${name}-screen`, file ?? ''] as const);
  return new Map([...first, ...lazy]);
}

/** Something to look at: a room, roughly. */
export function pictureOfARoom(): Buffer {
  const canvas = createCanvas(640, 360);
  const context = canvas.getContext('2d');
  const fill = (colour: string, ...box: [number, number, number, number]) => {
    context.fillStyle = colour;
    context.fillRect(...box);
  };
  fill('#d8cfbf', 0, 0, 640, 250);
  fill('#8b6b4a', 0, 250, 640, 110);
  fill('#24402f', 170, 50, 300, 130);
  for (let desk = 0; desk < 4; desk += 1) fill('#c49a62', 40 + desk * 150, 270, 110, 40);
  return canvas.toBuffer('image/jpeg');
}

/** What a scene does in the page: everything at once, since going to and fro takes longer than the looking. */
const PLAY = `
  window.answers = {};
  window.serve = async (path) => answers[path] ?? {};
  // What is put off until a camera, a clap or a voice answers: the camera answers at once, the others never.
  const room = Uint8Array.from(atob(${JSON.stringify(pictureOfARoom().toString('base64'))}), (one) => one.charCodeAt(0));
  const steering = ${JSON.stringify(STEERING)};
  class Line extends EventTarget {
    constructor() {
      super();
      const say = (data) => this.dispatchEvent(new MessageEvent('message', { data }));
      setTimeout(() => { say(JSON.stringify({ kind: 'steering', ...steering })); say(JSON.stringify({ kind: 'level', peakDb: -18 })); }, 0);
      this.camera = setInterval(() => { say(new Blob([room], { type: 'image/jpeg' })); say(JSON.stringify({ kind: 'level', peakDb: -18 })); }, 100);
    }
    close() { clearInterval(this.camera); }
  }
  const never = () => new Promise(() => undefined);
  const doings = () => ({
    connect: async () => new Line(), clapTest: { listen: never, settle: never }, hand: { hold() {}, letGo() {}, isHolding: false },
    acts: { views: () => ask('/api/views'), turn: never, pause: never, extend: never }, speak: never, hush: () => undefined,
  });
  const revived = (value) => Array.isArray(value) ? value.map(revived) : value === null || typeof value !== 'object' ? value : 'inMs' in value ? performance.now() + value.inMs : 'about' in value ? { peakDb: value.about, at: performance.now() } : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revived(one)]));
  const found = async (what, find) => {
    const end = performance.now() + 8000;
    for (;;) {
      const one = find();
      if (one) return one;
      if (performance.now() > end) throw new Error('there is no ' + what + ' among: ' + all(document).filter((el) => el.matches('button') && el.checkVisibility()).map((el) => el.textContent.trim()).join(' | '));
      await drawn();
    }
  };
  const nameOf = (el) => (el.getAttribute('aria-label') ?? el.textContent).trim().replace(/\\s+/g, ' ');
  const button = (name) => {
    const seen = all(document).filter((el) => el.matches('button') && el.checkVisibility() && el.getAttribute('aria-disabled') !== 'true');
    return seen.find((el) => nameOf(el) === name || el.textContent.trim() === name) ?? seen.find((el) => nameOf(el).startsWith(name) || el.textContent.trim().replace(/\\s+/g, ' ').startsWith(name));
  };
  const press = async (name) => { (await found(name, () => button(name))).click(); await drawn(); };
  const act = async (act) => {
    if (act.toTheEnd) { await found('text', () => all(document).some((el) => el.localName === 'lamp-paged' && el.pages !== null)); for (let next = button('Next'); next; next = button('Next')) { next.click(); await drawn(); } }
    else if (typeof act === 'string') await press(act);
    else if ('enter' in act) { for (const one of act.enter.replaceAll('-', '')) await press(one); await press('OK'); }
    else {
      const field = await found('field', () => all(document).find((el) => el.matches('textarea, input') && el.checkVisibility()));
      field.value = act.write;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await drawn();
    }
  };
  /** Times that pass while the scene is looked at begin anew. */
  window.freshen = async (scene) => { put(revived(scene.with ?? {})); await drawn(); };
  window.play = async (scene) => {
    await speak('en');
    answers = scene.answers ?? {};
    show(scene.element, { me: scene.me ?? null, steward: scene.steward ?? null, parked: true }, { ...doings(), ...revived(scene.with ?? {}) });
    surround(false);
    if (scene.notices?.length) {
      const troubles = Object.assign(document.createElement('lamp-troubles'), { role: 'status' });
      troubles.items = scene.notices;
      above.className = 'banner';
      above.replaceChildren(troubles);
    }
    if (scene.idle) below.replaceChildren(Object.assign(document.createElement('lamp-idle'), scene.idle === 'looking' ? { endsAt: Infinity, lookEndsAt: performance.now() + 25_000 } : { endsAt: performance.now() + 25_000 }));
    await drawn();
    for (const one of scene.acts ?? []) await act(one);
    for (let turn = 0; turn < 3; turn += 1) await drawn();
    if (scene.element === 'framing-screen' && scene.with.mine && scene.with.live) await found('picture', () => all(document).every((el) => el.localName !== 'figcaption'));
    // Nothing stays in focus that a finger would not have left there.
    await document.fonts.ready;
  };`;

/** @returns script: the scene, which stands there, in this language. */
export const inLanguage = (language: string, { with: handed = {} }: Scene): string => `(async () => { await speak('${language}'); await freshen(${JSON.stringify({ with: handed })}); })()`;

/** The stage with everything that the kiosk can draw. @param more script of the page. */
export const sceneFiles = (more = '', html?: string) => stageFiles([...elementsThereAre().values()], `${PLAY}${more}`, html);

/** @returns a page at the smallest panel's size in which `play(scene)` and `speak(language)` may be evaluated, and what its console complains of. */
export async function sceneStage(browser: Browser): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: SMALL[0], height: SMALL[1] }, hasTouch: true, timezoneId: 'Europe/London' });
  await page.addInitScript({ path: 'node_modules/axe-core/axe.min.js' });
  const complaints = await openStage(page, await sceneFiles());
  return { page, complaints };
}

/** The scene stands there, in English. @throws Error where one of its acts finds no button. */
export const play = (page: Page, { me, ...scene }: Scene): Promise<void> => page.evaluate(`play(${JSON.stringify({ ...scene, me: me === undefined ? (scene.steward === undefined ? ME : null) : me })})`);
