/**
 * Everything that can go wrong, once: what people read, what they can do, and
 * whether capture ends. The room sees sentence and remedy; the log adds the
 * evidence. Sentences are in the words of the room, lower case after the first.
 */

export interface Fault {
  /** What is the matter, in one sentence. */
  readonly sentence: string;
  /** What to do about it. */
  readonly remedy: string;
  /** `ends`: capture ends at once. `warns`: it goes on, and the room is told. */
  readonly effect: 'ends' | 'warns';
}

export const FAULTS = {
  // The sign: without its proof nothing is kept, so each of these ends capture.
  SIGN_LOST: { effect: 'ends', sentence: 'The sign by the door does not answer.', remedy: 'Check its cable, wait until it says NOT RECORDING, then carry on. If it comes back, tell the technician.' },
  SIGN_SILENT: { effect: 'ends', sentence: 'The sign by the door stopped answering.', remedy: 'Wait until it says NOT RECORDING, then carry on. If it comes back, tell the technician.' },
  SIGN_UNPAIRED: { effect: 'ends', sentence: 'The sign by the door does not belong to this recorder.', remedy: 'The technician can pair it: hold its Stop button and run the pairing.' },
  SIGN_WRONG_BOARD: { effect: 'ends', sentence: 'What hangs on the sign’s cable is not our sign.', remedy: 'Tell the technician: another device is plugged in, or the settings name another port.' },
  SIGN_OTHER_FIRMWARE: { effect: 'ends', sentence: 'The sign and this recorder are of different versions.', remedy: 'Tell the technician: the sign’s program must be written anew.' },
  SIGN_FORGED: { effect: 'ends', sentence: 'Something that is not our sign answers in its place.', remedy: 'Tell the technician: the sign must be checked and paired again.' },
  SIGN_RESTARTED: { effect: 'ends', sentence: 'The sign by the door restarted.', remedy: 'Wait until it says NOT RECORDING, then carry on. If it comes back, tell the technician.' },
  SIGN_FAULT: { effect: 'ends', sentence: 'The sign by the door reports a fault.', remedy: 'Wait a moment, then carry on. If it comes back, tell the technician.' },
  LAMP_DARK: { effect: 'ends', sentence: 'The lamp of the sign is not lit as it should be.', remedy: 'Make sure nothing covers the lamp. If it stays dark it must be replaced: tell the technician.' },
  LAMP_STUCK: { effect: 'ends', sentence: 'The lamp of the sign is lit when it should be dark.', remedy: 'Tell the technician: the lamp or its sensor must be checked.' },
  GLASS_WRONG: { effect: 'ends', sentence: 'The sign by the door does not show what it should.', remedy: 'Wait until it shows the right words. If it comes back, tell the technician.' },
  SIGN_NOT_IN_TIME: { effect: 'ends', sentence: 'The sign by the door could not be confirmed in time, so nothing was recorded.', remedy: 'Try again. If it comes back, tell the technician.' },
  RELAY_NOT_PROVEN: { effect: 'ends', sentence: 'The switch that connects camera and microphone does not do as it is told.', remedy: 'Nothing can be recorded until it is repaired: tell the technician.' },
  STOP_BUTTON: { effect: 'ends', sentence: 'Someone pressed Stop at the door.', remedy: 'Nothing more to do. The teacher may go on when it suits everyone.' },

  // The camera and the microphone's control lines.
  CAMERA_LOST: { effect: 'warns', sentence: 'The camera does not answer, so it cannot be turned.', remedy: 'A recording goes on with the view as it is. Check the camera’s control cable.' },
  CAMERA_NOT_IN_TIME: { effect: 'ends', sentence: 'The camera did not get ready in time.', remedy: 'Check that the camera has power, then try again.' },
  CAMERA_NOT_PARKED: { effect: 'warns', sentence: 'The camera cannot be confirmed as turned away.', remedy: 'Look at it: if it faces the room, turn it or cover it, and tell the technician.' },
  MICROPHONE_LOST: { effect: 'warns', sentence: 'The microphone does not answer.', remedy: 'Check the microphone’s control cable. Until then it cannot be muted or opened.' },
  MICROPHONE_NOT_IN_TIME: { effect: 'ends', sentence: 'The microphone did not get ready in time.', remedy: 'Check that the microphone has power, then try again.' },
  MICROPHONE_NOT_MUTED: { effect: 'warns', sentence: 'The microphone cannot be confirmed as muted.', remedy: 'Tell the technician. The switch in the capture path is open, so nothing can be recorded.' },
  MICROPHONE_MUTED_BY_HAND: { effect: 'warns', sentence: 'Somebody muted the microphone at the microphone.', remedy: 'No sound is recorded until it is unmuted there. Ask in the room first.' },

  // What is heard: a recording goes on, and the teacher decides.
  SOUND_DEAD: { effect: 'warns', sentence: 'No sound at all comes from the microphone.', remedy: 'Check that it is not muted at the device itself. If it comes back, tell the technician.' },
  SOUND_HALF: { effect: 'warns', sentence: 'One channel of the microphone brings no sound.', remedy: 'The other one is recorded. Tell the technician.' },
  SOUND_QUIET: { effect: 'warns', sentence: 'The microphone hears next to nothing.', remedy: 'If people are speaking, move closer to it, or tell the technician.' },
  SOUND_CLIPPED: { effect: 'warns', sentence: 'The sound is too loud for the microphone, and distorted.', remedy: 'Tell the technician: its level must be turned down.' },

  // The screen.
  KIOSK_SILENT: { effect: 'warns', sentence: 'The screen in the room has stopped.', remedy: 'Recording can still be stopped at the sign. Switch the screen’s computer off and on if it stays so.' },

  // The recorder and the disk.
  RECORDER_FAILED: { effect: 'ends', sentence: 'The recorder stopped by itself.', remedy: 'What was recorded is kept. Carry on if you like. If it comes back, tell the technician.' },
  SOURCE_MISSING: { effect: 'ends', sentence: 'The picture or the sound could not be opened.', remedy: 'Check the cables of camera and microphone, then try again.' },
  SOURCE_STALLED: { effect: 'ends', sentence: 'The picture or the sound stopped coming.', remedy: 'Check the cables of camera and microphone, then carry on.' },
  LEASE_ENDED: { effect: 'ends', sentence: 'The sign was not confirmed in time, so recording ended.', remedy: 'Wait until the sign says NOT RECORDING, then carry on. If it comes back, tell the technician.' },
  STORAGE_FAILED: { effect: 'ends', sentence: 'The recording could not be written.', remedy: 'What was written is kept. Tell the technician: the disk may be full or failing.' },
  FRAMES_DROPPED: { effect: 'warns', sentence: 'The recorder cannot keep up, and leaves out pictures.', remedy: 'Sound is whole. If it comes back, tell the technician.' },
  STORAGE_SLOW: { effect: 'warns', sentence: 'The disk is slow: a power cut now could cost more than two seconds.', remedy: 'If it comes back, tell the technician.' },
} as const satisfies Record<string, Fault>;
