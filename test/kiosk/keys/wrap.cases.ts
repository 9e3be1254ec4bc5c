import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { makeKey, readKey, scalarOf } from '../../../kiosk/keys/identity.js';
import { wipe } from '../../../kiosk/keys/random.js';
import { recoverySheet } from '../../../kiosk/keys/sheet.js';
import { chooseWords, passphraseOf, WORDS } from '../../../kiosk/keys/words.js';
import { armorOf, readArmor, unwrapIdentity, wrapIdentity } from '../../../kiosk/keys/wrap.js';
import { age, output } from '../../pipeline/keys.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const WORDS_OF = chooseWords();

/** age asks for passphrases at a terminal only: script(1) gives it one, and types. @returns its exit code */
async function ageAtTerminal(command: string, typed: string): Promise<number | null> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(typed);
  const [code] = await once(child, 'exit') as [number | null];
  return code;
}

/** As wrapIdentity, at a cost that lets a test try often. */
async function cheaplyLocked(plain: Uint8Array | string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphraseOf(WORDS_OF));
  encrypter.setScryptWorkFactor(10);
  return encrypter.encrypt(plain);
}

t.test('a key of ours is one for age-keygen, and its key is one for us', async (t) => {
  const folder = t.testdir();
  const { identity, recipient } = await makeKey();
  t.equal((await output('age-keygen', ['-y'], Buffer.from(identity))).plain.toString().trim(), recipient);
  const file = path.join(folder, 'key.txt');
  execFileSync('age-keygen', ['-o', file], { stdio: 'ignore' });
  const theirs = readFileSync(file);
  const key = await readKey(theirs);
  t.match(theirs.toString(), key.recipient, 'the public key in its comment');
  t.match(theirs.toString(), new TextDecoder().decode(key.identity));
});

t.test('what is no key is refused, and not repeated', async (t) => {
  const { identity } = await makeKey();
  const text = new TextDecoder().decode(identity);
  const swapped = text.slice(0, 30) + (text[30] === 'Q' ? 'P' : 'Q') + text.slice(31);
  for (const wrong of ['', '# only a comment\n', 'hello', swapped, text.slice(0, -1), text.toLowerCase(), `${text}\n${text}`, `${text} x`, text.replace('KEY-1', 'KEY-PQ-1')])
    await t.rejects(readKey(bytes(wrong)).catch((error: unknown) => {
      t.notMatch(String(error), text.slice(20, 28));
      throw error;
    }), { name: 'KeyError', code: 'IDENTITY_BROKEN' });
});

t.test('a scalar is what the identity writes, and a wiped key has none', async (t) => {
  const { identity } = await makeKey();
  t.equal(scalarOf(identity).length, 32);
  for (const part of [identity.subarray(0, 73), identity.subarray(1), Uint8Array.from([...identity, 10])]) t.throws(() => scalarOf(part), { code: 'IDENTITY_BROKEN' });
  wipe(identity);
  t.throws(() => scalarOf(identity), { code: 'IDENTITY_BROKEN' });
  t.throws(() => scalarOf(new Uint8Array()), { code: 'IDENTITY_BROKEN' });
});

t.test('six words lock a key, and the same six open it', async (t) => {
  const key = await makeKey();
  const locked = await wrapIdentity(key.identity, WORDS_OF);
  t.match(new TextDecoder().decode(locked), /^age-encryption\.org\/v1\n-> scrypt \S{22} 16\n/);
  t.same(await unwrapIdentity(locked, WORDS_OF), key);
  t.same(await unwrapIdentity(bytes(armorOf(locked)), WORDS_OF), key, 'from its text, too');

  t.test('and nothing weaker locks it', async (t) => {
    for (const words of [[], [''], WORDS_OF.slice(1), [...WORDS_OF, 'zoom'], [...WORDS_OF.slice(1), 'secret123']]) await t.rejects(wrapIdentity(key.identity, words), RangeError);
  });
});

t.test('no other words open it', async (t) => {
  const [first = '', second = '', ...rest] = WORDS_OF;
  const another = WORDS.find((word) => word !== first) ?? '';
  const wrong = { 'a wrong word': [another, second, ...rest], 'five': WORDS_OF.slice(1), 'seven': [...WORDS_OF, first], ...(first === second ? {} : { 'two swapped': [second, first, ...rest] }) };
  const locked = await cheaplyLocked((await makeKey()).identity);
  for (const [name, words] of Object.entries(wrong)) await t.rejects(unwrapIdentity(locked, words), { code: 'WORDS_WRONG' }, name);
});

t.test('a locked key that was changed anywhere does not open, and says why where that can be told', async (t) => {
  const locked = await cheaplyLocked((await makeKey()).identity);
  const text = Buffer.from(locked).toString('latin1');
  const body = text.indexOf('10\n') + 3;
  const mac = text.indexOf('---');
  const payload = text.indexOf('\n', mac) + 1;
  const otherLetter = (at: number): number => (text[at] === 'A' ? 'B' : 'A').charCodeAt(0);
  const changes: readonly (readonly [string, number, number, string])[] = [
    ['version', 20, 0x32, 'LOCKED_KEY_BROKEN'], ['kind', 26, 0x53, 'LOCKED_KEY_BROKEN'], ['cost, to 2 ** 20', body - 3, 0x32, 'LOCKED_KEY_BROKEN'],
    // What these two change is the passphrase's key, or what it opens: no program can tell that from wrong words.
    ['salt', 34, otherLetter(34), 'WORDS_WRONG'], ['body', body + 5, otherLetter(body + 5), 'WORDS_WRONG'],
    ['MAC', mac + 8, otherLetter(mac + 8), 'LOCKED_KEY_BROKEN'],
    ...([['nonce', payload + 3], ['key', payload + 20], ['tag', locked.length - 1]] as const).map(([name, at]) => [name, at, (locked[at] as number) ^ 1, 'LOCKED_KEY_BROKEN'] as const),
  ];
  for (const [name, at, byte, code] of changes) await t.rejects(unwrapIdentity(locked.with(at, byte), WORDS_OF), { code }, name);
  for (const [at, byte] of locked.entries()) await t.rejects(unwrapIdentity(locked.with(at, byte ^ 1), WORDS_OF), { name: 'KeyError' });
  for (const cut of [0, 10, payload + 2, locked.length - 1]) await t.rejects(unwrapIdentity(locked.subarray(0, cut), WORDS_OF), { code: 'LOCKED_KEY_BROKEN' });
  await t.rejects(unwrapIdentity(Uint8Array.from([...locked, 0]), WORDS_OF), { code: 'LOCKED_KEY_BROKEN' });
});

