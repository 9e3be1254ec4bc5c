import fc from 'fast-check';
import t from 'tap';
import { live, steps } from '../fakes/device-steps.js';

/** Both devices live through this many steps, this many times; more by `npm run soak -- devices`. */
const [STEPS, TIMES] = [20, 4];

t.test('P2.5 whatever happens to the lines, nothing is called safe that is not, and all is as wanted soon after', async (t) => {
  let told = 0;
  await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: STEPS, maxLength: STEPS }), async (all) => {
    const ran = await live(all);
    told += ran.told;
    t.comment(JSON.stringify(ran));
  }), { numRuns: TIMES, endOnFailure: true });
  t.ok(told > TIMES, 'something was verified in each');
});
