/** Notices where the kiosk's page has stopped, by the beat that it sends. It beats whoever uses it and whether or not anybody does, so this tells nothing of teachers (P2.7). */
import { FAULTS } from '../../session/faults.js';
import type { Monotonic } from '../../session/ports.js';
import type { Trouble } from '../protocol.js';
import type { Watch } from './house.js';

/** Five beats that never came, and one that was late. */
export const SILENT_MS = 30_000;

export interface WatchOptions {
  readonly now: () => Monotonic;
  /** For the device's log. */
  readonly log: (code: 'KIOSK_SILENT' | 'KIOSK_BACK') => void;
  /** Starts the kiosk's browser again. Called once for each silence. */
  readonly restart: () => void;
}

export interface KioskWatch extends Watch {
  /** For the technician. */
  troubles(): readonly Trouble[];
}

/** Before the first beat nothing is expected: a room may have no page yet. */
export function kioskWatch({ now, log, restart }: WatchOptions): KioskWatch {
  let heardAt: Monotonic | undefined;
  let isSilent = false;
  return {
    heard() {
      heardAt = now();
      if (isSilent) log('KIOSK_BACK');
      isSilent = false;
    },
    tick() {
      if (isSilent || heardAt === undefined || now() - heardAt < SILENT_MS) return;
      isSilent = true;
      log('KIOSK_SILENT');
      restart();
    },
    troubles() {
      const { sentence, remedy } = FAULTS.KIOSK_SILENT;
      return isSilent ? [{ code: 'KIOSK_SILENT', sentence, remedy }] : [];
    },
  };
}
