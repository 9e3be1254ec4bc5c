/** The sign's pairing key on the device's disk. It proves the sign to us; it opens no recording. */
import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';

/** SipHash-2-4 takes 16 bytes (hardware/sign/PROTOCOL.md). */
const KEY_BYTES = 16;

/** The file of a sign's key in the data folder. @param number 1 for the first of the settings' signs. */
export const signKeyName = (number: number): string => `sign-${number}.key`;

/** @throws Error where the sign was never paired with this recorder. */
export async function readSignKey(file: string): Promise<Buffer> {
  const key = await readFile(file).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error('the sign has not been paired with this recorder yet; hold its Stop button and run `npm run pair`') : error;
  });
  if (key.length !== KEY_BYTES) throw new Error(`the sign’s key has ${key.length} bytes instead of ${KEY_BYTES}; pair the sign again`);
  return key;
}

/** Makes a new key, for one pairing. */
export const newSignKey = (): Buffer => randomBytes(KEY_BYTES);

/** Readable by the service only; never over an existing key. @throws where there is one already. */
export async function writeSignKey(file: string, key: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
