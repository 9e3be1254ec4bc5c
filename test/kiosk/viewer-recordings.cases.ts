import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { readKey } from '../../kiosk/keys/identity.js';
import { chooseWords } from '../../kiosk/keys/words.js';
import { armorOf, wrapIdentity } from '../../kiosk/keys/wrap.js';
import { SEALED_CHUNK } from '../../pipeline/seal/format.js';
import { skip } from '../fakes/chromium.js';
import { encoded, sealedLesson } from '../fakes/sealed-lesson.js';
import { age, codecsAndSeconds, teacherKey } from '../pipeline/keys.js';
import { LAPTOP, launched, viewer } from './viewer-bench.js';

const shots = process.env['KIOSK_SHOTS'];
const PHONE = { width: 390, height: 844 };

t.test('recordings at home', { skip, timeout: 240_000 }, async (t) => {
  const browser = await launched();
  t.teardown(() => browser.close());
  const root = t.testdir();
  const at = (...names: string[]): string => path.join(root, ...names);
  const media = await encoded(6);
  const lesson = await sealedLesson(root, { parts: [media, media], about: [{ kind: 'mark', mediaMs: 2500 }, { kind: 'log', what: 'paused', by: 'owner' }, { kind: 'log', what: 'kept-until', until: '2027-01-22T08:15:00.000Z' }] });
  const name = `2026-11-23-${lesson.session}`;
  mkdirSync(at('stick'));
  cpSync(lesson.folder, at('stick', name), { recursive: true });
  const colleague = await teacherKey(root, 'colleague.txt');
  const home = await viewer(browser);
  const { page } = home;
  /** At both sizes: nothing sticks out, and assistive technology can use it. */
  const look = async (what: string): Promise<void> => {
    for (const [of, size] of [['laptop', LAPTOP], ['phone', PHONE]] as const) {
      await page.setViewportSize(size);
      t.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${what} fits a ${of}`);
      if (shots !== undefined) await page.screenshot({ path: `${shots}/viewer-${what}-${of}.png`, fullPage: true });
    }
    await page.setViewportSize(LAPTOP);
    t.same(await home.violations(), [], `${what}: axe`);
  };
  const playing = (seconds: number): Promise<void> => home.until(`document.querySelector('video')?.currentTime > ${seconds}`);

  await t.test('six words open them, and wrong ones are only wrong', async (t) => {
    const words = chooseWords();
    const { identity } = await readKey(readFileSync(lesson.key.file));
    writeFileSync(at('stick', 'lamplight-key.age'), armorOf(await wrapIdentity(identity, words)));
    await page.goto('about:blank');
    await home.choose(at('stick'));
    await home.heading('Unlock');
    await page.getByText('Your locked key is there too.').waitFor();
    await look('unlock');
    await page.getByLabel('Your six words').fill(words.toReversed().join(' '));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: /^These words do not open this key\.$/ }).waitFor();
    await page.getByLabel('Your six words').fill(words.join(' '));
    await page.keyboard.press('Enter');
    await home.heading('Coaching');
    t.notMatch(await page.content().then((html) => html.slice(0, html.indexOf('<script'))), words.slice(0, 3).join(' '), 'the words are gone from the page');
    rmSync(at('stick', 'lamplight-key.age'));
  });

  await t.test('the parts play as one lesson, by keys alone, and what was found of it is said', async (t) => {
    t.equal(await home.verdict(/^Complete/), 'Complete: all of it, as it was recorded.');
    t.equal(await page.locator('.ticks .pause').count(), 1, 'the pause is marked');
    t.equal(await page.locator('.ticks .mark').count(), 1, 'and the mark that somebody made');
    await page.locator('h1').focus();
    await page.keyboard.press('k');
    await playing(0.5);
    t.ok(await home.brightness() > 20, 'there is a picture');
    await page.keyboard.press('k');
    t.equal(await page.evaluate(`document.querySelector('video').paused`), true);
    for (const seconds of [9, 2, 5.9, 11]) {
      await home.seek(seconds);
      t.ok(await home.brightness() > 20, `a picture at ${seconds} s`);
    }
    await home.seek(5.2);
    await page.keyboard.press('k');
    await playing(6.8);
    t.pass('it plays over the pause');
    await page.keyboard.press('k');
    await page.keyboard.press('+');
    t.equal(await page.evaluate(`document.querySelector('video').playbackRate`), 1.25);
    await page.keyboard.press('Home');
    await home.until(`document.querySelector('video').currentTime === 0`);
    await page.locator('summary', { hasText: 'About this recording' }).click();
    const told = (await page.locator('main').innerText()).replaceAll(',', '');
    for (const words of ['Friday 22 January 2027', 'You and colleagues you choose', 'Room 12', '2026-09', 'Paused by you', 'not measured in this room']) t.ok(told.includes(words), words);
    await look('watch');
  });

  await t.test('a note is sealed, saved as a file, and found again', async (t) => {
    await home.seek(4);
    await page.getByLabel('Your note').fill('Ask more open questions');
    await home.press('Add a note here');
    await page.getByText('Your notes are not saved yet.').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), home.press('Save my notes')]);
    t.match(download.suggestedFilename(), /^lamplight-notes-[0-9a-f]{8}\.age$/);
    await download.saveAs(at('stick', download.suggestedFilename()));
    const { plain, code } = await age(lesson.key, at('stick', download.suggestedFilename()));
    t.equal(code, 0, 'age(1) opens it');
    t.match(JSON.parse(plain.toString()), { kind: 'note', session: lesson.session, text: 'Ask more open questions', v: 1 });
    await home.unlock(at('stick'), lesson.key.file);
    await page.getByText('Ask more open questions').waitFor();
    await page.getByRole('button', { name: 'Go to 0:04' }).click();
    await home.until(`Math.abs(document.querySelector('video').currentTime - 4) < 0.1`);
  });

  await t.test('notes lie beside the recording where the browser may write there', async (t) => {
    // A folder handle that a page cannot make without a person's hand; its own parts are those of the File System standard.
    const entries = spawnSync('find', ['.', '-type', 'f'], { cwd: at('stick', name) }).stdout.toString().trim().split('\n').map((file) => [file.slice(2), readFileSync(at('stick', name, file)).toString('base64')] as const);
    const writing = await viewer(browser);
    await writing.page.addInitScript(`
      window.written = [];
      const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      const file = (name, text) => ({ kind: 'file', name, getFile: () => Promise.resolve(new File([bytes(text)], name)) });
      const folder = (name, inside) => ({ kind: 'directory', name, async *values() { yield* inside; }, requestPermission: () => Promise.resolve('granted'),
        getDirectoryHandle: (name) => Promise.resolve(folder(name, [])),
        getFileHandle: (file) => Promise.resolve({ createWritable: () => Promise.resolve({ write: (bytes) => { written.push([name + '/' + file, bytes.length]); return Promise.resolve(); }, close: () => Promise.resolve() }) }) });
      const all = ${JSON.stringify(entries)};
      window.showDirectoryPicker = () => Promise.resolve(folder('stick', [folder('${name}', [
        ...all.filter(([name]) => !name.includes('/')).map(([name, text]) => file(name, text)),
        folder('about', all.filter(([name]) => name.includes('/')).map(([name, text]) => file(name.split('/')[1], text)))])]));`);
    await writing.page.goto(page.url());
    await writing.press('Choose the folder');
    await writing.page.locator('#key').setInputFiles(lesson.key.file);
    await writing.press('Unlock');
    await writing.page.getByLabel('Your note').fill('Beside');
    await writing.press('Add a note here');
    await writing.page.getByText('Saved beside the recording, locked with your key.').waitFor();
    const [[where, length]] = await writing.page.evaluate<[[string, number]]>('written');
    t.match(where, /^about\/[0-9a-f]{32}\.age$/);
    t.equal(length, readFileSync(at('stick', name, entries.find(([file]) => file.startsWith('about/'))?.[0] ?? '')).length, 'as long as every other event');
    await writing.page.close();
  });

  for (const hidden of [{ blur: false, silence: false }, { blur: true, silence: true }]) {
    await t.test(`P3.2 P7.3 a clip${hidden.blur ? ', blurred and silent,' : ''} goes to a colleague, sealed, with the purpose of its source`, async (t) => {
      await home.unlock(at('stick'), lesson.key.file);
      const clip = await home.share(at(`clip-${hidden.blur}`), { from: '0:04', to: '0:09', recipient: colleague.recipient, ...hidden, says: /0:04 to 0:09: 0:05[^]*Coaching/ });
      const { plain, code } = await age(colleague, path.join(clip, 'part-01.mp4.age'));
      t.equal(code, 0, 'age(1) opens it with the colleague’s key');
      writeFileSync(`${clip}.mp4`, plain);
      const said = await codecsAndSeconds(`${clip}.mp4`);
      t.match(said, hidden.silence ? /^h264\n5\.\d/ : /^h264\naac\n5\.\d/, said.replaceAll('\n', ' '));
      const decoded = spawnSync('ffmpeg', ['-v', 'error', '-i', `${clip}.mp4`, '-f', 'null', '-']);
      t.equal(decoded.stderr.toString(), '', 'every picture decodes');
      t.match(plain.toString('latin1'), `"id":"coaching"`, 'its source’s binding is in it');
      const there = await viewer(browser);
      await there.unlock(path.dirname(clip), colleague.file);
      await there.verdict(/^Complete: nothing was changed since this clip was made\.$/);
      t.match(await there.page.locator('main').innerText(), /A clip of a recording of .*2026, signed with the key [^]*The signature holds\./);
      t.equal(await there.page.getByRole('button', { name: 'Share a clip' }).count(), 0, 'and cannot be passed on from there');
      await there.press('Play');
      await there.until(`document.querySelector('video').currentTime > 0.3`);
      t.ok(await there.brightness() > 20);
      t.same([there.asked, there.complaints], [[], []]);
      await there.page.close();
      renameSync(path.dirname(clip), `${path.dirname(clip)}-done`);
    });
  }

  await t.test('several are a list: one’s own by day, and how many are somebody else’s', async (t) => {
    for (const folder of ['second', 'third']) mkdirSync(at(folder));
    const sealingFor = (): Promise<{ owner: string; recipients: string[]; code: string; room: string }> => Promise.resolve({ owner: lesson.key.recipient, recipients: [lesson.key.recipient], code: '2026-09', room: 'Room 9' });
    const second = await sealedLesson(at('second'), { parts: [media], options: { sealingFor, wall: () => new Date('2026-11-24T10:00:00Z') } });
    const others = await sealedLesson(at('third'), { parts: [media] });
    for (const { folder, session } of [lesson, second, others]) cpSync(folder, at('several', session), { recursive: true });
    await home.unlock(at('several'), lesson.key.file);
    await home.heading('My recordings');
    t.match(await page.locator('.cards li').allInnerTexts(), [/Coaching\s+Tuesday,? 24 November 2026, 10:00 – 10:00/, /Monday,? 23 November 2026, 08:15/]);
    await page.getByText('One more recording is here that this key does not open.').waitFor();
    await page.locator('summary', { hasText: 'How to erase a recording' }).click();
    await look('list');
    await page.getByRole('button', { name: /^Watch: Coaching, Tuesday/ }).focus();
    await page.keyboard.press('Enter');
    await home.verdict(/^Complete/);
    await home.press('Back');
    await home.press('Lock');
    await home.heading('Open my recordings');
    await look('start');
  });

  await t.test('P3.2 what is for its owner only cannot be shared', async (t) => {
    mkdirSync(at('own'));
    const own = await sealedLesson(at('own'), { parts: [media], plan: { purpose: { id: 'reflection', version: 1, words: 'Personal reflection', audience: 'only-me' } } });
    await home.unlock(own.folder, own.key.file);
    await page.getByText('This recording cannot be shared').waitFor();
    t.equal(await page.getByRole('button', { name: 'Share a clip' }).count(), 0);
  });

  await t.test('what somebody did to the files is said in words, and what does not hold is not shown', async (t) => {
    const part = (folder: string, number = 1): string => path.join(folder, `part-0${number}.mp4.age`);
    const journal = (folder: string, change: (lines: string[]) => string[]): void => {
      const file = path.join(folder, 'journal.jsonl');
      writeFileSync(file, change(readFileSync(file, 'utf8').trimEnd().split('\n')).map((line) => `${line}\n`).join(''));
    };
    const bytes = (file: string, change: (bytes: Buffer) => Buffer): void => writeFileSync(file, change(readFileSync(file)));
    const flip = (file: string, at: (bytes: Buffer) => number): void => bytes(file, (all) => {
      all[at(all)] = (all[at(all)] ?? 0) ^ 1;
      return all;
    });
    const afterHeader = (all: Buffer): number => all.indexOf('\n', all.indexOf('\n--- ') + 1) + 1;
    const chunk = (all: Buffer, index: number): number => afterHeader(all) + 16 + index * SEALED_CHUNK;
    /** Where our own stanza begins and ends, with its line of 32 bytes in base64. */
    const stanza = (all: Buffer): [begin: number, end: number] => {
      const begin = all.indexOf('-> lamplight/session-v1');
      return [begin, all.indexOf('\n', all.indexOf('\n', begin) + 1) + 1];
    };
    const withHeader = (of: Buffer, all: Buffer): Buffer => Buffer.concat([of.subarray(0, afterHeader(of)), all.subarray(afterHeader(all))]);
    const mkother = at('other');
    mkdirSync(mkother);
    const other = await sealedLesson(mkother, { parts: [media] });
    const COPY = 'Take another copy\\.';
    const TABLE: readonly (readonly [what: string, change: (folder: string) => void, words: RegExp])[] = [
      ['a bit of the header', (folder) => flip(part(folder), (all) => all.indexOf('X25519') + 60), /^Altered: from 0:00 on/],
      ['the header of another session', (folder) => bytes(part(folder), (all) => withHeader(readFileSync(part(other.folder)), all)), /^Altered: from 0:00 on/],
      ['what it is for, relabelled in the header', (folder) => flip(part(folder), (all) => stanza(all)[1] - 5), /^Altered: from 0:00 on/],
      ['what it is for, stripped from the header', (folder) => bytes(part(folder, 2), (all) => Buffer.concat([all.subarray(0, stanza(all)[0]), all.subarray(stanza(all)[1])])), /^Altered: from 0:06 on/],
      ['what it is for, twice in the header', (folder) => bytes(part(folder, 2), (all) => Buffer.concat([all.subarray(0, stanza(all)[1]), all.subarray(...stanza(all)), all.subarray(stanza(all)[1])])), /^Altered: from 0:06 on/],
      ['cut within the header', (folder) => truncateSync(part(folder, 2), 60), /^Altered: from 0:06 on/],
      ['a bit of the nonce', (folder) => flip(part(folder, 2), (all) => afterHeader(all) + 3), /^Altered: from 0:06 on/],
      ['a bit of the first chunk', (folder) => flip(part(folder), (all) => chunk(all, 0) + 100), /^(Altered|Damaged): from 0:00 on/],
      ['a bit in the middle', (folder) => flip(part(folder), (all) => all.length >> 1), new RegExp(`^(Altered|Damaged): from 0:0[1-5] on, .* ${COPY}`)],
      ['a bit of the last chunk', (folder) => flip(part(folder, 2), (all) => all.length - 3), /^Altered: from 0:(0[6-9]|1[0-2]) on/],
      ['two chunks swapped', (folder) => bytes(part(folder), (all) => Buffer.concat([all.subarray(0, chunk(all, 1)), all.subarray(chunk(all, 2), chunk(all, 3)), all.subarray(chunk(all, 1), chunk(all, 2)), all.subarray(chunk(all, 3))])), /^(Altered|Damaged): from 0:0[0-3] on/],
      ['a chunk dropped', (folder) => bytes(part(folder), (all) => Buffer.concat([all.subarray(0, chunk(all, 2)), all.subarray(chunk(all, 3))])), /^Altered: from 0:0/],
      ['a chunk twice', (folder) => bytes(part(folder), (all) => Buffer.concat([all.subarray(0, chunk(all, 2)), all.subarray(chunk(all, 1))])), /^(Altered|Damaged): from 0:0/],
      ['a chunk of another session', (folder) => bytes(part(folder), (all) => Buffer.concat([all.subarray(0, chunk(all, 1)), readFileSync(part(other.folder)).subarray(chunk(readFileSync(part(other.folder)), 1), chunk(readFileSync(part(other.folder)), 2)), all.subarray(chunk(all, 2))])), /^(Altered|Damaged): from 0:0/],
      ['cut between two chunks', (folder) => bytes(part(folder, 2), (all) => all.subarray(0, chunk(all, 2))), /^Altered: from 0:0[6-9] on/],
      ['zeros at its end', (folder) => bytes(part(folder, 2), (all) => all.fill(0, all.length - 4096)), /^(Altered|Damaged): from 0:(0[6-9]|1[0-2]) on/],
      ['bytes added', (folder) => bytes(part(folder, 2), (all) => Buffer.concat([all, Buffer.alloc(100)])), /^Altered: from 0:(06|1[0-2]) on/],
      ['a part cut', (folder) => truncateSync(part(folder, 2), 120_000), /^Altered: from 0:0[6-9] on/],
      ['a part missing', (folder) => rmSync(part(folder, 2)), /^Altered: from 0:0[56] on/],
      ['a part of another session', (folder) => cpSync(part(other.folder), part(folder, 2)), /^Altered: from 0:06 on/],
      ['a journal line dropped', (folder) => journal(folder, (lines) => lines.toSpliced(6, 1)), /^Altered: from 0:0[0-3] on/],
      ['two journal lines swapped', (folder) => journal(folder, (lines) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? '')), /^Altered: from 0:0[0-3] on/],
      ['the journal of another session', (folder) => cpSync(path.join(other.folder, 'journal.jsonl'), path.join(folder, 'journal.jsonl')), /^Altered: from 0:00 on/],
      ['records after the end', (folder) => journal(folder, (lines) => [...lines, lines[1] ?? '']), /^Altered: from 0:1/],
      ['the end record taken away', (folder) => journal(folder, (lines) => lines.slice(0, -1)), /^Interrupted at 0:1\d: power was cut, or the end was taken away/],
      ['a torn last line', (folder) => bytes(path.join(folder, 'journal.jsonl'), (all) => all.subarray(0, -5)), /^Interrupted at 0:1/],
      ['no journal', (folder) => rmSync(path.join(folder, 'journal.jsonl')), /^Altered: from 0:00 on/],
    ];
    for (const [what, change, words] of TABLE) {
      const folder = at('tampered', name);
      rmSync(at('tampered'), { recursive: true, force: true });
      cpSync(at('stick', name), folder, { recursive: true });
      change(folder);
      await home.unlock(at('tampered'), lesson.key.file);
      const said = await page.locator('.verdict').filter({ hasText: /^(Complete|Altered|Interrupted|Damaged)/ }).textContent() ?? '';
      t.match(said, words, `${what}: ${said}`);
      const [, minutes = '0', seconds = '0'] = /from (\d+):(\d\d) on/.exec(said) ?? [];
      if (said.startsWith('Interrupted')) continue;
      const limit = Number(minutes) * 60 + Number(seconds) + 1;
      await page.evaluate(`document.querySelector('video').currentTime = ${limit + 1}`);
      await page.evaluate('new Promise((done) => setTimeout(done, 200))');
      t.ok(await page.evaluate(`document.querySelector('video').currentTime <= ${limit}`), `${what}: nothing is shown beyond`);
    }
    for (const number of [1, 2]) {
      cpSync(part(at('stick', name), number), part(at('tampered', name), number));
      flip(part(at('tampered', name), number), (all) => chunk(all, 0) + 100);
    }
    await home.unlock(at('tampered'), lesson.key.file);
    await page.getByText('One recording is locked with this key, but in this copy altered from the beginning, so not shown. Take another copy.').waitFor();
    t.equal(await page.getByText('opens none').count(), 0, 'where not even a beginning holds, the key is not blamed');
  });

  await t.test('the other languages', async (t) => {
    for (const [locale, title, direction] of [['cy-GB', 'Agor fy recordiadau', 'ltr'], ['pl-PL', 'Otwórz moje nagrania', 'ltr'], ['ur-PK', 'میری ریکارڈنگز کھولیں', 'rtl']] as const) {
      const abroad = await viewer(browser, LAPTOP, locale);
      await abroad.unlock(at('stick'), lesson.key.file);
      await abroad.page.locator('.verdict.complete').waitFor();
      t.same(await abroad.page.evaluate('[document.documentElement.lang, document.documentElement.dir]'), [locale.slice(0, 2), direction]);
      t.same(await abroad.violations(), [], `${locale}: axe`);
      if (shots !== undefined) await abroad.page.screenshot({ path: `${shots}/viewer-watch-${locale}.png`, fullPage: true });
      await abroad.page.setViewportSize(PHONE);
      t.equal(await abroad.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${locale} fits a phone`);
      await abroad.page.goto(page.url());
      await abroad.heading(title);
      await abroad.page.close();
    }
  });

  t.same(home.asked, [], 'no request has left');
  t.same(home.complaints, [], 'and its own policy allows all that it does');
});
