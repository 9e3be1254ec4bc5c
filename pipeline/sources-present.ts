/** Which cameras and sound cards are there, by names that survive replugging; and what to say where the named one is not. Nothing is opened. */
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { SourceSettings } from './sources.js';

export interface PresentCamera {
  /** /dev/v4l/by-id/…, or /dev/videoN where udev knows no such name. */
  readonly device: string;
  readonly name: string;
}
export interface PresentCard {
  /** hw:CARD=…,DEV=… */
  readonly device: string;
  readonly name: string;
  /** As /proc/asound says it: `S16_LE, 8 channels, 48000`; for USB only. */
  readonly formats: readonly string[];
}
export interface PresentDevices {
  readonly cameras: readonly PresentCamera[];
  readonly cards: readonly PresentCard[];
}

/** @param root of the file system, for tests. */
export async function presentDevices(root = '/'): Promise<PresentDevices> {
  return { cameras: await cameras(root), cards: await cards(root) };
}

const list = (folder: string): Promise<string[]> => readdir(folder).then((names) => names.sort(), () => []);
const text = (file: string): Promise<string> => readFile(file, 'utf8').then((words) => words.trim(), () => '');

/** A camera has several nodes; those of index 0 give the picture, others metadata (Linux, uvcvideo). */
async function cameras(root: string): Promise<PresentCamera[]> {
  const byId = path.join(root, 'dev/v4l/by-id');
  const stable = new Map<string, string>();
  for (const link of await list(byId)) stable.set(path.basename(await readlink(path.join(byId, link))), `/dev/v4l/by-id/${link}`);
  const sys = path.join(root, 'sys/class/video4linux');
  const found: PresentCamera[] = [];
  for (const node of await list(sys)) {
    if (!node.startsWith('video') || !['0', ''].includes(await text(path.join(sys, node, 'index')))) continue;
    found.push({ device: stable.get(node) ?? `/dev/${node}`, name: await text(path.join(sys, node, 'name')) });
  }
  return found;
}

/** `01-00: USB Audio : USB Audio : capture 1` */
const PCM = /^(\d+)-(\d+): (.*?) *:.*capture \d+/;

async function cards(root: string): Promise<PresentCard[]> {
  const proc = path.join(root, 'proc/asound');
  const found: PresentCard[] = [];
  for (const line of (await text(path.join(proc, 'pcm'))).split('\n')) {
    const [, card, device, name] = PCM.exec(line) ?? [];
    if (card === undefined) continue;
    const folder = path.join(proc, `card${Number(card)}`);
    const id = await text(path.join(folder, 'id'));
    found.push({ device: `hw:CARD=${id || Number(card)},DEV=${Number(device)}`, name: name ?? '', formats: captureFormats(await text(path.join(folder, `stream${Number(device)}`))) });
  }
  return found;
}

/** From /proc/asound/cardN/streamN, which USB cards have. */
export function captureFormats(stream: string): string[] {
  const capture = stream.split(/^Capture:$/m)[1] ?? '';
  return capture.split(/^ *Interface \d+$/m).slice(1).flatMap((side) => {
    const of = (field: string): string | undefined => new RegExp(`^ *${field}: (.+)$`, 'm').exec(side)?.[1];
    const [format, channels, rates] = [of('Format'), of('Channels'), of('Rates')];
    return format === undefined || channels === undefined ? [] : [`${format}, ${channels} channels, ${rates ?? 'unknown rates'}`];
  });
}

/**
 * What to write into the log where a source did not open: which of the devices
 * named in the settings is not there, and which are.
 * @returns undefined where all that are named are there: then the device is held by another program, or does not do what is asked of it.
 */
export async function missingSources({ video, sound }: Pick<SourceSettings, 'video' | 'sound'>, root = '/'): Promise<string | undefined> {
  const present = await presentDevices(root);
  const sentences: string[] = [];
  if (video.kind === 'v4l2' && !await exists(path.join(root, video.device)))
    sentences.push(`There is no camera ${video.device}. ${among('cameras', present.cameras)}`);
  if (sound.kind === 'alsa' && !present.cards.some((card) => isSameCard(card.device, sound.device)))
    sentences.push(`There is no sound card ${sound.device}. ${among('sound cards that record', present.cards)}`);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

const exists = (file: string): Promise<boolean> => realpath(file).then(() => true, () => false);

const among = (what: string, devices: readonly { readonly device: string; readonly name: string }[]): string =>
  devices.length === 0 ? `No ${what} are connected.` : `The ${what} here: ${devices.map(({ device, name }) => `${device} (${name})`).join(', ')}.`;

/** `hw:CARD=Array`, `plughw:Array,0` and `hw:CARD=Array,DEV=0` are one. */
function isSameCard(present: string, named: string): boolean {
  const plain = (device: string): string => {
    const [card = '', number = '0'] = device.replace(/^(plug)?hw:/, '').replace(/CARD=|DEV=/g, '').split(',');
    return `${card},${number}`;
  };
  return plain(present) === plain(named);
}
