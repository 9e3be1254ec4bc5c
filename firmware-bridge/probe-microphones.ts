/** Whether a device that mixes microphones is on a port, and what it says of itself. */
import type { Talk } from './probe.js';
import { GET_SERIAL_NUMBER, getMute, type Block } from './microphone/tesira/commands.js';
import { parseLine, type Value } from './microphone/tesira/lines.js';

export type FoundMicrophone =
  | {
      readonly kind: 'tesira';
      readonly baudRate: number;
      readonly serialNumber: string;
      /** Blocks that can be muted, as Tesira software names them. */
      readonly blocks: readonly Block[];
    }
  | {
      readonly kind: 'vaddio';
      readonly baudRate: number;
      /** Its own words of what it is; empty where it wants a login first. */
      readonly version: readonly string[];
      readonly login: boolean;
    };

const textOf = (heard: Buffer): string => heard.toString('latin1');

export async function askTesira(talk: Talk, baudRate: number): Promise<FoundMicrophone | undefined> {
  // Noise of the tries before may have begun a line.
  await talk.ask(Buffer.from('\n'), (heard) => (heard.includes('\n') ? true : undefined));
  const serialNumber = await value(talk, GET_SERIAL_NUMBER.text);
  if (typeof serialNumber !== 'string' && typeof serialNumber !== 'number') return undefined;
  return { kind: 'tesira', baudRate, serialNumber: String(serialNumber), blocks: await mutable(talk) };
}

/** The blocks that answer for their mute: with a channel, or without one (Parlé Processing). */
async function mutable(talk: Talk): Promise<Block[]> {
  const aliases = await value(talk, 'SESSION get aliases');
  const tags = Array.isArray(aliases) ? aliases.filter((tag) => typeof tag === 'string' && /^[^\x00-\x1f"/&]{1,32}$/.test(tag)) as string[] : [];
  const blocks: Block[] = [];
  for (const tag of tags) {
    for (const block of [{ tag, channel: 1 }, { tag }]) {
      if (typeof (await value(talk, getMute(block).text)) !== 'boolean') continue;
      blocks.push(block);
      break;
    }
  }
  return blocks;
}

/** Undefined where it is silent, or refuses. */
async function value(talk: Talk, command: string): Promise<Value | undefined> {
  const got = await talk.ask(Buffer.from(`${command}\n`), (heard) => {
    // The last piece is a line that has no end yet.
    for (const line of textOf(heard).split(/[\r\n]+/).slice(0, -1)) {
      const said = parseLine(line, command);
      if (said.kind === 'ok') return { value: said.value };
      if (said.kind === 'error') return { value: undefined };
    }
    return undefined;
  });
  return got?.value;
}

/** CTRL-5 clears its line, which noise may have begun (Vaddio EasyIP manual, serial control). */
const CLEAR = '\x05';
const ESCAPES = /\x1b\[[0-9;]*[A-Za-z]/g;

/** Its answers are key and value, and end with a prompt that has no line end. */
export async function askVaddio(talk: Talk, baudRate: number): Promise<FoundMicrophone | undefined> {
  return talk.ask(Buffer.from(`${CLEAR}version\r`), (heard) => {
    const text = textOf(heard).replaceAll(ESCAPES, '');
    if (/login: ?$/i.test(text)) return { kind: 'vaddio', baudRate, version: [], login: true };
    if (!/(^|[\r\n])> ?$/.test(text)) return undefined;
    const version = text.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => /\bversion\b.*\d/i.test(line));
    return version.length === 0 ? undefined : { kind: 'vaddio', baudRate, version, login: false };
  });
}
