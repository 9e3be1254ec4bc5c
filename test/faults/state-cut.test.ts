/** The power is cut while the state is saved. The long run is a soak (test/soaks/state-cut.ts). */
import t from 'tap';
import { aKey } from '../config/enrolled.js';
import { loopDisk } from '../fakes/loop-disk.js';
import { cutWhileSaving } from '../soaks/state-cut.js';
import { dice } from '../soaks/soak.js';

const CUTS = 10;
const roll = dice(20_261_125);

await t.test('enrolment, acceptance, opt-in and erase are cut: what was acknowledged is there, and nothing is half there', async (t) => {
  const [disk, key] = [await loopDisk(), await aKey()];
  t.teardown(() => disk.close());
  let [acknowledged, there] = [0, 0];
  for (let cut = 0; cut < CUTS; cut += 1) {
    const outcome = await cutWhileSaving(disk, key, roll); // throws where it is not so
    acknowledged += outcome.acknowledged;
    there += outcome.underWayThere ? 1 : 0;
  }
  t.ok(acknowledged > 0, 'something was acknowledged before the cuts');
  t.comment(`${CUTS} cuts, ${acknowledged} changes acknowledged; of those under way ${there} are there`);
});
