/** What people paste where a recipient belongs, and what to tell them. Secrets first: a text that holds one is nothing else. */
import { WORDS } from './words.js';

export interface Mistake {
  readonly code: 'EMPTY' | 'SECRET' | 'LOCKED' | 'OTHER_KEY' | 'SEVERAL' | 'MORE_THAN_THE_KEY' | 'FINGERPRINT' | 'NOT_A_KEY' | 'MISSPELT';
  readonly sentence: string;
  /** What stands in the gaps of the sentence. */
  readonly values?: Readonly<Record<string, string | number>>;
}

type Kind = readonly [Mistake['code'], (text: string) => boolean, string];

const like = (form: RegExp) => (text: string): boolean => form.test(text);

/** Three drawn words or more, and nothing else, are hardly anything but the words of a key. */
function isWords(text: string): boolean {
  const words = text.slice(0, 300).toLowerCase().split(/[\s\p{P}]+/u).filter((word) => word !== '');
  return words.length >= 3 && words.every((word) => WORDS.includes(word));
}

/** In this order; the first that fits is said. */
const KINDS: readonly Kind[] = [
  ['EMPTY', like(/^$/), 'Nothing was given. What belongs here starts with age1.'],
  ['SECRET', like(/AGE-SECRET-KEY|AGE-PLUGIN-/i), 'This is the secret key. Never show it to anyone. Nothing of it was kept. What belongs here starts with age1.'],
  ['SECRET', like(/PRIVATE KEY/i), 'This is a private key of another program. Never show it to anyone. Nothing of it was kept. What belongs here starts with age1.'],
  ['SECRET', isWords, 'These look like the words that open your key. Never show them to anyone. Nothing of them was kept. What belongs here starts with age1.'],
  ['SECRET', like(/^\d{4,12}$/), 'This looks like a PIN. Never show it to anyone. Nothing of it was kept. What belongs here starts with age1.'],
  ['LOCKED', like(/BEGIN AGE ENCRYPTED FILE|^age-encryption\.org/), 'This is a locked file, perhaps your locked key. It stays with you, and nothing of it was kept. What belongs here starts with age1.'],
  ['OTHER_KEY', like(/^(ssh-|ecdsa-|sk-)\S+ /), 'This is a key for SSH. Recordings need a key of age. What belongs here starts with age1.'],
  ['OTHER_KEY', like(/BEGIN PGP/), 'This is a key for PGP mail. Recordings need a key of age. What belongs here starts with age1.'],
  ['OTHER_KEY', like(/^age1(pq|tag|tagpq|yubikey|se|tpm|fido2-hmac)1/i), 'This is an age key of another kind (of a security key, or post-quantum), which this device cannot use yet. Make an ordinary one.'],
  ['FINGERPRINT', like(/^([0-9a-f]{4}[ -]?){5}$/i), 'This is a fingerprint, which is only for comparing. What belongs here starts with age1.'],
  ['SEVERAL', like(/age1.*age1/is), 'There is more than one key in it. Give one.'],
  ['NOT_A_KEY', like(/^[^\s@]+@[^\s@]+$/), 'This is an e-mail address. What belongs here starts with age1.'],
  ['NOT_A_KEY', like(/^https?:/i), 'This is a web address. What belongs here starts with age1.'],
  ['MORE_THAN_THE_KEY', like(/^age1\S*\s+\S/i), 'There is a space or a line break in this key, or something after it. Give the key alone, in one piece.'],
  ['MORE_THAN_THE_KEY', like(/.age1/is), 'Something stands before the key. Give it alone, from age1 on.'],
  ['NOT_A_KEY', (text) => !/^age1/i.test(text), 'This is not a key. What belongs here starts with age1.'],
];

/** What this text is, where it plainly is no recipient. @param text without spaces around it. */
export function mistakeIn(text: string): Mistake | undefined {
  const found = KINDS.find(([, fits]) => fits(text));
  return found && { code: found[0], sentence: found[2] };
}
