/** `npm run faces [-- DIRECTORY]`: every face of the sign as a picture, for people to look at and to print. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { draw } from '../firmware-bridge/sign/draw.js';
import type { AnyFace, Place } from '../firmware-bridge/sign/faces.js';
import { PANELS, sizesOf, type Panel, type Sizes } from '../firmware-bridge/sign/panels.js';
import { TextDoesNotFit } from '../firmware-bridge/sign/text-does-not-fit.js';

const ROOM = { room: 'Room 12', address: 'https://lamplight.example/room-12' };
const LANGUAGES: readonly Place['languages'][] = [['en'], ['cy'], ['pl'], ['ur'], ['en', 'cy'], ['en', 'pl'], ['en', 'ur']];
const FACES: readonly AnyFace[] = [
  { kind: 'not-recording' },
  { kind: 'camera-on' },
  { kind: 'recording', purpose: 'enquiry learning', audience: 'colleagues-i-choose', mode: 'blurred' },
  { kind: 'recording', purpose: 'personal reflection', audience: 'only-me', mode: 'picture-and-sound' },
  { kind: 'recording', purpose: 'coaching', audience: 'colleagues-i-choose', mode: 'sound-only' },
  { kind: 'recording', purpose: 'collaboration', audience: 'colleagues-i-choose', mode: 'picture-only' },
  { kind: 'paused' },
  { kind: 'checking' },
  { kind: 'assume-recording' },
  { kind: 'out-of-order' },
];
/** Capitals of 5 mm are read from a metre. */
const MM_PER_METRE = 5;
/** EN 301 549, 5.1.4: the height of a capital H subtends at least 0.7 degrees. */
const EN_301_549_DEGREES = 0.7;

const directory = process.argv[2] ?? 'dist/faces';
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Faces of the sign</title>
<style>body{font-family:sans-serif;margin:2rem}figure{display:inline-block;margin:.5rem}img{border:1px solid #888;image-rendering:pixelated}td,th{padding:.2rem .8rem;text-align:right}</style>
<h1>Faces of the sign</h1>\n${Object.entries(PANELS).map(([number, panel]) => section(number, panel)).join('\n')}`);
process.stdout.write(`${join(directory, 'index.html')}\n`);

function section(number: string, panel: Panel): string {
  const sizes = sizesOf(panel);
  const languages = sizes.stateOnly ? LANGUAGES.filter(({ length }) => length === 1) : LANGUAGES;
  const pictures = languages.map((pair) => `<h3>${pair.join(' + ')}</h3>${FACES.map((face, i) => figure(number, panel, face, i, pair)).join('')}`);
  return `<h2>Panel ${number}: ${(panel.width * panel.mmPerPixel).toFixed(0)} × ${(panel.height * panel.mmPerPixel).toFixed(0)} mm</h2>\n${distances(sizes)}\n${pictures.join('\n')}`;
}

function distances({ state, purpose, text }: Sizes): string {
  const rows: [string, number][] = [['state, on one line', state.onOneLine], ['state, least', state.least], ['purpose, least', purpose.least], ['text, least', text.least]];
  const row = ([name, mm]: [string, number]): string => {
    const [rule, standard] = [mm / MM_PER_METRE, mm / 1000 / Math.tan((EN_301_549_DEGREES * Math.PI) / 180)];
    return `<tr><th>${name}<td>${mm} mm<td>${rule.toFixed(1)} m<td>${standard.toFixed(2)} m`;
  };
  return `<table><tr><th>Capitals<th>height<th>read from (5 mm a metre)<th>EN 301 549 (0.7°)${rows.map(row).join('')}</table>`;
}

function figure(number: string, panel: Panel, face: AnyFace, index: number, languages: Place['languages']): string {
  const name = `panel${number}-${languages.join('-')}-${index}-${face.kind}.png`;
  try {
    writeFileSync(join(directory, name), toPng(draw(face, panel, { ...ROOM, languages }).bits, panel));
    return `<figure><img src="${name}" width="${panel.width}" height="${panel.height}" alt=""><figcaption>${face.kind}</figcaption></figure>`;
  } catch (error) {
    if (!(error instanceof TextDoesNotFit)) throw error;
    process.exitCode = 1;
    process.stderr.write(`${name}: ${error.message}\n`);
    return `<figure><figcaption>${face.kind}: ${error.message}</figcaption></figure>`;
  }
}

function toPng(bits: Buffer, { width, height }: Panel): Buffer {
  const context = createCanvas(width, height).getContext('2d');
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const white = (((bits[pixel >> 3] as number) >> (7 - (pixel & 7))) & 1) * 255;
    image.data.set([white, white, white, 255], pixel * 4);
  }
  context.putImageData(image, 0, 0);
  return context.canvas.toBuffer('image/png');
}
