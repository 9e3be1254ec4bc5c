/** The power is cut: while a session is recorded, and while one is erased. The long run is a soak (test/soaks/power-cut.ts). */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { erase, finishErasing, receiptOf } from '../../pipeline/vault/erase.js';
import { verifySession } from '../../pipeline/vault/verify.js';
import { loopDisk } from '../fakes/loop-disk.js';
import { record, vaultIn } from '../pipeline/recorded.js';
import { syntheticRoom } from '../pipeline/synthetic-room.js';
import { cutWhileRecording } from '../soaks/power-cut.js';
import { dice } from '../soaks/soak.js';

const roll = dice(20_261_124);
const room = await syntheticRoom();
const disk = await loopDisk();
t.teardown(() => {
  room.close();
  disk.close();
});

for (const atLeast of [0, 1000, 2000])
  await t.test('a session is cut: interrupted, it opens, and at most 2 s are lost', async (t) => {
    const { lostMs, keptMs } = await cutWhileRecording(room, disk, atLeast + roll(1000));
    t.pass(`${lostMs.toFixed(0)} ms lost, ${keptMs} ms kept`);
    if (atLeast > 0) t.ok(keptMs > 0, 'something is kept');
  });

await t.test('an erase is cut: either it was not begun, or it is finished at the next start', async (t) => {
  const root = path.join(disk.folder, 'vault');
  const found = { whole: 0, broken: 0, gone: 0 };
  for (let cut = 0; cut < 10; cut += 1) {
    const { vault, devicePublicKey } = await vaultIn(disk.folder);
    const session = await record(vault, [2]);
    const cutting = disk.cut(); // comes within a few milliseconds, as the erase does
    await sleep(roll(6));
    await erase(root, session, new Date('2026-11-24T08:00:00Z')).catch(() => undefined);
    await cutting;
    await disk.restore();
    const names = readdirSync(root);
    found[names.includes(session) ? 'whole' : names.includes(`${session}.gone`) ? 'broken' : 'gone'] += 1;
    await finishErasing(root, new Date('2026-11-25T08:00:00Z'));
    if (existsSync(path.join(root, session))) t.match(await verifySession(vault.folderOf(session), devicePublicKey), { kind: 'complete' }, 'not begun: it is whole');
    else {
      t.same(readdirSync(root).filter((name) => name.startsWith(session)), [], 'gone, and nothing of it is left');
      t.match(await receiptOf(root, session), { session, journal: /^[0-9a-f]{64}$/ });
    }
  }
  t.comment(`after the cut: ${found.whole} whole, ${found.broken} broken off, ${found.gone} gone`);
});
