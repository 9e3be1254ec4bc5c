/**
 * The words of a TTP command after its attribute, and how the device refuses
 * them. Wordings as on Biamp's page "Tesira Text Protocol", section "Error
 * responses".
 */
import type { Word } from './lines.js';

/** TTP: gain of a level control, dB. */
export const LEAST_LEVEL = -100;
export const MOST_LEVEL = 12;

/** An answer that begins with a minus sign. */
export class Refusal extends Error {}

export const REFUSE = {
  address: () => new Refusal('-ERR address not found: {"deviceId":0 "classCode":0 "instanceNum":0}'),
  verb: (at: number) => new Refusal(`-ERR Parse error at ${at}: verb was not one of the commands supported by Services`),
  attribute: (name: string, kind: string) => new Refusal(`-ERR '${name}' is not supported by ${kind}::Attributes`),
  tooFew: (at: number) => new Refusal(`-ERR Parse error at ${at}: not enough parameters supplied`),
  value: (at: number) => new Refusal(`-ERR Parse error at ${at}: could not parse value`),
  index: (most: number, got: number) => new Refusal(`-ERR INVALID_PARAMETER Index out of range:channelIndex min:1 max:${most} received:${got}`),
  level: (got: number) => new Refusal(`-ERR INVALID_PARAMETER Value out of range: attr:level min:${LEAST_LEVEL} max:${MOST_LEVEL} val:${got}`),
  subscribed: (token: string) => new Refusal(`-ERR ALREADY_SUBSCRIBED ${token}`),
};

/** The words after the attribute, taken one by one. */
export class Parameters {
  readonly #words: Word[];
  readonly #end: number;

  constructor(words: Word[], end: number) {
    this.#words = [...words];
    this.#end = end;
  }

  text(): Word {
    const word = this.#words.shift();
    if (word === undefined) throw REFUSE.tooFew(this.#end);
    return word;
  }

  number(): number {
    const { text, at } = this.text();
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw REFUSE.value(at);
    return Number(text);
  }

  truth(): boolean {
    const { text, at } = this.text();
    if (text !== 'true' && text !== 'false') throw REFUSE.value(at);
    return text === 'true';
  }
}
