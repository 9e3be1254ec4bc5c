/** The device's state: who is enrolled, and what each owns, sealed to them. One writer, one file, lowdb over a durable adapter. */
import { Low } from 'lowdb';
import { Compile } from 'typebox/compile';
import { DurableFile } from './durable-file.js';
import { STATE_VERSIONS } from './migrations.js';
import { EMPTY_STATE, StateSchema, type StoredState } from './state.js';

const shape = Compile(StateSchema);

/** Does a save, and may make room for it on a full disk and do it once more. */
export type Spare = <T>(save: () => Promise<T>) => Promise<T>;

export class Store {
  readonly #low: Low<StoredState>;
  readonly #spare: Spare;
  #writing: Promise<void> = Promise.resolve();

  private constructor(low: Low<StoredState>, spare: Spare) {
    this.#low = low;
    this.#spare = spare;
  }

  /** @throws StateDamaged where there is a state that cannot be trusted: it never becomes "empty". StateNewer where a newer program wrote it. */
  static async open(file: string, spare: Spare = (save) => save()): Promise<Store> {
    const adapter = new DurableFile<StoredState>(file, (data): data is StoredState => shape.Check(data), STATE_VERSIONS);
    const low = new Low<StoredState>(adapter, structuredClone(EMPTY_STATE));
    await low.read();
    return new Store(low, spare);
  }

  get state(): StoredState {
    return this.#low.data;
  }

  /**
   * Changes a copy, stores it, and only then lets it count: memory is never ahead of the disk.
   * Changes are taken one after another. @throws the file system's error; then nothing has changed.
   */
  update<T>(change: (draft: StoredState) => T): Promise<T> {
    const turn = this.#writing.then(async () => {
      const draft = structuredClone(this.#low.data);
      const result = change(draft);
      await this.#spare(() => this.#low.adapter.write(draft));
      this.#low.data = draft;
      return result;
    });
    this.#writing = turn.then(() => undefined, () => undefined);
    return turn;
  }
}
