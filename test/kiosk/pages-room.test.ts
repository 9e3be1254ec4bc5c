/** The pages for anyone in the room and for the technician, a teacher's requests and recordings, and the mark while recording: in real Chromium with a made-up desk (page-bench.ts). */
import t from 'tap';
import type { Recording } from '../../kiosk/protocol.js';
import type { RequestForMe, VisitorView } from '../../kiosk/protocol/practice.js';
import type { PaperCode, StewardPage, StewardReply } from '../../kiosk/protocol/school.js';
import { collectPage } from './collect-page.cases.js';
import { pageBench, refusal, skip } from './page-bench.js';

/** A Tuesday, in the third lesson. */
const NOW = new Date('2026-11-24T10:42:00Z');
const SCHOOL: VisitorView = { room: 'Room B12, Science', contact: 'Ms Okafor, the school office, 01632 960 123', retentionDays: 60, codeVersion: '1.0', lead: 'A. Ahmed' };
const STEWARD: StewardReply = { token: 'x', displayName: 'T. Novak', idleMs: 60_000 };
const WORDS = 'I am the mother of a pupil in this class and would like to know more. Please ring me any evening after six on 01632 960 456, or leave a note at the school office. Thank you very much for your help!!'.padEnd(200, '!');
const REQUEST: RequestForMe = { id: 'q1', leftOn: '2026-11-24', day: '2026-11-23', from: '09:00', to: '10:00', kind: 'copy', words: WORDS, recordings: ['r1'] };

/** Names of 1 to 40 letters, some without a space. */
const NAMES = Array.from({ length: 60 }, (_, at) => 'Maximiliana Featherstonehaugh-Cholmondeley Wolfeschlegelsteinhausen'.slice(at % 3 === 0 ? 27 : 0).slice(0, 1 + at * 39 / 59));
const staff: StewardPage['staff'] = NAMES.map((displayName, at) => ({ id: `s${at}`, displayName, barred: at % 7 === 6, lead: at === 58, codeUntil: at % 2 === 0 ? null : '2026-12-24T10:00:00.000Z' }));
const WELL: StewardPage = {
  version: '1.0.0', buildHash: 'a1b2c3d4e5f6', troubles: [], roomForOneSession: true, clockTrusted: true, codeAdopted: true, staff, stewards: ['T. Novak'],
  school: { room: SCHOOL.room, languages: ['en', 'cy'], bells: ['09:50', '10:50', '11:50', '13:30', '14:30', '15:30'], contact: SCHOOL.contact, retentionDays: 60 },
};
const UNWELL: StewardPage = {
  ...WELL, roomForOneSession: false, clockTrusted: false, codeAdopted: false, school: { ...WELL.school as NonNullable<StewardPage['school']>, contact: null },
  troubles: ['SIGN_LOST', 'CAMERA_LOST', 'MICROPHONE_NOT_MUTED', 'DISK_FULL', 'RELAY_STUCK', 'CLOCK_BACK'].map((code) => ({ code, sentence: `What hangs on the serial line does not answer (${code.toLowerCase().replaceAll('_', ' ')}).`, remedy: 'Check its cable and its power supply, wait a minute, then look again. If it stays so, take the recorder out of use.' })),
};
const paperCodes: readonly PaperCode[] = NAMES.slice(-6).map((displayName, at) => ({ displayName, code: `CDFG-HJK${at + 2}-MPQR-TVWX`, until: '2026-12-08T10:00:00.000Z' }));

const recording = (id: string, more: Partial<Recording> = {}): Recording => ({
  id, startedAt: '2026-11-23T09:05:00+00:00', purpose: 'Personal reflection', lengthMs: 42 * 60_000, bytes: 1_400_000_000, complete: true, goneAt: '2027-01-22T23:59:59+00:00', erased: false, keptAtMost: '2027-11-23T23:59:59+00:00', receipt: '1f3a 99c0 12ab 77de', ...more,
});
const SEVEN = Array.from({ length: 7 }, (_, at) => recording(`r${at}`, { startedAt: `2026-11-1${at}T13:10:00+00:00`, ...(at === 1 ? { erased: true, goneAt: '2026-11-25T10:42:00+00:00' } : at === 2 ? { goneAt: null, complete: false, purpose: 'How groups of four talk to one another in the laboratory about what they have just observed' } : {}) }));

t.setTimeout(600_000);

