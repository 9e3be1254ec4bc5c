/** The page for a teacher's own computer in Debian's Firefox, from choosing the folder to a clip for a colleague. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { readKey } from '../../kiosk/keys/identity.js';
import { chooseWords } from '../../kiosk/keys/words.js';
import { armorOf, wrapIdentity } from '../../kiosk/keys/wrap.js';
import { launchFirefox, skip } from '../fakes/firefox.js';
import { encoded, sealedLesson } from '../fakes/sealed-lesson.js';
import { age, codecsAndSeconds, teacherKey } from '../pipeline/keys.js';
import { ADDRESS, BRIGHTNESS, seekTo, untilBy } from './viewer-bench.js';

t.test('recordings at home, in Firefox', { skip, timeout: 240_000 }, async (t) => {
  const root = t.testdir({ downloads: {}, stick: {}, tampered: {} });
  const at = (...names: string[]): string => path.join(root, ...names);
  const media = await encoded(6);
  const lesson = await sealedLesson(root, { parts: [media, media] });
  const words = chooseWords();
  const { identity } = await readKey(readFileSync(lesson.key.file));
  writeFileSync(at('stick', 'lamplight-key.age'), armorOf(await wrapIdentity(identity, words)));
  const name = `2026-11-23-${lesson.session}`;
  cpSync(lesson.folder, at('stick', name), { recursive: true });
  const colleague = await teacherKey(root, 'colleague.txt');

  const firefox = await launchFirefox(at('downloads'));
  t.teardown(() => firefox.close());
  const { page } = firefox;
  const [complaints, asked]: [string[], string[]] = [[], []];
  // Firefox draws the marks of lists by a font of its own, which is named as data.
  page.on('request', (request) => { if (request.url() !== ADDRESS && !/^(blob|data):/.test(request.url())) asked.push(request.url()); });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const until = untilBy((js) => page.evaluate(js));
  /** Until it stands there. */
  const says = (words: RegExp, where = 'main'): Promise<void> => until(`${String(words)}.test(document.querySelector('${where}')?.innerText)`);
  const press = (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  const type = (field: string, text: string): Promise<void> => page.locator(field).fill(text);
  const brightness = (): Promise<number> => page.evaluate(BRIGHTNESS) as Promise<number>;
  const unlock = async (folder: string): Promise<void> => {
    await firefox.choosing(folder);
    await page.goto(ADDRESS);
    await press('Choose the folder');
    await says(/^Unlock/);
  };

  await t.test('a folder is chosen, and wrong words are only wrong', async (t) => {
    await page.goto(ADDRESS);
    await says(/Your browser may ask whether to “upload” the folder\. You can say yes: this page cannot send anything\./);
    await unlock(at('stick'));
    t.same(await firefox.questions(), [['Are you sure you want to upload all files from “stick”? Only do this if you trust the site.', 'Upload']], 'which Firefox does');
    await says(/One recording in “stick”\. Your locked key is there too\./);
    await type('#words', words.toReversed().join(' '));
    await press('Unlock');
    await says(/^These words do not open this key\.$/, '[role=alert]');
    await type('#words', words.join(' '));
    await press('Unlock');
    await says(/^Coaching/);
  });

  await t.test('it plays, and shows a picture wherever it is wanted', async (t) => {
    await says(/^Complete: all of it, as it was recorded\.$/, '.verdict');
    await press('Play');
    await until(`document.querySelector('video').currentTime > 0.5`);
    t.ok(await brightness() > 20, 'there is a picture');
    await press('Pause');
    for (const seconds of [9, 2]) {
      await page.evaluate(seekTo(seconds));
      t.ok(await brightness() > 20, `a picture at ${seconds} s`);
    }
  });

  await t.test('a note is sealed, and saved as a file', async (t) => {
    await type('#note', 'Ask more open questions');
    await press('Add a note here');
    await says(/Your notes are not saved yet\./);
    const [file] = await Promise.all([firefox.saved(/^lamplight-notes-[0-9a-f]{8}\.age$/), press('Save my notes')]);
    const { plain, code } = await age(lesson.key, file);
    t.equal(code, 0, 'age(1) opens it');
    t.match(JSON.parse(plain.toString()), { kind: 'note', session: lesson.session, mediaMs: 2000, text: 'Ask more open questions' });
  });

  await t.test('P3.2 P7.3 a clip, blurred, goes to a colleague', async (t) => {
    await press('Share a clip');
    await type('#from', '0:04');
    await type('#to', '0:09');
    await type('#recipient', colleague.recipient);
    await page.locator('.tick input').click();
    await press('Read it over');
    await says(/0:04 to 0:09: 0:05, blurred[^]*Coaching/);
    await press('Make the clip');
    await says(/^The clip is ready/);
    const [file] = await Promise.all([firefox.saved(/^lamplight-clip-[0-9a-f]{8}\.zip$/), press('Save the clip')]);
    execFileSync('unzip', ['-q', file, '-d', at()]);
    const { plain, code } = await age(colleague, at(path.basename(file, '.zip'), 'part-01.mp4.age'));
    t.equal(code, 0, 'age(1) opens it with the colleague’s key');
    t.match(plain.toString('latin1'), '"id":"coaching"', 'its source’s binding is in it');
    writeFileSync(at('clip.mp4'), plain);
    t.match(await codecsAndSeconds(at('clip.mp4')), /^h264\naac\n5\.\d/);
    t.equal(spawnSync('ffmpeg', ['-v', 'error', '-i', at('clip.mp4'), '-f', 'null', '-']).stderr.toString(), '', 'every picture decodes');
  });

  await t.test('one changed byte is told of, and from there on nothing is shown', async (t) => {
    mkdirSync(at('tampered', name));
    cpSync(at('stick'), at('tampered'), { recursive: true });
    const part = at('tampered', name, 'part-01.mp4.age');
    const bytes = readFileSync(part);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(part, bytes);
    await unlock(at('tampered'));
    await type('#words', words.join(' '));
    await press('Unlock');
    await says(/^(Altered|Damaged): from 0:0[1-5] on, .* Take another copy\./, '.verdict');
    const said = await page.evaluate(`document.querySelector('.verdict').innerText`) as string;
    const limit = Number(/0:0(\d)/.exec(said)?.[1]) + 1;
    for (const seconds of [limit + 1, 11]) {
      await page.evaluate(`document.querySelector('video').currentTime = ${seconds}`);
      await until(`!document.querySelector('video').seeking && document.querySelector('video').currentTime <= ${limit}`);
      t.ok(await brightness() > 20, said);
    }
    await until(`(({ buffered }) => buffered.length === 0 || buffered.end(buffered.length - 1) <= ${limit})(document.querySelector('video'))`);
    t.pass('nor is it kept');
  });

  t.same(asked, [], 'no request has left');
  t.same(complaints, [], 'and its own policy allows all that it does');
  const complaint = new Promise<unknown>((resolve) => page.once('pageerror', resolve));
  t.equal(await page.evaluate(`fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')`), 'refused');
  t.match(String(await complaint), /Content-Security-Policy: .*connect-src/, 'by its policy');
});
