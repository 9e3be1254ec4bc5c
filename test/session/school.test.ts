/** The rules that a school agrees on, in one process: each file costs tap a second and a half. */
import './code.cases.js';
import './practice.cases.js';
import './purposes.cases.js';
import './purposes.walk.cases.js';