t.test('a file that would stall the page, or is none of ours, is refused before any of it is computed', async (t) => {
  const { identity, recipient } = await makeKey();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const large = await cheaplyLocked(`${new TextDecoder().decode(identity)}${'\n'.repeat(5000)}`);
  const costly = bytes(`age-encryption.org/v1\n-> scrypt ${'A'.repeat(22)} 20\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`);
  const started = process.cpuUsage();
  for (const file of [costly, large, await encrypter.encrypt(''), new Uint8Array(), new Uint8Array(10_000)]) await t.rejects(unwrapIdentity(file, WORDS_OF), { code: 'LOCKED_KEY_BROKEN' });
  t.ok(process.cpuUsage(started).user < 1e6, 'in far less than a scrypt of that cost takes');
});

t.test('something else that is locked with the words is no key', async (t) => {
  await t.rejects(unwrapIdentity(await cheaplyLocked('a letter'), WORDS_OF), { code: 'IDENTITY_BROKEN' });
});

t.test('age(1) opens our locked key with the words joined by hyphens, and we open one that it locked', async (t) => {
  const folder = t.testdir();
  const at = (name: string): string => path.join(folder, name);
  const { identity, recipient } = await makeKey();
  writeFileSync(at('locked.age'), await wrapIdentity(identity, WORDS_OF));
  writeFileSync(at('key.txt'), identity);
  execFileSync('age', ['-r', recipient, '-o', at('lesson.age')], { input: 'a lesson' });
  t.equal((await age({ file: at('key.txt') }, at('lesson.age'))).plain.toString(), 'a lesson');

  const passphrase = passphraseOf(WORDS_OF);
  t.equal(await ageAtTerminal(`age -d -o ${at('opened.txt')} ${at('locked.age')}`, `${passphrase}\n`), 0);
  t.same(await readKey(readFileSync(at('opened.txt'))), { identity, recipient });
  t.equal(await ageAtTerminal(`age -d -i ${at('locked.age')} -o ${at('lesson.txt')} ${at('lesson.age')}`, `${passphrase}\n`), 0, 'in one step, too');
  t.equal(readFileSync(at('lesson.txt'), 'utf8'), 'a lesson');
  t.not(await ageAtTerminal(`age -d -o ${at('none.txt')} ${at('locked.age')}`, `${WORDS_OF.join(' ')}\n`), 0, 'with spaces it does not open');

  t.equal(await ageAtTerminal(`age -p -o ${at('theirs.age')} ${at('key.txt')}`, `${passphrase}\n${passphrase}\n`), 0);
  t.same(await unwrapIdentity(readFileSync(at('theirs.age')), WORDS_OF), { identity, recipient });
});

t.test('the recovery sheet holds the locked key in one code, and neither key nor words', async (t) => {
  const { identity, recipient } = await makeKey();
  const sheet = recoverySheet(await wrapIdentity(identity, WORDS_OF), recipient, new Date('2026-11-24T23:30:00Z'));
  t.equal(sheet.created, '2026-11-24');
  t.ok(Buffer.byteLength(sheet.lockedKey) <= 1000, `${sheet.lockedKey.length} bytes`);
  const text = Object.values(sheet).join('\n');
  t.notMatch(text, 'AGE-SECRET-KEY');
  for (const word of WORDS_OF.filter((word) => word.length > 5)) t.notMatch(text, word);
  t.same(await unwrapIdentity(readArmor(sheet.lockedKey), WORDS_OF), { identity, recipient }, 'and from it comes the key');
  t.throws(() => recoverySheet(new Uint8Array(1000), recipient, new Date(0)), RangeError);
});

t.test('a locked key is read from text, however its lines were broken', (t) => {
  const locked = Uint8Array.from({ length: 257 }, (_, at) => at % 251);
  const text = armorOf(locked);
  for (const typed of [text, text.replaceAll('\n', ' '), text.replaceAll('\n', ''), text.replaceAll('\n', '\r\n'), `From my phone:\n${text}\nbye`, text.replace(/.{40}/g, '$&\n')])
    t.same(readArmor(typed), locked);
  fc.assert(fc.property(fc.nat(text.length - 2), (cut) => {
    t.throws(() => readArmor(text.slice(0, cut)), { code: 'LOCKED_KEY_BROKEN' });
  }), { numRuns: 50 });
  t.throws(() => readArmor(text + ' '.repeat(9000)), { code: 'LOCKED_KEY_BROKEN' }, 'a book is not searched for it');
  t.throws(() => readArmor(text.replace('AAEC', '!AEC')), { code: 'LOCKED_KEY_BROKEN' });
  t.end();
});
