import t from 'tap';
import { soak } from '../soaks/sign-noise.js';

t.setTimeout(60_000);

t.test(`P9.6 ${soak.claim} (in short; at length: npm run soak -- sign-noise)`, (t) => {
  for (const [number, state] of ['unpaired', 'checking', 'dark', 'recording'].entries()) {
    const { bytes = 0, beats = 0, statuses = 0 } = soak.run(number, 12_500);
    t.ok(bytes >= 12_500, state);
    t.equal(statuses, beats, `${state}: each of the host's own beats is answered, and nobody else's`);
  }
  t.end();
});
