/**
 * The page for a teacher's own computer: opens recordings, plays them, keeps notes, makes clips and keys. One file, no
 * network. The same script is its own worker: there it has no document, and serves what reader.ts and clip-maker.ts do.
 */
import { makeClip } from './clip-maker.js';
import { serveDesk } from './desk.js';
import { readerCalls } from './reader.js';
import { begin } from './start.js';

if (typeof document === 'undefined') serveDesk({ ...readerCalls, makeClip });
else begin();
