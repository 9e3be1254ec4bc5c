/** What can be wrong with a key. Sentences are for people, and hold nothing of what was given. */
export type KeyFault =
  /** The page was opened by plain http from another machine: browsers keep their cryptography from it. */
  | 'PAGE_INSECURE'
  /** No age X25519 identity. */
  | 'IDENTITY_BROKEN'
  /** No key locked by words, or one that costs more to try than a screen can pay. */
  | 'LOCKED_KEY_BROKEN'
  /** The words do not open it. */
  | 'WORDS_WRONG'
  /** Sealed to another key, or damaged. */
  | 'TEST_CODE_CLOSED'
  /** It opens, and is something else. */
  | 'TEST_CODE_BROKEN';

export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code: KeyFault;

  constructor(code: KeyFault, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Without this, age-encryption fails there with errors that look like a wrong key. @throws KeyError PAGE_INSECURE */
export function needSecurePage(): void {
  if (globalThis.crypto?.subtle === undefined) throw new KeyError('PAGE_INSECURE', 'Keys do not work in this page, since it was not opened securely. Open it on the device itself, as a file, or by https.');
}
