import { createHash, generateKeyPairSync, randomBytes, sign, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { SealCrypto } from '../../../pipeline/seal/crypto.js';
import { nodeCrypto } from '../../../pipeline/seal/node.js';
import { webCrypto } from '../../../pipeline/seal/web.js';

type Subtle = NonNullable<Parameters<typeof webCrypto>[0]>;
const hex = (bytes: Uint8Array | undefined): string => (bytes === undefined ? 'none' : Buffer.from(bytes).toString('hex'));
const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

/** A browser that has ChaCha20-Poly1305: Node 20 has not, so its answers come from node:crypto. */
const modern: Subtle & { readonly calls: string[] } = {
  calls: [],
  importKey(format, key, algorithm, extractable, usages) {
    if (format === 'raw-secret') return Promise.resolve({ key: new Uint8Array(key) });
    return webcrypto.subtle.importKey('raw', key, algorithm as webcrypto.AlgorithmIdentifier, extractable, usages as webcrypto.KeyUsage[]);
  },
  async encrypt(algorithm, key, data) {
    this.calls.push('encrypt');
    const sealed = await nodeCrypto.seal((key as { key: Uint8Array }).key, (algorithm as { iv: Uint8Array }).iv, data);
    return Uint8Array.from(sealed).buffer;
  },
  async decrypt(algorithm, key, data) {
    this.calls.push('decrypt');
    const plain = await nodeCrypto.open((key as { key: Uint8Array }).key, (algorithm as { iv: Uint8Array }).iv, data);
    if (plain === undefined) throw new Error('OperationError');
    return Uint8Array.from(plain).buffer;
  },
  verify: (algorithm, key, signature, data) => webcrypto.subtle.verify(algorithm as webcrypto.AlgorithmIdentifier, key as webcrypto.CryptoKey, signature, data),
};

const none: Subtle = { importKey: () => Promise.reject(new Error('NotSupportedError')), encrypt: () => Promise.reject(new Error()), decrypt: () => Promise.reject(new Error()), verify: () => Promise.reject(new Error()) };

const PORTS: readonly (readonly [string, SealCrypto])[] = [
  ['node:crypto', nodeCrypto], ['a browser', webCrypto()], ['a browser that has all', webCrypto(modern)], ['a browser that has nothing', webCrypto(none)],
];

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
const message = randomBytes(300);
const signature = sign(null, message, privateKey);
const flipped = (of: Uint8Array, at: number): Uint8Array => of.map((byte, i) => (i === at ? byte ^ 1 : byte));
/** S + L: the same signature in a form that RFC 8032, 5.1.7 refuses. */
function malleable(of: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
  const s = BigInt(`0x${hex(new Uint8Array(of.subarray(32)).reverse())}`) + order;
  return Buffer.concat([of.subarray(0, 32), bytes(s.toString(16).padStart(64, '0')).reverse()]);
}

/** What each port must say: `hex` or a boolean in words. */
const CASES: readonly (readonly [string, (port: SealCrypto) => Promise<string>, string])[] = [
  ['SHA-256 of nothing', (port) => Promise.resolve(hex(port.sha256().soFar())), hex(createHash('sha256').digest())],
  ['SHA-256 read on the way', (port) => {
    const hash = port.sha256();
    hash.update(message.subarray(0, 77));
    const half = hash.soFar();
    hash.update(message.subarray(77));
    return Promise.resolve(hex(half) + hex(hash.soFar()));
  }, createHash('sha256').update(message.subarray(0, 77)).digest('hex') + createHash('sha256').update(message).digest('hex')],
  // RFC 5869, A.3: no salt, no info.
  ['HKDF, test case 3 of RFC 5869', async (port) => hex(await port.hkdf(Buffer.alloc(22, 0x0b), new Uint8Array(), '', 42)), '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  // The tag of an empty text under a key and nonce of zeros.
  ['an empty text', async (port) => hex(await port.seal(new Uint8Array(32), new Uint8Array(12), new Uint8Array())), '4eb972c9a8fb3a1b382bb4d36f5ffad1'],
  ['sealed and opened', async (port) => hex(await port.open(key, message.subarray(0, 12), await port.seal(key, message.subarray(0, 12), message))), hex(message)],
  ['opened what node sealed', async (port) => hex(await port.open(key, message.subarray(0, 12), await nodeCrypto.seal(key, message.subarray(0, 12), message))), hex(message)],
  ['another nonce', async (port) => hex(await port.open(key, message.subarray(1, 13), await nodeCrypto.seal(key, message.subarray(0, 12), message))), 'none'],
  ['a flipped bit', async (port) => hex(await port.open(key, message.subarray(0, 12), flipped(await nodeCrypto.seal(key, message.subarray(0, 12), message), 9))), 'none'],
  ['shorter than a tag', async (port) => hex(await port.open(key, message.subarray(0, 12), new Uint8Array(15))), 'none'],
  ['nothing at all', async (port) => hex(await port.open(key, message.subarray(0, 12), new Uint8Array())), 'none'],
  // RFC 8032, 7.1, test 1.
  ['Ed25519, test 1 of RFC 8032', async (port) => String(await port.verify(
    bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'), new Uint8Array(),
    bytes('e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'))), 'true'],
  ['a signature', async (port) => String(await port.verify(key, message, signature)), 'true'],
  ['of another message', async (port) => String(await port.verify(key, flipped(message, 3), signature)), 'false'],
  ['a changed signature', async (port) => String(await port.verify(key, message, flipped(signature, 3))), 'false'],
  ['a signature in a second form', async (port) => String(await port.verify(key, message, malleable(signature))), 'false'],
  ['a signature that is too short', async (port) => String(await port.verify(key, message, signature.subarray(1))), 'false'],
  ['a key that is too short', async (port) => String(await port.verify(key.subarray(1), message, signature)), 'false'],
  ['a key that is no point', async (port) => String(await port.verify(Buffer.alloc(32, 0xff), message, signature)), 'false'],
];

for (const [name, port] of PORTS)
  t.test(`the crypto port of ${name}`, async (t) => {
    for (const [what, run, wanted] of CASES) t.equal(await run(port), wanted, what);
  });

t.test('what a browser has natively is used, and nothing of Node’s is needed', (t) => {
  t.ok(modern.calls.includes('encrypt') && modern.calls.includes('decrypt'));
  for (const file of ['binding', 'bytes', 'crypto', 'errors', 'files', 'fragments', 'header', 'join', 'journal', 'mp4', 'open', 'opened', 'payload', 'sample-description', 'seek', 'verify', 'web'])
    t.notMatch(readFileSync(`pipeline/seal/${file}.ts`, 'utf8'), /from 'node:|\bBuffer(\.\w|\()/, file);
  t.end();
});
