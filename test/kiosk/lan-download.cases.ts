/** The download of sealed recordings by the owner's own computer: whole, in ranges, carried on with, once, and never in a recording's way. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import t, { type Test } from 'tap';
import { downloadDesk } from '../../desks/download.js';
import type { OwnRecord } from '../../desks/recordings.js';
import { Coverage, Rate, rangeOf } from '../../kiosk/lan/byte-range.js';
import { DOWNLOAD_WORDS } from '../../kiosk/lan/download-words.js';
import { downloadServer, type DownloadEntry, type DownloadOptions } from '../../kiosk/lan/download-server.js';
import { zip, type ZipEntry } from '../../kiosk/lan/zip.js';
import { VIEWER } from '../../pipeline/collect/read-me.js';
import { until } from '../fakes/until.js';
import { record, vaultIn } from '../pipeline/recorded.js';

const DATE = new Date('2026-11-23T08:15:00.000Z');
const TOKEN = 'T'.repeat(22);
const ANN = { teacher: 'a1'.repeat(16), displayName: 'Ann' };
const BOB = { teacher: 'b2'.repeat(16), displayName: 'Bob' };

interface Got { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: Buffer }

const get = (url: string, headers: Record<string, string> = {}, more: { method?: string; localAddress?: string } = {}): Promise<Got> => new Promise((resolve, reject) => {
  request(url, { headers, agent: false, ...more }, (response) => {
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject)
      .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }));
  }).on('error', reject).end();
});

async function served(t: Test, more: Partial<DownloadOptions> = {}) {
  const folder = t.testdir({ 'part-01.mp4.age': 'sealed '.repeat(200_000), 'journal.jsonl': '{}\n' });
  const entries: DownloadEntry[] = [
    ...['part-01.mp4.age', 'journal.jsonl'].map((name) => ({ name: `2026-11-23-f00/${name}`, path: path.join(folder, name) })), { name: 'READ ME.txt', text: 'Zażółć' },
  ];
  const clock = { now: 0 };
  const used: true[] = [];
  const { server, expire } = downloadServer({
    host: () => host, token: TOKEN, code: 'KRTV', language: 'en', fileName: 'lamplight-2026-11-23.zip', entries, date: DATE, rate: new Rate(1e9, () => performance.now()), now: () => clock.now += 1000,
    onSent: () => undefined, onUsed: () => used.push(true), ...more,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => { server.close(); server.closeAllConnections(); });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { folder, page: `http://${host}/${TOKEN}`, file: `http://${host}/${TOKEN}/lamplight-2026-11-23.zip`, expire, used, entries };
}

/** What python3's own reader finds wrong, and what is in it. */
const listed = (file: string): string => spawnSync('python3', ['-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print([(i.filename, i.file_size, i.header_offset) for i in z.infolist()], z.testzip())', file], { encoding: 'utf8' }).stdout.trim();

t.test('ranges of bytes, as browsers and curl ask for them', (t) => {
  const cases: [string | undefined, object][] = [
    [undefined, { kind: 'whole' }], ['bytes=0-', { kind: 'part', start: 0, end: 100 }], ['bytes=10-19', { kind: 'part', start: 10, end: 20 }], ['bytes=90-500', { kind: 'part', start: 90, end: 100 }],
    ['bytes=-10', { kind: 'part', start: 90, end: 100 }], ['bytes=-500', { kind: 'part', start: 0, end: 100 }], ['bytes=100-', { kind: 'outside' }], ['bytes=-0', { kind: 'outside' }],
    ['bytes=0-1,5-6', { kind: 'whole' }], ['bytes=9-1', { kind: 'whole' }], ['bytes=-', { kind: 'whole' }], ['lines=1-2', { kind: 'whole' }], [`bytes=${'9'.repeat(400)}-`, { kind: 'whole' }], ['', { kind: 'whole' }],
  ];
  for (const [header, range] of cases) t.same(rangeOf(header, 100), range, header ?? 'none');
  const coverage = new Coverage();
  for (const [start, end, bytes] of [[0, 10, 10], [20, 30, 20], [5, 15, 25], [15, 20, 30], [0, 30, 30], [7, 7, 30]] as const) {
    coverage.add(start, end);
    t.equal(coverage.bytes, bytes);
  }
  t.end();
});

