/**
 * A Biamp Tesira's answers in its text protocol, pure but for its memory: a line
 * in, lines out.
 */
import type { Channel } from './console.js';
import { wordsOf } from './lines.js';
import { LEAST_LEVEL, MOST_LEVEL, Parameters, REFUSE, Refusal } from './parameters.js';

const VERBS = ['get', 'set', 'toggle', 'increment', 'decrement', 'subscribe', 'unsubscribe'] as const;
type Verb = (typeof VERBS)[number];

/** Fields of a good answer: name and value as they are written. */
type Answer = { readonly name: 'value' | 'list'; readonly value: string } | undefined;
type Handlers = { readonly [verb in Verb]?: (parameters: Parameters) => Answer };

export interface TesiraOptions {
  readonly tag: string;
  readonly channels: number;
  readonly muted: boolean;
  /** Tag of a Logic State block that lights the array's mute LED. */
  readonly led?: string | undefined;
  /** Tag of an Audio Meter block. */
  readonly meter?: string | undefined;
}

const SERIAL_NUMBER = '03787145';
const VERSION = '4.11.0.14';
/** dBu at the meter of speech: 24 below is full scale. */
const METERED = -6.5;
const METER_FLOOR = -100;
const value = (text: string): Answer => ({ name: 'value', value: text });
/** TTP writes levels with six places. */
const decimal = (number: number): string => number.toFixed(6);

export class Tesira {
  readonly #options: TesiraOptions;
  #lit = false;
  #channels: Channel[];
  #verbose = true;
  #detailed = false;
  readonly #subscriptions = new Map<string, number>();
  /** Published lines that follow the answer. */
  #published: string[] = [];

  constructor(options: TesiraOptions) {
    this.#options = options;
    const { channels, muted } = options;
    this.#channels = Array.from({ length: channels }, () => ({ muted, level: 0 }));
  }

  get channels(): readonly Channel[] {
    return this.#channels;
  }

  get led(): 'muted' | 'open' | undefined {
    return this.#options.led === undefined ? undefined : this.#lit ? 'muted' : 'open';
  }

  /** The array's own button, for all of its channels. @returns news for who subscribed to it. */
  press(): string[] {
    this.#published = [];
    const muted = !this.#channels.every((channel) => channel.muted);
    for (const [i, channel] of this.#channels.entries()) this.#put(i + 1, { ...channel, muted });
    return this.#published;
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
      [this.#options.tag, { kind: 'ParleMicBlock', attributes: this.#microphone }],
      ...(this.#options.led === undefined ? [] : [[this.#options.led, { kind: 'LogicState', attributes: this.#light }] as const]),
      ...(this.#options.meter === undefined ? [] : [[this.#options.meter, { kind: 'AudioMeter', attributes: this.#meter }] as const]),
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
    aliases: { get: () => ({ name: 'list', value: `[${['DEVICE', this.#options.tag, this.#options.led, this.#options.meter].filter((tag) => tag !== undefined).map((tag) => `"${tag}"`).join(' ')}]` }) },
  };

  readonly #light: Readonly<Record<string, Handlers>> = {
    state: {
      get: (given) => this.#channel(given) && value(String(this.#lit)),
      set: (given) => {
        this.#channel(given);
        this.#lit = given.truth();
        return undefined;
      },
    },
  };

  readonly #meter: Readonly<Record<string, Handlers>> = {
    level: { get: (given) => value(decimal(this.#channel(given).channel.muted ? METER_FLOOR : METERED)) },
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
    this.#put(index, { ...channel, ...to(channel) });
    return undefined;
  }

  /** @param index counted from 1. */
  #put(index: number, changed: Channel): void {
    const before = this.#channels[index - 1];
    this.#channels = this.#channels.with(index - 1, changed);
    if (changed.muted === before?.muted) return;
    for (const [token, subscribed] of this.#subscriptions) {
      if (subscribed === index) this.#published.push(publication(token, changed.muted));
    }
  }
}

const isVerb = (text: string): text is Verb => (VERBS as readonly string[]).includes(text);
const publication = (token: string, muted: boolean): string => `! "publishToken":"${token}" "value":${muted}`;

function checkedLevel(level: number): number {
  if (level < LEAST_LEVEL || level > MOST_LEVEL) throw REFUSE.level(level);
  return level;
}
