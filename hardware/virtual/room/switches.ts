/** What a visitor can do in the virtual classroom: the Stop button, and the faults on the page. */
import type { CameraSnapshot } from '../camera/contract.js';
import type { MicrophoneSnapshot } from '../microphone/contract.js';
import type { SignCommand, SignSnapshot } from '../sign/contract.js';
import type { Classroom } from './classroom.js';

/** All devices as they are now; undefined for one whose program has ended. */
export interface RoomNow {
  readonly sign: SignSnapshot | undefined;
  readonly camera: CameraSnapshot | undefined;
  readonly microphone: MicrophoneSnapshot | undefined;
}

/** `on` is the fault, `off` its remedy. */
interface FaultSwitch {
  readonly id: string;
  readonly label: string;
  readonly words: { readonly on: string; readonly off: string };
  readonly turn: (room: Classroom, to: 'on' | 'off') => Promise<void>;
  /** Where the device itself can tell; elsewhere the page remembers what it did. */
  readonly isOn?: (now: RoomNow) => boolean;
}

const sign = (on: SignCommand['do'], off: SignCommand['do']): FaultSwitch['turn'] => (room, to) => room.sign.do({ do: to === 'on' ? on : off });

export const FAULT_SWITCHES: readonly FaultSwitch[] = [
  { id: 'sign-cable', label: 'The sign’s cable', words: { on: 'pulled out', off: 'plugged in' }, turn: sign('unplug', 'plug'), isOn: (now) => now.sign?.plugged === false },
  { id: 'sign-power', label: 'The sign’s power', words: { on: 'cut', off: 'on' }, turn: sign('power-off', 'power-on'), isOn: (now) => now.sign?.powered === false },
  { id: 'lamp', label: 'The lamp', words: { on: 'broken', off: 'sound' }, turn: sign('break-lamp', 'mend-lamp') },
  { id: 'lamp-cover', label: 'Tape over the lamp', words: { on: 'covered', off: 'free' }, turn: sign('cover-lamp', 'uncover-lamp') },
  { id: 'relay', label: 'The relay’s contact', words: { on: 'welded', off: 'sound' }, turn: sign('weld-relay', 'unweld-relay') },
  { id: 'camera-cable', label: 'The camera’s control cable', words: { on: 'pulled out', off: 'plugged in' }, turn: (room, to) => room.camera.do({ do: to === 'on' ? 'unplug' : 'plug' }), isOn: (now) => now.camera?.plugged === false },
  { id: 'camera-silent', label: 'The camera', words: { on: 'hangs', off: 'answers' }, turn: (room, to) => room.camera.do({ do: 'line', fault: to === 'on' ? 'dead' : 'none' }), isOn: (now) => now.camera?.lineFault === 'dead' },
  { id: 'microphone-cable', label: 'The microphone’s control cable', words: { on: 'pulled out', off: 'plugged in' }, turn: (room, to) => room.microphone.do({ do: to === 'on' ? 'unplug' : 'plug' }), isOn: (now) => now.microphone?.plugged === false },
];

/** What is done once, or for as long as a finger is on it. */
export const TOUCHES: Readonly<Record<string, (room: Classroom) => Promise<void>>> = {
  'stop-press': (room) => room.sign.do({ do: 'press' }),
  'stop-release': (room) => room.sign.do({ do: 'release' }),
  'sign-reset': (room) => room.sign.do({ do: 'reset' }),
};
