/** The public door of the sealed format; FORMAT.md is its specification. Pure: everything that computes comes through SealCrypto. */
export { canonical, commitmentOf, readBinding, sealedBinding, type Binding } from './binding.js';
export { toHex, utf8 } from './bytes.js';
export { FormatError } from './errors.js';
export { Film, type Piece } from './film.js';
export { HEADER_LIMIT, readHeader, readSessionStanza, type SessionStanza } from './header.js';
export { JournalWriter, readJournal, type Checkpoint, type JournalRecord } from './journal.js';
export { ABOUT, JOURNAL, journalLines, partName, partNumbers, type SessionFiles } from './files.js';
export { aboutEvents, openPart, type AboutEvent, type HeaderOpener } from './open.js';
export { openedSession } from './opened.js';
export { CHUNK, ChunkLayout, NONCE, openPayload, payloadKey, sealChunk, SEALED_CHUNK, type Chunk, type ReadAt } from './payload.js';
export { SealedPayload } from './seek.js';
export { deviceKeyFrom, verifyFiles, type Verdict, type Verified } from './verify.js';
