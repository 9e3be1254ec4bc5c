/** The files of a session in a folder, and what holds of them (seal/verify.ts). */
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { verifyFiles, type SessionFiles, type Verdict } from '../seal/format.js';
import { nodeCrypto } from '../seal/node.js';

export type { Verdict } from '../seal/format.js';

/** @param folder of the session. */
export function folderFiles(folder: string): SessionFiles {
  return {
    names: (inner) => readdir(path.join(folder, inner ?? '')).catch((error: unknown) => {
      if (inner !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }),
    size: async (name) => (await stat(path.join(folder, name))).size,
    async read(name, at, length) {
      const handle = await open(path.join(folder, name), 'r');
      try {
        const bytes = new Uint8Array(length);
        let filled = 0;
        for (let got = 1; got > 0 && filled < length; filled += got) got = (await handle.read(bytes, filled, length - filled, at + filled)).bytesRead;
        return bytes.subarray(0, filled);
      } finally {
        await handle.close();
      }
    },
  };
}

/**
 * @param folder of the session.
 * @param devicePublicKey raw Ed25519 key of the device, as its owner knows it.
 * @throws NodeJS.ErrnoException where the folder cannot be read at all.
 */
export async function verifySession(folder: string, devicePublicKey: Uint8Array): Promise<Verdict> {
  return (await verifyFiles(nodeCrypto, folderFiles(folder), devicePublicKey)).verdict;
}