t.test('pages for the room, the technician and my recordings', { skip }, async (t) => {
  const bench = await pageBench(t, [...['visitor', 'leave-request', 'requests', 'set-up', 'steward-sign-in', 'steward', 'collect'].map((name) => `pages/${name}`), 'screens/recordings', 'screens/recording']);
  const { page, server, asked, console, show, look, glance, sees, tap, tapEach, enter, write, until, went } = bench;
  await page.clock.setFixedTime(NOW);
  const isThere = (name: string | RegExp) => page.getByRole('button', { name }).first().isVisible();

  await t.test('P9.5 for pupils and visitors', async (t) => {
    server.set('/api/visitor', SCHOOL);
    await show('visitor-page', { me: null });
    await look('visitor', 'Nothing is being recorded now.');
    t.equal(await isThere('Read aloud'), false, 'no promise of a voice where there is none');
    await page.evaluate('window.spoken = []; put({ speak: (text) => new Promise((over, failed) => spoken.push({ text, over, failed })), hush: () => spoken.push("hush") })');
    await glance('visitor-voice', 'Read aloud');
    await tap('Read aloud');
    await glance('visitor-reading', 'Stop reading');
    t.match(await page.evaluate('spoken[0].text'), /Nothing is being recorded now\..*Anyone may stop it\..*Okafor/s, 'all of it is read');
    await page.evaluate('spoken[0].over()');
    await tap('Read aloud');
    await tap('Stop reading');
    await tap('Read aloud');
    t.strictSame(await page.evaluate('spoken[1].over(), spoken.map((one) => one === "hush" ? one : "read")'), ['read', 'read', 'hush', 'read'], 'stopped by a finger');
    t.equal(await isThere('Stop reading'), true, 'the end of a reading that was stopped does not end the next');
    await page.evaluate('spoken[3].failed(new Error("no voice"))');
    await sees('Read aloud');
    await tap('Read aloud');
    await show('visitor-page', { me: null });
    t.equal(await page.evaluate('spoken.at(-1)'), 'hush', 'nothing is read to an empty page');
    server.set('/api/visitor', { ...SCHOOL, contact: 'The school office, reception desk beside the main entrance, telephone 01632 960 123, open on school days from 8 to 4.'.padEnd(120, '.'), room: 'The large science laboratory on the second floor, east wing.', lead: NAMES[59] ?? '' });
    await show('visitor-page', { me: null });
    await look('visitor-long', 'The large science laboratory');
    await tap('Code of practice');
    t.strictSame(await went(), { step: 'page', page: { page: 'code' } });
  });

  await t.test('P11.1 leaving a request', async (t) => {
    await show('leave-request-page', { me: null });
    await look('request-when', 'when was it?');
    await tap('Earlier day');
    await sees('yesterday');
    await tap('Later day');
    await tap('Later end');
    await tap('Earlier start');
    await tap(/^Next$/);
    await look('request-what', 'What do you ask for?');
    await tap('Please give me a copy');
    await page.locator('input').fill(WORDS);
    const FULL = refusal('REQUESTS_FULL', 'No more requests can be left here now.', 'Ask at the school office.');
    server.set('/api/leave-request', FULL);
    await tap('Leave the request');
    await look('request-refused', FULL.remedy);
    server.delete('/api/leave-request');
    asked.length = 0;
    await tap('Leave the request');
    t.strictSame(await until('/api/leave-request'), { day: '2026-11-24', from: '09:15', to: '10:45', kind: 'copy', words: WORDS });
    await glance('request-left', 'Nobody can see here whether anything was recorded.');
    await tap('Done');
    t.strictSame(await went(), { step: 'ready' });
  });

  await t.test('P11.1 requests about times at which I recorded', async (t) => {
    server.set('/api/requests', { requests: [REQUEST, { ...REQUEST, id: 'q2', kind: 'talk', day: '2025-11-30', words: undefined }] });
    await show('requests-page');
    await look('requests', 'Somebody asks for a copy.');
    await tap('Next request');
    await glance('requests-talk', 'Somebody would like to talk to you about it.');
    server.set('/api/requests', { requests: [] });
    await tap('Dealt with');
    t.strictSame(await until('/api/request-done'), { request: 'q2' });
    await glance('requests-none', 'There is no request');
  });

  await t.test('P10.1 setting up with the one-use code', async (t) => {
    await show('set-up-page', { me: null });
    await look('set-up', 'npm run setup-code');
    await enter('CDFG-HJKM-PQRT');
    await look('set-up-name', 'You become the technician');
    await write('T. Novak', /^OK$/);
    await look('set-up-pin', 'T. Novak: choose a PIN');
    const WEAK = refusal('WEAK_PIN', 'Many people choose this PIN.', 'Choose another PIN that only you know.');
    server.set('/api/set-up', WEAK);
    for (let times = 0; times < 2; times += 1) await enter('123456');
    await glance('set-up-weak', WEAK.sentence);
    server.set('/api/set-up', STEWARD);
    asked.length = 0;
    await enter('481516');
    await sees('The same PIN again');
    await enter('481516');
    t.strictSame(await until('/api/set-up'), { code: 'CDFG-HJKM-PQRT', name: 'T. Novak', pin: '481516' });
    t.strictSame(await went(), { step: 'page', page: { page: 'steward' } });
  });

  await t.test('the technician signs in', async (t) => {
    server.set('/api/stewards', { stewards: [...NAMES.slice(-9), 'T. Novak'].map((displayName, at) => ({ id: `t${at}`, displayName })) });
    await show('steward-sign-in-page', { me: null });
    await look('steward-names', 'Technicians: tap your name');
    await tap('T. Novak');
    const WRONG = refusal('WRONG_PIN', 'That name and PIN do not go together.', 'Try again.');
    server.set('/api/steward-sign-in', WRONG);
    await enter('123456');
    await glance('steward-pin', WRONG.sentence);
    server.set('/api/steward-sign-in', STEWARD);
    asked.length = 0;
    await enter('481516');
    t.strictSame(await until('/api/steward-sign-in'), { steward: 't9', pin: '481516' });
    t.strictSame(await went(), { step: 'page', page: { page: 'steward' } });
  });

  await t.test('P2.7 how the machine is', async (t) => {
    server.set('/api/steward', WELL);
    await show('steward-page', { me: null, steward: STEWARD });
    await look('steward-well', 'Camera, microphone and sign are well.');
    server.set('/api/steward', UNWELL);
    await tap('Look again');
    await look('steward-unwell', /Is it Tuesday/);
    await tap(/^More/);
    await glance('steward-unwell-2', 'More, to be looked at after these');
    for (const { code } of UNWELL.troubles.slice(3)) await sees(code);
    await tap(/^More/);
    await glance('steward-unwell-3', 'has to adopt a code of practice');
    await tap(/^More/);
    await tap('Yes, that is right');
    t.strictSame(await until('/api/clock-right'), {});
  });

  await t.test('P1.3 the first set-up leads from the room to the names', async (t) => {
    server.set('/api/steward', { ...WELL, school: null, staff: [], codeAdopted: false });
    await show('steward-page', { me: null, steward: STEWARD });
    await look('steward-room-first', 'Whom pupils, families and visitors can ask');
    await tap(/^Save$/);
    await glance('steward-room-missing', 'Write the name of the room.');
    for (const [at, text] of ['B12', '9:50 10:50', 'The school office', '60'].entries()) await page.locator('input').nth(at).fill(text);
    await tap('Cymraeg');
    asked.length = 0;
    await tap(/^Save$/);
    t.strictSame(await until('/api/school'), { room: 'B12', languages: ['en', 'cy'], bells: ['09:50', '10:50'], contact: 'The school office', retentionDays: 60 });
    await look('steward-names-first', 'Names of the staff');
    await page.locator('textarea').fill(NAMES.join('\n'));
    server.set('/api/staff', { names: 60 });
    server.set('/api/steward', WELL);
    await tap('Take these names');
    t.strictSame(await until('/api/staff'), { csv: NAMES.join('\n') });
    await glance('steward-names-taken', 'Names taken: 60.');
  });

  await t.test('P3.3 sixty names, and what is done with each', async (t) => {
    await show('steward-page', { me: null, steward: STEWARD });
    await page.getByRole('tab', { name: 'Names' }).tap();
    await look('steward-staff', 'Tap a name');
    await tap('By first letter');
    await glance('steward-letters', 'Back to the names');
    await tapEach(['G']);
    await glance('steward-staff-g', 'Tap a name');
    for (const at of [0, 1, 2, 3, 4, 5]) await page.locator('.names button').nth(at).tap();
    await sees('Names chosen: 6.');
    server.set('/api/paper-codes', { codes: paperCodes });
    asked.length = 0;
    await tap('Paper codes: 6');
    t.equal((await until('/api/paper-codes') as { staff: unknown[] }).staff.length, 6);
    await look('steward-codes', 'Shown only now.');
    await tap('Handed out');
    await page.locator('.names button').nth(8).tap();
    await glance('steward-chosen', 'Make practice lead');
    await tap('Bar from');
    t.match(await until('/api/bar'), { barred: true });
    await glance('steward-barred', 'starts no new recordings. What was');
    await tap('Make practice lead');
    await until('/api/lead');
    await tap('Choose nobody');
    const NO_STICK = refusal('STICK_MISSING', 'There is no stick.', 'Put one in, and try again.');
    server.set('/api/paper-codes', NO_STICK);
    await tap('Codes for all');
    t.equal((await until('/api/paper-codes') as { staff: unknown[] }).staff.length, staff.filter(({ barred }) => !barred).length);
    await sees(NO_STICK.remedy);
  });

  await t.test('the room and the technicians', async (t) => {
    await show('steward-page', { me: null, steward: STEWARD });
    await page.getByRole('tab', { name: 'Room' }).tap();
    await look('steward-room', 'Name of the room');
    await page.getByRole('tab', { name: 'Technicians' }).tap();
    await look('steward-people', 'Name of another technician');
    await page.locator('input').fill('R. Khan');
    asked.length = 0;
    await tap('Add this technician');
    for (let times = 0; times < 2; times += 1) await enter('272727');
    t.strictSame(await until('/api/add-steward'), { name: 'R. Khan', pin: '272727' });
  });

  await t.test('my recordings', async (t) => {
    for (const [name, recordings] of [['one', [recording('r1')]], ['three', SEVEN.slice(0, 3)], ['seven', SEVEN]] as const) {
      await show('recordings-screen', { with: { recordings, mayRecord: true } });
      await look(`recordings-${name}`, 'My recordings');
    }
    await page.getByRole('button', { name: 'Keep or erase' }).nth(0).tap();
    await look('recordings-closely', 'Keep it three months');
    t.equal(await isThere(/Keep it a month/), false, 'no nearer day than it has');
    asked.length = 0;
    await tap('Keep it three months');
    t.strictSame(await until('/api/keep'), { recording: 'r0', until: '2027-02-22' });
    t.strictSame(await went(), { step: 'recordings' });
    await tap('Erase it');
    await glance('recordings-sure', 'It will be gone tomorrow at this time.');
    await tap('Yes, erase it');
    t.strictSame(await until('/api/erase'), { recording: 'r0' });
    await tap('Back to my recordings');
    await page.getByRole('button', { name: 'Keep or erase' }).nth(1).tap();
    await glance('recordings-erased', /You erased it/);
    await tap('Undo');
    t.strictSame(await until('/api/undo-erase'), { recording: 'r1' });
    await tap('Erase it at once');
    const WRONG = refusal('WRONG_CODE', 'That code is not right.', 'Open a new test code with your key.');
    server.set('/api/erase-now', WRONG);
    await page.locator('input').fill('CDFG-HJKM');
    await tap('Erase it now');
    await look('recordings-at-once', WRONG.remedy);
    server.set('/api/erase-now', { receipt: '1f3a 99c0 12ab 77de' });
    asked.length = 0;
    await tap('Erase it now');
    t.strictSame(await until('/api/erase-now'), { recording: 'r1', code: 'CDFG-HJKM' });
    await glance('recordings-receipt', '1f3a 99c0 12ab 77de');
    await show('recordings-screen', { with: { recordings: [], mayRecord: true } });
    await glance('recordings-none', 'You have no recordings here.');
  });

  await t.test('P3.1 my recordings on their way out', async (t) => {
    await show('recordings-screen', { with: { recordings: SEVEN, mayRecord: true } });
    await page.getByRole('button', { name: 'Copy to the stick' }).nth(1).tap();
    t.strictSame(await went(), { step: 'page', page: { page: 'collect', recordings: ['r1'] } });
    await collectPage(t, bench, SEVEN);
  });

  await t.test('anyone marks this moment', async (t) => {
    await show('recording-screen', { me: null, with: { session: { purpose: 'Personal reflection', audience: 'only-me', mode: 'picture-and-sound' }, notices: [] } });
    await page.evaluate('put({ sinceAt: performance.now() - 65_000, endsAt: performance.now() + 2_000_000 })');
    await look('recording', 'Mark this moment');
    asked.length = 0;
    await tap('Mark this moment');
    t.strictSame(await until('/api/mark'), {});
    await glance('recording-marked', 'Marked');
  });

  t.strictSame(console, [], 'no errors');
});
