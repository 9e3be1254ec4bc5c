/**
 * `node dist/tools/board-faces.js --panel N --languages en[,cy] --out FILE`: the faces that the sign's board draws by
 * itself, as a C header for its flash. Called by hardware/sign/Makefile.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { crc16 } from '../firmware-bridge/sign/crc16.js';
import { draw } from '../firmware-bridge/sign/draw.js';
import type { AnyFace, Place } from '../firmware-bridge/sign/faces.js';
import { PANELS } from '../firmware-bridge/sign/panels.js';
import { rowsOf, scan } from '../firmware-bridge/sign/scan.js';
import { WORDS } from '../firmware-bridge/sign/words.js';
import { packRows } from './pack-rows.js';

/** Names in faces.c. */
const FACES: readonly (readonly [name: string, face: AnyFace])[] = [
  ['CHECKING', { kind: 'checking' }],
  ['ASSUME_RECORDING', { kind: 'assume-recording' }],
  ['OUT_OF_ORDER', { kind: 'out-of-order' }],
  ['PAUSED', { kind: 'paused' }],
];
const BYTES_A_LINE = 24;

const { values } = parseArgs({ options: { panel: { type: 'string' }, languages: { type: 'string', default: 'en' }, out: { type: 'string' } } });
try {
  if (values.out === undefined) throw new Error('--out is missing');
  writeFileSync(values.out, header(Number(values.panel), languagesOf(values.languages)));
} catch (error) {
  console.error(`board-faces: ${(error as Error).message}`);
  process.exitCode = 1;
}

/** @throws Error where it is not one or two languages that the sign speaks. */
function languagesOf(list: string): Place['languages'] {
  const languages = list.split(',');
  const unknown = languages.find((language) => !(language in WORDS));
  if (unknown !== undefined) throw new Error(`the sign does not speak “${unknown}”, but ${Object.keys(WORDS).join(', ')}`);
  if (languages.length > 2) throw new Error('a sign has one or two languages');
  return languages as unknown as Place['languages'];
}

/** @throws Error for an unknown panel; TextDoesNotFit where a face has no room for its words. */
function header(number: number, languages: Place['languages']): string {
  const panel = PANELS[number];
  if (panel === undefined) throw new Error(`--panel is one of ${Object.keys(PANELS).join(', ')}`);
  const rows = rowsOf(panel);
  const pictures = FACES.map(([name, face]) => {
    // No room and no address: these faces are the same in every room.
    const bits = scan(draw(face, panel, { languages, room: '' }).bits, panel);
    return { name, crc: crc16(bits), packed: packRows(bits, rows.bytes) };
  });
  return [
    `/* Made by tools/board-faces.ts: panel ${number}, ${languages.join(' and ')}. */`,
    '#pragma once',
    '#include <avr/pgmspace.h>',
    '#include <stdint.h>',
    `#define FACES_ROW_BYTES ${rows.bytes}`,
    `#define FACES_ROWS ${rows.count}`,
    ...pictures.flatMap(({ name, crc, packed }) => [
      `#define ${name}_CRC 0x${crc.toString(16).padStart(4, '0')}`,
      `static const uint8_t ${name}_ROWS[] PROGMEM = { /* ${packed.length} bytes */`,
      ...linesOf(packed),
      '};',
    ]),
    '',
  ].join('\n');
}

function linesOf(bytes: Buffer): string[] {
  return Array.from({ length: Math.ceil(bytes.length / BYTES_A_LINE) }, (_, line) => `  ${Array.from(bytes.subarray(line * BYTES_A_LINE, (line + 1) * BYTES_A_LINE), (byte) => `${byte},`).join('')}`);
}
