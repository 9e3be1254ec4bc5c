/** How fast a part is sealed and opened, each beside its peer: bare node:crypto, and age(1). */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { openSync, closeSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHUNK, ChunkLayout, NONCE, openPayload, payloadKey, readHeader, HEADER_LIMIT, sealChunk } from '../../pipeline/seal/format.js';
import { nodeCrypto, openHeader } from '../../pipeline/seal/node.js';
import { teacherKey } from '../pipeline/keys.js';

/** A quarter of a second at 2.5 Mbit/s, as the recorder hands it over. */
const FRAGMENT = 80_000;
const MIB = 1024 * 1024;
const TURNS = 5;

/** MiB/s of each: the median of five turns, one after the other. */
export async function sealingSpeeds(folder: string, mib: number): Promise<Record<string, number>> {
  const plain = randomBytes(mib * MIB);
  const file = join(folder, 'plain');
  writeFileSync(file, plain);
  const sealed = join(folder, 'sealed.age');
  const { file: keyFile, recipient, identity } = await teacherKey(folder, 'bench-key.txt');
  const speed = async (work: () => Promise<void> | void): Promise<number> => {
    const began = performance.now();
    await work();
    return Math.round((mib / (performance.now() - began)) * 1000);
  };
  await seal(plain.subarray(0, 16 * MIB)); // so that both are measured compiled
  bareSeal(plain.subarray(0, 16 * MIB));
  const works = [
    () => seal(plain), () => bareSeal(plain), () => run('age', '-r', recipient, '-o', sealed, file),
    () => run('age', '-d', '-i', keyFile, '-o', '/dev/null', sealed), () => open(sealed, identity, plain.length),
  ];
  const speeds: number[][] = works.map(() => []);
  for (let turn = 0; turn < TURNS; turn += 1) for (const [i, work] of works.entries()) speeds[i]?.push(await speed(work));
  const [ours = NaN, bare = NaN, ageSeals = NaN, ageOpens = NaN, opens = NaN] = speeds.map((each) => each.sort((a, b) => a - b)[Math.floor(TURNS / 2)]);
  return { seal: ours, nodeCryptoSeals: bare, sealRatio: ours / bare, ageSeals, open: opens, ageOpens, openRatio: opens / ageOpens };
}

async function seal(plain: Buffer): Promise<void> {
  const [layout, hash, key] = [new ChunkLayout(), nodeCrypto.sha256(), randomBytes(32)];
  for (let at = 0; at < plain.length; at += FRAGMENT) {
    for (const chunk of layout.push(plain.subarray(at, at + FRAGMENT))) hash.update(await sealChunk(nodeCrypto, key, chunk));
  }
  hash.update(await sealChunk(nodeCrypto, key, layout.end()));
  hash.soFar();
}

function bareSeal(plain: Buffer): void {
  const [hash, key, nonce] = [createHash('sha256'), randomBytes(32), Buffer.alloc(12)];
  for (let at = 0, index = 0; at < plain.length; at += CHUNK, index += 1) {
    nonce.writeUInt32BE(index, 7);
    const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    hash.update(cipher.update(plain.subarray(at, at + CHUNK)));
    cipher.final();
    hash.update(cipher.getAuthTag());
  }
  hash.digest();
}

async function open(file: string, identity: string, expected: number): Promise<void> {
  const handle = openSync(file, 'r');
  const read = (at: number, length: number): Buffer => {
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, readSync(handle, buffer, 0, length, at));
  };
  const start = read(0, HEADER_LIMIT);
  const { length } = readHeader(start);
  const key = await payloadKey(nodeCrypto, await openHeader(start.subarray(0, length), identity), start.subarray(length, length + NONCE));
  let opened = 0;
  for await (const plain of openPayload(nodeCrypto, key, statSync(file).size - length - NONCE, (at, size) => Promise.resolve(read(length + NONCE + at, size)))) opened += plain.length;
  closeSync(handle);
  if (opened !== expected) throw new Error(`opened ${opened} bytes of ${expected}`);
}

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(program, args);
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
}
