/** The virtual microphone: TTP on a pseudo-terminal, and its sound for GStreamer. */
import { Cables } from '../cables.js';
import { CaptureDevice } from '../capture-device.js';
import { monotonic, type Device } from '../program.js';
import { SerialLine } from '../serial-line.js';
import { beatSteadily } from '../steady-beat.js';
import type { MicrophoneContract, MicrophoneEvent, MicrophoneOptions, MicrophoneSnapshot } from './contract.js';
import { LineSplitter } from './lines.js';
import { SAMPLE_RATE, speak } from './speech.js';
import { Tesira, type Channel } from './ttp.js';

const BLOCK_MS = 20;
const BLOCK_SAMPLES = (SAMPLE_RATE * BLOCK_MS) / 1000;
/** Blocks that may lie unread: 640 ms for one reader. */
const UNREAD_BLOCKS = 64;
/** After a longer stand-still the sound goes on from now, as a sound card's buffer runs over. */
const MOST_AT_ONCE = 10;

export async function openMicrophone(options: MicrophoneOptions, tell: (event: MicrophoneEvent) => void): Promise<Omit<Device<MicrophoneContract>, 'tell'>> {
  const { channels, tag = 'Mic1', echo = true, answerMs = 5 } = options;
  const tesira = new Tesira({ tag, channels, muted: options.muted ?? false });
  const splitter = new LineSplitter();
  const speech = speak();
  let blocks = 0;
  let position = 0;

  const line = await SerialLine.open(options.ptyPath, options.baudRate ?? 115_200, (bytes) => {
    for (const command of splitter.push(bytes)) {
      const answers = command === undefined ? ['-GENERAL_FAILURE'] : obey(command);
      line.say(Buffer.from(answers.map((answer) => `${answer}\r\n`).join(''), 'latin1'), answerMs);
    }
  });

  const obey = (command: string): string[] => {
    tell({ what: 'heard', at: monotonic(), line: command });
    const before = tesira.channels;
    const answers = tesira.hear(command);
    const muted = tesira.channels.map((channel) => channel.muted);
    if (muted.some((now, i) => now !== before[i]?.muted)) tell({ what: 'mute', at: monotonic(), channels: muted });
    return echo ? [command, ...answers] : answers;
  };

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
      device.offer(mixed(speech.subarray(position, position + BLOCK_SAMPLES), tesira.channels));
      blocks += 1;
    }
  });

  return {
    command: (command) => cables.do(command),
    snapshot(): Promise<MicrophoneSnapshot> {
      return Promise.resolve({
        muted: tesira.channels.every((channel) => channel.muted), levels: tesira.channels.map((channel) => channel.level),
        relay: cables.relay, readers: device.readers, blocks, plugged: line.plugged, lineFault: line.fault,
      });
    },
    async close() {
      stopTalking();
      line.close();
      await device.close();
    },
  };
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
