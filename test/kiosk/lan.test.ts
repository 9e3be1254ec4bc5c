import { once } from 'node:events';
import type { RequestOptions } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { parseSettings } from '../../config/settings.js';
import { lanDesk } from '../../desks/lan.js';
import { identityText, makeKey } from '../../kiosk/keys/identity.js';
import { fingerprintOf } from '../../kiosk/keys/recipient.js';
import { lanPage, type LanPage } from '../../kiosk/lan/server.js';
import { ask, type Reply } from './door-bench.js';
import './door.cases.js';
import './door-browser.cases.js';
import './lan-download.cases.js';
import { launch, skip } from '../fakes/chromium.js';

const TOKEN = 'AbCdEfGhIjKlMnOpQrStUv';
const CODE = 'CDFG';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const give = (url: string, recipient: string, headers: RequestOptions['headers'] = {}): Promise<Reply> =>
  ask(url, { method: 'POST', headers: { ...FORM, ...headers as object }, body: new URLSearchParams({ recipient }).toString() });

interface Opened { readonly origin: string; readonly url: string; readonly port: number; readonly given: string[]; readonly page: LanPage; readonly pass: (ms: number) => void }

/** The server alone, with a clock of its own. */
async function opened(t: Test, options: { connectionMs?: number } = {}): Promise<Opened> {
  let host = '';
  let time = 0;
  const given: string[] = [];
  const page = lanPage({ host: () => host, token: TOKEN, code: CODE, now: () => time, onRecipient: (recipient) => Promise.resolve(void given.push(recipient)), ...options });
  page.server.listen(0, '127.0.0.1');
  await once(page.server, 'listening');
  const { port } = page.server.address() as AddressInfo;
  host = `127.0.0.1:${port}`;
  t.teardown(() => {
    page.server.close();
    page.server.closeAllConnections();
  });
  return { origin: `http://${host}`, url: `http://${host}/${TOKEN}`, port, given, page, pass: (ms) => { time += ms; } };
}

t.test('the page shows the kiosk’s code, and nothing of it stays or leads elsewhere', async (t) => {
  const { url } = await opened(t);
  const { status, headers, text } = await ask(url);
  t.equal(status, 200);
  t.match(text, `<p class="code">${CODE}</p>`);
  t.match(headers, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'connection': 'close' });
  t.match(headers['content-security-policy'], /^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
  t.notMatch(text, /(src|href|action)=/, 'it loads nothing and links to nothing');
  t.notMatch(text, TOKEN);
});

t.test('one recipient is taken, and answered with its fingerprint; then it was used', async (t) => {
  const { url, given } = await opened(t);
  const { recipient } = await makeKey();
  const other = (await makeKey()).recipient;
  const replies = await Promise.all([give(url, ` ${recipient.toUpperCase()}\r\n`), give(url, other)]);
  t.equal(given.length, 1, 'of two at once');
  t.same(replies.map(({ status }) => status).toSorted((a, b) => a - b), [200, 410]);
  t.match(replies.find(({ status }) => status === 200)?.text, fingerprintOf(given[0] ?? ''));
  t.ok([recipient, other].includes(given[0] ?? ''));
  for (const reply of [await ask(url), await give(url, other)]) t.match(reply, { status: 410, text: 'This page was used' });
  t.equal(given.length, 1);
});

t.test('P10.2 a secret is refused with what to do now, never told on or shown again, and the page stays open', async (t) => {
  const { url, given } = await opened(t);
  const { identity, recipient } = await makeKey();
  const reply = await give(url, identityText(identity));
  t.match(reply, { status: 422, text: 'do not use this key any more, make a new one' });
  t.notMatch(reply.text, identityText(identity).slice(20, 40));
  const hostile = await give(url, '<script>alert(1)</script>');
  t.notMatch(hostile.text, '<script>alert', 'nothing that was given is repeated');
  const last = recipient.endsWith('q') ? 'p' : 'q';
  for (const wrong of ['', 'six words that open my key', recipient.slice(0, -1), recipient.slice(0, -1) + last, `${recipient} ${recipient}`]) t.match(await give(url, wrong), { status: 422 }, wrong);
  t.same(given, []);
  t.equal((await give(url, recipient)).status, 200);
});

