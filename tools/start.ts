/** `npm start`: the virtual classroom, and the service in it. Ctrl-C closes everything in order. */
import { mkdirSync, openSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRoomPage } from '../hardware/virtual/room/page.js';
import { openVirtualSchool } from './virtual-school.js';

const KIOSK_PORT = Number(process.env.LAMPLIGHT_KIOSK_PORT ?? 8700);
const ROOM_PORT = Number(process.env.LAMPLIGHT_ROOM_PORT ?? KIOSK_PORT + 1);
const DOOR_PORT = Number(process.env.LAMPLIGHT_DOOR_PORT ?? KIOSK_PORT + 2);

const data = fileURLToPath(new URL('../../data', import.meta.url));
const here = (path: string): string => relative(process.cwd(), path);

console.log('starting the virtual classroom: a camera, a microphone, a sign by the door, and the recorder between them …');
const stopped = new Promise<void>((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve()); });
try {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const log = join(data, 'service.log');
  const school = await openVirtualSchool({ folder: data, kioskPort: KIOSK_PORT, doorPort: DOOR_PORT, log: openSync(log, 'a', 0o600) });
  const page = await openRoomPage(school.classroom, { port: ROOM_PORT }).catch(async (error: unknown) => {
    await school.close(); // or the service, left alone, would keep its port for 20 s more
    throw error;
  });
  const { teacher, steward, newcomer, stick } = school;
  console.log(`
  The kiosk on the wall       ${school.kioskUrl}
  The classroom, as seen      ${page.url}
  On a visitor’s own phone    ${school.doorUrl ?? 'off'}

  Teacher                     ${teacher.name}, PIN ${teacher.pin}
  To enrol                    ${newcomer.name}, paper code ${newcomer.code}
  Technician                  ${steward.name}, PIN ${steward.pin}
  Their key                   ${here(teacher.keyFile)}
  What stands for the stick   ${here(stick)}
  The service’s log           ${here(log)}

  Record something, stop, collect it, and then open it as its owner does:

      age -d -i ${here(teacher.keyFile)} "$(ls -t ${here(stick)}/*/part-01.mp4.age | head -1)" > ${here(join(data, 'lesson.mp4'))}

  Ctrl-C closes everything.
`);
  const why = await Promise.race([stopped.then(() => 'closing'), school.service.gone.then(() => 'the service has ended; closing')]);
  console.log(`${why}: first the recorder, then the classroom …`);
  await page.close();
  await school.close();
  process.exit(0);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(`the virtual classroom could not start: ${code === 'EADDRINUSE' ? `the port of the classroom’s page, ${ROOM_PORT}, is taken by another program` : message}`);
  console.error(`Is another \`npm start\` still running? Other ports: LAMPLIGHT_KIOSK_PORT, LAMPLIGHT_ROOM_PORT, LAMPLIGHT_DOOR_PORT. To begin anew, move ${here(data)} away.`);
  process.exit(1);
}
