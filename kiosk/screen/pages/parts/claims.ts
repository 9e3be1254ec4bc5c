/** Claims of sessions whose record was lost: which of them a key opens. */
import { Decrypter } from 'age-encryption';
import { identityText } from '../../../keys/identity.js';

export interface Claim { readonly session: string; readonly secret: string }

/** One screen picture; so long this may work before the page is drawn again. */
const SLICE_MS = 16;

/**
 * Tries the key on each. Most are nobody's or somebody else's, and stay closed.
 * @param sealed age files in base64. @param identity of a TeacherKey; wiping it is the caller's.
 */
export async function ownClaims(sealed: readonly string[], identity: Uint8Array): Promise<Claim[]> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identityText(identity)); // age-encryption's copies of it cannot be wiped
  const mine: Claim[] = [];
  let drawn = performance.now();
  for (const base64 of sealed) {
    const claim = await decrypter.decrypt(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))).then(claimIn, () => undefined);
    if (claim !== undefined) mine.push(claim);
    if (performance.now() - drawn < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    drawn = performance.now();
  }
  return mine;
}

/** As pipeline/vault/about.ts writes it: JSON, padded with spaces. */
function claimIn(plain: Uint8Array): Claim | undefined {
  try {
    const event = JSON.parse(new TextDecoder().decode(plain)) as Partial<Record<'kind' | 'session' | 'secret', unknown>>;
    if (event.kind === 'claim' && typeof event.session === 'string' && typeof event.secret === 'string') return { session: event.session, secret: event.secret };
  } catch {
    // Something else that this key opens.
  }
  return undefined;
}