t.test('it speaks what the browser asks for', async (t) => {
  for (const [accepted, lang, dir, title, mistake, expired] of [
    ['', 'en', 'ltr', 'Give your recipient', 'This is not a key.', 'This page has expired'],
    ['cy-GB,en;q=0.5', 'cy', 'ltr', 'Rhowch eich derbynnydd', 'Nid allwedd yw hon.', 'Mae’r dudalen hon wedi dod i ben'],
    ['de, pl;q=0.8', 'pl', 'ltr', 'Podaj swojego odbiorcę', 'To nie jest klucz.', 'Ta strona wygasła'],
    ['ur', 'ur', 'rtl', 'اپنا وصول کنندہ دیں', 'یہ چابی نہیں ہے۔', 'اس صفحے کا وقت ختم ہو گیا ہے'],
  ] as const) {
    const { url, page } = await opened(t);
    const headers = { 'accept-language': accepted };
    t.match(await ask(url, { headers }), { status: 200, text: `<html lang="${lang}" dir="${dir}">` });
    t.match(await give(url, 'no', headers), { status: 422, text: mistake });
    t.match(await ask(url, { headers }), { text: `<title>${title}</title>` });
    page.expire();
    t.match(await ask(url, { headers }), { status: 410, text: expired });
  }
});

t.test('after ten mistakes it has expired', async (t) => {
  const { url, given } = await opened(t);
  const { recipient } = await makeKey();
  for (let mistake = 0; mistake < 10; mistake++) t.equal((await give(url, 'no')).status, 422);
  t.match(await give(url, recipient), { status: 410, text: 'This page has expired' });
  t.same(given, []);
});

t.test('whatever else is asked gets a plain page, and opens nothing', async (t) => {
  const { origin, url, port, given } = await opened(t);
  const { recipient } = await makeKey();
  const body = new URLSearchParams({ recipient }).toString();
  const asked: [string, string, RequestOptions & { body?: string }, number][] = [
    ['no token', origin, {}, 404],
    ['another token', `${origin}/${TOKEN.slice(1)}x`, {}, 404],
    ['a longer path', `${url}/`, {}, 404],
    ['a query', `${url}?x`, {}, 404],
    ['a recipient without the token', origin, { method: 'POST', headers: FORM, body }, 404],
    ['another host', url, { headers: { host: `kiosk.example:${port}` } }, 400],
    ['the host without its port', url, { headers: { host: '127.0.0.1' } }, 400],
    ['another method', url, { method: 'PUT', headers: FORM, body }, 400],
    ['a form of another page', url, { method: 'POST', headers: { ...FORM, origin: 'http://elsewhere.example' }, body }, 400],
    ['JSON', url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ recipient }) }, 400],
    ['a large form', url, { method: 'POST', headers: FORM, body: body + 'x'.repeat(5000) }, 400],
  ];
  for (const [name, to, options, status] of asked) {
    const reply = await ask(to, options);
    t.equal(reply.status, status, name);
    t.notMatch(reply.text, /<form|CDFG/, name);
    t.equal(reply.headers['cache-control'], 'no-store');
  }
  t.same(given, []);
  t.equal((await give(url, recipient, { origin })).status, 200, 'its own form is taken');
});

t.test('expired, it says so', async (t) => {
  const { url, page, given } = await opened(t);
  page.expire();
  t.match(await ask(url), { status: 410, text: 'This page has expired' });
  t.match(await give(url, (await makeKey()).recipient), { status: 410 });
  t.same(given, []);
});

t.test('who asks too often waits', async (t) => {
  const { url, pass } = await opened(t);
  for (let count = 0; count < 30; count++) await ask(url);
  t.equal((await ask(url)).status, 429);
  pass(10_000);
  t.equal((await ask(url)).status, 200);
});

