/** Sound and picture stay together from the devices to the sealed file. A frame is late by its own time stamp, never by its arrival. */
import t from 'tap';
import { flashAndBeepFilm } from '../fakes/flash-and-beep-film.js';
import { lipSync, median } from '../fakes/lip-sync-meter.js';
import { recordFlashAndBeep } from '../fakes/lip-sync-recording.js';

const RECORDED_MS = 6_000;

for (const soundFromS of [0, 0.7]) t.test(`a flash and a beep of the same instant have the same time in the file${soundFromS === 0 ? '' : `, where the sound begins ${soundFromS} s later`}`, async (t) => {
  const folder = t.testdir();
  const { offsetsMs, frames } = await lipSync(await recordFlashAndBeep(folder, RECORDED_MS, { sources: await flashAndBeepFilm(folder, 2 * (RECORDED_MS / 1000), soundFromS) }));
  const worst = Math.max(...offsetsMs.map(Math.abs));
  t.comment(`${frames} frames; beep after flash: ${offsetsMs.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  t.ok(offsetsMs.length >= 4, `${offsetsMs.length} flashes and beeps in ${RECORDED_MS / 1000} s`);
  t.ok(Math.abs(median(offsetsMs)) <= 5, `median ${median(offsetsMs).toFixed(1)} ms, at most 5`);
  t.ok(worst <= 20, `worst ${worst.toFixed(1)} ms, at most 20`);
});
