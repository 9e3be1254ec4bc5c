/** The virtual classroom: camera, microphone and signs, each a program of its own, wired together as in a real room. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CameraContract, CameraOptions } from '../camera/contract.js';
import { LONGEST_SOCKET_PATH } from '../capture-device.js';
import type { MicrophoneContract, MicrophoneOptions } from '../microphone/contract.js';
import { SAMPLE_RATE } from '../microphone/speech.js';
import { DeviceProgram } from '../program.js';
import type { SignContract, SignOptions } from '../sign/contract.js';
import { PANELS, type PanelId } from '../sign/panels.js';
import { contactsInSeries } from './contacts.js';

/** One of the room's signs; `hexPath` where its firmware is not where hardware/sign/README.md says. */
export type RoomSign = { readonly panel: PanelId; readonly hexPath?: string } & Partial<Omit<SignOptions, 'ptyPath'>>;

export interface ClassroomOptions {
  /** Where the serial lines, the sockets and the signs' EEPROMs are; made where it does not exist. */
  readonly folder: string;
  /** The firmware of a sign with panel 1, as built by hardware/sign/Makefile; others' lie in folders beside it that have their controllers' names. */
  readonly hexPath: string;
  /** Default 1280 × 720 at 30 frames a second. */
  readonly video?: { readonly width: number; readonly height: number; readonly framesPerSecond: number };
  /** Default 1. */
  readonly channels?: 1 | 2;
  readonly camera?: Omit<CameraOptions, 'ptyPath' | 'socketPath' | 'width' | 'height' | 'framesPerSecond'>;
  readonly microphone?: Omit<MicrophoneOptions, 'ptyPath' | 'socketPath' | 'channels'>;
  /** What holds for every sign. */
  readonly sign?: Partial<Omit<SignOptions, 'hexPath' | 'ptyPath' | 'eepromPath' | 'panel'>>;
  /** Default: one with panel 1. */
  readonly signs?: readonly RoomSign[];
}

/** Where everything is, as a service's settings want it. */
export interface ClassroomPorts {
  /** Paths of the serial lines. */
  readonly camera: string;
  readonly microphone: string;
  readonly signs: readonly string[];
  /** The picture: socket-path for shmsrc, and its caps. */
  readonly video: { readonly socket: string; readonly width: number; readonly height: number; readonly framesPerSecond: number; readonly caps: string };
  /** The sound: socket-path for shmsrc, and its caps. */
  readonly sound: { readonly socket: string; readonly rate: number; readonly channels: number; readonly caps: string };
}

export interface Classroom {
  readonly ports: ClassroomPorts;
  readonly camera: DeviceProgram<CameraContract>;
  readonly microphone: DeviceProgram<MicrophoneContract>;
  /** The first of them. */
  readonly sign: DeviceProgram<SignContract>;
  readonly signs: readonly DeviceProgram<SignContract>[];
  close(): Promise<void>;
}

/** @throws Error where a device cannot be made: a folder that cannot be written or whose path is too long, no socat, no firmware. */
export async function openClassroom(options: ClassroomOptions): Promise<Classroom> {
  const ports = portsIn(options);
  await mkdir(options.folder, { recursive: true });
  const { width, height, framesPerSecond } = ports.video;
  const camera = new DeviceProgram<CameraContract>(new URL('../camera/main.js', import.meta.url), {
    ...options.camera, ptyPath: ports.camera, socketPath: ports.video.socket, width, height, framesPerSecond,
  });
  const microphone = new DeviceProgram<MicrophoneContract>(new URL('../microphone/main.js', import.meta.url), {
    ...options.microphone, ptyPath: ports.microphone, socketPath: ports.sound.socket, channels: options.channels ?? 1,
  });
  const signs = signsOf(options).map((sign, index) => new DeviceProgram<SignContract>(new URL('../sign/main.js', import.meta.url), {
    eepromPath: eepromPath(options.folder, index + 1), ...options.sign, ...sign, hexPath: sign.hexPath ?? firmwareFor(sign.panel, options.hexPath), ptyPath: ports.signs[index] ?? '',
  }));
  const [sign] = signs;
  if (sign === undefined) throw new Error('a classroom has one sign at least');

  const running = new Set([camera, microphone]);
  for (const device of running) device.once('exit', () => running.delete(device));
  const contacts = contactsInSeries(signs.length, (state) => {
    for (const device of running) device.do({ do: 'relay', state }).catch(() => undefined); // gone meanwhile: nothing is connected
  });
  for (const [index, board] of signs.entries()) {
    board.on('event', (event) => { if (event.what === 'relay') contacts.move(index, event.state); });
    board.on('exit', () => contacts.move(index, 'open')); // no power: open
  }

  const close = async (): Promise<void> => {
    await Promise.all(signs.map((board) => board.close())); // while the others can still be told that the relay opened
    await Promise.all([camera.close(), microphone.close()]);
  };
  try {
    await Promise.all([camera.ready, microphone.ready, ...signs.map((board) => board.ready)]);
  } catch (failure) {
    await close();
    throw failure;
  }
  return { ports, camera, microphone, sign, signs, close };
}

/** Where the EEPROM of a sign is kept. @param number 1 for the first. */
export const eepromPath = (folder: string, number: number): string => join(folder, `sign-${number}.eeprom`);

const signsOf = ({ signs = [{ panel: 1 }] }: ClassroomOptions): readonly RoomSign[] => signs;

const firmwareFor = (panel: PanelId, hexPath: string): string => (panel === 1 ? hexPath : join(dirname(hexPath), PANELS[panel].controller, 'sign.hex'));

function portsIn(options: ClassroomOptions): ClassroomPorts {
  const { folder, video, channels = 1 } = options;
  const { width, height, framesPerSecond } = video ?? { width: 1280, height: 720, framesPerSecond: 30 };
  const at = (name: string): string => join(folder, name);
  const longest = Buffer.byteLength(at('picture.sock'));
  if (longest > LONGEST_SOCKET_PATH) {
    throw new Error(`the classroom's folder has too long a path for its sockets (${longest} bytes, ${LONGEST_SOCKET_PATH} at most): ${folder}; choose one nearer to the root`);
  }
  return {
    camera: at('camera'),
    microphone: at('microphone'),
    signs: signsOf(options).map((_, index) => at(`sign-${index + 1}`)),
    video: { socket: at('picture.sock'), width, height, framesPerSecond, caps: `video/x-raw,format=I420,width=${width},height=${height},framerate=${framesPerSecond}/1` },
    sound: { socket: at('sound.sock'), rate: SAMPLE_RATE, channels, caps: `audio/x-raw,format=S16LE,rate=${SAMPLE_RATE},channels=${channels},layout=interleaved` },
  };
}
