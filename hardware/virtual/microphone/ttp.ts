/**
 * A Biamp Tesira's answers in its text protocol, pure but for its memory: a line
 * in, lines out.
 */
import { wordsOf } from './lines.js';
import { LEAST_LEVEL, MOST_LEVEL, Parameters, REFUSE, Refusal } from './parameters.js';

export interface Channel {
  readonly muted: boolean;
  /** Gain, dB. */
  readonly level: number;
}

const VERBS = ['get', 'set', 'toggle', 'increment', 'decrement', 'subscribe', 'unsubscribe'] as const;
type Verb = (typeof VERBS)[number];

/** Fields of a good answer: name and value as they are written. */
type Answer = { readonly name: 'value' | 'list'; readonly value: string } | undefined;
type Handlers = { readonly [verb in Verb]?: (parameters: Parameters) => Answer };

interface TesiraOptions {
  readonly tag: string;
  readonly channels: number;
  readonly muted: boolean;
}

const SERIAL_NUMBER = '03787145';
const VERSION = '4.11.0.14';
const value = (text: string): Answer => ({ name: 'value', value: text });
/** TTP writes levels with six places. */
const decimal = (number: number): string => number.toFixed(6);

export class Tesira {
  readonly #tag: string;
  #channels: Channel[];
  #verbose = true;
  #detailed = false;
  readonly #subscriptions = new Map<string, number>();
  /** Published lines that follow the answer. */
  #published: string[] = [];

  constructor({ tag, channels, muted }: TesiraOptions) {
    this.#tag = tag;
    this.#channels = Array.from({ length: channels }, () => ({ muted, level: 0 }));
  }

  get channels(): readonly Channel[] {
    return this.#channels;
  }

  /** @param line one command. @returns the lines of its answer; never throws for what a host may send. */
  hear(line: string): string[] {
    this.#published = [];
    try {
      const answer = this.#obey(line);
      const fields = answer === undefined ? '' : this.#verbose ? ` "${answer.name}":${answer.value}` : ` ${answer.value}`;
      return [...this.#early(line), `+OK${fields}`, ...this.#published];
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return [refusal.message];
    }
  }

  /** A new subscription's first value comes before its +OK. */
  #early(line: string): string[] {
    return wordsOf(line)[1]?.text === 'subscribe' ? this.#published.splice(0) : [];
  }

  #obey(line: string): Answer {
    const [block, verb, attribute, ...rest] = wordsOf(line);
    const attributes = new Map<string, { kind: string; attributes: Readonly<Record<string, Handlers>> }>([
      ['DEVICE', { kind: 'Device', attributes: this.#device }],
      ['SESSION', { kind: 'TextSession', attributes: this.#session }],
      [this.#tag, { kind: 'ParleMicBlock', attributes: this.#microphone }],
    ]).get(block?.text ?? '');
    if (attributes === undefined) throw REFUSE.address();
    if (verb === undefined) throw REFUSE.tooFew(line.length);
    if (!isVerb(verb.text)) throw REFUSE.verb(verb.at);
    if (attribute === undefined) throw REFUSE.tooFew(line.length);
    const handlers = Object.hasOwn(attributes.attributes, attribute.text) ? attributes.attributes[attribute.text] : undefined;
    const handler = handlers?.[verb.text];
    if (handler === undefined) throw REFUSE.attribute(attribute.text, attributes.kind);
    return handler(new Parameters(rest, line.length));
  }

  readonly #device: Readonly<Record<string, Handlers>> = {
    serialNumber: { get: () => value(`"${SERIAL_NUMBER}"`) },
    version: { get: () => value(`"${VERSION}"`) },
    activeFaultList: { get: () => value('[]') },
  };

  readonly #session: Readonly<Record<string, Handlers>> = {
    verbose: {
      get: () => value(String(this.#verbose)),
      set: (given) => { this.#verbose = given.truth(); return undefined; },
    },
    detailedResponse: {
      get: () => value(String(this.#detailed)),
      set: (given) => { this.#detailed = given.truth(); return undefined; },
    },
    aliases: { get: () => ({ name: 'list', value: `["DEVICE" "${this.#tag}"]` }) },
  };

  readonly #microphone: Readonly<Record<string, Handlers>> = {
    mute: {
      get: (given) => value(String(this.#channel(given).channel.muted)),
      set: (given) => this.#change(given, () => ({ muted: given.truth() })),
      toggle: (given) => this.#change(given, ({ muted }) => ({ muted: !muted })),
      subscribe: (given) => {
        const { index, channel } = this.#channel(given);
        const token = given.text().text;
        if (this.#subscriptions.has(token)) throw REFUSE.subscribed(token);
        this.#subscriptions.set(token, index);
        this.#published.push(publication(token, channel.muted));
        return undefined;
      },
      unsubscribe: (given) => {
        this.#channel(given);
        this.#subscriptions.delete(given.text().text);
        return undefined;
      },
    },
    level: {
      get: (given) => value(decimal(this.#channel(given).channel.level)),
      set: (given) => this.#change(given, () => ({ level: checkedLevel(given.number()) })),
      increment: (given) => this.#change(given, ({ level }) => ({ level: checkedLevel(level + given.number()) })),
      decrement: (given) => this.#change(given, ({ level }) => ({ level: checkedLevel(level - given.number()) })),
    },
    minLevel: { get: (given) => this.#channel(given) && value(decimal(LEAST_LEVEL)) },
    maxLevel: { get: (given) => this.#channel(given) && value(decimal(MOST_LEVEL)) },
    numChannels: { get: () => value(String(this.#channels.length)) },
  };

  #channel(given: Parameters): { index: number; channel: Channel } {
    const index = given.number();
    const channel = this.#channels[index - 1];
    if (channel === undefined) throw REFUSE.index(this.#channels.length, index);
    return { index, channel };
  }

  #change(given: Parameters, to: (channel: Channel) => Partial<Channel>): Answer {
    const { index, channel } = this.#channel(given);
    const changed = { ...channel, ...to(channel) };
    this.#channels = this.#channels.with(index - 1, changed);
    if (changed.muted !== channel.muted) {
      for (const [token, subscribed] of this.#subscriptions) {
        if (subscribed === index) this.#published.push(publication(token, changed.muted));
      }
    }
    return undefined;
  }
}

const isVerb = (text: string): text is Verb => (VERBS as readonly string[]).includes(text);
const publication = (token: string, muted: boolean): string => `! "publishToken":"${token}" "value":${muted}`;

function checkedLevel(level: number): number {
  if (level < LEAST_LEVEL || level > MOST_LEVEL) throw REFUSE.level(level);
  return level;
}
