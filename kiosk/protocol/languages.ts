import type { Language } from './common.js';

/** Those that the product speaks, in the order in which they are offered. */
export const LANGUAGES = ['en', 'cy', 'pl', 'ur'] as const satisfies readonly Language[];