t.test('a rate is kept to, and can be changed', (t) => {
  let now = 0;
  const rate = new Rate(1_000_000, () => now);
  let passed = 0;
  for (const bytesPerSecond of [1_000_000, 100_000]) {
    rate.bytesPerSecond = bytesPerSecond;
    const from = now;
    for (let sent = 0; sent < 1_000_000; sent += 10_000) now += rate.wait(10_000);
    passed = now - from;
    t.ok(passed >= 0.88 * 1e9 / bytesPerSecond && passed <= 1e9 / bytesPerSecond + 100, `${passed} ms at ${bytesPerSecond} bytes a second`);
  }
  now += 3_600_000;
  let burst = 0;
  while (rate.wait(1000) === 0) burst += 1000;
  t.ok(burst <= 12_000, 'an hour of nothing is not made up for');
  t.end();
});

t.test('the ZIP file is one: plain, of many files, and beyond 4 GiB', (t) => {
  const folder = t.testdir();
  const build = (entries: readonly ZipEntry[], of: readonly Buffer[]): Buffer => {
    const file = zip(entries);
    const bytes = Buffer.concat([...file.range(0, file.length)].map((piece) => 'bytes' in piece ? piece.bytes : of[piece.entry]?.subarray(piece.from, piece.to) ?? Buffer.alloc(0)));
    t.equal(bytes.length, file.length);
    return bytes;
  };
  const contents = ['one', '', 'Łódź'].map((text) => Buffer.from(text));
  const entries = contents.map((bytes, i) => ({ name: `f/ł${i}`, size: bytes.length, crc: crc32(bytes), date: DATE }));
  const whole = build(entries, contents);
  writeFileSync(path.join(folder, 'small.zip'), whole);
  t.equal(listed(path.join(folder, 'small.zip')), `[('f/ł0', 3, 0), ('f/ł1', 0, 38), ('f/ł2', 7, 73)] None`);
  t.match(spawnSync('unzip', ['-t', path.join(folder, 'small.zip')]), { status: 0 });
  const file = zip(entries);
  for (let start = 0; start < whole.length; start += 7) {
    const piece = Buffer.concat([...file.range(start, start + 20)].map((one) => 'bytes' in one ? one.bytes : contents[one.entry]?.subarray(one.from, one.to) ?? Buffer.alloc(0)));
    t.ok(piece.equals(whole.subarray(start, start + 20)), `from ${start}`);
  }
  const many = Array.from({ length: 70_000 }, (_, i) => ({ name: `${i}`, size: 0, crc: 0, date: DATE }));
  writeFileSync(path.join(folder, 'many.zip'), build(many, []));
  t.equal(spawnSync('python3', ['-c', 'import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).infolist()))', path.join(folder, 'many.zip')], { encoding: 'utf8' }).stdout.trim(), '70000');

  // Holes stand for the files: only the names and ends are written.
  const large = zip([{ name: 'a', size: 5 * 2 ** 30, crc: 0, date: DATE }, { name: 'b', size: 3, crc: 0, date: DATE }]);
  const sparse = path.join(folder, 'large.zip');
  writeFileSync(sparse, '');
  truncateSync(sparse, large.length);
  const handle = openSync(sparse, 'r+');
  let at = 0;
  for (const piece of large.range(0, large.length)) {
    if ('bytes' in piece) writeSync(handle, piece.bytes, 0, piece.bytes.length, at);
    at += 'bytes' in piece ? piece.bytes.length : piece.to - piece.from;
  }
  closeSync(handle);
  t.match(spawnSync('python3', ['-c', 'import sys, zipfile; print([(i.filename, i.file_size, i.header_offset) for i in zipfile.ZipFile(sys.argv[1]).infolist()])', sparse], { encoding: 'utf8' }).stdout, `('a', ${5 * 2 ** 30}, 0), ('b', 3, ${5 * 2 ** 30 + 51})`);
  t.end();
});

