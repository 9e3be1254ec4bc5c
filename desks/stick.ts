/** Small files on the stick: those of a teacher's key, by the kiosk's port, and those of stewards and leads, by name. One at a time; no name is a person's (P10.4). */
import type { Answer, Given, Stick } from '../kiosk/server/house.js';
import type { StickFile } from '../kiosk/protocol/account.js';
import { STICK_FAULTS, StickError } from '../pipeline/collect/faults.js';
import { readSmallFile, SMALL_FILE_FAULTS, SmallFileError, writeSmallFile } from '../pipeline/collect/small-file.js';
import type { Stick as Place } from '../pipeline/collect/stick.js';

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

/** @param place need not have a stick yet; it is mounted for as long as a file is read or written. */
export function stickDesk(place: Place): StickDesk {
  let last: Promise<unknown> = Promise.resolve();
  /** In turn: two writes of one name would each set the other's file aside. */
  function inTurn<T>(name: string, work: (folder: string) => Promise<T>): Promise<Given<T>> {
    const turn = last.then(() => place.during(work)).then((value): Given<T> => ({ ok: true, value }), (error: unknown): Given<T> => {
      if (error instanceof StickError) return { ok: false, code: error.code, ...STICK_FAULTS[error.code] };
      if (!(error instanceof SmallFileError)) throw error;
      return { ok: false, code: error.code, ...SMALL_FILE_FAULTS[error.code], values: { name } };
    });
    last = turn.catch(() => undefined);
    return turn;
  }
  const write = async (name: string, text: string): Promise<Answer> => {
    const written = await inTurn(name, (folder) => writeSmallFile(folder, name, text));
    return written.ok ? { ok: true } : written;
  };
  const read = (name: string): Promise<Given<string>> => inTurn(name, (folder) => readSmallFile(folder, name));
  return {
    write: (file, text) => write(NAMES[file], text),
    read: (file) => read(NAMES[file]),
    writeNamed: write,
    readNamed: read,
  };
}
