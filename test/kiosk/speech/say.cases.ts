import { request } from 'node:http';
import t from 'tap';
import { uidOfPeer } from '../../../kiosk/server/peer.js';
import type { Given } from '../../../kiosk/server/house.js';
import { freePort } from '../../fakes/free-port.js';
import { OWN_PAGE, post, scriptedApp, SPOKEN } from '../scripted-house.js';

const SCREEN = { 'index.html': '<!doctype html><title>kiosk</title>', sounds: { 'chime-tick.ogg': 'OggS', en: { 'stopped.ogg': 'OggS' } } };
const words = { text: 'Anyone may tap Stop.', language: 'en' };

t.test('P10.2 reading aloud: anyone, a sound, and no trace', async (t) => {
  const { app, house, log } = await scriptedApp(t.testdir(SCREEN));
  t.teardown(() => app.close());
  const said = await post(app, '/api/say', words);
  t.equal(said.statusCode, 200);
  t.match(said.headers, { 'content-type': 'audio/wav', 'cache-control': 'no-store', 'content-length': String(SPOKEN.length) });
  t.equal(Buffer.compare(said.rawPayload, SPOKEN), 0);
  t.match(house.calls, [['speech', 'say', words.text, 'en']]);

  const table: [string, object][] = [
    ['no text', { text: '', language: 'en' }], ['a text with nothing to say', { text: ' …! ', language: 'en' }], ['a text that is too long', { text: 'a'.repeat(401), language: 'en' }],
    ['no language', { text: 'Stop' }], ['a language that is not spoken', { text: 'Stop', language: 'de' }], ['more than is asked for', { ...words, voice: 'x' }],
  ];
  for (const [name, body] of table) t.equal((await post(app, '/api/say', body)).json<{ code: string }>().code, 'BAD_REQUEST', name);
  t.equal(house.calls.length, 1);

  house.speech.say = () => Promise.resolve({ ok: false, code: 'NO_SPEECH', sentence: 'Reading aloud is not installed on this recorder.', remedy: 'Ask the technician.' });
  const refused = await post(app, '/api/say', { text: 'ریکارڈنگ', language: 'ur' });
  t.equal(refused.statusCode, 409);
  t.match(refused.json(), { code: 'NO_SPEECH' });
  t.strictSame(log, [], 'nothing is logged, refused or not');
});

t.test('who asks without end is told to wait', async (t) => {
  const { app } = await scriptedApp(t.testdir(SCREEN));
  t.teardown(() => app.close());
  t.equal((await post(app, '/api/say', words)).statusCode, 200);
  const codes = await Promise.all(Array.from({ length: 30 }, async () => (await post(app, '/api/say', words)).statusCode));
  t.ok(codes.includes(429));
});

t.test('who goes away is not read to any further', async (t) => {
  const port = await freePort();
  const { app, house } = await scriptedApp(t.testdir(SCREEN), { port, uidOfPeer, allowedUid: process.getuid?.() ?? 0 });
  t.teardown(() => app.close());
  await app.listen({ host: '127.0.0.1', port });
  let began = (): void => undefined;
  const asked = new Promise<void>((resolve) => { began = resolve; });
  const ended = new Promise<void>((resolve) => {
    house.speech.say = (_text, _language, signal) => new Promise<Given<Buffer>>((answer) => {
      signal.addEventListener('abort', () => {
        resolve();
        answer({ ok: false, code: 'SPEECH_ENDED', sentence: '', remedy: '' });
      });
      began();
    });
  });
  const host = `localhost:${port}`;
  const client = request({ host: '127.0.0.1', port, path: '/api/say', method: 'POST', headers: { ...OWN_PAGE, host, origin: `http://${host}` } });
  client.on('error', () => undefined);
  client.end(JSON.stringify(words));
  await asked;
  client.destroy();
  await ended;
  t.pass('the port was told');
});

t.test('the files of sounds are what they are, and kept until the next build', async (t) => {
  const { app } = await scriptedApp(t.testdir(SCREEN));
  t.teardown(() => app.close());
  const headers = { host: OWN_PAGE.host, 'sec-fetch-site': 'same-origin' };
  for (const url of ['/sounds/chime-tick.ogg', '/sounds/en/stopped.ogg']) {
    const first = await app.inject({ method: 'GET', url, headers });
    t.match(first.headers, { 'content-type': 'audio/ogg', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
    t.match(first.headers['content-security-policy'], /media-src 'self' blob:/);
    const again = await app.inject({ method: 'GET', url, headers: { ...headers, 'if-none-match': String(first.headers.etag) } });
    t.equal(again.statusCode, 304, `${url} is not sent twice`);
  }
});
