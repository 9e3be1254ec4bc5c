/** A text that cannot be shown legibly. Its message is a sentence for the person who wrote the text. */
export class TextDoesNotFit extends Error {
  override readonly name = 'TextDoesNotFit';
}
