import fc from 'fast-check';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { createHash } from 'node:crypto';
import t from 'tap';
import { makeKey } from '../../../kiosk/keys/identity.js';
import { checkRecipient, fingerprintOf } from '../../../kiosk/keys/recipient.js';
import { chooseWords, passphraseOf } from '../../../kiosk/keys/words.js';
import { armorOf, wrapIdentity } from '../../../kiosk/keys/wrap.js';
import { filled } from '../../../kiosk/protocol/filled.js';

/** The example in age's README. */
const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const DIGITS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

t.test('a recipient is one, also with spaces around it or in capitals', async (t) => {
  for (const text of [RECIPIENT, ` ${RECIPIENT}\r\n`, RECIPIENT.toUpperCase()]) t.same(await checkRecipient(text), { is: 'recipient', recipient: RECIPIENT });
  for (let made = 0; made < 20; made++) {
    const { recipient } = await makeKey();
    t.same(await checkRecipient(recipient), { is: 'recipient', recipient });
  }
});

t.test('any character that is mistaken is noticed', async (t) => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 4, max: 61 }), fc.constantFrom(...Array.from(DIGITS)), async (at, digit) => {
    if (RECIPIENT[at] === digit) return;
    t.match(await checkRecipient(RECIPIENT.slice(0, at) + digit + RECIPIENT.slice(at + 1)), { is: 'mistake', code: 'MISSPELT' });
  }), { numRuns: 200 });
});

t.test('what is misspelt is said where it is', async (t) => {
  const said = async (text: string): Promise<string> => {
    const check = await checkRecipient(text);
    return check.is === 'mistake' && check.code === 'MISSPELT' ? filled(check.sentence, check.values) : `not misspelt: ${text}`;
  };
  t.match(await said(RECIPIENT.slice(0, 60)), /2 of 62 characters are missing/);
  t.match(await said(`${RECIPIENT}.`), /Character 63/);
  t.match(await said(`${RECIPIENT}q`), /63 characters instead of 62/);
  t.match(await said(RECIPIENT.replace('z7h', 'b7h')), /Character 8 .* no 1, b, i or o/);
  t.match(await said(RECIPIENT.replace('ql3', 'QL3')), /Capital and small/);
  t.match(await said(`${RECIPIENT.slice(0, 30)}${RECIPIENT[31] ?? ''}${RECIPIENT[30] ?? ''}${RECIPIENT.slice(32)}`), /two are swapped/);
});

t.test('a point to which nothing can be sealed is no recipient', async (t) => {
  // 32 zero bytes, with a checksum that fits (BIP 173).
  t.match(await checkRecipient(`age1${'q'.repeat(52)}${checksum('age', new Array<number>(52).fill(0))}`), { is: 'mistake', code: 'MISSPELT' });
});

t.test('what people paste by mistake is told apart, and never repeated', async (t) => {
  const { identity, recipient } = await makeKey();
  const secret = new TextDecoder().decode(identity);
  const words = chooseWords();
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['', 'EMPTY', /Nothing was given/],
    [secret, 'SECRET', /secret key. Never show it to anyone. Nothing of it was kept/],
    [secret.toLowerCase(), 'SECRET', /secret key/],
    [`# created: 2026-11-24\n# public key: ${recipient}\n${secret}\n`, 'SECRET', /secret key/],
    [`${recipient} ${secret}`, 'SECRET', /secret key/],
    ['AGE-PLUGIN-YUBIKEY-1QQQQQQ', 'SECRET', /secret key/],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz', 'SECRET', /another program/],
    [passphraseOf(words), 'SECRET', /words that open your key/],
    [words.slice(0, 4).join(' ').toUpperCase(), 'SECRET', /words that open your key/],
    ['271828', 'SECRET', /PIN/],
    [armorOf(await wrapIdentity(identity, words)), 'LOCKED', /locked file/],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@home', 'OTHER_KEY', /SSH/],
    ['-----BEGIN PGP PUBLIC KEY BLOCK-----', 'OTHER_KEY', /PGP/],
    [await identityToRecipient(await generateHybridIdentity()), 'OTHER_KEY', /another kind/],
    ['age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt', 'OTHER_KEY', /another kind/],
    [fingerprintOf(recipient), 'FINGERPRINT', /only for comparing/],
    [`${recipient}\n${RECIPIENT}`, 'SEVERAL', /more than one/],
    [`${recipient.slice(0, 30)}\n${recipient.slice(30)}`, 'MORE_THAN_THE_KEY', /in one piece/],
    [`Public key: ${recipient}`, 'MORE_THAN_THE_KEY', /from age1 on/],
    ['teacher@school.example', 'NOT_A_KEY', /e-mail/],
    ['https://school.example/key', 'NOT_A_KEY', /web address/],
    ['hello', 'NOT_A_KEY', /starts with age1/],
  ];
  for (const [text, code, sentence] of rows) {
    const check = await checkRecipient(text);
    t.match(check, { is: 'mistake', code, sentence }, `${code}: ${sentence.source}`);
    if (text !== '' && check.is === 'mistake') t.notOk(check.sentence.includes(text), 'the sentence holds nothing of it');
  }
});

t.test('any text at all gets an answer', async (t) => {
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.string().map((tail) => `age1${tail}`), fc.string({ unit: 'binary' })), async (text) => {
    const check = await checkRecipient(text);
    t.ok(check.is === 'mistake' && check.sentence.endsWith('.'));
  }), { numRuns: 300 });
});

t.test('a fingerprint is what sha256sum says, in groups, and differs for each key', async (t) => {
  const fingerprint = fingerprintOf(RECIPIENT);
  t.match(fingerprint, /^[0-9a-f]{4}( [0-9a-f]{4}){4}$/);
  t.equal(fingerprint.replaceAll(' ', ''), createHash('sha256').update(RECIPIENT).digest('hex').slice(0, 20));
  t.not(fingerprintOf((await makeKey()).recipient), fingerprint);
});

/** BIP 173, in its own words, for a recipient that no program would make. */
function checksum(prefix: string, data: readonly number[]): string {
  const values = [...Array.from(prefix, (letter) => letter.charCodeAt(0) >> 5), 0, ...Array.from(prefix, (letter) => letter.charCodeAt(0) & 31), ...data, 0, 0, 0, 0, 0, 0];
  const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const sum = values.reduce((state, value) => {
    const top = state >>> 25;
    return GENERATOR.reduce((next, generator, bit) => (top >> bit & 1 ? next ^ generator : next), (state & 0x1ffffff) << 5 ^ value);
  }, 1) ^ 1;
  return Array.from({ length: 6 }, (_, at) => DIGITS.charAt(sum >> 5 * (5 - at) & 31)).join('');
}
