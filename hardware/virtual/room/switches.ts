/** What a visitor can do in the virtual classroom: the Stop buttons, and the faults on the page. */
import type { CameraSnapshot } from '../camera/contract.js';
import type { MicrophoneSnapshot } from '../microphone/contract.js';
import type { SignCommand, SignSnapshot } from '../sign/contract.js';
import type { Classroom } from './classroom.js';

/** All devices as they are now; undefined for one whose program has ended. */
export interface RoomNow {
  readonly signs: readonly (SignSnapshot | undefined)[];
  readonly camera: CameraSnapshot | undefined;
  readonly microphone: MicrophoneSnapshot | undefined;
}

/** `on` is the fault, `off` its remedy. */
interface FaultSwitch {
  readonly id: string;
  /** What it is a fault of: a sign's number, or the room. */
  readonly of: number | 'room';
  readonly label: string;
  readonly words: { readonly on: string; readonly off: string };
  readonly turn: (room: Classroom, to: 'on' | 'off') => Promise<void>;
  /** Where the device itself can tell; elsewhere the page remembers what it did. */
  readonly isOn?: (now: RoomNow) => boolean;
}

type Act = SignCommand['do'];

interface SignFault {
  readonly id: string;
  readonly label: string;
  readonly words: FaultSwitch['words'];
  readonly acts: { readonly on: Act; readonly off: Act };
  readonly isOn?: (now: SignSnapshot) => boolean;
}

const SIGN_FAULTS: readonly SignFault[] = [
  { id: 'cable', label: 'Data cable', words: { on: 'pulled out', off: 'plugged in' }, acts: { on: 'unplug', off: 'plug' }, isOn: (now) => now.cable === 'pulled' },
  { id: 'noise', label: 'Noise on its line', words: { on: 'damages bytes', off: 'none' }, acts: { on: 'noise', off: 'quiet' } },
  { id: 'power', label: 'Power', words: { on: 'cut', off: 'on' }, acts: { on: 'power-off', off: 'power-on' }, isOn: (now) => !now.powered },
  { id: 'lamp', label: 'Lamp', words: { on: 'broken', off: 'sound' }, acts: { on: 'break-lamp', off: 'mend-lamp' } },
  { id: 'lamp-cover', label: 'Tape over the lamp', words: { on: 'covered', off: 'free' }, acts: { on: 'cover-lamp', off: 'uncover-lamp' } },
  { id: 'sensor', label: 'Light sensor', words: { on: 'stuck: always says light', off: 'sound' }, acts: { on: 'stick-sensor', off: 'unstick-sensor' } },
  { id: 'relay', label: 'Relay’s contact, closed', words: { on: 'welded: does not open', off: 'opens' }, acts: { on: 'weld-relay', off: 'unweld-relay' } },
  { id: 'relay-jam', label: 'Relay’s contact, open', words: { on: 'jammed: does not close', off: 'closes' }, acts: { on: 'jam-relay', off: 'unjam-relay' } },
  { id: 'panel', label: 'E-ink panel', words: { on: 'missing', off: 'connected' }, acts: { on: 'panel-absent', off: 'panel-present' } },
  { id: 'panel-stuck', label: 'E-ink panel, busy', words: { on: 'stuck: busy for ever', off: 'comes to its end' }, acts: { on: 'panel-stuck', off: 'panel-unstuck' } },
];

const ofSign = (number: number) => ({ id, label, words, acts, isOn }: SignFault): FaultSwitch => ({
  id: `sign-${number}-${id}`, of: number, label, words,
  turn: (room, to) => signOf(room, number).do({ do: acts[to] }),
  ...(isOn === undefined ? {} : { isOn: ({ signs }) => { const now = signs[number - 1]; return now !== undefined && isOn(now); } }),
});

const ROOM_FAULTS: readonly FaultSwitch[] = [
  { id: 'camera-cable', of: 'room', label: 'The camera’s control cable', words: { on: 'pulled out', off: 'plugged in' }, turn: (room, to) => room.camera.do({ do: to === 'on' ? 'unplug' : 'plug' }), isOn: (now) => now.camera?.plugged === false },
  { id: 'camera-silent', of: 'room', label: 'The camera', words: { on: 'hangs', off: 'answers' }, turn: (room, to) => room.camera.do({ do: 'line', fault: to === 'on' ? 'dead' : 'none' }), isOn: (now) => now.camera?.lineFault === 'dead' },
  { id: 'camera-noise', of: 'room', label: 'Noise on the camera’s line', words: { on: 'between its answers', off: 'none' }, turn: (room, to) => room.camera.do({ do: 'line', fault: to === 'on' ? 'noisy' : 'none' }), isOn: (now) => now.camera?.lineFault === 'noisy' },
  { id: 'camera-motor', of: 'room', label: 'The camera’s motor', words: { on: 'blocked: does not turn', off: 'turns' }, turn: (room, to) => room.camera.do({ do: to === 'on' ? 'stall' : 'unstall' }), isOn: (now) => now.camera?.motor === 'blocked' },
  { id: 'microphone-cable', of: 'room', label: 'The microphone’s control cable', words: { on: 'pulled out', off: 'plugged in' }, turn: (room, to) => room.microphone.do({ do: to === 'on' ? 'unplug' : 'plug' }), isOn: (now) => now.microphone?.plugged === false },
  { id: 'microphone-silent', of: 'room', label: 'The microphone', words: { on: 'hangs', off: 'answers' }, turn: (room, to) => room.microphone.do({ do: 'line', fault: to === 'on' ? 'dead' : 'none' }), isOn: (now) => now.microphone?.lineFault === 'dead' },
];

/** All that can go wrong in this room, signs first. */
export const faultSwitches = ({ signs }: Classroom): readonly FaultSwitch[] => [...signs.flatMap((_, index) => SIGN_FAULTS.map(ofSign(index + 1))), ...ROOM_FAULTS];

/** What is done once, or for as long as a finger is on it. */
const SIGN_TOUCHES = { 'stop-press': 'press', 'stop-release': 'release', restart: 'reset', hang: 'hang' } as const satisfies Record<string, Act>;

const ROOM_TOUCHES: Readonly<Record<string, (room: Classroom) => Promise<void>>> = {
  'camera-restart': ({ camera }) => camera.do({ do: 'reset' }),
  'camera-handset-power': ({ camera }) => camera.do({ do: 'handset', key: 'power' }),
  'camera-handset-left': ({ camera }) => camera.do({ do: 'handset', key: 'left' }),
  'microphone-restart': ({ microphone }) => microphone.do({ do: 'reset' }),
  'microphone-mute': ({ microphone }) => microphone.do({ do: 'press', what: 'mute' }),
};

/** By name: `sign-<number>-<touch>`, and those of `ROOM_TOUCHES`. */
export function touchesOf(room: Classroom): ReadonlyMap<string, () => Promise<void>> {
  const ofSigns = room.signs.flatMap((sign, index) => Object.entries(SIGN_TOUCHES).map(([name, act]) => [`sign-${index + 1}-${name}`, () => sign.do({ do: act })] as const));
  const ofRoom = Object.entries(ROOM_TOUCHES).map(([name, act]) => [name, () => act(room)] as const);
  return new Map([...ofSigns, ...ofRoom]);
}

function signOf(room: Classroom, number: number): Classroom['sign'] {
  const sign = room.signs[number - 1];
  if (sign === undefined) throw new Error(`there is no sign ${number}`);
  return sign;
}
