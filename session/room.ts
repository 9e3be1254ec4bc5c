/** What is known of the room, and what each report changes in that. */
import type { Event } from './events.js';
import type { RecorderEvent, SignReport } from './ports.js';
import type { Room } from './state.js';

/** After boot nothing is believed. */
export const UNKNOWN_ROOM: Room = {
  shown: null, signFault: null, relay: null, stopPressed: false,
  camera: null, cameraFault: null, microphone: null, microphoneFault: null,
  recorder: 'none', recorderFault: null, recorderWarnings: [],
};

/** Takes a report into what is known of the room. */
export function see(room: Room, event: Event): Room {
  switch (event.type) {
    case 'sign':
      return seeSign(room, event.report);
    case 'camera':
      return event.pose.kind === 'verified'
        ? { ...room, camera: event.pose.value, cameraFault: null }
        : { ...room, camera: null, cameraFault: event.pose.fault ?? room.cameraFault };
    case 'microphone':
      return event.state.kind === 'verified'
        ? { ...room, microphone: event.state.value, microphoneFault: null }
        : { ...room, microphone: null, microphoneFault: event.state.fault ?? room.microphoneFault };
    case 'recorder':
      return seeRecorder(room, event.event);
    case 'tick':
    case 'vault':
    case 'request':
      return room;
  }
}

function seeSign(room: Room, report: SignReport): Room {
  switch (report.kind) {
    case 'answered':
      return {
        ...room,
        shown: report.shown ? { face: report.wish.face, requestedAt: report.requestedAt } : null,
        signFault: report.fault ?? null,
        relay: report.relay === 'unproven' ? null : report.relay,
        stopPressed: report.stopPressed,
      };
    case 'button':
      return { ...room, stopPressed: true };
    case 'lost':
      return { ...room, shown: null, signFault: report.fault, relay: null };
  }
}

function seeRecorder(room: Room, event: RecorderEvent): Room {
  switch (event.kind) {
    case 'ready':
    case 'capturing':
      return { ...room, recorder: event.kind };
    case 'ended':
      return { ...room, recorder: 'none', recorderFault: event.fault ?? null, recorderWarnings: [] };
    case 'warning':
      return { ...room, recorderWarnings: [...room.recorderWarnings.filter((code) => code !== event.fault), event.fault] };
    case 'cleared':
      return { ...room, recorderWarnings: room.recorderWarnings.filter((code) => code !== event.fault) };
  }
}