t.test('a connection that says nothing, or never ends what it says, is closed; and one address has three', async (t) => {
  const { url, port } = await opened(t, { connectionMs: 300 });
  const slow = (text: string): Socket => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('error', () => undefined).resume();
    return socket;
  };
  const head = `POST /${TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  const sockets = [slow(''), slow(head), slow(`${head}Content-Type: ${FORM['content-type']}\r\nContent-Length: 80\r\n\r\nrecipient=`)];
  const isClosed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve())); // once() would reject where it is reset
  const closed = Promise.all(sockets.map(isClosed));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const fourth = slow(`GET /${TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  let heard = '';
  fourth.on('data', (bytes: Buffer) => { heard += bytes.toString(); });
  const first = await Promise.race([closed.then(() => 'the slow ones'), isClosed(fourth).then(() => 'the fourth')]);
  t.equal(heard, '');
  t.equal(first, 'the fourth', 'is turned away while they last');
  await closed;
  t.equal((await ask(url)).status, 200, 'and they did not last');
});

t.test('in a process of its own', async (t) => {
  const desk = lanDesk({ lan: { address: '127.0.0.1' } });
  t.teardown(() => desk.close());
  const page = await desk.open();
  if (page === null) return t.fail('it does not open');
  t.match(page, { url: /^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9_-]{22}$/, code: /^[CDFGHJKMPQRTVWXY]{4}$/, minutes: 10 });
  t.match(await ask(page.url), { status: 200, text: page.code });
  const first = desk.pid ?? 0;

  const next = await desk.open();
  if (next === null) return t.fail('it does not open again');
  t.throws(() => process.kill(first, 0), { code: 'ESRCH' }, 'one page at a time: the older one is gone');
  await t.rejects(ask(page.url), { code: 'ECONNREFUSED' });
  t.not(new URL(next.url).pathname, new URL(page.url).pathname);
  t.equal(await desk.wait(1), null, 'none came yet');

  const { recipient } = await makeKey();
  const waiting = desk.wait(600_000);
  t.equal((await give(next.url, recipient)).status, 200);
  t.equal(await waiting, recipient);
  t.equal(await desk.wait(600_000), recipient, 'and for whoever asks again');
  t.match(await ask(next.url), { status: 410 });

  const last = desk.pid ?? 0;
  await desk.close();
  t.throws(() => process.kill(last, 0), { code: 'ESRCH' });
  t.equal(await desk.wait(1), null);

  const [again] = await Promise.all([desk.open(), desk.open()]);
  t.ok(again, 'two at once, in turn');
  const late = desk.wait(600_000);
  await desk.close();
  return t.equal(await late, null, 'closing ends the waiting');
});

t.test('its time passes', async (t) => {
  const desk = lanDesk({ lan: { address: '127.0.0.1' }, minutes: 0.2 / 60 });
  t.teardown(() => desk.close());
  const page = await desk.open();
  t.equal(await desk.wait(5_000), null);
  t.match(await ask(page?.url ?? ''), { status: 410, text: 'This page has expired' });
});

t.test('P5.1 it is off where the settings do not name an address, and where that is not this machine’s', async (t) => {
  t.equal(await lanDesk({}).open(), null);
  const elsewhere = lanDesk({ lan: { address: '192.0.2.1' } }); // RFC 5737: nobody has it
  t.equal(await elsewhere.open(), null);
  t.equal(elsewhere.pid, undefined);
  const settings = (lan: object): string => JSON.stringify({
    room: 'Room 12', dataFolder: 'data', kiosk: { port: 8080 }, stick: 'stick', signs: [{ path: '/dev/door-sign', baudRate: 115_200 }],
    camera: { path: '/dev/camera', baudRate: 9600, parking: { pan: 0, tilt: 0 }, view: { kind: 'preset', preset: 0 } },
    microphone: { path: '/dev/microphone', baudRate: 115_200, tag: 'Mic1' },
    sources: { video: { kind: 'v4l2', device: '/dev/video0', pixels: 'mjpeg', width: 1280, height: 720, fps: 30 }, sound: { kind: 'alsa', device: 'hw:1', channels: 2 } },
    lan,
  });
  for (const lan of [{ address: '10.0.0.7' }, { address: '192.168.255.254', port: 8443 }, { address: '10.0.0.7', download: true, downloadPort: 8720 }, { address: '10.0.0.7', port: 8720, downloadPort: 8720 }]) t.same(parseSettings(settings(lan)).lan, lan);
  for (const address of ['0.0.0.0', '::', 'kiosk.local', '256.1.1.1', '10.0.0', '10.0.0.1.', '']) t.throws(() => parseSettings(settings({ address })), { message: /lan/ }, address);
  t.throws(() => parseSettings(settings({})), { message: /lan/ });
  t.throws(() => parseSettings(settings({ address: '10.0.0.7', port: 8720, download: true, downloadPort: 8720 })), { message: /lan\.port and lan\.downloadPort are the same/ });
  t.throws(() => parseSettings(settings({ address: '10.0.0.7', doorPage: true, download: true, downloadPort: 8710 })), { message: /lan\.doorPort and lan\.downloadPort are the same/ });
});

