/** A whole lesson by touch in a real browser, on real parts; then the recording at home, with a stick and without one; then the disk, as a thief reads it. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import { crc16 } from '../../firmware-bridge/sign/crc16.js';
import { draw } from '../../firmware-bridge/sign/draw.js';
import { PANELS, type Panel } from '../../firmware-bridge/sign/panels.js';
import { TEXTURE } from '../../hardware/virtual/camera/picture/texture.js';
import type { Face } from '../../session/ports.js';
import { freePort } from '../fakes/free-port.js';
import { kioskByTouch } from '../fakes/kiosk-by-touch.js';
import { lookInto } from '../fakes/lesson-file.js';
import { downloaded, fromTheDownload, fromTheStick } from './at-home.js';
import { filesWith, openTestRoom, VIDEO } from '../fakes/virtual-room.js';

const RECORDED_MS = 10_000;
const bitsOf = (face: Face): Buffer => Buffer.from(draw(face, PANELS[1] as Panel, { languages: ['en'], room: 'Virtual classroom' }).bits);

t.test('a teacher records a lesson, collects it, and is the only one who can open it', { timeout: 220_000 }, async (t) => {
  const room = await openTestRoom(t, 1500, { doorPort: await freePort() });
  const { school, kiosk, folder } = room;
  const { classroom, teacher } = school;
  // The browser's profile lies in the folder that is searched in the end.
  const { page, complaints, tap, pin, heading, look, start, collect } = await kioskByTouch(t, room);
  await heading('Not recording');
  const onPhone = async (): Promise<string | undefined> => /<p class="word">([^<]*)/.exec(await (await fetch(school.doorUrl ?? '')).text())?.[1];
  t.equal(await onPhone(), 'NOT RECORDING', 'P9.5 a visitor’s phone says so, too');
  t.ok(bitsOf({ kind: 'not-recording' }).equals((await classroom.sign.snapshot()).glassBits), 'the glass reads NOT RECORDING');

  await look(/coaching/);
  t.ok(await seesMovingPicture(page), 'P2.2 the signed-in teacher sees a moving picture while framing');
  const framing = await classroom.sign.snapshot();
  t.ok(bitsOf({ kind: 'camera-on' }).equals(framing.glassBits), 'P2.1 framing has its own face');

  await start();
  const recordingSince = performance.now();
  const glass = await classroom.sign.snapshot();
  const face = bitsOf({ kind: 'recording', purpose: 'coaching', audience: 'colleagues-i-choose', mode: 'picture-and-sound' });
  t.ok(face.equals(glass.glassBits), 'P9.1 the glass reads RECORDING and the purpose');
  t.equal(glass.lamp, 'lit', 'P9.1 and the lamp is lit');
  t.equal(await onPhone(), 'RECORDING');
  await new Promise((resolve) => setTimeout(resolve, RECORDED_MS - (performance.now() - recordingSince))); // the lesson itself

  await tap('Stop');
  await page.getByRole('heading', { name: 'Recording has stopped' }).waitFor();
  t.equal(await onPhone(), 'PAUSED');
  await tap(/Finish and collect/);
  await pin();
  const computer = t.testdir();
  const copied = await collect((link) => downloaded(link, computer));
  await kiosk.phase('idle', 20_000);
  await kiosk.until('no alarm', ({ warnings }) => warnings.length === 0);
  t.same(complaints, [], 'the browser complained of nothing');

  const file = join(copied, 'part-01.mp4.age');
  const lesson = await lookInto(file, teacher.keyFile, { width: VIDEO.width });
  t.match(lesson, { video: { codec: 'h264', pixels: 'yuv420p' }, sound: { codec: 'aac' }, monotonous: true }, 'age opens it: H.264 4:2:0 and AAC, time stamps rise');
  const closedAt = classroom.camera.events.findLast((event) => event.what === 'device-closed')?.at ?? Number.NaN;
  const openedAt = classroom.camera.events.findLast((event) => event.what === 'device-opened' && event.at < closedAt)?.at ?? Number.NaN;
  t.ok(lesson !== null && lesson.seconds >= RECORDED_MS / 1000 && lesson.seconds * 1000 <= closedAt - openedAt, `${String(lesson?.seconds)} s are kept: at least what was seen to be recorded, at most what the camera was open for`);

  await t.test('P3.2 at home the page on the stick plays it, takes a note, and shares a clip', (t) => fromTheStick(t, school.stick, teacher.keyFile));
  await t.test('and without a stick, the page that was downloaded with it', (t) => fromTheDownload(t, computer, teacher.keyFile));

  const events = classroom.sign.events;
  const firstDrawnAt = lesson?.drawnAt[0] ?? Number.NaN;
  /** What lamp and glass had come to be by then. */
  const before = events.filter((event) => event.at <= firstDrawnAt);
  const [lamp, shown] = [before.findLast((event) => event.what === 'lamp'), before.findLast((event) => event.what === 'glass')];
  const faceAt = shown?.crc === crc16(face) ? shown.at : Infinity;
  const litAt = lamp?.lit === true ? lamp.at : Infinity;
  t.ok(faceAt < firstDrawnAt && litAt < firstDrawnAt, `P2.1 before the first kept frame was drawn, the glass had said so for ${Math.round(firstDrawnAt - faceAt)} ms and the lamp for ${Math.round(firstDrawnAt - litAt)} ms`);
  const darkAt = events.findLast((event) => event.what === 'lamp' && !event.lit)?.at ?? Number.NaN;
  t.ok(darkAt > closedAt, 'the lamp went dark only after the camera was closed');

  const dark = bitsOf({ kind: 'not-recording' });
  const rest = await untilAtRest(classroom, dark);
  t.match(rest, { camera: { power: 'standby', readers: 0 }, microphone: { muted: true, readers: 0 }, board: { lamp: 'dark', relay: 'open', busyWrites: 0 } }, 'P2.5 afterwards: dark, parked, muted, relay open');
  t.ok(dark.equals(rest.board.glassBits), 'and the glass reads NOT RECORDING again');

  const patterns: [string, Buffer][] = [
    ['raw picture', Buffer.from(TEXTURE)], ['MP4 fragment', Buffer.from('moof\0\0\0\x10mfhd', 'latin1')], ['H.264 in clear', Buffer.from('x264 - core')], ['JPEG of the preview', Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1')],
  ];
  for (const [what, pattern] of patterns) t.same(filesWith(folder, pattern), [], `P1.4 no file holds a ${what}`);
  const planted = join(folder, 'planted');
  const clear = execFileSync('age', ['-d', '-i', teacher.keyFile, file], { maxBuffer: 1 << 26 });
  await writeFile(planted, Buffer.concat([clear, ...patterns.filter(([what]) => what !== 'MP4 fragment' && what !== 'H.264 in clear').map(([, pattern]) => pattern)]));
  for (const [what, pattern] of patterns) t.same(filesWith(folder, pattern), [planted], `and the search would have found a ${what}`);
});

/** Looks until two looks differ, and are no blank: what is shown moves. */
async function seesMovingPicture(page: Page): Promise<boolean> {
  const look = (): Promise<Buffer> => page.locator('canvas').screenshot();
  let before = await look();
  for (let looks = 0; looks < 50; looks += 1) {
    const now = await look();
    if (now.length > 20_000 && before.length > 20_000 && !now.equals(before)) return true;
    before = now;
  }
  return false;
}

async function untilAtRest({ camera, microphone, sign }: Awaited<ReturnType<typeof openTestRoom>>['school']['classroom'], face: Buffer) {
  for (let patience = 100; ; patience -= 1) {
    const [seenCamera, seenMicrophone, board] = await Promise.all([camera.snapshot(), microphone.snapshot(), sign.snapshot()]);
    const seen = { camera: seenCamera, microphone: seenMicrophone, board };
    if (patience === 0 || (seenCamera.power === 'standby' && board.lamp === 'dark' && face.equals(board.glassBits))) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
