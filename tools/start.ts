/** `npm start`: the virtual classroom, and the service in it. Ctrl-C closes everything in order. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRoomPage } from '../hardware/virtual/room/page.js';
import { openVirtualSchool } from './virtual-school.js';

const KIOSK_PORT = Number(process.env.LAMPLIGHT_KIOSK_PORT ?? 8700);
const ROOM_PORT = Number(process.env.LAMPLIGHT_ROOM_PORT ?? KIOSK_PORT + 1);

const data = fileURLToPath(new URL('../../data', import.meta.url));
const here = (path: string): string => relative(process.cwd(), path);

console.log('starting the virtual classroom: a camera, a microphone, a sign by the door, and the recorder between them …');
const stopped = new Promise<void>((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve()); });
try {
  const school = await openVirtualSchool({ folder: data, kioskPort: KIOSK_PORT });
  const page = await openRoomPage(school.classroom, { port: ROOM_PORT });
  const { teacher, stick } = school;
  console.log(`
  The kiosk on the wall       ${school.kioskUrl}
  The classroom, as seen      ${page.url}

  Teacher                     ${teacher.name}, PIN ${teacher.pin}
  Their key                   ${here(teacher.keyFile)}
  What stands for the stick   ${here(stick)}

  Record something, stop, collect it, and then open it as its owner does:

      age -d -i ${here(teacher.keyFile)} ${here(stick)}/*/part-01.mp4.age > lesson.mp4

  Ctrl-C closes everything.
`);
  const gone = school.service.gone.then(() => console.log('the recorder’s service has ended by itself; closing the classroom'));
  await Promise.race([stopped, gone]);
  await page.close();
  await school.close();
  process.exit(0);
} catch (error) {
  console.error(`the virtual classroom could not start: ${(error as Error).message}`);
  if (existsSync(join(data, 'recorder', 'state.json'))) console.error(`If it worked before, look for another \`npm start\` that still runs; or move ${here(data)} away to begin anew.`);
  process.exit(1);
}
