import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import t from 'tap';
import { PURPOSES } from '../../config/purposes.js';
import { crc16 } from '../../firmware-bridge/sign/crc16.js';
import { draw, type Picture } from '../../firmware-bridge/sign/draw.js';
import { lightOf, sentencesOf, type AnyFace, type Place } from '../../firmware-bridge/sign/faces.js';
import { layOut } from '../../firmware-bridge/sign/layout.js';
import { isRightToLeft } from '../../firmware-bridge/sign/lines.js';
import { PANELS, sizesOf, type Panel } from '../../firmware-bridge/sign/panels.js';
import { whyNotOnSign } from '../../firmware-bridge/sign/purpose-fits.js';
import type { Layout, Line } from '../../firmware-bridge/sign/sheet.js';
import { TextDoesNotFit } from '../../firmware-bridge/sign/text-does-not-fit.js';
import { fontOf, TYPEFACE } from '../../firmware-bridge/sign/typeface.js';
import type { Face } from '../../session/ports.js';

const PANEL = PANELS[1] as Panel;
const LANGUAGES: readonly Place['languages'][] = [['en'], ['cy'], ['pl'], ['ur'], ['en', 'cy'], ['en', 'pl'], ['en', 'ur'], ['cy', 'en'], ['ur', 'en']];
const at = (languages: Place['languages']): Place => ({ languages, room: 'Room 12', address: 'https://lamplight.example/room-12' });
const PLACE = at(['en']);
/** The least millimetres that the README's table promises. */
const LEAST: Readonly<Record<number, { state: number; purpose: number; text: number; symbol: number }>> = {
  1: { state: 12, purpose: 8, text: 5, symbol: 28 },
  2: { state: 6, purpose: 4.5, text: 2.7, symbol: 15 },
  3: { state: 4.5, purpose: 4, text: 3, symbol: 8 },
};
const recording = (purpose: string): Face => ({ kind: 'recording', purpose, audience: 'colleagues-i-choose', mode: 'picture-and-sound' });
const FACES: readonly AnyFace[] = [
  { kind: 'not-recording' },
  { kind: 'camera-on' },
  // Begins with a capital, so that there is one to measure.
  ...PURPOSES.map(({ words }): Face => ({ kind: 'recording', purpose: words.toUpperCase().slice(0, 1) + words.slice(1), audience: 'colleagues-i-choose', mode: 'blurred' })),
  { kind: 'paused' },
  { kind: 'checking' },
  { kind: 'assume-recording' },
  { kind: 'out-of-order' },
];
const LONG = 'Enquiry learning together with the science department';

const layoutOf = (face: AnyFace, panel = PANEL, place = PLACE): Layout => layOut(sentencesOf(face, place, sizesOf(panel).stateOnly), panel, TYPEFACE);

