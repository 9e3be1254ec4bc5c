import { request } from 'node:http';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import t from 'tap';
import type { CameraContract } from '../../hardware/virtual/camera/contract.js';
import type { MicrophoneContract } from '../../hardware/virtual/microphone/contract.js';
import { monotonic } from '../../hardware/virtual/program.js';
import { openClassroom } from '../../hardware/virtual/room/classroom.js';
import { contactsInSeries } from '../../hardware/virtual/room/contacts.js';
import { openRoomPage } from '../../hardware/virtual/room/page.js';
import { buildFirmware } from '../fakes/sign-bench.js';
import { eventOf, shortFolder } from './virtual-host.js';

/** By node:http, because fetch sets Host and Origin itself. */
function ask(url: string, { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on('error', reject).end(body);
  });
}

t.test('the virtual classroom', async (t) => {
  const { folder, gone } = shortFolder();
  const room = await openClassroom({ folder, hexPath: buildFirmware(), video: { width: 640, height: 360, framesPerSecond: 30 } });
  t.teardown(async () => {
    await room.close();
    gone();
  });
  const page = await openRoomPage(room);
  t.teardown(() => page.close());
  const { origin, host } = new URL(page.url);

  t.match(room.ports, { camera: join(folder, 'camera'), video: { width: 640, caps: /I420,width=640,height=360,framerate=30\/1/ }, sound: { rate: 48_000, channels: 1 } }, 'it says where everything is');

  await t.test('camera and microphone follow the sign’s relay', async (t) => {
    // The board closes its relay only for a paired and armed host: the event alone is what the wiring needs.
    for (const state of ['closed', 'open'] as const) {
      const before = monotonic();
      room.sign.emit('event', { what: 'relay', state, at: before, cycles: 0 });
      t.match(await eventOf(room.camera, 'relay', before), { state });
      t.match(await eventOf(room.microphone, 'relay', before), { state });
    }
  });

  await t.test('the page is for this machine only', async (t) => {
    const home = await ask(page.url);
    t.equal(home.status, 200);
    t.match(home.headers['content-security-policy'], /^default-src 'none'; script-src 'self';/);
    t.notMatch(home.body.toString(), /<script>|style=| on[a-z]+=/, 'no code or style in the page itself');
    const touch = { method: 'POST', body: 'sign-1-stop-press' };
    const cases = [
      { name: 'another name for this machine', path: '', headers: { host: 'lesson.example' }, status: 403 },
      { name: 'our name, another port', path: '', headers: { host: '127.0.0.1:1' }, status: 403 },
      { name: 'localhost', path: '', headers: { host: host.replace('127.0.0.1', 'localhost') }, status: 200 },
      { name: 'a touch without Origin', path: 'touch', ...touch, status: 403 },
      { name: 'a touch from elsewhere', path: 'touch', ...touch, headers: { origin: 'http://lesson.example' }, status: 403 },
      { name: 'a touch from another port', path: 'touch', ...touch, headers: { origin: 'http://127.0.0.1:1' }, status: 403 },
      { name: 'a touch of nothing', path: 'touch', method: 'POST', body: 'constructor', headers: { origin }, status: 404 },
      { name: 'a touch that is too long', path: 'touch', method: 'POST', body: 'x'.repeat(100_000), headers: { origin }, status: 404 },
      { name: 'a touch by GET', path: 'touch', status: 404 },
      { name: 'another file', path: '../package.json', status: 404 },
    ];
    for (const { name, path, status, ...rest } of cases) t.equal((await ask(page.url + path, rest)).status, status, name);
    t.equal((await room.sign.snapshot()).button, 'released', 'none of it touched anything');
  });

  await t.test('it shows the glass, and its Stop button is the board’s', async (t) => {
    const png = PNG.sync.read((await ask(`${page.url}glass.png?sign=1`)).body);
    t.match(png, { width: 800, height: 480 });
    t.equal((await ask(`${page.url}touch`, { method: 'POST', headers: { origin }, body: 'sign-1-stop-press' })).status, 204);
    t.match(await eventOf(room.sign, 'button'), { pressed: true });
    await ask(`${page.url}touch`, { method: 'POST', headers: { origin }, body: 'sign-1-stop-release' });
  });

  await t.test('what somebody in the room can do to camera and microphone', async (t) => {
    const touch = async (body: string): Promise<void> => void t.equal((await ask(`${page.url}touch`, { method: 'POST', headers: { origin }, body })).status, 204, body);
    await touch('camera-motor:on');
    await touch('camera-handset-left');
    t.match(await room.camera.snapshot(), { motor: 'blocked', pan: 0, moving: false });
    await touch('camera-handset-power');
    t.match(await room.camera.snapshot(), { power: 'standby' });
    await touch('camera-motor:off');
    await touch('camera-noise:on');
    t.match(await room.camera.snapshot(), { motor: 'free', lineFault: 'noisy' });
    await touch('camera-noise:off');
    await touch('microphone-mute');
    t.match(await room.microphone.snapshot(), { muted: true });
    const restarted = monotonic();
    await touch('camera-restart');
    await touch('microphone-restart');
    t.match(await eventOf(room.camera, 'power', restarted), { power: 'waking' });
    t.match(await room.microphone.snapshot(), { muted: false }, 'as after mains power');
  });

  await t.test('it tells what changes', async (t) => {
    const views: string[] = [];
    const stream = await fetch(`${page.url}events`);
    const reader = stream.body?.getReader();
    const next = async (): Promise<string> => {
      for (;;) {
        const end = views.join('').indexOf('\n\n');
        if (end >= 0) {
          const all = views.splice(0).join('');
          views.push(all.slice(end + 2));
          return all.slice('data: '.length, end);
        }
        views.push(Buffer.from((await reader?.read())?.value ?? []).toString());
      }
    };
    t.match(JSON.parse(await next()), { signs: [{ lamp: /lit|dark/, width: 800, height: 480 }], camera: { power: /on|waking/, plugged: true }, microphone: { muted: false }, faults: [{ id: 'sign-1-cable', of: 1, on: false }] });
    await ask(`${page.url}touch`, { method: 'POST', headers: { origin }, body: 'camera-cable:on' });
    let view: { camera?: { plugged: boolean } } = {};
    while (view.camera?.plugged !== false) view = JSON.parse(await next()) as typeof view;
    t.pass('the pulled cable is on the page');
    await ask(`${page.url}touch`, { method: 'POST', headers: { origin }, body: 'camera-cable:off' });
    await reader?.cancel();
  });
});

