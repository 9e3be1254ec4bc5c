import { createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { makeKey, scalarOf } from '../../../kiosk/keys/identity.js';
import { wipe } from '../../../kiosk/keys/random.js';
import { signingPublicKey, signMessage, verifyMessage } from '../../../kiosk/keys/sign.js';

const MESSAGE = Buffer.from('a clip');

t.test('the signing key is Ed25519 from HKDF-SHA-256 of the identity, as node:crypto has both', async (t) => {
  const { identity } = await makeKey();
  const seed = Buffer.from(hkdfSync('sha256', scalarOf(identity), '', 'lamplight/sign/v1', 32));
  // PKCS #8 around an Ed25519 seed (RFC 8410, section 7).
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  t.same(Buffer.from(signingPublicKey(identity)).toString('base64url'), publicKey.export({ format: 'jwk' }).x);
  const signature = signMessage(identity, MESSAGE);
  t.same(Buffer.from(signature), sign(null, MESSAGE, privateKey), 'the same signature');
  t.ok(verify(null, MESSAGE, publicKey, signature));
  t.ok(verifyMessage(signingPublicKey(identity), MESSAGE, sign(null, MESSAGE, privateKey)));
});

t.test('a known key gives a known signing key, on every machine and for ever', (t) => {
  // 32 bytes of 0x42. The public key was computed by node:crypto's HKDF and Ed25519, too.
  const identity = new TextEncoder().encode('AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX');
  t.equal(Buffer.from(scalarOf(identity)).toString('hex'), '42'.repeat(32));
  t.equal(Buffer.from(signingPublicKey(identity)).toString('hex'), '1a9b661f3ff1c7d703284fe8a8fff6a4bab89c85d0e6f70d132537ce772fb4d6');
  t.end();
});

t.test('a changed message, signature or key does not verify, whatever its form', async (t) => {
  const { identity } = await makeKey();
  const publicKey = signingPublicKey(identity);
  const signature = signMessage(identity, MESSAGE);
  t.ok(verifyMessage(publicKey, MESSAGE, signature));
  fc.assert(fc.property(fc.constantFrom(0, 1, 2), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, place, change) => {
    const given = [publicKey, MESSAGE, signature].map((bytes) => Uint8Array.from(bytes)) as [Uint8Array, Uint8Array, Uint8Array];
    const bytes = given[which];
    bytes[place % bytes.length] = (bytes[place % bytes.length] as number) ^ change;
    t.notOk(verifyMessage(...given));
  }), { numRuns: 40 });
  t.notOk(verifyMessage(signingPublicKey((await makeKey()).identity), MESSAGE, signature), 'another teacher’s key');
  t.notOk(verifyMessage(new Uint8Array(32), MESSAGE, new Uint8Array(64)), 'a key of zeros');
  t.notOk(verifyMessage(new Uint8Array(31), MESSAGE, signature));
  t.notOk(verifyMessage(publicKey, MESSAGE, signature.subarray(1)));
});

t.test('a wiped key signs nothing', async (t) => {
  const { identity } = await makeKey();
  wipe(identity);
  t.throws(() => signMessage(identity, MESSAGE), { code: 'IDENTITY_BROKEN' });
});
