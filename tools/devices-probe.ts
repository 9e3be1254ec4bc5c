/** What `npm run devices -- --probe PORT` says: in sentences, and as a part of the settings file. */
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { probePort, type Found } from '../firmware-bridge/probe.js';

/** What udev calls a port, which outlives replugging; the port itself where it has no such name. */
export function stableName(port: string, folder = '/dev/serial/by-id'): string {
  const target = real(port);
  return list(folder).map((name) => join(folder, name)).find((link) => real(link) === target) ?? port;
}

/** @returns lines to print, and whether a device was found. Never throws: a port that cannot be opened is said in a sentence. */
export async function probeReport(port: string, patienceMs?: number): Promise<{ lines: readonly string[]; found: boolean }> {
  try {
    const { tried, found } = await probePort(port, patienceMs);
    if (found === undefined) return { lines: [...tried, SILENCE], found: false };
    return { lines: [...tried, ...described(found), 'For the settings file:', settingsOf(found, stableName(port))], found: true };
  } catch (error) {
    return { lines: [(error as Error).message], found: false };
  }
}

const SILENCE = 'No device that this recorder knows answered. Check that it has power, that its cable is a null-modem one where its manual asks for that, and that it is in the right socket (VISCA IN, not OUT); then probe again.';

function described(found: Found): string[] {
  switch (found.kind) {
    case 'visca': {
      const { version, model, power, position, zoom } = found;
      return [
        `It is a camera, spoken to as ${model}${version === undefined ? '' : ` (vendor ${hex(version.vendor)}, model ${hex(version.model)})`}. VISCA tells no serial number.`,
        `It is ${power === 'on' ? 'on' : 'in standby'}${position === undefined ? ' and does not tell where it looks' : ` and looks at pan ${position.pan}, tilt ${position.tilt}${zoom === undefined ? '' : `, zoom ${zoom}`}`}.`,
        ...(position === undefined ? ['Switch it on, turn it to the view, and probe again.'] : ['Where it looks now is offered as the view. Turn it to a bare wall and probe again: what it tells then is its parking position.']),
      ];
    }
    case 'tesira':
      return [
        `It is a Biamp Tesira with the serial number ${found.serialNumber}.`,
        found.blocks.length === 0
          ? 'It tells of no block that can be muted: put the name of the microphone’s block, as it stands in Tesira software, where the settings say so.'
          : `It can mute ${found.blocks.map(({ tag }) => tag).join(', ')}.${found.blocks.length > 1 ? ' The first is offered: choose the microphone’s.' : ''}`,
      ];
    case 'vaddio':
      return found.login
        ? ['It is a device that asks for a login, as Vaddio’s do over the network: switch the login of its serial port off, and probe again.']
        : [`It is a Vaddio: ${found.version.join(', ')}. It tells no serial number.`, 'Every input together is offered; name the microphone’s own (line_in_1 …) where others must not be muted.'];
  }
}

/** What only a person can know is left as words, so that these settings are refused until it is filled in. */
function settingsOf(found: Found, path: string): string {
  switch (found.kind) {
    case 'visca': {
      const { baudRate, position, zoom } = found;
      const view = position === undefined ? 'fill in where it shall look' : { kind: 'position', ...position, ...(zoom === undefined ? {} : { zoom }) };
      return block({ camera: { path, baudRate, parking: 'fill in where it sees a wall only, as { "pan": …, "tilt": … }', view } });
    }
    case 'tesira': {
      const { baudRate, serialNumber, blocks: [first] } = found;
      return block({ microphone: { path, baudRate, ...(first ?? { tag: 'fill in "the name of the block"' }), serialNumber } });
    }
    case 'vaddio':
      return block({ microphone: { kind: 'vaddio', path, baudRate: found.baudRate, input: 'master' } });
  }
}

const block = (settings: object): string => JSON.stringify(settings, null, 2).split('\n').slice(1, -1).join('\n');
const hex = (id: number): string => id.toString(16).padStart(4, '0');

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
