/** What the error numbers of open(2), write(2) and fsync(2) mean for a stick. */
export type StickFault = 'STICK_MISSING' | 'STICK_FULL' | 'STICK_READ_ONLY' | 'STICK_FAILED';

const ERRNO: Readonly<Record<string, StickFault>> = {
  ENOSPC: 'STICK_FULL', EDQUOT: 'STICK_FULL', EFBIG: 'STICK_FULL', EROFS: 'STICK_READ_ONLY', EACCES: 'STICK_READ_ONLY', EPERM: 'STICK_READ_ONLY', EIO: 'STICK_FAILED',
};

/** Whatever is not known means that it is gone: a stick that was pulled answers with many numbers. */
export const stickFaultOf = (error: unknown): StickFault => ERRNO[(error as NodeJS.ErrnoException).code ?? ''] ?? 'STICK_MISSING';
