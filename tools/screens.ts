/**
 * `npm run screens [-- [--out FOLDER] [--docs] [NAME …]]`: a picture of every screen
 * and page in every language, with a page to look at them. `--docs` also renews
 * the small copies that the README shows.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Page } from 'playwright-core';
import { inLanguage, LANGUAGES, play, sceneStage } from '../test/kiosk/scene-stage.js';
import { SCENES, type Scene } from '../test/kiosk/scenes.js';
import { launch } from '../test/fakes/chromium.js';
import { LARGE, PORTRAIT, SMALL, type Size } from '../test/kiosk/stage.js';

/** The six that tell most, in English. */
const TELLING: ReadonlySet<string> = new Set(['ready', 'plan', 'told', 'recording', 'paused', 'visitor']);
const DOCS = 'docs/screens';
const SMALL_COPY = { width: 640, height: 400, quality: 88 };

interface Picture { readonly scene: string; readonly language: string; readonly size: Size; readonly dark: boolean; readonly file: string }

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string', default: 'dist/screens' }, docs: { type: 'boolean', default: false } } });
const unknown = positionals.filter((name) => !SCENES.some((scene) => scene.name === name));
if (unknown.length > 0) {
  console.error(`screens: there is no scene ${unknown.join(', ')}; there are ${SCENES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
mkdirSync(values.out, { recursive: true });
if (values.docs) mkdirSync(DOCS, { recursive: true });
const pictures: Picture[] = [];
const browser = await launch();
try {
  const { page, complaints } = await sceneStage(browser);
  for (const scene of SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    await play(page, scene);
    for (const language of LANGUAGES) await taken(page, scene, language);
  }
  for (const complaint of complaints) console.error(`screens: ${complaint}`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  await browser.close();
}
writeFileSync(join(values.out, 'index.html'), index(pictures));
console.log(`${pictures.length} pictures: ${join(values.out, 'index.html')}`);

async function taken(page: Page, scene: Scene, language: (typeof LANGUAGES)[number]): Promise<void> {
  for (const dark of scene.main === true ? [false, true] : [false]) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    for (const size of scene.main === true ? [SMALL, LARGE, PORTRAIT] : [SMALL]) {
      await page.setViewportSize({ width: size[0], height: size[1] });
      await page.evaluate(inLanguage(language, scene));
      const file = `${scene.name}-${language}-${size.join('x')}${dark ? '-dark' : ''}.png`;
      const png = await page.screenshot({ path: join(values.out, file) });
      pictures.push({ scene: scene.name, language, size, dark, file });
      if (values.docs && !dark && size === SMALL && language === 'en' && TELLING.has(scene.name)) writeFileSync(join(DOCS, `${scene.name}.webp`), await smaller(png));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: SMALL[0], height: SMALL[1] });
}

async function smaller(png: Buffer): Promise<Buffer> {
  const { width, height, quality } = SMALL_COPY;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(await loadImage(png), 0, 0, width, height);
  return canvas.encode('webp', quality);
}

function index(all: readonly Picture[]): string {
  const figure = ({ file, language, size, dark }: Picture): string => `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy" height="200"></a><figcaption>${language} ${size.join('×')}${dark ? ' dark' : ''}</figcaption></figure>`;
  const section = (name: string): string => `<h2 id="${name}">${name}</h2>${all.filter(({ scene }) => scene === name).map(figure).join('')}`;
  const names = [...new Set(all.map(({ scene }) => scene))];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens of the kiosk</title>
<style>body{font-family:sans-serif;margin:2rem}figure{display:inline-block;margin:.4rem}img{border:1px solid #888}nav a{margin-inline-end:.8rem}</style>
<h1>Screens of the kiosk</h1><nav>${names.map((name) => `<a href="#${name}">${name}</a>`).join('')}</nav>
${names.map(section).join('\n')}</html>\n`;
}
