/** What can be wrong with a sealed file or journal. */
export type FormatFault =
  /** The age header or its session stanza. */
  | 'HEADER_BROKEN'
  /** A line of the journal: form, chain or signature. */
  | 'JOURNAL_BROKEN'
  /** A chunk of the payload does not open. */
  | 'PAYLOAD_BROKEN'
  /** What opened is no fragmented MP4 as FORMAT.md describes it. */
  | 'MEDIA_BROKEN'
  /** Two parts cannot be joined into one file. */
  | 'MEDIA_DIFFERS'
  /** The binding does not fit the commitment. */
  | 'BINDING_BROKEN';

export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatFault;

  constructor(code: FormatFault, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
