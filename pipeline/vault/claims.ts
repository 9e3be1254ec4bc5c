/**
 * Sealed claims: how an owner whose record was lost finds their sessions again
 * by their key. All are handed out, among others that nobody can open, so that
 * nobody learns how many sessions there are (P1.3).
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sealSmall } from '../seal/node.js';
import { PADDED_TO } from './about.js';
import { replaceWhole } from './durable.js';
import { ABOUT, isSessionId, nobodysFile } from './layout.js';
import { startOf } from './summary.js';

/** A claim has one stanza for each recipient, and so one of two lengths: each is handed out in whole five hundreds, and all together in whole thousands. */
const STEP = 500;
const MOST_RECIPIENTS = 2;

/** What a claim's file is called: half of what the start record says of its secret, which is no secret. @param claim hex SHA-256. */
export const claimName = (claim: string): string => claim.slice(0, 32);

export const claimOf = (secret: Uint8Array): string => createHash('sha256').update(secret).digest('hex');

/** Every session's claim and what fills them up, in no order. */
export class Claims {
  readonly #root: string;
  /** By their number of recipients. Kept on the disk: others each time, or after each start, would tell the real ones apart. */
  readonly #fillers: [Buffer[], Buffer[]] = [[], []];
  #recipients: Promise<readonly string[]> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param root the vault's folder. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Age files. One call after another; the very first takes some seconds, so it is made once at the start of the service. @throws NodeJS.ErrnoException (rejects) where the vault cannot be read. */
  all(): Promise<Buffer[]> {
    const turn = this.#turn.then(() => this.#all());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #all(): Promise<Buffer[]> {
    for (const kind of [0, 1] as const) await this.#fill(kind, STEP);
    const lengths = this.#fillers.map(([filler]) => filler?.length);
    const real: [Buffer[], Buffer[]] = [[], []];
    for (const file of await this.#real()) {
      const kind = lengths.indexOf(file.length);
      if (kind === 0 || kind === 1) real[kind].push(file); // a damaged one opens for nobody
    }
    const wanted = real.map(({ length }) => Math.max(1, Math.ceil(length / STEP)) * STEP) as [number, number];
    if ((wanted[0] + wanted[1]) % (2 * STEP) !== 0) wanted[0] += STEP;
    for (const kind of [0, 1] as const) await this.#fill(kind, wanted[kind]);
    return shuffled(([0, 1] as const).flatMap((kind) => [...real[kind], ...this.#fillers[kind].slice(0, wanted[kind] - real[kind].length)]));
  }

  async #real(): Promise<Buffer[]> {
    const found: Buffer[] = [];
    for (const id of (await readdir(this.#root)).filter(isSessionId)) {
      const folder = path.join(this.#root, id);
      const start = await startOf(folder).catch(() => undefined);
      const file = start && await readFile(path.join(folder, ABOUT, `${claimName(start.claim)}.age`)).catch(() => undefined);
      if (file !== undefined) found.push(file);
    }
    return found;
  }

  /** Until there are so many to `kind + 1` recipients. */
  async #fill(kind: 0 | 1, wanted: number): Promise<void> {
    const fillers = this.#fillers[kind];
    if (fillers.length >= wanted) return;
    const file = nobodysFile(this.#root, kind + 1);
    const recipients = await (this.#recipients ??= recipientsOfNobody());
    const make = async (): Promise<Buffer> => Buffer.from(await sealSmall(recipients.slice(0, kind + 1), randomBytes(PADDED_TO)));
    if (fillers.length === 0) fillers.push(...pieces(await readFile(file).catch(() => Buffer.alloc(0)), (await make()).length));
    if (fillers.length >= wanted) return;
    while (fillers.length < wanted) {
      fillers.push(await make());
      await setImmediate(); // the sign's beats go on meanwhile
    }
    await replaceWhole(file, Buffer.concat(fillers));
  }
}

/** Whole files of one length, written one after another. */
const pieces = (bytes: Buffer, length: number): Buffer[] => Array.from({ length: Math.floor(bytes.length / length) }, (_, at) => bytes.subarray(at * length, (at + 1) * length));

/** Each file has keys of its own, and a stanza does not name its recipient, so one of nobody does for all. Its identity is forgotten here. */
const recipientsOfNobody = (): Promise<string[]> => Promise.all(Array.from({ length: MOST_RECIPIENTS }, async () => identityToRecipient(await generateX25519Identity())));

/** Fisher and Yates. */
function shuffled<T>(all: readonly T[]): T[] {
  const cards = [...all];
  for (let left = cards.length - 1; left > 0; left -= 1) {
    const taken = randomInt(left + 1);
    [cards[left], cards[taken]] = [cards[taken] as T, cards[left] as T];
  }
  return cards;
}

/** Is this the secret in that session's claim? Takes as long where there is no such session. @param secret hex of 32 bytes. @returns when the session began; undefined where not. */
export async function startedIfClaimed(root: string, session: string, secret: string): Promise<string | undefined> {
  const given = Buffer.from(claimOf(Buffer.from(/^[0-9a-f]{64}$/.test(secret) ? secret : '', 'hex')), 'hex');
  const start = isSessionId(session) ? await startOf(path.join(root, session)).catch(() => undefined) : undefined;
  const wanted = Buffer.from(start?.claim ?? '', 'hex');
  const right = timingSafeEqual(given, wanted.length === given.length ? wanted : randomBytes(given.length));
  return right ? start?.at : undefined;
}
