/**
 * A Vaddio mixer's control line: it sends back each character, dresses its
 * words in VT100 sequences, and ends every answer by a prompt without a line
 * end (Vaddio manuals, "Serial Command API"; OneLINK Bridge p. 56 prints the answers).
 */
import type { Channel, Console } from './console.js';

interface VaddioOptions {
  readonly channels: number;
  readonly muted: boolean;
  readonly onCommand: (line: string) => void;
}

/** Nothing that a client sends is this long; what is, is noise. */
const LONGEST = 4096;
const ERASE = '\x1b[J';
const PROMPT = '\x1b[0;37m> ';
const CTRL_5 = 0x05;
const CR = 0x0d;
const LF = 0x0a;
const SYNTAX_ERROR = ['Syntax error: Unknown or incomplete command'];
const [LEAST_DB, MOST_DB] = [-42, 6];

/** `key   value`, in two columns. */
const row = (key: string, value: string): string => `${key.padEnd(18)}${value}`;
const FACTS: Readonly<Record<string, readonly string[]>> = {
  version: [row('Commit', '8f3a11c'), row('Product', 'EasyIP Mixer'), row('System Version', '1.3.1')],
  'network settings get': [row('Name', 'eth0:WAN'), row('MAC Address', '04:91:62:DB:6F:19'), row('IP Address', '192.168.1.67'), row('Netmask', '255.255.255.0'), row('VLAN', 'Disabled'), row('Gateway', '192.168.1.1')],
};

export function vaddioConsole({ channels, muted, onCommand }: VaddioOptions): Console {
  const fresh = (): Map<string, Channel> =>
    new Map<string, Channel>([['master', { muted: false, level: 0 }], ...Array.from({ length: channels }, (_, i): [string, Channel] => [`line_in_${i + 1}`, { muted, level: 0 }])]);
  let inputs = fresh();
  let pending = '';

  function change(input: string, to: Partial<Channel>): readonly string[] {
    inputs.set(input, { ...(inputs.get(input) ?? { muted: false, level: 0 }), ...to });
    return ['OK'];
  }

  function volume(input: string, channel: Channel, verb: string | undefined, value: string | undefined): readonly string[] {
    if (verb === 'get' && value === undefined) return [`volume         ${channel.level.toFixed(1)} dB`, 'OK'];
    const dB = Number(value);
    return verb === 'set' && value !== undefined && dB >= LEAST_DB && dB <= MOST_DB ? change(input, { level: dB }) : SYNTAX_ERROR;
  }

  function obey(line: string): readonly string[] {
    const facts = Object.hasOwn(FACTS, line) ? FACTS[line] : undefined;
    if (facts !== undefined) return [...facts, 'OK'];
    const [audio, input = '', control, verb, value, ...more] = line.split(/ +/);
    const channel = inputs.get(input);
    if (audio !== 'audio' || channel === undefined || more.length > 0) return SYNTAX_ERROR;
    switch (`${control ?? ''} ${verb ?? ''}`) {
      case 'mute on': return change(input, { muted: true });
      case 'mute off': return change(input, { muted: false });
      case 'mute toggle': return change(input, { muted: !channel.muted });
      case 'mute get': return [`mute:           ${channel.muted ? 'on' : 'off'}`, 'OK'];
      default: return control === 'volume' ? volume(input, channel, verb, value) : SYNTAX_ERROR;
    }
  }

  function take(byte: number): string {
    switch (byte) {
      case CTRL_5:
        pending = '';
        return '';
      case LF:
        return '';
      case CR: {
        const line = pending.trim();
        pending = '';
        if (line === '') return `\r\n${PROMPT}`;
        onCommand(line);
        return `${ERASE}\r\n${(line.length > LONGEST ? SYNTAX_ERROR : obey(line)).join('\r\n')}\r\n${PROMPT}`;
      }
      default:
        if (pending.length <= LONGEST) pending += String.fromCharCode(byte);
        return String.fromCharCode(byte);
    }
  }

  return {
    get channels() {
      const { muted: all, level: master } = inputs.get('master') ?? { muted: false, level: 0 };
      return [...inputs].filter(([name]) => name !== 'master').map(([, own]) => ({ muted: own.muted || all, level: own.level + master }));
    },
    led: undefined,
    hear(bytes) {
      const said = Array.from(bytes, take).join('');
      return said === '' ? [] : [said];
    },
    /** A button for all of it; the interface says nothing of it. */
    press() {
      const off = [...inputs.values()].every((channel) => channel.muted);
      for (const name of inputs.keys()) change(name, { muted: !off });
      return [];
    },
    restart() {
      inputs = fresh();
      pending = '';
      return [`\r\n\r\nVaddio EasyIP Mixer\r\n\r\n${PROMPT}`];
    },
  };
}
