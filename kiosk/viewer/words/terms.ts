/** Terms of the format, as the page's words name them. */
import type { Binding } from '../../../pipeline/seal/binding.js';

export type Audience = Binding['purpose']['audience'];
export type Mode = Binding['mode'];
