/** The virtual microphone: a vendor's text protocol on a pseudo-terminal, and its sound for GStreamer. */
import { Cables } from '../cables.js';
import { CaptureDevice } from '../capture-device.js';
import { monotonic, type Device } from '../program.js';
import { SerialLine } from '../serial-line.js';
import { beatSteadily } from '../steady-beat.js';
import type { Channel, Console } from './console.js';
import type { MicrophoneContract, MicrophoneEvent, MicrophoneOptions, MicrophoneSnapshot } from './contract.js';
import { SAMPLE_RATE, speak } from './speech.js';
import { tesiraConsole } from './tesira.js';
import { vaddioConsole } from './vaddio.js';

const BLOCK_MS = 20;
const BLOCK_SAMPLES = (SAMPLE_RATE * BLOCK_MS) / 1000;
/** Blocks that may lie unread: 640 ms for one reader. */
const UNREAD_BLOCKS = 64;
/** After a longer stand-still the sound goes on from now, as a sound card's buffer runs over. */
const MOST_AT_ONCE = 10;
const BAUD_RATES = { tesira: 115_200, vaddio: 38_400 } as const;
/** Real ones take a minute. */
const BOOT_MS = 100;

export async function openMicrophone(options: MicrophoneOptions, tell: (event: MicrophoneEvent) => void): Promise<Omit<Device<MicrophoneContract>, 'tell'>> {
  const { channels, answerMs = 5, bootMs = BOOT_MS } = options;
  const control = consoleOf(options, (command) => tell({ what: 'heard', at: monotonic(), line: command }));
  const speech = speak();
  let blocks = 0;
  let position = 0;
  let booting: NodeJS.Timeout | undefined;

  const line = await SerialLine.open(options.ptyPath, options.baudRate ?? BAUD_RATES[options.kind ?? 'tesira'], (bytes) => {
    if (booting !== undefined) return;
    for (const said of options.login === true ? ['\r\nlogin: '] : watched(() => control.hear(bytes))) say(said, answerMs);
  });

  const say = (text: string, afterMs: number): void => line.say(Buffer.from(text, 'latin1'), afterMs);

  /** Does something that may mute or unmute it, and tells so. */
  function watched(work: () => string[]): string[] {
    const before = control.channels;
    const said = work();
    const muted = control.channels.map((channel) => channel.muted);
    if (muted.some((now, i) => now !== before[i]?.muted)) tell({ what: 'mute', at: monotonic(), channels: muted });
    return said;
  }

  function reset(): void {
    const said = watched(() => control.restart());
    clearTimeout(booting);
    booting = setTimeout(() => {
      booting = undefined;
      for (const text of said) say(text, 0);
    }, bootMs);
  }

  const cables = new Cables(line, tell);

  const device = await CaptureDevice.open({
    socketPath: options.socketPath,
    blockBytes: BLOCK_SAMPLES * 2 * channels,
    blocks: UNREAD_BLOCKS,
    onReader: (change, readers) => tell({ what: `device-${change}`, at: monotonic(), readers }),
  });

  const stopTalking = beatSteadily(BLOCK_MS, (periods) => {
    for (let n = 0; n < Math.min(periods, MOST_AT_ONCE); n++) {
      position = (position + BLOCK_SAMPLES) % speech.length;
      if (cables.relay === 'open' || device.readers === 0) continue;
      device.offer(mixed(speech.subarray(position, position + BLOCK_SAMPLES), control.channels));
      blocks += 1;
    }
  });

  return {
    async command(command) {
      switch (command.do) {
        case 'reset':
          return reset();
        case 'press':
          for (const text of watched(() => control.press())) say(text, 0);
          return;
        default:
          return cables.do(command);
      }
    },
    snapshot(): Promise<MicrophoneSnapshot> {
      return Promise.resolve({
        muted: control.channels.every((channel) => channel.muted), levels: control.channels.map((channel) => channel.level), led: control.led ?? null,
        relay: cables.relay, readers: device.readers, blocks, plugged: line.plugged, lineFault: line.fault,
      });
    },
    async close() {
      stopTalking();
      clearTimeout(booting);
      line.close();
      await device.close();
    },
  };
}

function consoleOf(options: MicrophoneOptions, onCommand: (line: string) => void): Console {
  const { kind = 'tesira', channels, muted = false, tag = 'Mic1', led, meter, echo = true } = options;
  return kind === 'vaddio' ? vaddioConsole({ channels, muted, onCommand }) : tesiraConsole({ tag, channels, muted, led, meter, echo, onCommand });
}

/** One mono block as each channel carries it: by its gain, or exact zeros. @returns S16LE, interleaved. */
function mixed(mono: Int16Array, channels: readonly Channel[]): Uint8Array {
  const block = new Int16Array(mono.length * channels.length);
  for (const [i, { muted, level }] of channels.entries()) {
    if (muted) continue;
    const gain = 10 ** (level / 20);
    for (let n = 0; n < mono.length; n++) {
      block[n * channels.length + i] = Math.max(-32_768, Math.min(32_767, Math.round((mono[n] ?? 0) * gain)));
    }
  }
  return new Uint8Array(block.buffer);
}
