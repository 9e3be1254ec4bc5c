/** Small files on the stick: those of a teacher's key, by the kiosk's port, and those of stewards and leads, by name. One at a time; no name is a person's (P10.4). */
import type { Answer, Given, Stick } from '../kiosk/server/house.js';
import type { StickFile } from '../kiosk/protocol/account.js';
import { readSmallFile, SMALL_FILE_FAULTS, SmallFileError, writeSmallFile } from '../pipeline/collect/small-file.js';

/** Of stewards and practice leads. */
export type StickName = 'paper-codes.html' | 'staff.csv' | 'code-of-practice.md';

export interface StickDesk extends Stick {
  /** As `write`. */
  writeNamed(name: StickName, text: string): Promise<Answer>;
  /** As `read`. */
  readNamed(name: StickName): Promise<Given<string>>;
}

const NAMES: Readonly<Record<StickFile, string>> = {
  'locked-key': 'lamplight-key.age', 'recipient': 'lamplight-recipient.txt', 'sheet': 'lamplight-recovery-sheet.txt', 'test-code': 'lamplight-test-code.age',
};

/** @param folder where the stick is mounted, or what stands in for it; need not be there yet. */
export function stickDesk(folder: string): StickDesk {
  let last: Promise<unknown> = Promise.resolve();
  /** In turn: two writes of one name would each set the other's file aside. */
  function inTurn<T>(name: string, work: () => Promise<T>): Promise<Given<T>> {
    const turn = last.then(work).then((value): Given<T> => ({ ok: true, value }), (error: unknown): Given<T> => {
      if (!(error instanceof SmallFileError)) throw error;
      return { ok: false, code: error.code, ...SMALL_FILE_FAULTS[error.code], values: { name } };
    });
    last = turn.catch(() => undefined);
    return turn;
  }
  const write = async (name: string, text: string): Promise<Answer> => {
    const written = await inTurn(name, () => writeSmallFile(folder, name, text));
    return written.ok ? { ok: true } : written;
  };
  const read = (name: string): Promise<Given<string>> => inTurn(name, () => readSmallFile(folder, name));
  return {
    write: (file, text) => write(NAMES[file], text),
    read: (file) => read(NAMES[file]),
    writeNamed: write,
    readNamed: read,
  };
}
