import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { makeLog } from '../../kiosk/server/log.js';
import { inMemory } from '../fakes/in-memory.js';
import { DeskHouse, type Leak } from '../fakes/desk-house.js';
import { Term } from './a-term.js';
import { busyTerm } from './busy-term.js';

/** Sees sessions, and says so in two places that a technician reads. */
const careless: Leak = (house, desks, say, onPhase) => {
  let sessions = 0;
  let last = '';
  onPhase(({ kind }) => {
    if (kind === 'recording' && last !== kind) say(`session ${sessions += 1} begins`);
    last = kind;
  });
  Object.assign(house.school, { page: async () => ({ ...await desks.school.page(), version: `1.0.0 (${desks.store.state.accounts.length} accounts)` }) });
};

const WEEKS = 4;

t.test('P2.7 log, steward’s pages, names and public state of a term are the same, byte for byte, whatever teachers did', async (t) => {
  const folder = inMemory(t);
  const quiet = await new Term(join(folder, 'quiet')).run(WEEKS * 7);
  t.ok(quiet.learned.log.length > 0 && quiet.learned.looks.length === WEEKS * 14);
  const busyFolder = join(folder, 'busy');
  const busy = await new Term(busyFolder).run(WEEKS * 7, busyTerm());
  const all = [...busy.done.values()].reduce((sum, times) => sum + times, 0);
  t.comment(`${all} things of ${busy.done.size} kinds were done or refused; ${quiet.learned.log.length} log lines and ${quiet.learned.looks.length} looks were compared`);
  t.comment([...busy.done].map(([what, times]) => `${times} ${what}`).join(', '));
  t.equal(quiet.done.size, 0);
  t.same(readdirSync(join(busyFolder, 'data/vault')).filter((name) => /^[0-9a-f]{32}$/.test(name)).length, 1, 'of all sessions the kept one is left: the others were erased, or expired');
  t.same(busy.learned.log, quiet.learned.log);
  t.same(busy.learned.looks, quiet.learned.looks);
  t.same(busy.learned.answers, quiet.learned.answers);

});

t.test('and the comparison would notice a careless author', async (t) => {
  const quiet = await new Term(inMemory(t), careless).run(3);
  const busy = await new Term(inMemory(t), careless).run(3, busyTerm());
  t.match(busy.learned.log.filter((line) => !quiet.learned.log.includes(line)), [/session 1 begins/, /session 2 begins/, /session 3 begins/, /session 4 begins/]);
  t.notSame(busy.learned.looks, quiet.learned.looks);
});

t.test('P2.7 an error that is logged brings no id of a session along', async (t) => {
  const id = '0123456789abcdef'.repeat(2);
  const lines: string[] = [];
  const log = makeLog({ write: (line: string) => lines.push(line) });
  const house = await DeskHouse.open(inMemory(t), (line) => lines.push(line), { leak: (house) => Object.assign(house.teachers, { names: () => readdirSync(`/nowhere/vault/${id}`) }) });
  t.match(await house.get('/api/names'), { status: 500, code: 'FAILED' });
  log.error({ err: Object.assign(new Error(`not in ${id}`), { path: id, cause: new Error(id) }) }, 'something failed');
  t.match(lines.at(-2), /a request failed.*ENOENT|ENOENT.*a request failed/);
  t.notMatch(lines.join(''), id);
  await house.close();
});
