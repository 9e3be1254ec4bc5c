/** From the paper code to the first recording that its owner opens at home: a newcomer, by touch, in a real browser, on real parts. Says what that costs a person. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import { unwrapIdentity } from '../../kiosk/keys/wrap.js';
import { recordedOnce } from './at-rest.js';
import { byKeyboard } from './by-keyboard.js';
import { comesBack } from './comes-back.js';
import { kioskByTouch, type KioskByTouch } from '../fakes/kiosk-by-touch.js';
import { KioskClient } from '../fakes/kiosk-client.js';
import { lookInto } from '../fakes/lesson-file.js';
import { filesWith, openTestRoom, VIDEO } from '../fakes/virtual-room.js';

const PIN = '739416';
const RECORDED_MS = 2000;

t.test('a screen', { timeout: 240_000 }, async (t) => {
  const room = await openTestRoom(t, 300);
  await recordedOnce(room);
  let touch = await kioskByTouch(t, room);
  await t.test('that was loaded anew, or crashed, comes back to where the room is', async (t) => { touch = await comesBack(t, room, touch); });
  await t.test('and its lesson goes by a keyboard alone', (t) => byKeyboard(t, room, touch));
});

t.test('a newcomer gets from the paper code to a recording that nobody else can open', { timeout: 240_000 }, async (t) => {
  const room = await openTestRoom(t, 1500);
  const { school, kiosk, folder } = room;
  const touch = await kioskByTouch(t, room);
  await touch.heading('Not recording');
  const { page, complaints, diary, tap, keys, heading } = touch;
  const done = (step: string): void => t.comment(diary.chapter(step));
  const steward = await stewardPage(school.kioskUrl, school.steward);
  const refusal = whyNoStart(page, school.kioskUrl);

  await tap(/Teachers: start here/);
  await tap(school.newcomer.name);
  await tap('I have a paper code');
  await keys(school.newcomer.code.replaceAll('-', ''));
  done('name and paper code');
  await heading('Choose a PIN');
  await keys(PIN);
  await heading('The same PIN again');
  await keys(PIN);
  await tap('English');
  done('PIN and language');

  await tap(/Make one here/);
  await heading('Write these six words on paper');
  // The page numbers them; what is written down is the word.
  const words = (await page.locator('lamp-make-key li').allInnerTexts()).map((text) => text.split('\n').at(-1) ?? '');
  t.equal(words.length, 6, 'six words are written down');
  await tap('I have written them down');
  await answerFromPaper(touch, words);
  await tap('Put it on my stick');
  await tap('I have it: go on');
  done('key');

  await proveKey(touch, words);
  t.equal(await refusal(), 'CODE_NOT_ACCEPTED', 'P4.1 who has not accepted the code of practice cannot start');
  done('proof of the key');

  await readAll(touch, 'The code of practice');
  await tap('I have read it and agree');
  await heading('The short training');
  t.equal(await refusal(), 'NOT_TRAINED', 'P8.1 nor who has not done the training');
  done('code of practice');
  await readAll(touch, 'The short training');
  await tap('To the questions');
  for (const answer of await rightAnswers()) await tap(answer);
  done('training');

  await tap(/personal reflection/);
  await tap('Yes, go on');
  await tap('I have told everyone: start');
  await heading('RECORDING');
  done('purpose, as it is, who has been told: start');
  t.comment(diary.total());

  await new Promise((resolve) => setTimeout(resolve, RECORDED_MS)); // the lesson itself
  await tap('Stop');
  await heading('Recording has stopped');
  await tap(/Finish and collect/);
  await keys(PIN);
  const copied = await touch.collect();
  done('stop and collect');
  await kiosk.phase('idle', 20_000);
  t.same(complaints, [], 'the browser complained of nothing');

  const locked = await readFile(join(school.stick, 'lamplight-key.age'));
  const { identity } = await unwrapIdentity(locked, words);
  const keyFile = join(folder, 'newcomer.key');
  await writeFile(keyFile, identity, { mode: 0o600 });
  const lesson = await lookInto(join(copied, 'part-01.mp4.age'), keyFile, { width: VIDEO.width });
  t.match(lesson, { video: { codec: 'h264' }, sound: { codec: 'aac' }, monotonous: true }, 'P1.4 age opens it with the key that the six words unlock');
  t.ok(lesson !== null && lesson.seconds > 1, `${String(lesson?.seconds)} s are kept`);
  await t.rejects(lookInto(join(copied, 'part-01.mp4.age'), school.teacher.keyFile, { width: VIDEO.width }), 'P1.4 and not with another teacher’s key');
  for (const glue of [' ', '-', '\n']) t.same(filesWith(folder, Buffer.from(words.join(glue))), [], 'P10.2 no file holds the six words, the browser’s included');

  const newcomer = new KioskClient(school.kioskUrl);
  await newcomer.signIn(PIN, school.newcomer.name);
  const own = (await newcomer.get('/api/recordings') as { recordings: { id: string }[] }).recordings;
  t.equal(own.length, 1, 'P10.1 with their own PIN the newcomer finds the recording');
  await newcomer.post('/api/sign-out');
  const other = new KioskClient(school.kioskUrl);
  await other.signIn(school.teacher.pin);
  t.same(await other.get('/api/recordings'), { recordings: [] }, 'P1.3 another teacher sees nothing of it');
  const [mine, nobodys] = await Promise.all([own[0]?.id, 'f'.repeat(32)].map((recording) => other.post('/api/erase', { recording }).catch(String)));
  t.match(mine, /NOT_YOURS/, 'P1.3 nor can they touch it');
  t.equal(mine, nobodys, 'P1.3 it is answered as one that never was');
  await other.post('/api/sign-out');

  const staff = (await newcomer.get('/api/names') as { names: { id: string; displayName: string }[] }).names.find(({ displayName }) => displayName === school.newcomer.name)?.id;
  t.match(await newcomer.post('/api/paper-code', { staff, code: school.newcomer.code }).catch(String), /WRONG/, 'P10.1 the paper code was for one use');
  await kiosk.phase('idle', 20_000);
  t.equal(await stewardPage(school.kioskUrl, school.steward), steward, 'P2.7 the steward’s page is the same as before, byte for byte');
});

/** Which is word 3? What the paper says. */
async function answerFromPaper({ page, tap }: KioskByTouch, words: readonly string[]): Promise<void> {
  for (;;) {
    const question = page.getByRole('heading', { name: /which is word/ });
    const asked = question.or(page.getByRole('heading', { name: 'Take your locked key with you' }));
    await asked.or(page.getByRole('heading', { name: 'One moment…' })).waitFor();
    if (!await question.isVisible()) return;
    const heading = await question.innerText();
    const at = Number(/\d+/.exec(heading)?.[0]);
    await tap(new RegExp(`^${words[at - 1] ?? ''}$`));
  }
}

