/** Enrolling, and what a teacher does with their own account, with real keys: in real Chromium with a made-up desk (page-bench.ts). */
import { Encrypter } from 'age-encryption';
import t from 'tap';
import { makeKey } from '../../kiosk/keys/identity.js';
import { fingerprintOf } from '../../kiosk/keys/recipient.js';
import { makeTestCode } from '../../kiosk/keys/test-code.js';
import { chooseWords } from '../../kiosk/keys/words.js';
import { armorOf, wrapIdentity } from '../../kiosk/keys/wrap.js';
import type { AccountView } from '../../kiosk/protocol/account.js';
import { ME, pageBench, refusal, skip } from './page-bench.js';
import './five-keys.cases.js';

const PIN = '481516';
const WEAK = refusal('WEAK_PIN', 'Many people choose this PIN.', 'Choose another PIN that only you know.');
const UNLOCK_CODE = 'CDFG-HJKM-PQRT-VWXY-2346';
const PRINTS = ['1a2b 3c4d 5e6f 7a8b 9c0d', '0d9c 8b7a 6f5e 4d3c 2b1a'];

const sealed = async (recipient: string, text: string): Promise<string> => {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(text)).toString('base64');
};

t.setTimeout(600_000);

t.test('enrolling and my account', { skip }, async (t) => {
  const { page, server, asked, console, show, look, glance, sees, tap, tapEach, enter, write, until, went } =
    await pageBench(t, ['welcome', 'enrol', 'prove-key', 'account', 'change-key', 'unlock'].map((name) => `pages/${name}`));
  await page.clock.setFixedTime(new Date('2026-11-24T10:42:00Z'));
  const stick = new Map<string, string>();
  server.set('/api/stick-write', ({ file, text }: { file: string; text: string }) => { stick.set(file, text); return {}; });
  server.set('/api/stick-read', ({ file }: { file: string }) => ({ text: stick.get(file) ?? '' }));
  const twice = async (pin: string) => {
    await enter(pin);
    await sees('The same PIN again');
    await enter(pin);
  };
  const enrol = () => show('enrol-page', { me: null, with: { page: { page: 'enrol', teacher: { id: 's1', displayName: 'A. Ahmed' } } } });
  let recipient = '';
  let words: readonly string[] = [];
  let code = '';
  server.set('/api/test-code', async () => {
    const made = await makeTestCode(recipient);
    code = made.code;
    return { sealed: Buffer.from(made.sealed).toString('base64') };
  });

  await t.test('P10.1 enrolling with a paper code and a key that is made here', async (t) => {
    await enrol();
    await look('enrol-code', 'A. Ahmed: your paper code');
    const WRONG = refusal('WRONG_CODE', 'That name and code do not go together, or the code has run out.', 'Read the code again, or ask the technician for a new one.');
    server.set('/api/paper-code', WRONG);
    await enter('CDFG-HJKM-PQRT');
    await glance('enrol-code-wrong', WRONG.sentence);
    server.set('/api/paper-code', { ticket: 'ticket', displayName: 'A. Ahmed', before: null });
    await enter('CDFG-HJKM-PQRT');
    await look('enrol-pin', 'Choose a PIN');
    server.set('/api/try-pin', WEAK);
    await twice('123456');
    await glance('enrol-weak', WEAK.sentence);
    server.set('/api/try-pin', {});
    await twice(PIN);
    await look('enrol-language', 'Which language for you?');
    await tap('English');
    await look('enrol-key', 'Your key');
    await tap('Make one here');
    await look('enrol-words', 'Write these six words on paper');
    words = (await page.locator('ol .card').allInnerTexts()).map((text) => text.split('\n').at(-1) ?? '');
    await page.evaluate('park(false)');
    await glance('enrol-words-hidden', 'The words are hidden');
    t.equal(await page.locator('ol .card').count(), 0, 'not while the camera may see them');
    await page.evaluate('park(true)');
    await tap('I have written them down');
    for (let times = 0; times < 3; times += 1) {
      const asks = await page.getByRole('heading').first().innerText();
      const wanted = words[Number(/word (\d)/.exec(asks)?.[1]) - 1] ?? '';
      if (times === 0) {
        await tapEach([words.find((word) => word !== wanted) ?? '']);
        await look('enrol-check', 'That is another word.');
      }
      await tapEach([wanted]);
    }
    await look('enrol-keep', 'Take your locked key with you');
    await tap('Photograph it');
    await look('enrol-photograph', 'Photograph this code');
    await tap('Back');
    await tap('Put it on my stick');
    await sees('I have it: go on');
    recipient = stick.get('recipient')?.trim() ?? '';
    server.set('/api/enrol', ME);
    asked.length = 0;
    await tap('I have it: go on');
    t.match(await until('/api/enrol'), { ticket: 'ticket', pin: PIN, language: 'en', key: { recipients: [recipient], signKey: /^[0-9a-f]{64}$/ } });
    t.strictSame(await went(), { step: 'page', page: { page: 'prove-key', lookOnStick: true } });
    t.equal(JSON.stringify([...stick]).includes(words.join(' ')) || JSON.stringify([...stick]).includes('AGE-SECRET-KEY-'), false, 'neither words nor secret on the stick');
  });

  await t.test('the key is proven: here, and with letters from home', async (t) => {
    await show('prove-key-page');
    await look('prove', 'Test your key');
    await tap('Here: my locked key is on a stick');
    await look('prove-words', 'Type your six words');
    await write(['zebra', ...words.slice(1)].join(' '), /^OK$/);
    await page.locator('.trouble').waitFor();
    asked.length = 0;
    await write(words.join(' '), /^OK$/);
    t.strictSame(await until('/api/test-code-answer'), { code });
    await glance('proven', 'Your key works');
    await show('prove-key-page');
    await tap('At home');
    await look('prove-taken', 'the letters count for seven days');
    await tap('I have the letters now');
    asked.length = 0;
    await enter(code);
    t.strictSame(await until('/api/test-code-answer'), { code });
  });

  await t.test('P10.3 enrolling again, with the key from before', async (t) => {
    server.set('/api/paper-code', { ticket: 'ticket', displayName: 'A. Ahmed', before: PRINTS });
    await enrol();
    await enter('CDFG-HJKM-PQRT');
    await look('enrol-before', 'You were here before');
    await tap('I still have this key');
    await twice(PIN);
    asked.length = 0;
    await tap('Cymraeg');
    t.match(await until('/api/enrol'), { key: 'same', language: 'cy' });
  });

  const account: AccountView = { displayName: 'A. Ahmed', language: 'en', fingerprints: [fingerprintOf(recipient)], keyProven: true, locked: [{ account: 'a0', fingerprints: PRINTS, sealed: await sealed(recipient, `Lamplight unlock code: ${UNLOCK_CODE}\n`) }] };
  server.set('/api/account', account);

  await t.test('my account, PIN and key', async (t) => {
    await show('account-page');
    await look('account', 'Practice lead');
    await tap(/^PIN and language/);
    await look('account-own', 'Change my language');
    await tap('Change my PIN');
    await enter('111222');
    await sees('Choose a new PIN');
    server.set('/api/change-pin', WEAK);
    await twice('123456');
    await glance('account-weak', WEAK.sentence);
    server.delete('/api/change-pin');
    asked.length = 0;
    await twice(PIN);
    t.strictSame(await until('/api/change-pin'), { pin: '111222', newPin: PIN });
    await glance('account-changed', 'Your PIN is changed.');
    server.set('/api/account', { ...account, fingerprints: PRINTS });
    await show('account-page');
    await tap(/^My key/);
    await look('account-key', '(spare)');
    server.set('/api/account', account);
  });

  await t.test('P1.3 of all the claims, the key finds its own', async (t) => {
    const other = (await makeKey()).recipient;
    const claim = (session: string, secret: string) => JSON.stringify({ v: 1, kind: 'claim', session, at: '2026-11-23T09:05:00.000Z', secret }).padEnd(4096);
    const others = await Promise.all(Array.from({ length: 20 }, (_, at) => sealed(other, claim(String(at).padStart(32, '0'), 'not mine'))));
    server.set('/api/claims', { claims: [...others.slice(0, 13), await sealed(recipient, claim('f'.repeat(32), 'mine')), ...others.slice(13)] });
    await show('account-page');
    await tap(/^My key/);
    await tap('Look for lost recordings');
    await glance('account-lost', 'Look for lost recordings');
    await tap('Here: my locked key is on a stick');
    asked.length = 0;
    await write(words.join(' '), /^OK$/);
    await sees('Looked through');
    t.strictSame(asked.filter(([path]) => path === '/api/claim').map(([, body]) => body), [{ session: 'f'.repeat(32), secret: 'mine' }]);
  });

  await t.test('P10.3 unlocking what is from before', async (t) => {
    await show('unlock-page');
    await look('unlock', 'What is older opens with the key of that time');
    await tap(/^Key /);
    await tap('Here: my locked key is on a stick');
    server.set('/api/unlock', () => { server.set('/api/account', { ...account, locked: [] }); return {}; });
    asked.length = 0;
    await write(words.join(' '), /^OK$/);
    t.strictSame(await until('/api/unlock'), { account: 'a0', code: UNLOCK_CODE });
    await glance('unlocked', 'Unlocked.');
    // A server cannot have one kind of code opened in the place of the other.
    server.set('/api/test-code', { sealed: account.locked[0]?.sealed });
    await show('prove-key-page');
    await tap('Here: my locked key is on a stick');
    await write(words.join(' '), /^OK$/);
    await sees('This opens, but is not a test code.');
    server.set('/api/test-code', async () => ({ sealed: Buffer.from((await makeTestCode(recipient)).sealed).toString('base64') }));
  });

  await t.test('a spare key beside the present one', async (t) => {
    const spare = await makeKey();
    stick.set('locked-key', stick.get('locked-key') ?? armorOf(await wrapIdentity(spare.identity, chooseWords())));
    await show('change-key-page');
    await glance('change-prove', 'First, prove your present key');
    await tap('Here: my locked key is on a stick');
    await write(words.join(' '), /^OK$/);
    await look('change-what', 'What do you want to change?');
    await tap('A spare key');
    await look('change-spare', 'Now the spare key');
    server.set('/api/lan-open', { page: { url: 'http://10.20.30.40:40123/0123456789abcdef0123456789abcdef', code: 'KQTW', minutes: 10 } });
    server.set('/api/lan-wait', () => new Promise(() => undefined));
    await tap('On my phone');
    await look('change-lan', 'It asks for this code:');
    await tap('Back');
    stick.set('recipient', `${spare.recipient}\n`);
    await tap('On a stick');
    await look('change-confirm', fingerprintOf(spare.recipient));
    server.set('/api/account', { ...account, fingerprints: [recipient, spare.recipient].map(fingerprintOf) });
    asked.length = 0;
    await tap('Yes, it is the same');
    t.match(await until('/api/change-key'), { key: { recipients: [recipient, spare.recipient], signKey: /^[0-9a-f]{64}$/ } });
    await glance('change-done', 'Older recordings still open with the key of their time only.');
  });

  await t.test('P1.7 closing the account', async (t) => {
    await show('account-page');
    await tap(/^PIN and language/);
    await tap('Close my account');
    const STILL = refusal('HAS_RECORDINGS', 'You still have recordings here.', 'Collect what you need and erase the rest; the account can be closed when they are gone.');
    server.set('/api/close-account', STILL);
    await enter(PIN);
    await look('account-close', STILL.sentence);
    server.delete('/api/close-account');
    await enter(PIN);
    await glance('account-closed', 'Your account is closed');
    await tap('Done');
    t.equal(await went(), 'signed out');
  });

  await t.test('P10.3 what is to be told, and what is missing', async (t) => {
    const missing = (code: string, sentence: string, remedy: string) => ({ code, sentence, remedy });
    await show('welcome-page', { me: { ...ME,
      reasons: [missing('CODE_NOT_ACCEPTED', 'You have not agreed to the code of practice yet.', 'Read it, and agree at its end.'), missing('NOT_TRAINED', 'You have not done the training yet.', 'It takes ten minutes.'), missing('KEY_NOT_PROVEN', 'Your key is not tested yet.', 'Open a test code with it.')],
      news: [{ kind: 'pin-reset', fingerprint: PRINTS[0] ?? '' }], changes: [{ sentence: 'Recordings stay {days} days instead of 60.', values: { days: 90 } }], goingSoon: [{ recording: 'r1', startedAt: '2026-10-01T09:05:00+01:00', goneAt: '2026-11-30T23:59:59+00:00' }], requests: 2,
    } });
    await look('welcome', 'Your PIN was set anew');
    await tap('More to read');
    await look('welcome-2', 'Requests about times at which you recorded: 2.');
    await tap('More to read');
    await glance('welcome-3', 'Recordings stay 90 days');
    asked.length = 0;
    await tap('Later: to my recordings');
    t.strictSame(await until('/api/news-read'), {});
    t.strictSame(await went(), { step: 'recordings' });
  });

  t.strictSame(console, [], 'no errors');
});
