import t from 'tap';
import { soak } from '../soaks/sign-noise.js';

t.setTimeout(120_000);

t.test(`P9.6 ${soak.claim} (in short; at length: npm run soak -- sign-noise)`, (t) => {
  for (const [number, state] of ['unpaired', 'checking', 'dark', 'recording', 'lapsing'].entries()) {
    const { bytes = 0, beats = 0, statuses = 0, lapses = 0 } = soak.run(number, 10_000);
    t.ok(bytes >= 10_000, state);
    t.equal(statuses, beats, `${state}: each of the host's own beats is answered, and nobody else's`);
    t.equal(lapses, state === 'lapsing' ? 1 : 0, `${state}: only a host that falls silent loses its recording`);
  }
  t.end();
});
