/** Texts that occur nowhere else, and a search for them in every form that a program gives a text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a text may be found all the same. */
export type Place = 'state' | 'stick';

interface Canary { readonly what: string; readonly forms: readonly Buffer[]; readonly allowed: readonly Place[] }

export interface Found { readonly what: string; readonly where: string }

export class Canaries {
  readonly #all: Canary[] = [];

  /** @param text long enough that chance does not write it. @returns the text. */
  add(what: string, text: string, allowed: readonly Place[]): string {
    if (text.length < 8) throw new RangeError(`“${what}” is too short to be searched for`);
    this.#all.push({ what, forms: formsOf(text), allowed });
    return text;
  }

  get count(): number {
    return this.#all.length;
  }

  /** @param place what of that may stand there; without it, nothing may. @returns what stands there and may not. */
  in(where: string, bytes: Buffer | string, place?: Place): Found[] {
    const haystack = Buffer.from(bytes);
    return this.#all.filter(({ allowed, forms }) => (place === undefined || !allowed.includes(place)) && forms.some((form) => haystack.includes(form))).map(({ what }) => ({ what, where }));
  }
}

/** As it is, in JSON, in an address, in hex, in base64 at each of three alignments (and for addresses), and as wide characters. */
function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((ahead) => {
    // What stands at either end depends on what is beside it.
    const inside = Buffer.concat([Buffer.alloc(ahead), bytes]).toString('base64').replace(/=+$/, '').slice(ahead === 0 ? 0 : ahead + 1, (bytes.length + ahead) % 3 === 0 ? undefined : -1);
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const forms = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), encodeURIComponent(text).replaceAll('%20', '+'), bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64];
  return [...new Set(forms)].map((form) => Buffer.from(form)).concat(Buffer.from(text, 'utf16le'));
}

/** All files below a folder, with what is in them; what goes meanwhile is left out. */
export function filesBelow(folder: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    try {
      return [{ path, bytes: readFileSync(path) }];
    } catch {
      return [];
    }
  });
}
