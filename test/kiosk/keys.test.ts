/** What a teacher’s key is made of, in one process: each file costs tap a second and a half. */
import './keys/recipient.cases.js';
import './keys/sign.cases.js';
import './keys/test-code.cases.js';
import './keys/words.cases.js';
import './keys/wrap.cases.js';
