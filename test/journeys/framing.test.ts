/** What a teacher does before the lesson: turns the camera by touch, saves the view, covers the door; and what of that is in the file. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { kioskByTouch } from '../fakes/kiosk-by-touch.js';
import { openTestRoom, VIDEO } from '../fakes/virtual-room.js';
import { output } from '../pipeline/keys.js';

const RECORDED_MS = 2500;

t.test('a view is turned to, saved, covered and recorded', { timeout: 200_000 }, async (t) => {
  const room = await openTestRoom(t, 1500);
  const { classroom, teacher } = room.school;
  const { page, complaints, tap, pin, look, start, collect, heading } = await kioskByTouch(t, room);
  const untilStill = async (): Promise<{ pan: number; tilt: number; zoom: number }> => {
    for (let before = await classroom.camera.snapshot(); ; ) {
      await sleep(250);
      const now = await classroom.camera.snapshot();
      if (now.pan === before.pan && now.tilt === before.tilt && now.zoom === before.zoom) return now;
      before = now;
    }
  };
  await look();
  const before = await untilStill();
  t.same((await room.kiosk.until('a moment of framing', ({ phase }) => phase.kind === 'framing')).warnings, [], 'nobody is warned of anything');

  await tap('Turn by hand');
  const pad = await page.getByRole('button', { name: /Turn the camera: hold/ }).boundingBox();
  if (pad === null) return t.fail('there is no pad');
  await page.mouse.move(pad.x + pad.width * 0.9, pad.y + pad.height * 0.5);
  await page.mouse.down();
  await sleep(900); // a finger that holds
  await page.mouse.up();
  const letGoAt = performance.now();
  const turned = await untilStill();
  t.ok(turned.pan > before.pan + 2 && Math.abs(turned.tilt - before.tilt) < 1, `held to the right: it looks ${(turned.pan - before.pan).toFixed(1)}° further right, and no higher`);
  t.ok(performance.now() - letGoAt < 1500, 'let go, it stands');
  await page.keyboard.down('+');
  await sleep(500);
  await page.keyboard.up('+');
  const closer = await untilStill();
  t.ok(closer.zoom > turned.zoom, `held +: ${closer.zoom.toFixed(1)} times as close`);

  await tap('Save this view');
  await tap(/^Board/);
  await page.getByRole('button', { name: /Board/, pressed: true }).waitFor();
  await tap('Whole room');
  await page.getByRole('button', { name: /Whole room/, pressed: true }).waitFor();
  await sleep(300);
  t.ok(Math.abs((await untilStill()).pan - before.pan) < 1, 'the usual view again');
  await tap(/Board/);
  await sleep(300);
  t.ok(Math.abs((await untilStill()).pan - closer.pan) < 1, 'and the saved one');

  await tap('Cover areas');
  const picture = await page.getByRole('application').boundingBox();
  if (picture === null) return t.fail('there is nothing to cover');
  await page.touchscreen.tap(picture.x + picture.width * 0.06, picture.y + picture.height * 0.5);
  await page.getByRole('application', { name: /: 1 of 48/ }).waitFor();
  await tap('Done covering');
  await start();
  await tap('For the teacher');
  await tap('Turn the camera');
  await page.getByText(/covered areas/).waitFor();
  await sleep(RECORDED_MS);
  t.ok(Math.abs((await classroom.camera.snapshot()).pan - closer.pan) < 1, 'P9.4 a covered view holds the camera');
  await tap('Stop');
  await heading('Recording has stopped');
  await tap(/Finish and collect/);
  await pin();
  const copied = await collect();
  await room.kiosk.phase('idle', 20_000);
  t.same(complaints, [], 'the browser complained of nothing');

  const clear = execFileSync('age', ['-d', '-i', teacher.keyFile, join(copied, 'part-01.mp4.age')], { maxBuffer: 1 << 26 });
  const { plain: grey } = await output('ffmpeg', ['-v', 'error', '-i', 'pipe:0', '-vf', 'select=eq(n\\,10)', '-frames:v', '1', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'], clear);
  const at = (x: number, y: number): number => grey[Math.round(y * VIDEO.height) * VIDEO.width + Math.round(x * VIDEO.width)] ?? NaN;
  t.ok(at(0.06, 0.5) <= 24 && at(0.01, 0.6) <= 24, `P9.4 what is covered is black in the file (${at(0.06, 0.5)})`);
  t.ok(at(0.06, 0.8) > 30 || at(0.4, 0.5) > 30, 'and what lies beside it is not');
});
