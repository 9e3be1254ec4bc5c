/** A teacher's key for tests, and the two programs that open what is sealed to it. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { HEADER_LIMIT, NONCE, openPayload, payloadKey, readHeader } from '../../pipeline/seal/format.js';
import { nodeCrypto, openHeader } from '../../pipeline/seal/node.js';

export interface TeacherKey {
  readonly identity: string;
  readonly recipient: string;
  /** As age(1) reads it. */
  readonly file: string;
}

export async function teacherKey(folder: string, name = 'key.txt'): Promise<TeacherKey> {
  const identity = await generateX25519Identity();
  const file = path.join(folder, name);
  writeFileSync(file, `${identity}\n`, { mode: 0o600 });
  return { identity, recipient: await identityToRecipient(identity), file };
}

export interface Output {
  readonly plain: Buffer;
  /** The program's exit code. */
  readonly code: number | null;
}

/** What age(1) gives of a file. */
export const age = (key: Pick<TeacherKey, 'file'>, file: string): Promise<Output> => output('age', ['-d', '-i', key.file, file]);

/** Runs a program without blocking the loop: other tests measure times in it. */
export async function output(program: string, args: readonly string[], input?: Buffer): Promise<Output> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined); // it may have read enough
  child.stdin.end(input);
  const [pieces, [code]] = await Promise.all([child.stdout.toArray() as Promise<Buffer[]>, once(child, 'exit') as Promise<[number | null]>]);
  return { plain: Buffer.concat(pieces), code };
}

/** What ffprobe(1) says of a film: its codecs, a line each, then how many seconds it has. */
export const codecsAndSeconds = async (film: string): Promise<string> => (await output('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name:format=duration', '-of', 'csv=p=0', film])).plain.toString();

/** What our own reader gives of a file. */
export async function openPart(key: TeacherKey, file: string): Promise<{ plain: Buffer; ending: 'complete' | 'cut' }> {
  const handle = await open(file);
  const read = async (at: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const start = await read(0, HEADER_LIMIT);
    const { length } = readHeader(start);
    const fileKey = await openHeader(start.subarray(0, length), key.identity);
    const payload = await payloadKey(nodeCrypto, fileKey, start.subarray(length, length + NONCE));
    const from = length + NONCE;
    const chunks = openPayload(nodeCrypto, payload, (await handle.stat()).size - from, (at, size) => read(from + at, size));
    const plain: Uint8Array[] = [];
    for (;;) {
      const { done, value } = await chunks.next();
      if (done === true) return { plain: Buffer.concat(plain), ending: value };
      plain.push(value);
    }
  } finally {
    await handle.close();
  }
}
