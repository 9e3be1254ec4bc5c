import fc from 'fast-check';
import t from 'tap';
import { crc16 } from '../../firmware-bridge/sign/crc16.js';
import { draw, TYPEFACE, type Picture } from '../../firmware-bridge/sign/draw.js';
import { lightOf, sentencesOf } from '../../firmware-bridge/sign/faces.js';
import { layOut, PANELS, TextDoesNotFit, type Line, type Panel } from '../../firmware-bridge/sign/layout.js';
import type { Face } from '../../session/ports.js';

const PANEL = PANELS[1] as Panel;
const recording = (purpose: string): Face => ({ kind: 'recording', purpose, audience: 'colleagues-i-choose', mode: 'picture-and-sound' });
const LONG = 'Enquiry learning together with the science department';

/** Where something is drawn between these bounds: runs of rows, or of columns, that are not all paper. */
function ink({ bits }: Picture, along: 'rows' | 'columns', area: { left?: number; right?: number; top?: number; bottom?: number; paper?: 'white' | 'black' } = {}): { from: number; to: number }[] {
  const { left = 0, right = PANEL.width, top = 0, bottom = PANEL.height, paper = 'white' } = area;
  const isInk = (x: number, y: number): boolean => ((((bits[(y * PANEL.width + x) >> 3] as number) >> (7 - (x & 7))) & 1) === 0) === (paper === 'white');
  const [first, end, acrossFirst, acrossLast] = along === 'rows' ? [top, bottom, left, right] : [left, right, top, bottom];
  const runs: { from: number; to: number }[] = [];
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
/** Millimetres of the first of these runs; 0 where there is none. */
const mm = ([run]: readonly { from: number; to: number }[]): number => (run === undefined ? 0 : (run.to - run.from) * PANEL.mmPerPixel);

t.test('each state has its own word, symbol and light', (t) => {
  const faces: Face[] = [{ kind: 'not-recording' }, { kind: 'camera-on' }, recording('Coaching'), { kind: 'paused' }];
  t.same(faces.map((face) => sentencesOf(face).state.join(' – ')), ['NOT RECORDING', 'CAMERA AND MICROPHONE ON – NOT RECORDING', 'RECORDING', 'PAUSED']);
  t.equal(new Set(faces.map((face) => sentencesOf(face).symbol)).size, 4);
  t.same(faces.map(lightOf), [{ wanted: 0, lamp: 0 }, { wanted: 1, lamp: 2 }, { wanted: 2, lamp: 1 }, { wanted: 3, lamp: 2 }]);
  t.same(faces.map((face) => sentencesOf(face).inverted), [false, false, true, false], 'only RECORDING is white on black');
  t.end();
});

t.test('capitals measured on the drawn glass', (t) => {
  const STATE: [face: Face, lines: number, leastMm: number][] = [
    [{ kind: 'not-recording' }, 2, 18],
    [{ kind: 'camera-on' }, 3, 12],
    [recording('COACHING'), 1, 18],
    [recording(LONG), 1, 18],
    [{ kind: 'paused' }, 1, 18],
  ];
  for (const [face, lines, leastMm] of STATE) {
    const picture = draw(face, PANEL);
    const band = face.kind === 'recording' ? layOut(sentencesOf(face), PANEL, TYPEFACE).band : 0;
    const words = ink(picture, 'rows', band > 0 ? { bottom: band, paper: 'black' } : {}).slice(0, lines);
    t.equal(words.length, lines);
    for (const word of words) t.ok(mm([word]) >= leastMm, `${face.kind}: state ${mm([word]).toFixed(1)} mm`);

    // What stands beside the symbol: the capital that the text begins with.
    const beside = layOut(sentencesOf(face), PANEL, TYPEFACE).lines.find(({ text }) => sentencesOf(face).text[0]?.startsWith(text)) as Line;
    const around = { top: Math.floor(beside.baseline - beside.size), bottom: Math.ceil(beside.baseline) + 2 };
    const [letter] = ink(picture, 'columns', { ...around, left: Math.floor(beside.x) });
    const capital = ink(picture, 'rows', { ...around, left: letter?.from ?? 0, right: letter?.to ?? 0 });
    t.ok(mm(capital) >= 5, `${face.kind}: text ${mm(capital).toFixed(1)} mm`);
  }
  const top = layOut(sentencesOf(recording('COACHING')), PANEL, TYPEFACE).band;
  const short = ink(draw(recording('COACHING'), PANEL), 'rows', { top: top + 1 });
  t.ok(mm(short) >= 13, `a short purpose ${mm(short).toFixed(1)} mm`);
  const wide = draw(recording(LONG.toUpperCase().slice(0, 44)), PANEL);
  const long = ink(wide, 'rows', { top: top + 1 });
  t.ok(mm(long) >= 8, `a long purpose ${mm(long).toFixed(1)} mm`);
  t.end();
});

t.test('nothing is cut off: every line lies within the panel and below the one before', (t) => {
  const purposes = fc.array(fc.constantFrom('coaching', 'in', 'Enquiry', 'learning', 'Żółć', 'a', 'personal', 'reflection', 'ŵy', '–', '2nd'), { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
  let shown = 0;
  fc.assert(fc.property(purposes, (purpose) => {
    let layout;
    try {
      layout = layOut(sentencesOf(recording(purpose)), PANEL, TYPEFACE);
    } catch (error) {
      t.ok(error instanceof TextDoesNotFit);
      return;
    }
    shown++;
    const right = (line: { x: number; text: string; size: number }): number => line.x + TYPEFACE.width(line.text) * line.size;
    t.ok(layout.lines.every((line) => line.x >= 0 && right(line) <= PANEL.width && line.baseline <= PANEL.height));
    t.ok(layout.lines.every((line, i) => i === 0 || line.baseline - line.size * TYPEFACE.capHeight > (layout.lines[i - 1] as Line).baseline));
    t.ok(layout.lines.map(({ text }) => text).join(' ').includes(purpose.trim()), 'all words, in order');
  }), { numRuns: 60 });
  t.ok(shown > 30);
  t.end();
});

t.test('text that cannot be shown is refused in a sentence for its author', (t) => {
  const refusals: [purpose: string, sentence: RegExp][] = [
    [`${LONG} and ${LONG}`, /^the purpose “Enquiry.*” is too long to be read on the sign \(capitals of 8 mm\): shorten it$/],
    ['Rechtsschutzversicherungsgesellschaften', /is too long to be read on the sign/],
    ['反思', /^the sign has no letter “反”: write “反思” without it$/],
    ['bell\u0007', /^the sign has no letter/],
  ];
  for (const [purpose, sentence] of refusals) t.throws(() => draw(recording(purpose), PANEL), { name: 'TextDoesNotFit', message: sentence });
  t.doesNotThrow(() => draw(recording('Myfyrdod ŵ ŷ · refleksja ż ó ł ć'), PANEL));
  t.end();
});

t.test('a picture has its bits and their CRC, and is the same each time', (t) => {
  const picture = draw(recording('Coaching'), PANEL);
  t.equal(picture.bits.length, (PANEL.width * PANEL.height) / 8);
  t.equal(picture.crc, crc16(picture.bits));
  t.same(draw(recording('Coaching'), PANEL), picture);
  t.not(draw(recording('Coaching!'), PANEL).crc, picture.crc);
  t.end();
});
