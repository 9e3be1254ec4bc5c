/** A room with a sign by the door and a small one on the desk, each a board of its own, on real parts: both prove it, or nothing records. */
import t from 'tap';
import { draw } from '../../firmware-bridge/sign/draw.js';
import { PANELS, type Panel } from '../../firmware-bridge/sign/panels.js';
import type { PanelId } from '../../hardware/virtual/sign/panels.js';
import { monotonic } from '../../hardware/virtual/program.js';
import type { Face } from '../../session/ports.js';
import { deviceClosed, openTestRoom } from '../fakes/virtual-room.js';

const RECORDING: Face = { kind: 'recording', purpose: 'personal reflection', audience: 'only-me', mode: 'picture-and-sound' };
const crcOf = (face: Face, panel: PanelId): number => draw(face, PANELS[panel] as Panel, { languages: ['en'], room: 'Virtual classroom' }).crc;

t.test('P2.1 two signs', { timeout: 200_000 }, async (t) => {
  const room = await openTestRoom(t, 300, { view: { pan: 0x1c00, tilt: 0 }, signs: [{ panel: 1 }, { panel: 3 }] });
  const { school, kiosk } = room;
  const { signs } = school.classroom;
  const [, desk] = signs;
  await kiosk.phase('idle');
  await kiosk.start(school.teacher.pin);
  await kiosk.phase('recording');
  const shown = await Promise.all(signs.map((sign) => sign.snapshot()));
  t.match(shown, [
    { lamp: 'lit', relay: 'closed', glassCrc: crcOf(RECORDING, 1), busyWrites: 0, strangeWrites: 0 },
    { lamp: 'lit', relay: 'closed', glassCrc: crcOf(RECORDING, 3), busyWrites: 0, strangeWrites: 0 },
  ], 'recording: both lit, both say why');

  const pressedAt = monotonic();
  await desk?.do({ do: 'press' });
  t.ok(await deviceClosed(room, pressedAt) - pressedAt <= 700, 'P2.4 Stop on either ends capture');
  await desk?.do({ do: 'release' });
  t.match((await kiosk.phase('paused')).phase, { why: { by: 'room' } });

  await kiosk.carryOn(school.teacher.pin);
  const brokenAt = monotonic();
  await desk?.do({ do: 'unplug' });
  t.ok(await deviceClosed(room, brokenAt) - brokenAt <= 1900, 'the loss of either ends capture within the lease');
  t.match((await kiosk.phase('paused')).phase, { why: { fault: { code: 'SIGN_LOST' } } });
  await desk?.do({ do: 'plug' });
  await kiosk.carryOn(school.teacher.pin);
  t.pass('and with both there, it goes on');
});