t.test('a folder with too long a path is refused with the reason', async (t) => {
  await t.rejects(openClassroom({ folder: `/tmp/${'x'.repeat(120)}`, hexPath: 'none.hex' }), /too long a path/);
});

t.test('P2.1 the contacts of several signs lie in one line', (t) => {
  const told: string[] = [];
  const contacts = contactsInSeries(2, (line) => told.push(line));
  contacts.move(0, 'closed');
  t.same(told, [], 'one of two closed connects nothing');
  contacts.move(1, 'closed');
  t.same(told, ['closed']);
  contacts.move(0, 'open');
  t.same(told, ['closed', 'open'], 'one of two open is enough to cut');
  contacts.move(1, 'open');
  contacts.move(1, 'closed');
  t.same(told, ['closed', 'open'], 'and stays cut until the other closes too');
  contacts.move(0, 'closed');
  t.same(told, ['closed', 'open', 'closed']);
  t.end();
});

t.test('P2.1 a room with two signs', async (t) => {
  const { folder, gone } = shortFolder();
  const hexPath = buildFirmware();
  const room = await openClassroom({ folder, hexPath, video: { width: 640, height: 360, framesPerSecond: 30 }, signs: [{ panel: 1 }, { panel: 1 }] });
  t.teardown(async () => {
    await room.close();
    gone();
  });
  const page = await openRoomPage(room);
  t.teardown(() => page.close());
  const { origin } = new URL(page.url);
  const touch = (body: string) => ask(`${page.url}touch`, { method: 'POST', headers: { origin }, body });
  const [first, second] = room.signs;
  if (first === undefined || second === undefined) throw new Error('two signs were asked for');
  t.equal(room.sign, first);
  t.same(room.ports.signs, [join(folder, 'sign-1'), join(folder, 'sign-2')]);

  const closes = (sign: typeof first): void => void sign.emit('event', { what: 'relay', state: 'closed', at: monotonic(), cycles: 0 });
  closes(first);
  t.equal((await room.camera.snapshot()).relay, 'open', 'the first sign’s contact alone connects nothing');
  closes(second);
  const captured = [room.camera, room.microphone] as const;
  const connected = await Promise.all(captured.map((device) => eventOf<CameraContract | MicrophoneContract>(device, 'relay')));
  t.match(connected, [{ state: 'closed' }, { state: 'closed' }], 'both together do');
  await second.close();
  for (const [i, device] of captured.entries()) {
    const cut = await eventOf<CameraContract | MicrophoneContract>(device, 'relay', connected[i]?.at);
    t.match(cut, { state: 'open' }, 'a sign that is gone opens the line');
  }

  await touch('sign-1-stop-press');
  t.match(await eventOf(first, 'button'), { pressed: true });
  t.equal((await touch('sign-3-stop-press')).status, 404, 'there is no third');
  t.equal((await ask(`${page.url}glass.png?sign=1`)).status, 200);
  t.equal((await ask(`${page.url}glass.png?sign=2`)).status, 503, 'the ended one has no picture');
});
