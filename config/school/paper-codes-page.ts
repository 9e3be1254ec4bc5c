/** The page of paper codes that a school prints: eight slips a sheet of A4, to be cut and handed out. */

export interface Slip { readonly displayName: string; readonly code: string }

const A_SHEET = 8;

/** @param until as people write it. The room's name is on each slip. */
export function paperCodesPage(room: string, until: string, slips: readonly Slip[]): string {
  // What is the same on each slip stands once, in the style: so 300 slips with the longest names fit into a small file (pipeline/collect/small-file.ts).
  const same = [`Lesson recorder, ${room}. For you alone, for one use, until ${until}.`,
    '1. At the recorder, tap your name, then “I have a paper code”.', '2. Type this code, and choose a PIN that only you know.', '3. If it is lost or seen, ask the technician for a new one.'].join('\n');
  const sheets = Array.from({ length: Math.ceil(slips.length / A_SHEET) }, (_, sheet) => slips.slice(sheet * A_SHEET, (sheet + 1) * A_SHEET));
  return `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<title>Paper codes</title>
<style>
@page { size: A4 portrait; margin: 10mm }
body { margin: 0; font: 8.5pt/1.3 Arial, sans-serif; color: #000; background: #fff }
section { display: grid; grid-template: repeat(4, 68mm) / repeat(2, 94mm); break-after: page }
section:last-child { break-after: auto }
div { box-sizing: border-box; padding: 4mm 5mm; border: 0.3mm dashed #555; overflow: hidden }
b { display: block; font-size: 12pt; line-height: 1.15; overflow-wrap: anywhere }
code { display: block; margin: 1.5mm 0; font: bold 20pt monospace; letter-spacing: 0.06em }
div::after { content: ${cssString(same)}; white-space: pre-line }
@media print { p { display: none } }
</style>
<p>Print this on A4, cut it, hand each slip to its person, and erase this file.</p>
${sheets.map((sheet) => `<section>\n${sheet.map(({ displayName, code }) => `<div><b dir="auto">${escaped(displayName)}</b><code>${escaped(code)}</code></div>`).join('\n')}\n</section>`).join('\n')}
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
/** Whatever is no plain letter, digit, space or point by its number (CSS Syntax Level 3, section 4.3.7): nothing in it ends the string or the style. */
const cssString = (text: string): string => `"${text.replaceAll(/[^A-Za-z0-9 .,]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;
