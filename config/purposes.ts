/** The purposes that come with the product (P6.1). A school's own are added by its teachers' agreement. */
import type { Purpose } from '../session/ports.js';

export const PURPOSES: readonly Purpose[] = [
  { id: 'personal-reflection', version: 1, words: 'personal reflection', audience: 'only-me' },
  { id: 'collaboration', version: 1, words: 'collaboration', audience: 'colleagues-i-choose' },
  { id: 'coaching', version: 1, words: 'coaching', audience: 'colleagues-i-choose' },
  { id: 'enquiry-learning', version: 1, words: 'enquiry learning', audience: 'colleagues-i-choose' },
];
