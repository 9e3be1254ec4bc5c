/** The sealed format, in one process: each file costs tap a second and a half. */
import './seal/age-vectors.cases.js';
import './seal/clip.cases.js';
import './seal/film.cases.js';
import './seal/format.cases.js';
import './seal/golden.cases.js';
import './seal/join.cases.js';
import './seal/mutations.cases.js';
import './seal/seek.cases.js';
import './seal/web.cases.js';
