/**
 * What a VISCA frame says; pure. Sony EVI-H100S manual p.25 "Camera-issued
 * messages" and p.29, SRG-300H command list part 1. `z` is the camera's
 * address + 8, `y` the socket.
 */

/** Message length, syntax, command buffer full, cancelled, no socket, not executable: `z0 6y EE FF`. */
const ERRORS = {
  0x01: 'wrong length',
  0x02: 'syntax',
  0x03: 'buffer full',
  0x04: 'cancelled',
  0x05: 'no socket',
  0x41: 'not executable',
} as const;

export type ViscaError = (typeof ERRORS)[keyof typeof ERRORS];

export type Reply =
  /** `z0 4y FF`: accepted, now executing in this socket. */
  | { readonly kind: 'ack'; readonly socket: number }
  /** `z0 5y FF`: executed. */
  | { readonly kind: 'completion'; readonly socket: number }
  /** `z0 50 … FF`: the answer to an inquiry; payload without header and FF. */
  | { readonly kind: 'answer'; readonly payload: Uint8Array }
  | { readonly kind: 'error'; readonly socket: number; readonly error: ViscaError }
  /** `z0 38 FF`: the camera was switched on, or the chain changed; all that it knew of us is gone. */
  | { readonly kind: 'restarted' }
  /** `88 30 0w FF`: w - 1 cameras took their addresses. */
  | { readonly kind: 'addressed'; readonly cameras: number }
  /** `88 01 00 01 FF`: IF_Clear came back round the chain. */
  | { readonly kind: 'cleared' }
  /** Our own bytes, on a line that echoes; or news that nobody asked for. */
  | { readonly kind: 'irrelevant' };

/** Takes one whole frame as `frames` gives it, FF included. */
export function parseReply(frame: Uint8Array): Reply {
  const [header = 0, kind = 0, third = 0] = frame;
  const socket = kind & 0x0f;
  if (kind === 0x38) return { kind: 'restarted' };
  if (header === 0x88) return parseBroadcast(frame);
  // Headers of controllers are 8x; those of cameras 90, A0 … F0.
  if (header < 0x90 || (header & 0x0f) !== 0) return { kind: 'irrelevant' };
  if (kind === 0x50) return { kind: 'answer', payload: frame.slice(2, -1) };
  switch (kind >> 4) {
    case 0x4:
      return { kind: 'ack', socket };
    case 0x5:
      return { kind: 'completion', socket };
    case 0x6:
      return third in ERRORS ? { kind: 'error', socket, error: ERRORS[third as keyof typeof ERRORS] } : { kind: 'irrelevant' };
    default:
      return { kind: 'irrelevant' };
  }
}

function parseBroadcast([, kind, third = 0, fourth, ...rest]: Uint8Array): Reply {
  // 01 here is our own AddressSet, not yet counted up by any camera.
  if (kind === 0x30 && third >= 2 && third <= 8) return { kind: 'addressed', cameras: third - 1 };
  if (kind === 0x01 && third === 0x00 && fourth === 0x01 && rest.length === 1) return { kind: 'cleared' };
  return { kind: 'irrelevant' };
}
