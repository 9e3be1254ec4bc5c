/**
 * A whole room without hardware: the virtual classroom, its signs paired with it,
 * one enrolled demo teacher, and the service as it is installed, running in
 * between. `npm start` and the whole-room tests use the same.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSignKey, signKeyName, writeSignKey } from '../config/keys.js';
import type { Settings } from '../config/settings.js';
import { pairSign } from '../firmware-bridge/sign/pairing.js';
import { openDemoSchool, type DemoSchool } from './demo-school.js';
import { eepromPath, openClassroom, type Classroom, type ClassroomOptions, type RoomSign } from '../hardware/virtual/room/classroom.js';

export interface VirtualSchoolOptions {
  /** Everything that is written goes below here. */
  readonly folder: string;
  readonly kioskPort: number;
  /** Turns the LAN page and the download on, on loopback; off without it. */
  readonly doorPort?: number;
  readonly classroom?: Omit<ClassroomOptions, 'folder' | 'hexPath' | 'signs'>;
  /** Up to four; one with panel 1 where it is not given. */
  readonly signs?: readonly RoomSign[];
  /** Where the teacher's view is; the front of the room where it is not given. */
  readonly view?: { readonly pan: number; readonly tilt: number };
  /** Lets a test hang the recorder's main thread. */
  readonly testHooks?: boolean;
  /** File descriptor for the service's log; without it there is none. */
  readonly log?: number;
}

export interface Service {
  readonly child: ChildProcess;
  /** Resolved when it has ended, however. */
  readonly gone: Promise<void>;
}

export interface VirtualSchool extends DemoSchool {
  readonly classroom: Classroom;
  readonly kioskUrl: string;
  /** The LAN page's, where it is on. */
  readonly doorUrl: string | null;
  /** What a stick would be plugged into. */
  readonly stick: string;
  /** The recorder's own folder: vault, state, keys. */
  readonly recorderFolder: string;
  readonly service: Service;
  /** Once more, after it has ended. */
  startService(): Promise<Service>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../', import.meta.url));
/** SRG-300H steps: 163° to the right, where the virtual camera sees a wall; the room's front is 0. */
const PARKING = { pan: 0x2100, tilt: 0 };
const FRONT = { pan: 0, tilt: 0 };
const SERVICE_WITHIN_MS = 30_000;
/** Of what the service says last, for when it ends at once. */
const WORDS_KEPT = 2000;

/** @throws Error with a sentence, where a part does not start. */
export async function openVirtualSchool(options: VirtualSchoolOptions): Promise<VirtualSchool> {
  const [recorderFolder, keys, stick, lines] = ['recorder', 'keys', 'stick', 'room'].map((name) => join(options.folder, name)) as [string, string, string, string];
  for (const folder of [recorderFolder, keys, stick]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const claim = await claimed(options.folder);
  const { signs = [{ panel: 1 }] } = options;
  const halves = signs.map((_, index) => ({ key: join(recorderFolder, signKeyName(index + 1)), eeprom: eepromPath(lines, index + 1) }));
  // A board that is paired already takes no second key, and a new board knows none: both halves of the key, or a new pairing.
  const unpaired = [...halves.entries()].filter(([, { key, eeprom }]) => !existsSync(key) || !existsSync(eeprom));
  for (const [, { key, eeprom }] of unpaired) for (const half of [key, eeprom]) await rm(half, { force: true });
  const classroom = await openClassroom({ ...options.classroom, signs, folder: lines, hexPath: join(root, 'hardware/sign/sign.hex') });
  try {
    for (const [index, { key }] of unpaired) await pair(classroom, index, key);
    const demo = await openDemoSchool(recorderFolder, keys);
    const settings = join(recorderFolder, 'settings.json');
    await writeFile(settings, `${JSON.stringify(settingsOf(classroom, options, stick), null, 2)}\n`);
    let service: Service;
    const startService = async (): Promise<Service> => {
      service = await openService(settings, options);
      return service;
    };
    service = await startService();
    return {
      classroom, ...demo, stick, recorderFolder, startService,
      get service() { return service; },
      kioskUrl: `http://127.0.0.1:${options.kioskPort}/`,
      doorUrl: options.doorPort === undefined ? null : `http://127.0.0.1:${options.doorPort}/`,
      async close() {
        service.child.kill('SIGTERM');
        const impatience = setTimeout(() => service.child.kill('SIGKILL'), SERVICE_WITHIN_MS);
        await service.gone;
        clearTimeout(impatience);
        await classroom.close();
        claim.close();
      },
    };
  } catch (error) {
    await classroom.close();
    claim.close();
    throw error;
  }
}

/**
 * One classroom in a folder at a time: a second one would pull out the first one's lines, and two recorders would write one state.
 * An abstract socket (unix(7)) is given back when its process ends, however it ends.
 * @throws Error where another runs there.
 */
async function claimed(folder: string): Promise<Server> {
  const server = createServer().unref();
  const name = `\0lamplight-${createHash('sha256').update(await realpath(folder)).digest('hex').slice(0, 32)}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new Error(`another virtual classroom runs in ${folder}; close it first`))).listen(name, resolve);
  });
  return server;
}

function settingsOf({ ports }: Classroom, { kioskPort: port, doorPort, view = FRONT }: VirtualSchoolOptions, stick: string): Settings {
  const { video, sound } = ports;
  return {
    room: 'Virtual classroom',
    dataFolder: '.',
    kiosk: { port },
    camera: { path: ports.camera, baudRate: 9600, parking: PARKING, view: { kind: 'position', ...view, zoom: 0 } },
    microphone: { path: ports.microphone, baudRate: 115_200, tag: 'Mic1', channel: 1 },
    signs: ports.signs.map((path) => ({ path, baudRate: 115_200 })),
    sources: {
      video: { kind: 'shm', socket: video.socket, width: video.width, height: video.height, fps: video.framesPerSecond },
      sound: { kind: 'shm', socket: sound.socket, channels: sound.channels },
    },
    stick,
    ...(doorPort !== undefined && { lan: { address: '127.0.0.1', doorPage: true, doorPort, download: true } }),
  };
}

/** As a technician does: holds the sign's Stop button and runs the pairing. */
async function pair({ signs, ports }: Classroom, index: number, keyFile: string): Promise<void> {
  const [sign, path] = [signs[index], ports.signs[index]];
  if (sign === undefined || path === undefined) throw new Error(`the virtual classroom has no sign ${index + 1}`);
  const key = newSignKey();
  await sign.do({ do: 'press' });
  await pairSign(path, key);
  await sign.do({ do: 'release' });
  await writeSignKey(keyFile, key);
}

/** The service as it is installed: main.ts and a settings file. @throws Error where it is not ready within 30 s. */
async function openService(settings: string, { testHooks = false, log }: VirtualSchoolOptions): Promise<Service> {
  const child = spawn(process.execPath, [join(root, 'main.js'), settings, ...(testHooks ? ['--test-hooks'] : [])], {
    stdio: ['ignore', log ?? 'ignore', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C is for us, and we tell it to close.
    detached: true,
  });
  let words = '';
  child.stderr?.on('data', (text: Buffer) => { words = (words + text.toString()).slice(-WORDS_KEPT); });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error('the service did not get ready in time')); }, SERVICE_WITHIN_MS);
    child.once('message', () => { clearTimeout(late); resolve(); });
    child.once('exit', (code) => { clearTimeout(late); reject(new Error(words.trim() || `the service ended at once (${String(code)})`)); });
  });
  return { child, gone };
}
