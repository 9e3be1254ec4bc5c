/** `npm run devices`: the cameras and sound cards of this machine, as settings name them, with what each can do. */
import { execFile } from 'node:child_process';
import { presentDevices } from '../pipeline/sources-present.js';

/** What a camera offers, by v4l2-ctl(1); it asks the device and takes no picture. */
const pictureFormats = (device: string): Promise<string> => new Promise((resolve) => {
  execFile('v4l2-ctl', ['--device', device, '--list-formats-ext'], { timeout: 5000 }, (error, output) =>
    resolve(error === null ? output.split('\n').filter((line) => /\[\d+\]:|Size:|Interval:/.test(line)).join('\n') : '    (what it can do: install v4l-utils, or another program holds it)'));
});

const { cameras, cards } = await presentDevices();
console.log(cameras.length === 0 ? 'No camera is connected.' : 'Cameras, for "video": { "kind": "v4l2", "device": … }');
for (const { device, name } of cameras) console.log(`  ${device}  (${name})\n${await pictureFormats(device)}`);
console.log(cards.length === 0 ? 'No sound card that records is connected.' : 'Sound cards, for "sound": { "kind": "alsa", "device": … }');
for (const { device, name, formats } of cards) console.log([`  ${device}  (${name})`, ...formats.map((format) => `    ${format}`)].join('\n'));
