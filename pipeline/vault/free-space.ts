/** Is there room for one more session of the longest kind? The one thing about sessions that anybody may know (P2.7). */
import { statfs } from 'node:fs/promises';

/** Kept free besides, so that the state can always be written. */
const RESERVE_BYTES = 512 * 1024 * 1024;

/** @param bytesPerSecond at most, of picture and sound together. */
export async function hasRoomFor(folder: string, seconds: number, bytesPerSecond: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > seconds * bytesPerSecond + RESERVE_BYTES;
}
