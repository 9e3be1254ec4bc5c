/**
 * `npm run devices`: the cameras and sound cards of this machine, as settings name them, with what each can do.
 * `npm run devices -- --probe PORT`: what hangs on a serial port, and its part of the settings.
 */
import { execFile } from 'node:child_process';
import { parseArgs } from 'node:util';
import { presentDevices } from '../pipeline/sources-present.js';
import { probeReport } from './devices-probe.js';

/** What a camera offers, by v4l2-ctl(1); it asks the device and takes no picture. */
const pictureFormats = (device: string): Promise<string> => new Promise((resolve) => {
  execFile('v4l2-ctl', ['--device', device, '--list-formats-ext'], { timeout: 5000 }, (error, output) =>
    resolve(error === null ? output.split('\n').filter((line) => /\[\d+\]:|Size:|Interval:/.test(line)).join('\n') : '    (what it can do: install v4l-utils, or another program holds it)'));
});

async function listPresent(): Promise<void> {
  const { cameras, cards } = await presentDevices();
  console.log(cameras.length === 0 ? 'No camera is connected.' : 'Cameras, for "video": { "kind": "v4l2", "device": … }');
  for (const { device, name } of cameras) console.log(`  ${device}  (${name})\n${await pictureFormats(device)}`);
  console.log(cards.length === 0 ? 'No sound card that records is connected.' : 'Sound cards, for "sound": { "kind": "alsa", "device": … }');
  for (const { device, name, formats } of cards) console.log([`  ${device}  (${name})`, ...formats.map((format) => `    ${format}`)].join('\n'));
}

/** @returns the exit code. */
async function probe(port: string): Promise<number> {
  console.log(`Asking on ${port}, which takes some seconds. Nothing is moved, muted or set.`);
  const { lines, found } = await probeReport(port);
  console.log(lines.join('\n'));
  return found ? 0 : 1;
}

function readPort(): string | undefined {
  try {
    return parseArgs({ options: { probe: { type: 'string' } } }).values.probe;
  } catch (error) {
    console.error(`devices: ${(error as Error).message}\nnpm run devices [-- --probe PORT]`);
    process.exit(2);
  }
}

const port = readPort();
if (port === undefined) await listPresent();
else process.exitCode = await probe(port);