async function proveKey(touch: KioskByTouch, words: readonly string[]): Promise<void> {
  const { tap, heading } = touch;
  await heading('Type your six words');
  for (const word of words) await findWord(touch, word);
  await tap('OK');
  await heading('Your key works');
  await tap('Read the code');
}

/** Letter by letter, until it is offered. */
async function findWord({ page, diary }: KioskByTouch, word: string): Promise<void> {
  const pad = page.locator('lamp-words-pad');
  const offered = pad.locator('.offered').getByRole('button', { name: word, exact: true });
  for (const letter of word) {
    await diary.press(pad.locator('.pad').getByRole('button', { name: letter, exact: true }));
    if (await offered.isVisible()) break;
  }
  await diary.touch(offered);
}

/** To the last page. */
async function readAll({ page, tap, heading }: KioskByTouch, title: string): Promise<void> {
  await heading(title);
  for (;;) {
    const [at, of] = /(\d+) of (\d+)/.exec(await page.getByText(/^Page \d+ of \d+$/).innerText())?.slice(1) ?? [];
    if (at === of) return;
    await tap('Next');
  }
}

/** Why the signed-in teacher of this page may not start, whatever the page offers: the first reason. */
function whyNoStart(page: Page, url: string): () => Promise<string> {
  let bearer = '';
  page.on('request', (request) => { bearer = request.headers()['authorization'] ?? bearer; });
  const told = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
  return async () => (JSON.parse(await ask(url, 'api/start', { purpose: 'personal-reflection', mode: 'picture-and-sound', view: null, lengthMinutes: 50, told }, bearer)) as { code: string }).code;
}

async function rightAnswers(): Promise<string[]> {
  const file = new URL('../../config/practice/training/questions.json', import.meta.url);
  const { questions } = JSON.parse(await readFile(file, 'utf8')) as { questions: { answers: { words: string; wrongBecause?: string }[] }[] };
  return questions.map(({ answers }) => answers.find(({ wrongBecause }) => wrongBecause === undefined)?.words ?? '');
}

/** As the technician reads it, once the camera is turned away again. */
async function stewardPage(url: string, { name, pin }: { readonly name: string; readonly pin: string }): Promise<string> {
  const { stewards } = JSON.parse(await ask(url, 'api/stewards')) as { stewards: { id: string; displayName: string }[] };
  const steward = stewards.find(({ displayName }) => displayName === name)?.id;
  const signedIn = await ask(url, 'api/steward-sign-in', { steward, pin });
  const { token } = JSON.parse(signedIn) as { token?: string };
  if (token === undefined) throw new Error(signedIn);
  const page = await ask(url, 'api/steward', undefined, `Bearer ${token}`);
  await ask(url, 'api/sign-out', {}, `Bearer ${token}`);
  return page;
}

/** @returns what the server answers, refusals too. */
async function ask(url: string, path: string, body?: object, authorization?: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin, ...(authorization === undefined ? {} : { authorization }) };
  const answer = await fetch(url + path, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
  return await answer.text();
}
