import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { makeKey } from '../../../kiosk/keys/identity.js';
import { makeTestCode, openTestCode, openUnlockCode } from '../../../kiosk/keys/test-code.js';
import { age, teacherKey } from '../../pipeline/keys.js';

t.test('a test code comes back from the key that it was sealed to, and from no other', async (t) => {
  const [mine, other] = [await makeKey(), await makeKey()];
  const { sealed, code } = await makeTestCode(mine.recipient);
  t.match(code, /^[CDFGHJKMPQRTVWXY2346789]{4}-[CDFGHJKMPQRTVWXY2346789]{4}$/);
  t.equal(await openTestCode(sealed, mine.identity), code);
  await t.rejects(openTestCode(sealed, other.identity), { code: 'TEST_CODE_CLOSED' });
  t.not((await makeTestCode(mine.recipient)).code, code, 'the next is another');
});

t.test('age(1) opens it too, and shows what it is', async (t) => {
  const folder = t.testdir();
  const key = await teacherKey(folder);
  const { sealed, code } = await makeTestCode(key.recipient);
  writeFileSync(path.join(folder, 'code.age'), sealed);
  const { plain, code: exit } = await age(key, path.join(folder, 'code.age'));
  t.same([plain.toString(), exit], [`Lamplight test code: ${code}\n`, 0]);
});

t.test('nothing else is opened as a test code, and no error tells what was in it', async (t) => {
  const { identity, recipient } = await makeKey();
  for (const text of ['the key of my session list', 'Lamplight test code: CDFG-234O\n', 'Lamplight test code: CDFG-2346\nand more', 'test code: CDFG-2346\n', '']) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    await t.rejects(openTestCode(await encrypter.encrypt(text), identity), { code: 'TEST_CODE_BROKEN', message: 'This opens, but is not a test code.' });
  }
  await t.rejects(openTestCode(new Uint8Array(3000), identity), { code: 'TEST_CODE_BROKEN' });
});

t.test('a damaged one does not open', async (t) => {
  const { identity, recipient } = await makeKey();
  const { sealed } = await makeTestCode(recipient);
  await fc.assert(fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] as number) ^ change;
    await t.rejects(openTestCode(changed, identity), { code: 'TEST_CODE_CLOSED' });
  }), { numRuns: 60 });
  for (const cut of [0, 20, 100, sealed.length - 1]) await t.rejects(openTestCode(sealed.subarray(0, cut), identity), { code: 'TEST_CODE_CLOSED' });
});

t.test('P10.3 an unlock code comes back the same way, and neither is opened as the other', async (t) => {
  const [mine, other] = [await makeKey(), await makeKey()];
  const seal = (text: string): Promise<Uint8Array> => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(mine.recipient);
    return encrypter.encrypt(text);
  };
  const code = 'CDFG-2346-HJKM-PQRT-VWXY';
  const sealed = await seal(`Lamplight unlock code: ${code}\n`);
  t.equal(await openUnlockCode(sealed, mine.identity), code);
  await t.rejects(openUnlockCode(sealed, other.identity), { code: 'TEST_CODE_CLOSED' });
  await t.rejects(openTestCode(sealed, mine.identity), { code: 'TEST_CODE_BROKEN' });
  await t.rejects(openUnlockCode((await makeTestCode(mine.recipient)).sealed, mine.identity), { code: 'TEST_CODE_BROKEN', message: 'This opens, but is not an unlock code.' });
  for (const text of [`Lamplight unlock code: ${code}-CDFG\n`, `Lamplight unlock code: ${code.slice(5)}\n`, `Lamplight unlock code: ${code}\n\n`, code]) await t.rejects(openUnlockCode(await seal(text), mine.identity), { code: 'TEST_CODE_BROKEN' });
});