t.test('in a browser', { skip }, async (t) => {
  const browser = await launch();
  t.teardown(() => browser.close());
  const { identity, recipient } = await makeKey();

  await t.test('P10.2 a pasted secret, and whatever else is no recipient, never leaves the page', async (t) => {
    const { url, given } = await opened(t);
    const tab = await browser.newPage({ viewport: { width: 360, height: 640 } });
    const posted: string[] = [];
    tab.on('request', (request) => { if (request.method() !== 'GET') posted.push(request.url()); });
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    await tab.goto(url);
    t.same(complaints, [], 'its own policy allows all of it');
    t.ok(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'it fits a phone');
    t.notOk(await tab.getByText('a secret key would travel openly').isVisible());
    const field = tab.getByLabel('Your recipient');
    for (const [text, said, emptied] of [
      [identityText(identity), 'This is a secret key. It was removed here and not sent.', true],
      ['correct horse battery staple zoom zoom', 'removed here and not sent', true],
      [recipient.slice(0, 50), 'not the whole line', false],
    ] as const) {
      await field.fill(text);
      await tab.getByRole('button').click();
      t.match(await tab.getByRole('alert').textContent(), said);
      t.equal(await field.inputValue() === '', emptied);
    }
    t.same([posted, given], [[], []]);
    await field.fill(recipient);
    await tab.getByRole('button').click();
    await tab.getByRole('heading', { name: 'The kiosk has it' }).waitFor();
    t.match(await tab.locator('.fingerprint').textContent(), fingerprintOf(recipient));
    t.same(given, [recipient]);
  });

  await t.test('P10.2 in Urdu, and on the narrowest phone', async (t) => {
    const { url, given } = await opened(t);
    const tab = await (await browser.newContext({ locale: 'ur', viewport: { width: 320, height: 568 } })).newPage();
    await tab.goto(url);
    t.ok(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'it fits');
    await tab.getByRole('button').click();
    await tab.locator('textarea').fill(identityText(identity));
    await tab.getByRole('button').click();
    t.match(await tab.getByRole('alert').textContent(), 'یہ خفیہ چابی ہے');
    t.equal(await tab.locator('textarea').inputValue(), '');
    await tab.locator('textarea').fill(recipient);
    await tab.getByRole('button').click();
    await tab.getByRole('heading', { name: 'کیوسک کو مل گیا' }).waitFor();
    t.same(given, [recipient]);
    if (process.env['KIOSK_SHOTS'] !== undefined) await tab.screenshot({ path: `${process.env['KIOSK_SHOTS']}/lan-taken-ur.png` });
  });

  await t.test('without scripts it works too, and says what is missing', async (t) => {
    const { url, given } = await opened(t);
    const tab = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await tab.goto(url);
    t.ok(await tab.getByText('a secret key would travel openly').isVisible());
    await tab.locator('textarea').fill(recipient);
    await tab.locator('button').click();
    await tab.getByText('The kiosk has it').first().waitFor();
    t.same(given, [recipient]);
  });
});