interface Run { from: number; to: number }
interface Area { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** Runs of rows, or of columns, of this area that are not all paper. */
function ink({ bits }: Picture, panel: Panel, along: 'rows' | 'columns', { left, right, top, bottom }: Area, paper: 'white' | 'black'): Run[] {
  const isInk = (x: number, y: number): boolean => ((((bits[(y * panel.width + x) >> 3] as number) >> (7 - (x & 7))) & 1) === 0) === (paper === 'white');
  const [first, end, acrossFirst, acrossLast] = along === 'rows' ? [top, bottom, left, right] : [left, right, top, bottom];
  const runs: Run[] = [];
  for (let i = first; i < end; i++) {
    let found = false;
    for (let j = acrossFirst; j < acrossLast && !found; j++) found = along === 'rows' ? isInk(j, i) : isInk(i, j);
    if (!found) continue;
    const last = runs.at(-1);
    if (last?.to === i) last.to = i + 1;
    else runs.push({ from: i, to: i + 1 });
  }
  return runs;
}

const paperOf = (line: Line, band: number): 'white' | 'black' => (line.baseline <= band ? 'black' : 'white');
/** From the baseline up. */
const areaOf = ({ text, x, baseline, size }: Line, panel: Panel, height: number): Area => ({ left: Math.max(0, x), right: Math.min(panel.width, Math.ceil(x + TYPEFACE.width(text) * size) + 1), top: Math.max(0, Math.round(baseline - height)), bottom: baseline });

/** Pixels from the baseline up to the top of the line's first capital, without its accent; undefined where it does not begin with one. */
function drawnCapital(picture: Picture, panel: Panel, line: Line, band: number): number | undefined {
  if (!/^\p{Lu}/u.test(line.text)) return undefined;
  const letter = ink(picture, panel, 'columns', areaOf(line, panel, line.size / 3), paperOf(line, band))[0];
  const tall = letter && ink(picture, panel, 'rows', { ...areaOf(line, panel, line.size), left: letter.from, right: letter.to }, paperOf(line, band)).at(-1);
  return tall !== undefined && tall.to >= line.baseline - 1 ? tall.to - tall.from : 0;
}

/** Pixels of an alef drawn at the line's size; 0 where the line has one, or a lam, and does not reach about as high on the glass. */
function drawnAlef(picture: Picture, panel: Panel, line: Line, band: number): number {
  const [width, height] = [Math.ceil(line.size), Math.ceil(line.size) + 1];
  const context = createCanvas(width, height).getContext('2d');
  context.font = fontOf('ا', line.size);
  context.fillText('ا', width / 2, height);
  const { data } = context.getImageData(0, 0, width, height);
  const alef = height - Math.floor(data.findIndex((value, i) => i % 4 === 3 && value >= 128) / 4 / width);
  const top = ink(picture, panel, 'rows', areaOf(line, panel, alef), paperOf(line, band))[0]?.from ?? line.baseline;
  return !/[اآل]/u.test(line.text) || line.baseline - top >= 0.9 * alef ? alef : 0;
}

t.test('each state has its own words, symbol and light', (t) => {
  const kinds = [...new Map(FACES.map((face) => [face.kind, face])).values()];
  const sentences = kinds.map((face) => sentencesOf(face, PLACE));
  t.same(sentences.map(({ versions }) => versions[0]?.words[0]?.state.join(' – ')), [
    'NOT RECORDING', 'CAMERA AND MICROPHONE ON – NOT RECORDING', 'RECORDING', 'PAUSED', 'CHECKING', 'ASSUME RECORDING', 'OUT OF ORDER – CAMERA AND MICROPHONE DISCONNECTED',
  ]);
  t.equal(new Set(sentences.map(({ symbol }) => symbol)).size, kinds.length);
  t.same(kinds.filter((face) => sentencesOf(face, PLACE).inverted).map(({ kind }) => kind), ['recording', 'assume-recording'], 'only these are white on black');
  const asked: Face[] = [{ kind: 'not-recording' }, { kind: 'camera-on' }, recording('Coaching'), { kind: 'paused' }];
  t.same(asked.map(lightOf), [{ wanted: 0, lamp: 0 }, { wanted: 1, lamp: 2 }, { wanted: 2, lamp: 1 }, { wanted: 3, lamp: 2 }]);
  t.end();
});

for (const [number, panel] of Object.entries(PANELS)) {
  t.test(`panel ${number}: capitals measured on the drawn glass, on every face in every language`, (t) => {
    const least = LEAST[Number(number)] as (typeof LEAST)[number];
    const measured = new Map<string, number>();
    for (const languages of LANGUAGES) {
      for (const face of FACES) {
        const name = `${face.kind} ${languages.join('+')}`;
        const [picture, layout] = [draw(face, panel, at(languages)), layoutOf(face, panel, at(languages))];
        for (const line of layout.lines) {
          const script = isRightToLeft(line.text) ? 'Arabic' : 'Latin';
          const pixels = (script === 'Arabic' ? drawnAlef : drawnCapital)(picture, panel, line, layout.band);
          if (pixels === undefined) continue;
          const mm = pixels * panel.mmPerPixel;
          const key = `${line.part} ${script}`;
          measured.set(key, Math.min(measured.get(key) ?? Infinity, mm));
          if (mm < least[line.part]) t.fail(`${name}: ${line.part} “${line.text}” ${mm.toFixed(2)} mm`);
        }
        const { x, y, width } = layout.symbol;
        const area = { left: Math.max(0, x - 4), right: x + width + 2, top: y, bottom: Math.floor(y + 0.8 * width) };
        const across = ink(picture, panel, 'columns', area, y < layout.band ? 'black' : 'white');
        const symbol = ((across.at(-1)?.to ?? 0) - (across[0]?.from ?? 0)) * panel.mmPerPixel;
        measured.set('symbol', Math.min(measured.get('symbol') ?? Infinity, symbol));
        if (symbol < least.symbol) t.fail(`${name}: symbol ${symbol.toFixed(2)} mm`);
      }
    }
    t.match([...measured.keys()].sort().join(), /purpose Latin,state Arabic,state Latin,symbol,text Arabic,text Latin/, 'all were measured');
    t.comment([...measured].map(([key, mm]) => `${key} ${mm.toFixed(2)} mm`).join(', '));
    t.end();
  });
}

t.test('in one language a state that fits one line has capitals of 18 mm, and a short purpose 13 mm', (t) => {
  for (const face of [recording('COACHING'), recording(LONG), { kind: 'paused' }, { kind: 'checking' }] as const) {
    const [picture, layout] = [draw(face, PANEL, PLACE), layoutOf(face)];
    const state = layout.lines.filter(({ part }) => part === 'state');
    t.equal(state.length, 1);
    t.ok((drawnCapital(picture, PANEL, state[0] as Line, layout.band) ?? 0) * PANEL.mmPerPixel >= 18, face.kind);
  }
  const short = layoutOf(recording('COACHING')).lines.find(({ part }) => part === 'purpose') as Line;
  t.ok((drawnCapital(draw(recording('COACHING'), PANEL, PLACE), PANEL, short, 0) ?? 0) * PANEL.mmPerPixel >= 13);
  t.end();
});

t.test('nothing is cut off: every line lies within the panel, and no two lines meet', (t) => {
  const purposes = fc.array(fc.constantFrom('coaching', 'in', 'Enquiry', 'learning', 'Żółć', 'a', 'personal', 'reflection', 'ŵy', '–', '2nd', 'تدریس'), { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
  let shown = 0;
  fc.assert(fc.property(purposes, fc.constantFrom(...LANGUAGES), fc.constantFrom(...Object.values(PANELS)), (purpose, languages, panel) => {
    let layout: Layout;
    try {
      layout = layoutOf(recording(purpose), panel, at(languages));
    } catch (error) {
      return error instanceof TextDoesNotFit;
    }
    shown++;
    const cap = (line: Line): number => line.size * TYPEFACE.capHeight(line.text);
    const right = (line: Line): number => line.x + TYPEFACE.width(line.text) * line.size;
    const within = layout.lines.every((line) => line.x >= 0 && right(line) <= panel.width && line.baseline <= panel.height);
    const apart = layout.lines.every((line, i) => i === 0 || line.baseline - cap(line) > (layout.lines[i - 1] as Line).baseline);
    const whole = layout.lines.filter(({ part }) => part === 'purpose').map(({ text }) => text).join(' ') === purpose;
    return within && apart && whole;
  }), { numRuns: 80 });
  t.ok(shown > 20, `${shown} of them could be shown`);
  t.end();
});

t.test('the QR code is drawn whole, in modules of half a millimetre or more, with its quiet zone', (t) => {
  for (const panel of [PANELS[1], PANELS[2]] as const) {
    for (const languages of LANGUAGES) {
      for (const face of [{ kind: 'not-recording' }, recording('coaching')] as const) {
        const { qr } = layoutOf(face, panel, at(languages));
        if (panel === undefined || qr === undefined) return void t.fail('no code');
        const { pixelsPerModule, x, y, code } = qr;
        if (pixelsPerModule * panel.mmPerPixel < 0.5) t.fail(`modules of ${pixelsPerModule} pixels`);
        const [side, quiet] = [code.modules.length * pixelsPerModule, 4 * pixelsPerModule];
        const picture = draw(face, panel, at(languages));
        const area = { left: x - quiet, right: x + side + quiet, top: y - quiet, bottom: y + side + quiet };
        if (area.right > panel.width || area.bottom > panel.height) t.fail('the quiet zone leaves the panel');
        for (const [along, from] of [['columns', x], ['rows', y]] as const) {
          const runs = ink(picture, panel, along, area, 'white');
          if (runs[0]?.from !== from || runs.at(-1)?.to !== from + side) t.fail(`${face.kind} ${languages.join('+')}: something stands in the quiet zone`);
        }
      }
    }
  }
  t.equal(layoutOf({ kind: 'not-recording' }, PANEL, { languages: ['en'], room: 'Room 12' }).qr, undefined, 'without an address there is none');
  t.end();
});

t.test('what lies in the flash of boards says nothing of room or address', (t) => {
  const elsewhere: Place = { languages: ['en'], room: 'The hall' };
  for (const face of [{ kind: 'paused' }, { kind: 'checking' }, { kind: 'assume-recording' }, { kind: 'out-of-order' }] as const) {
    for (const panel of Object.values(PANELS)) t.equal(draw(face, panel, elsewhere).crc, draw(face, panel, PLACE).crc);
  }
  t.not(draw(recording('coaching'), PANEL, elsewhere).crc, draw(recording('coaching'), PANEL, PLACE).crc);
  t.end();
});

t.test('text that cannot be shown is refused in a sentence for its author', (t) => {
  const refusals: [purpose: string, sentence: RegExp][] = [
    [`${LONG} and ${LONG}`, /^the purpose “Enquiry.*” is too long to be read on the sign \(capitals of 8 mm\): shorten it$/],
    ['Rechtsschutzversicherungsgesellschaften', /is too long to be read on the sign/],
    ['反思', /^the sign has no letter “反”: write “反思” without it$/],
    ['bell\u0007', /^the sign has no letter/],
  ];
  for (const [purpose, sentence] of refusals) {
    t.throws(() => draw(recording(purpose), PANEL, PLACE), { name: 'TextDoesNotFit', message: sentence });
    t.match(whyNotOnSign(purpose, [PANEL], PLACE), sentence);
  }
  t.doesNotThrow(() => draw(recording('Myfyrdod ŵ ŷ · refleksja ż ó ł ć'), PANEL, PLACE));
  t.throws(() => draw(recording('coaching'), PANEL, { ...PLACE, address: `https://lamplight.example/${'x'.repeat(3000)}` }), { message: /^the address .* is too long for a QR code/ });
  t.throws(() => draw(recording('coaching'), PANEL, { ...PLACE, address: `https://lamplight.example/${'x'.repeat(900)}` }), { message: /^the address .* is too long for the sign/ });
  t.throws(() => draw(recording('coaching'), PANEL, { ...at(['en', 'cy']), room: 'The room with the very long name that nobody says '.repeat(3) }), { message: /^the room's name .* is too long for the sign/ });
  t.end();
});

t.test('the purposes that come with the product fit every panel in all languages', (t) => {
  for (const languages of LANGUAGES) {
    for (const { words } of PURPOSES) t.equal(whyNotOnSign(words, Object.values(PANELS), at(languages)), null, `${words}: ${languages.join('+')}`);
  }
  t.end();
});

t.test('a picture has its bits and their CRC, and is the same each time', (t) => {
  const picture = draw(recording('Coaching'), PANEL, PLACE);
  t.equal(picture.bits.length, (PANEL.width * PANEL.height) / 8);
  t.equal(picture.crc, crc16(picture.bits));
  t.same(draw(recording('Coaching'), PANEL, PLACE), picture);
  t.not(draw(recording('Coaching!'), PANEL, PLACE).crc, picture.crc);
  t.end();
});
