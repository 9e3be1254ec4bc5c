/** `npm run verify -- FOLDER [--device-key HEX]`: what holds of a collected session, without any key that opens it. Exit code 0: complete; 1: interrupted or altered; 2: not checked. */
import { parseArgs } from 'node:util';
import { deviceKeyFrom, verifyFiles, type Verified } from '../pipeline/seal/format.js';
import { nodeCrypto } from '../pipeline/seal/node.js';
import { folderFiles } from '../pipeline/vault/verify.js';

const USAGE = 'npm run verify -- FOLDER [--device-key HEX]';

try {
  const { positionals: [folder, ...more], values } = parseArgs({ allowPositionals: true, options: { 'device-key': { type: 'string' } } });
  if (folder === undefined || more.length > 0) throw new Error(`which folder? Run: ${USAGE}`);
  const given = values['device-key'];
  const key = given === undefined ? undefined : deviceKeyFrom(given);
  if (given !== undefined && key === undefined) throw new Error('a device key is 64 hex digits; copy it from the recovery sheet');
  const verified = await verifyFiles(nodeCrypto, folderFiles(folder), key);
  for (const line of inWords(verified, key !== undefined)) console.log(line);
  process.exitCode = verified.verdict.kind === 'complete' ? 0 : 1;
} catch (error) {
  console.error(`not checked: ${whatToDo(error)}`);
  process.exitCode = 2;
}

function inWords({ verdict, device, session, started, parts, cutParts, framesDropped }: Verified, keyGiven: boolean): string[] {
  const lines = [verdict.words];
  if (session !== undefined) lines.push(`session ${session}, started ${started ?? ''} by the device's clock, ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}`);
  if (verdict.kind === 'interrupted') lines.push('there is no end record: power was cut, or somebody took the end away. Up to there all is as it was recorded.');
  for (const part of cutParts) lines.push(`part ${part} breaks off: its recorder was killed`);
  if (framesDropped > 0) lines.push(`${framesDropped} pictures were lost to overload before they were encoded`);
  if (device === undefined) lines.push('no start of a session was found, so nothing is known of the device');
  else if (keyGiven) lines.push('the device that signed it is the one whose key you gave');
  else lines.push(
    'the chain was checked against itself only: WHOSE DEVICE IT WAS IS NOT PROVEN. Compare this key with the one noted at enrolment, or give that one by --device-key:',
    `  ${device.match(/.{8}/g)?.join(' ') ?? ''}`,
  );
  return lines;
}

function whatToDo(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${path ?? 'the folder'} is not there; name the folder of one session (it holds journal.jsonl)`;
  if (code === 'ENOTDIR') return `${path ?? 'this'} is no folder; name the folder of one session (it holds journal.jsonl)`;
  if (code === 'EACCES') return `${path ?? 'a file'} may not be read; copy the session to a folder of your own`;
  return message;
}
