/** A folder that somebody chose: the sessions in it, the locked key, and whether the browser may write beside them. */
import { ABOUT, JOURNAL, partNumber, type SessionFiles } from '../../pipeline/seal/files.js';

/** Handed to workers as it is: a File is a name for bytes, not the bytes. */
export type Named = readonly (readonly [name: string, file: File])[];

export interface FoundSession {
  /** Within the chosen folder. */
  readonly path: string;
  readonly files: Named;
  /** Where notes can be written beside it. */
  readonly folder: FileSystemDirectoryHandle | undefined;
}

export interface Chosen {
  readonly name: string;
  readonly sessions: readonly FoundSession[];
  readonly key: File | undefined;
  /** Notes that were saved as files, wherever they lie. */
  readonly notes: readonly File[];
}

export const KEY_NAME = 'lamplight-key.age';
export const notesName = (session: string): string => `lamplight-notes-${session.slice(0, 8)}.age`;
const NOTES = /^lamplight-notes-[0-9a-f]{8}[^/]*\.age$/;
const EVENT = /^[0-9a-f]{32}\.age$/;
/** A stick with all of a teacher's photographs is not searched to its end. */
const DEEPEST = 4;
const MOST_FILES = 50_000;

interface Found { readonly path: string; readonly file: () => Promise<File>; readonly folder?: FileSystemDirectoryHandle }

/** Not in every browser. */
type Picker = (options: { id: string; mode: 'read' }) => Promise<FileSystemDirectoryHandle>;

const picker = (): Picker | undefined => (globalThis as { showDirectoryPicker?: Picker }).showDirectoryPicker;

/** Whether a folder can be asked for that may be written to as well. */
export const canPick = (): boolean => picker() !== undefined;

/** @returns undefined where nobody chose one. @throws where the browser does not let us. */
export async function pickFolder(): Promise<Chosen | undefined> {
  try {
    const root = await picker()?.({ id: 'lamplight', mode: 'read' });
    if (root === undefined) return undefined;
    const found: Found[] = [];
    await walk(root, '', 0, found);
    return await sorted(root.name, found);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** From `<input type=file webkitdirectory>`. */
export const fromInput = (list: FileList): Promise<Chosen> => {
  const files = Array.from(list).slice(0, MOST_FILES);
  return sorted(files[0]?.webkitRelativePath.split('/')[0] ?? '', files.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file: () => Promise.resolve(file) })));
};

async function walk(folder: FileSystemDirectoryHandle, path: string, depth: number, found: Found[]): Promise<void> {
  for await (const entry of folder.values()) {
    if (found.length >= MOST_FILES) return;
    if (entry.kind === 'file') found.push({ path: path + entry.name, file: () => entry.getFile(), folder });
    else if (depth < DEEPEST && !entry.name.startsWith('.')) await walk(entry, `${path}${entry.name}/`, depth + 1, found);
  }
}

const split = (path: string): [folder: string, name: string] => {
  const at = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
};

async function sorted(name: string, found: readonly Found[]): Promise<Chosen> {
  const sessions = new Map<string, { files: [string, File][]; folder: FileSystemDirectoryHandle | undefined }>();
  for (const { path, file, folder } of found) {
    const [at, own] = split(path);
    if (own !== JOURNAL && partNumber(own) === undefined) continue;
    const session = sessions.get(at) ?? { files: [], folder };
    session.files.push([own, await file()]);
    sessions.set(at, session);
  }
  let key: File | undefined;
  const notes: File[] = [];
  for (const { path, file } of found) {
    const [at, own] = split(path);
    if (own === KEY_NAME) key ??= await file();
    else if (NOTES.test(own)) notes.push(await file());
    else if (EVENT.test(own)) {
      const [above, about] = split(at);
      if (about === ABOUT) sessions.get(above)?.files.push([`${ABOUT}/${own}`, await file()]);
    }
  }
  const all = [...sessions].map(([path, session]): FoundSession => ({ path, ...session })).filter(({ files }) => files.some(([own]) => partNumber(own) !== undefined));
  return { name, key, notes, sessions: all.sort((a, b) => b.path.localeCompare(a.path)) };
}

/** One read of a slice costs 2 ms however small it is, so neighbours are read along. */
const BLOCK = 512 * 1024;

/** The files of a session as its readers want them. @param onRead told how many bytes were read. */
export function sessionFiles(named: Named, onRead: (bytes: number) => void = () => undefined): SessionFiles {
  const files = new Map(named);
  let block: { readonly name: string; readonly at: number; readonly bytes: Uint8Array } | undefined;
  return {
    names: (folder) => Promise.resolve([...files.keys()].flatMap((name) => (folder === undefined ? (name.includes('/') ? [] : [name]) : name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1)] : []))),
    size: (name) => Promise.resolve(files.get(name)?.size ?? 0),
    async read(name, at, length) {
      const within = block?.name === name && at >= block.at && at + length <= block.at + block.bytes.length;
      if (!within) {
        const slice = files.get(name)?.slice(at, at + Math.max(length, BLOCK));
        const bytes = slice === undefined ? new Uint8Array() : new Uint8Array(await slice.arrayBuffer());
        onRead(bytes.length);
        block = { name, at, bytes };
        return bytes.subarray(0, length);
      }
      return block?.bytes.subarray(at - block.at, at - block.at + length) ?? new Uint8Array();
    },
  };
}

/** Written beside a session, sealed. @returns false where the browser may not write there. */
export async function writeBeside(folder: FileSystemDirectoryHandle, within: string | undefined, name: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const permitted = await (folder as FileSystemDirectoryHandle & { requestPermission?(wish: { mode: 'readwrite' }): Promise<string> }).requestPermission?.({ mode: 'readwrite' });
    if (permitted !== undefined && permitted !== 'granted') return false;
    const place = within === undefined ? folder : await folder.getDirectoryHandle(within, { create: true });
    const stream = await (await place.getFileHandle(name, { create: true })).createWritable();
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
    await stream.close();
    return true;
  } catch {
    return false; // a stick that was pulled out, or a lock: saved another way
  }
}
