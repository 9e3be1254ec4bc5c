/** The VISCA camera over scripted lines, in one process: each file costs tap a second and a half. */
import './visca-dialogue.cases.js';
import './visca-commands.cases.js';
import './visca-steering.cases.js';