t.test('the page, the file, its ranges, and once only', async (t) => {
  const { page, file, used, folder } = await served(t);
  const shown = await get(page);
  t.match(shown, { status: 200, headers: { 'cache-control': 'no-store', 'content-security-policy': /default-src 'none'/ } });
  t.match(shown.body.toString(), 'KRTV');
  t.match(shown.body.toString(), `href="/${TOKEN}/lamplight-2026-11-23.zip"`);
  const head = await get(file, {}, { method: 'HEAD' });
  const length = Number(head.headers['content-length']);
  t.match(head, { status: 200, headers: { 'accept-ranges': 'bytes', 'content-disposition': 'attachment; filename="lamplight-2026-11-23.zip"', 'etag': /^"/ } });
  const etag = String(head.headers['etag']);
  const [last, first] = [await get(file, { 'range': 'bytes=1000-', 'if-range': etag }), await get(file, { range: 'bytes=0-998' })];
  t.match([last, first], [{ status: 206, headers: { 'content-range': `bytes 1000-${length - 1}/${length}` } }, { status: 206, headers: { 'content-range': `bytes 0-998/${length}` } }]);
  t.match(await get(file, { range: `bytes=${length}-` }), { status: 416, headers: { 'content-range': `bytes */${length}` } });
  t.same(used, [], 'one byte is missing');
  const changed = get(file, { 'range': 'bytes=5-9', 'if-range': '"another"' });
  t.match(await changed, { status: 200, headers: { 'content-length': String(length) } }, 'of another file no part is given');
  t.same(used, [true]);
  const whole = (await changed).body;
  t.ok(Buffer.concat([first.body, whole.subarray(999, 1000), last.body]).equals(whole), 'the same bytes each time');
  writeFileSync(path.join(folder, 'got.zip'), whole);
  t.match(listed(path.join(folder, 'got.zip')), /^\[\('2026-11-23-f00\/part-01.mp4.age', 1400000, 0\),.*READ ME.txt.* None$/);
  for (const url of [page, file]) {
    const again = await get(url);
    t.match([again.status, again.body.toString()], [410, 'This link was used']);
  }
});

t.test('the page speaks the language of the owner’s school, whatever it has to say', async (t) => {
  for (const [language, dir, title, used] of [
    ['en', 'ltr', 'Your recordings', 'This link was used'], ['cy', 'ltr', 'Eich recordiadau', 'Defnyddiwyd y ddolen hon'],
    ['pl', 'ltr', 'Twoje nagrania', 'Ten link został już użyty'], ['ur', 'rtl', 'آپ کی ریکارڈنگز', 'یہ لنک استعمال ہو چکا ہے'],
  ] as const) {
    const { page, file } = await served(t, { language });
    const said = async (url: string) => (await get(url)).body.toString();
    const shown = await said(page);
    for (const words of [`<html lang="${language}" dir="${dir}">`, `<h1>${title}</h1>`, '<bdi dir="ltr">KRTV</bdi>', '<bdi dir="ltr">2 MB</bdi>', VIEWER]) t.ok(shown.includes(words), `${language}: ${words}`);
    await get(file);
    const after = await said(page);
    t.ok(after.includes(`<html lang="${language}" dir="${dir}">`) && after.includes(`<h1>${used}</h1>`), `${language}: ${used}`);
  }
  const english = DOWNLOAD_WORDS.en;
  for (const [language, words] of Object.entries(DOWNLOAD_WORDS)) {
    const sentences = (of: typeof english) => [of.title, of.letters, of.download(''), of.unpack, of.once, ...Object.values(of.told).flatMap(({ title, says }) => [title, says])];
    if (language !== 'en') t.notOk(sentences(words).some((sentence) => sentences(english).includes(sentence)), `${language}: no sentence was left in English`);
  }
});

t.test('broken off, curl goes on with it', async (t) => {
  const { file, used, folder } = await served(t);
  const to = path.join(folder, 'curl.zip');
  const curl = (...args: string[]) => new Promise<number | null>((resolve) => {
    spawn('curl', ['-s', '-o', to, ...args, file], { stdio: 'ignore' }).once('exit', resolve);
  });
  t.not(await curl('--max-filesize', '100'), 0);
  await curl('--range', '0-699999');
  t.equal(readFileSync(to).length, 700_000);
  t.equal(await curl('-C', '-'), 0);
  t.match(listed(to), / None$/);
  t.same(used, [true]);
});

t.test('P2.2 whoever has no link learns nothing, and whoever comes second neither', async (t) => {
  const { page, file, expire } = await served(t);
  const said = async (...args: Parameters<typeof get>) => {
    const { status, body } = await get(...args);
    return `${status} ${/<h1>(.*)<\/h1>/.exec(body.toString())?.[1] ?? ''}`;
  };
  for (const url of [page.slice(0, -1), `${page}x`, page.replace(TOKEN, ''), `${file}.bak`, `${page}/../../etc/passwd`, `${page}/2026-11-23-f00/journal.jsonl`]) t.equal(await said(url), '404 There is nothing here', url);
  t.equal(await said(page, { host: 'evil.example' }), '400 This was not understood');
  t.equal(await said(file, {}, { method: 'POST' }), '400 This was not understood');
  await get(file, { range: 'bytes=0-9' });
  t.equal(await said(file, {}, { localAddress: '127.0.0.2' }), '403 This link is in use');
  t.equal(await said(page, {}, { localAddress: '127.0.0.2' }), '403 This link is in use');
  t.equal((await get(file, { range: 'bytes=10-19' })).status, 206, 'the first goes on');
  expire();
  t.equal(await said(file), '410 This link has expired');
});

t.test('too much at once is too much', async (t) => {
  const { page } = await served(t, { now: () => 0 });
  const statuses: number[] = [];
  for (let asked = 0; asked < 40; asked += 1) statuses.push((await get(page)).status);
  t.equal(statuses.filter((status) => status === 429).length, 10);
});

t.test('from the kiosk to the owner’s computer', async (t) => {
  const folder = t.testdir();
  const { vault } = await vaultIn(folder);
  const id = await record(vault, [1, 1]);
  const records: Record<string, OwnRecord[]> = { [ANN.teacher]: [{ session: id, purpose: null, mode: null, startedAt: DATE.toISOString() }] };
  const capturing = { now: false };
  const clock = { now: 0 };
  const parts = {
    records: { sessionsOf: (teacher: string) => records[teacher] ?? [], recipientsOf: () => [] }, vault, viewer: undefined, language: () => 'pl' as const, isCapturing: () => capturing.now, now: () => clock.now,
  };
  const desk = downloadDesk({ ...parts, lan: { address: '127.0.0.1', download: true } });
  t.teardown(() => desk.end());

  await t.test('P1.3 the owner’s own only, and only where the settings allow it', async (t) => {
    t.match(await desk.open(BOB, [id]), { ok: false, code: 'NOT_YOURS' });
    t.match(await desk.open(ANN, [id, 'ab'.repeat(16)]), { ok: false, code: 'NOT_YOURS' });
    for (const lan of [undefined, { address: '127.0.0.1' }]) t.same(await downloadDesk({ ...parts, lan }).open(ANN, [id]), { ok: true, value: null });
    t.same(await downloadDesk({ ...parts, lan: { address: '192.0.2.1', download: true } }).open(ANN, [id]), { ok: true, value: null }, 'RFC 5737: nobody has it');
  });

  await t.test('sealed bytes, in a process of its own that gives way, and ends', async (t) => {
    const opened = await desk.open(ANN, [id]);
    if (!opened.ok || opened.value === null) return t.fail('it does not open');
    const { url, code, minutes } = opened.value;
    t.match({ url, code, minutes }, { url: /^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9_-]{22}$/, code: /^[CDFGHJKMPQRTVWXY]{4}$/, minutes: 10 });
    clock.now = 60_000;
    t.same(desk.view(ANN), { kind: 'waiting', url, code, secondsLeft: 540 });
    t.same(desk.view(BOB), { kind: 'none' }, 'P1.3 nobody else knows of it');
    t.match(await desk.open(BOB, []), { ok: false, code: 'DOWNLOAD_IN_USE' });
    await desk.close(BOB);
    t.match((await get(url)).body.toString(), /<html lang="pl" dir="ltr">/, 'in the language of the school');
    const pid = String(desk.pid);
    t.match(spawnSync('ionice', ['-p', pid], { encoding: 'utf8' }).stdout, 'idle');
    t.match(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16], '19', 'nice');
    t.notOk(readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(url.slice(-22)), 'P10.2 the token is in no list of processes');
    const got = await get(`${url}/lamplight-2026-11-23.zip`);
    mkdirSync(path.join(folder, 'home'));
    writeFileSync(path.join(folder, 'home', 'got.zip'), got.body);
    t.equal(spawnSync('unzip', ['-q', 'got.zip'], { cwd: path.join(folder, 'home') }).status, 0);
    for (const name of ['journal.jsonl', 'part-01.mp4.age', 'part-02.mp4.age']) {
      t.ok(readFileSync(path.join(folder, 'home', `2026-11-23-${id}`, name)).equals(readFileSync(path.join(vault.folderOf(id), name))), name);
    }
    t.match(readFileSync(path.join(folder, 'home', 'READ ME.txt'), 'utf8'), /^\ufeffW folderach/);
    t.notOk(['Ann', 'Coaching', 'Room 12'].some((word) => got.body.includes(word)), 'P10.4');
    await until(() => desk.view(ANN).kind === 'sent');
    t.equal((await get(url)).status, 410);
    await desk.close(ANN);
    t.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
    return t.same(desk.view(ANN), { kind: 'none' });
  });

  await t.test('its time passes', async (t) => {
    const short = downloadDesk({ ...parts, lan: { address: '127.0.0.1', download: true }, minutes: 0.3 / 60 });
    t.teardown(() => short.end());
    const opened = await short.open(ANN, [id]);
    await until(() => short.view(ANN).kind === 'expired');
    t.equal((await get(opened.ok ? opened.value?.url ?? '' : '')).status, 410);
  });
});
