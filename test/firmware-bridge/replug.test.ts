import t from 'tap';
import { replug } from '../soaks/replug.js';

t.test('cables are pulled and put back 20 times: nothing is left behind, and nothing stale is heard (npm run soak -- replug: 1,000)', async (t) => {
  const figures = await replug(20);
  t.equal(figures.cycles, 20);
  t.comment(JSON.stringify(figures));
});
