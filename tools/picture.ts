/** `npm run picture`: records a moment in the virtual classroom and makes docs/recording.png of it: the kiosk, and the sign by the door. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { openRoomPage } from '../hardware/virtual/room/page.js';
import { launch } from '../test/fakes/chromium.js';
import { openVirtualSchool } from './virtual-school.js';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'lamplight-'));
const school = await openVirtualSchool({ folder, kioskPort: 8780 });
const room = await openRoomPage(school.classroom);
const browser = await launch();
try {
  const kiosk = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const tap = (name: string | RegExp): Promise<void> => kiosk.getByRole('button', { name }).first().click();
  await kiosk.goto(school.kioskUrl);
  await tap(/Teachers: start here/);
  await tap(school.teacher.name);
  for (const digit of school.teacher.pin) await kiosk.getByRole('button', { name: digit, exact: true }).click();
  await tap('OK');
  await tap(/coaching/);
  await tap('Yes, go on');
  await tap('I have told everyone: start');
  await kiosk.getByRole('heading', { name: 'RECORDING', exact: true }).waitFor({ timeout: 60_000 });
  const classroom = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await classroom.goto(room.url);
  await classroom.waitForTimeout(2000); // the stream of the page has come, and the elapsed time reads more than nothing
  const [screen, glass] = [await loadImage(await kiosk.screenshot()), await loadImage(Buffer.from((await school.classroom.sign.snapshot()).glass))];
  await classroom.screenshot({ path: join(docs, 'classroom.png') });
  await writeFile(join(docs, 'recording.png'), beside(screen, glass));
  console.log('made: docs/recording.png, docs/classroom.png');
} finally {
  await browser.close();
  await room.close();
  await school.close();
  await rm(folder, { recursive: true, force: true });
}

/** Left the kiosk, right the sign, half size, on one ground. */
function beside(screen: Awaited<ReturnType<typeof loadImage>>, glass: Awaited<ReturnType<typeof loadImage>>): Buffer {
  const [height, gap] = [400, 24];
  const sign = { width: 480, height: (480 * glass.height) / glass.width };
  const canvas = createCanvas(gap * 3 + 640 + sign.width, gap * 2 + height);
  const paint = canvas.getContext('2d');
  paint.fillStyle = '#e9e4d8';
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.drawImage(screen, gap, gap, 640, height);
  const top = gap + (height - sign.height) / 2;
  paint.fillStyle = '#15202b';
  paint.fillRect(gap * 2 + 640 - 8, top - 8, sign.width + 16, sign.height + 16);
  paint.drawImage(glass, gap * 2 + 640, top, sign.width, sign.height);
  return canvas.toBuffer('image/png');
}
