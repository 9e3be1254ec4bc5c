/** The device's state: who is enrolled, and what each owns, sealed to them. One writer, one file, lowdb over a durable adapter. */
import { Low } from 'lowdb';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { DurableFile } from './durable-file.js';

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' });

/** AES-256-GCM: 12-byte nonce, ciphertext, 16-byte tag. */
const Sealed = Type.Object({ nonce: Base64, box: Base64 }, { additionalProperties: false });
export type Sealed = Static<typeof Sealed>;

const Teacher = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  name: Type.String({ minLength: 1, maxLength: 80 }),
  /** age recipients that every part is sealed to: the teacher's own, and a spare of the same teacher. */
  recipients: Type.Array(Type.String({ pattern: '^age1[a-z0-9]+$' }), { minItems: 1, maxItems: 2 }),
  pin: Type.Object({ salt: Base64, wrapped: Sealed }, { additionalProperties: false }),
  /** The same record key, sealed once to the teacher's recipients (age file, base64). */
  recordKeySealed: Base64,
  failures: Type.Integer({ minimum: 0 }),
  /** One for each session that the teacher owns; nothing of it is in clear (P2.7). */
  records: Type.Array(Sealed),
}, { additionalProperties: false });
export type Teacher = Static<typeof Teacher>;

const Fraction = Type.Number({ minimum: 0, maximum: 1 });
const CameraUnits = Type.Integer({ minimum: -0x80000, maximum: 0x7ffff });

/** A view of the room that a teacher has saved: where the camera looks, and what of its picture is never recorded there. */
const SavedView = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  name: Type.String({ minLength: 1, maxLength: 30 }),
  /** In the camera's own units; of one that does not tell where it looks, a preset's number. */
  view: Type.Union([
    Type.Object({ kind: Type.Literal('preset'), preset: Type.Integer({ minimum: 0, maximum: 254 }) }, { additionalProperties: false }),
    Type.Object({ kind: Type.Literal('position'), pan: CameraUnits, tilt: CameraUnits, zoom: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff })) }, { additionalProperties: false }),
  ]),
  covers: Type.Array(Type.Object({ left: Fraction, top: Fraction, width: Fraction, height: Fraction }, { additionalProperties: false }), { maxItems: 8 }),
}, { additionalProperties: false });
export type SavedView = Static<typeof SavedView>;

const StateSchema = Type.Object({
  teachers: Type.Array(Teacher),
  /** Of the room, not of a teacher; they say nothing of who made them. */
  views: Type.Optional(Type.Array(SavedView, { maxItems: 24 })),
  /** What the standard view of the settings hides. */
  standardCovers: Type.Optional(SavedView.properties.covers),
  /** By how many milliseconds the sound of this room is moved onto its picture; by the clap test. */
  soundOffsetMs: Type.Optional(Type.Integer({ minimum: -500, maximum: 500 })),
}, { additionalProperties: false });
export type StoredState = Static<typeof StateSchema>;

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

  /** @throws StateDamaged where there is a state that cannot be trusted: it never becomes "empty". */
  static async open(file: string, spare: Spare = (save) => save()): Promise<Store> {
    const adapter = new DurableFile<StoredState>(file, (data): data is StoredState => shape.Check(data));
    const low = new Low<StoredState>(adapter, { teachers: [] });
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
