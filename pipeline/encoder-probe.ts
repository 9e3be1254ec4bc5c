/**
 * Which encoders truly work on this machine: each is given a second of picture
 * or sound in a process of its own, because a driver may crash or hang. What
 * was found is remembered until GStreamer or its elements change.
 */
import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { PICTURE_ENCODERS, pictureEncoder, SOUND_ENCODERS, soundEncoder, type Encoders } from './encoders.js';

/** For one second of media, starting the driver included: one that takes longer would not keep up either. */
const PROBE_LIMIT_MS = 4000;
/** No encoded second comes near this. */
const OUTPUT_LIMIT = 16 * 1024 * 1024;

export interface Outcome {
  readonly ok: boolean;
  readonly output: Buffer;
}
/** Runs a program with a time limit; never rejects. */
export type Run = (program: string, args: readonly string[]) => Promise<Outcome>;

export interface ProbeOptions {
  /** Where the outcome is remembered. */
  readonly file: string;
  readonly picture: { readonly width: number; readonly height: number; readonly fps: number };
  /** These or none. */
  readonly forced?: Partial<Encoders>;
  readonly run?: Run;
}

/** @throws SettingsError where a forced one is unknown. @throws Error where none works; the sentence says which were tried. */
export async function workingEncoders({ file, picture, forced = {}, run = runLimited }: ProbeOptions): Promise<Encoders> {
  const machine = await machineFacts(run);
  const found = JSON.stringify({ machine, picture: [picture.width, picture.height, picture.fps], forced });
  const remembered = await recall(file, found);
  if (remembered !== undefined) return remembered;

  const size = `video/x-raw,format=I420,width=${picture.width},height=${picture.height},framerate=${picture.fps}/1`;
  const encoders: Encoders = {
    picture: await best('picture', PICTURE_ENCODERS, machine.elements, forced.picture, async (name) =>
      isMainH264(await run('gst-launch-1.0', split(`-q videotestsrc num-buffers=${picture.fps} ! ${size} ! ${pictureEncoder(name, picture)} ! h264parse ! video/x-h264,stream-format=byte-stream ! fdsink fd=1`)))),
    sound: await best('sound', SOUND_ENCODERS, machine.elements, forced.sound, async (name) =>
      isAac(await run('gst-launch-1.0', split(`-q audiotestsrc num-buffers=50 samplesperbuffer=960 ! audio/x-raw,rate=48000,channels=1 ! ${soundEncoder(name)} ! audio/mpeg,stream-format=adts ! fdsink fd=1`)))),
  };
  await remember(file, { found, ...encoders });
  return encoders;
}

async function best(what: string, known: readonly string[], present: readonly string[], forced: string | undefined, works: (name: string) => Promise<boolean>): Promise<string> {
  const candidates = forced === undefined ? known.filter((name) => present.includes(name)) : [forced];
  for (const name of candidates) if (await works(name)) return name;
  throw new Error(`no encoder for the ${what} works on this machine (tried: ${candidates.join(', ') || 'none, because none is installed'}); \`npm run setup\` installs the usual ones`);
}

interface MachineFacts {
  readonly gstreamer: string;
  /** Of those that we know. Drivers register theirs only where their hardware is. */
  readonly elements: readonly string[];
}

async function machineFacts(run: Run): Promise<MachineFacts> {
  const { output } = await run('gst-inspect-1.0', ['--version']);
  const known = [...PICTURE_ENCODERS, ...SOUND_ENCODERS];
  const elements: string[] = [];
  for (const name of known) if ((await run('gst-inspect-1.0', ['--exists', name])).ok) elements.push(name);
  return { gstreamer: output.toString().trim(), elements };
}

/** Has a sequence parameter set of main or baseline profile, and a key frame (ITU-T H.264, 7.3.1 and 7.3.2.1.1). */
function isMainH264({ ok, output }: Outcome): boolean {
  const stream = output.toString('latin1');
  return ok && /\0\0\x01[\x27\x47\x67][\x42\x4d]/.test(stream) && /\0\0\x01[\x25\x45\x65]/.test(stream);
}

/** Begins with the sync word of ADTS (ISO/IEC 14496-3, 1.A.2.2). */
const isAac = ({ ok, output }: Outcome): boolean => ok && output.length > 100 && (output.readUInt16BE(0) & 0xfff0) === 0xfff0;

/** gst-launch-1.0 takes a line word by word; no value here has a space. */
const split = (line: string): string[] => line.split(' ');

const runLimited: Run = (program, args) => new Promise((resolve) => {
  execFile(program, args, { encoding: 'buffer', timeout: PROBE_LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: OUTPUT_LIMIT },
    (error, output) => resolve({ ok: error === null, output }));
});

async function recall(file: string, found: string): Promise<Encoders | undefined> {
  try {
    const { found: then, picture, sound } = JSON.parse(await readFile(file, 'utf8')) as { found?: unknown; picture?: unknown; sound?: unknown };
    return then === found && typeof picture === 'string' && typeof sound === 'string' ? { picture, sound } : undefined;
  } catch {
    return undefined; // none yet, or not ours: probed anew
  }
}

/** Losing it costs seconds, so it is not synced; but it is never half a file. */
async function remember(file: string, outcome: object): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(outcome), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
