import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { filled } from '../../kiosk/protocol/filled.js';
import { argon2id, matches, type SlowHash } from '../../config/hashed.js';
import { writeSetUpCode } from '../../config/school/set-up-code.js';
import type { Account, StoredState } from '../../config/state.js';
import { Store } from '../../config/store.js';
import { typedCodeBytes } from '../../config/typed-code.js';
import { schoolDesk, type SchoolDesk } from '../../desks/school.js';
import type { Answer, StewardIn } from '../../kiosk/server/house.js';
import { inMemory } from '../fakes/in-memory.js';
import { quick } from '../config/enrolled.js';

const PIN = (): Buffer => Buffer.from('428173');
const OTHER = (): Buffer => Buffer.from('915264');
const WRONG = (): Buffer => Buffer.from('806259');
const ROOM = { room: 'Room 3', languages: ['en', 'cy'], bells: ['10:50', '09:50', '10:50'], contact: 'the school office', retentionDays: 30 } as const;
const roomOf = () => ({ ...ROOM, languages: ['en', 'cy'] as ['en', 'cy'], bells: [...ROOM.bells] });
const again = () => ({ room: 'Room 4', languages: ['cy'] as ['cy'], bells: [] });

const sealed = { nonce: 'AAAA', box: 'AAAAAAAA' };
const account = (id: string, staff: string): Account => ({
  id, staff, recipients: ['age1x'], signKey: 'ab'.repeat(32), pin: { salt: 'AAAA', wrapped: sealed }, pinNumber: 4, recovery: { sealed: 'AAAA', wrapped: sealed }, failures: 3, records: [sealed, sealed], mine: sealed,
});

/** A school's desk in a folder. */
class Bench {
  store!: Store;
  desk!: SchoolDesk;
  now = 0;
  wall = new Date('2026-09-01T08:00:00.000Z');
  clockTrusted = true;
  stick: Record<string, string> = {};
  stickAnswers: Answer = { ok: true };
  /** Accounts that the ledger of PINs was told of. */
  readonly closed: string[] = [];
  by: StewardIn = { steward: '', displayName: '' };
  readonly folder: string;
  readonly #slow: SlowHash;

  private constructor(folder: string, slow: SlowHash) {
    this.folder = folder;
    this.#slow = slow;
  }

  static async open(folder: string, slow: SlowHash = quick): Promise<Bench> {
    const bench = new Bench(folder, slow);
    await bench.restart();
    return bench;
  }

  async restart(): Promise<void> {
    this.now = 0;
    this.store = await Store.open(join(this.folder, 'state.json'));
    this.desk = schoolDesk({
      store: this.store, ledger: { closed: ({ id }) => { this.closed.push(id); return Promise.resolve(); } }, dataFolder: this.folder, wall: () => this.wall, now: () => this.now, slow: this.#slow,
      keeping: { trustClock: () => (this.wall.getFullYear() < 2026 ? Promise.reject(new RangeError('no')) : Promise.resolve()) },
      machine: { version: '1.2.3', buildHash: 'abc', troublesAtRest: () => [{ code: 'X', sentence: 'Y.', remedy: 'Z.' }], roomForOneSession: () => Promise.resolve(true), isClockTrusted: () => this.clockTrusted },
      toStick: (name, text) => { if (this.stickAnswers.ok) this.stick[name] = text; return Promise.resolve(this.stickAnswers); },
      fromStick: (name) => Promise.resolve(this.stick[name] === undefined ? { ok: false, code: 'FILE_MISSING', sentence: 'S.', remedy: 'R.' } : { ok: true, value: this.stick[name] }),
    });
  }

  async newCode(): Promise<string> {
    return (await writeSetUpCode(this.folder, this.wall, this.#slow)).code;
  }

  /** As a technician begins. */
  async setUp(...names: string[]): Promise<void> {
    const made = await this.desk.setUp(await this.newCode(), 'Tom Tech', PIN());
    if (!made.ok) throw new Error(made.sentence);
    this.by = made.steward;
    await this.desk.save(this.by, roomOf());
    if (names.length > 0) await this.desk.loadStaff(this.by, names.join('\n'));
  }

  get state(): StoredState {
    return this.store.state;
  }

  staff(name: string) {
    const member = this.state.staff.find((one) => one.name === name);
    if (member === undefined) throw new Error(`there is no ${name}`);
    return member;
  }

  changes(): string[] {
    return this.state.school?.changes.map(({ sentence, values }) => filled(sentence, values)) ?? [];
  }
}

t.test('P10.1 there is no steward and no PIN until the set-up code is used, once', async (t) => {
  const bench = await Bench.open(inMemory(t), argon2id);
  const { desk } = bench;
  t.equal(desk.isSetUp(), false);
  t.same(desk.stewards(), []);
  t.match(await desk.setUp('CDFG-2346-CDFG', 'Tom', PIN()), { ok: false, code: 'WRONG_CODE' });
  const code = await bench.newCode();
  t.match(await desk.setUp(code, 'Tom', Buffer.from('123456')), { ok: false, code: 'WEAK_PIN' });
  await t.rejects(desk.setUp(code, 'Tom', Buffer.from('1234')), TypeError);
  for (const name of [' ', 'T\u202Eom', 'x'.repeat(61)]) t.match(await desk.setUp(code, name, PIN()), { ok: false, code: 'BAD_NAME' });
  const [first, second] = await Promise.all([desk.setUp(code, ' Tom  Tech ', PIN()), desk.setUp(code, 'Eve', OTHER())]);
  t.match(first, { ok: true, steward: { steward: /^[0-9a-f]{32}$/, displayName: 'Tom Tech' } });
  t.match(second, { ok: false, code: 'WRONG_CODE' }, 'used once, even at the same time');
  t.notOk((await readdir(bench.folder)).includes('setup-code.json'));
  t.ok(desk.isSetUp());
  await bench.restart();
  const [tom] = bench.desk.stewards();
  t.match(await bench.desk.signIn(tom?.id ?? '', PIN()), { ok: true, steward: { displayName: 'Tom Tech' } });
});

t.test('P10.1 wrong set-up codes and wrong PINs of stewards wait up to 30 s, across a restart, too', async (t) => {
  let hashes = 0;
  const bench = await Bench.open(inMemory(t), (secret, salt) => { hashes += 1; return quick(secret, salt); });
  await bench.setUp();
  const [tom] = bench.desk.stewards();
  const id = tom?.id ?? '';
  for (const wait of [0, 0, 1, 2, 4, 8, 16, 30, 30]) {
    t.match(await bench.desk.signIn(id, WRONG()), { ok: false, code: 'WRONG_PIN' });
    const before = hashes;
    if (wait > 0) t.match(await bench.desk.signIn(id, PIN()), { ok: false, code: 'WAIT', waitSeconds: wait }, 'not even the right one is looked at');
    t.equal(hashes, before);
    bench.now += wait * 1000;
  }
  await bench.desk.signIn(id, WRONG());
  await bench.restart();
  t.match(await bench.desk.signIn(id, PIN()), { ok: false, code: 'WAIT', waitSeconds: 30 });
  bench.now += 30_000;
  t.ok((await bench.desk.signIn(id, PIN())).ok);
  t.equal(bench.state.stewards[0]?.failures, 0);

  const code = await bench.newCode();
  for (let tries = 0; tries < 3; tries += 1) {
    t.match(await bench.desk.setUp('CDFG-2346-CDFG', 'Eve', OTHER()), { code: 'WRONG_CODE' });
    t.match(await bench.desk.signIn('nobody', PIN()), { code: 'WRONG_PIN' }, 'an id of nobody');
  }
  t.match(await bench.desk.setUp(code, 'Eve', OTHER()), { code: 'WAIT' });
  t.match(await bench.desk.signIn('f'.repeat(32), PIN()), { code: 'WAIT' }, 'ids of nobody wait together');
  t.ok((await bench.desk.signIn(id, PIN())).ok, 'a steward does not wait for others');
  bench.now += 1000;
  t.ok((await bench.desk.setUp(code, 'Eve', OTHER())).ok);
});

t.test('a steward made later, a new PIN by a set-up code, and a new lead are told to every teacher; one’s own new PIN is not', async (t) => {
  const bench = await Bench.open(inMemory(t));
  await bench.setUp('Ann', 'Bob');
  const { desk, by } = bench;
  t.same(bench.changes(), [], 'the first one is no change');
  t.same(await desk.addSteward(by, 'Eve', OTHER()), { ok: true });
  t.match(await desk.addSteward(by, 'eve', OTHER()), { ok: false, code: 'NAME_TAKEN' });
  t.match(await desk.addSteward(by, 'Max', Buffer.from('010203')), { ok: false, code: 'WEAK_PIN' });
  t.ok((await desk.setUp(await bench.newCode(), 'Kim', WRONG())).ok);
  const renewed = await desk.setUp(await bench.newCode(), 'TOM tech', OTHER());
  t.same(renewed.ok && renewed.steward.steward, by.steward, 'the same steward, whose PIN was lost');
  t.match(await desk.signIn(by.steward, PIN()), { ok: false });
  t.same(await desk.changePin(by, OTHER(), PIN()), { ok: true });
  t.match(await desk.changePin(by, WRONG(), OTHER()), { ok: false, code: 'WRONG_PIN' });
  t.ok((await desk.signIn(by.steward, PIN())).ok);
  t.same(await desk.setLead(by, bench.staff('Ann').id), { ok: true });
  t.same(await desk.setLead(by, bench.staff('Ann').id), { ok: true }, 'nothing new');
  t.match(bench.changes(), [/^Eve is a technician/, /^Kim is a technician/, /^TOM tech, .* new PIN/, /^Ann leads/]);
  t.match(await desk.setLead(by, 'f'.repeat(32)), { ok: false, code: 'NO_SUCH_NAME' });
  await desk.loadStaff(by, 'Bob\nCat');
  t.equal(bench.state.school?.lead, null, 'who left leads nothing');
  t.match(bench.changes().at(-1), /^Ann leads the practice no longer/);
  t.match(await desk.setLead(by, bench.staff('Ann').id), { ok: false, code: 'HAS_LEFT' });
  for (let n = 0; n < 7; n += 1) t.same(await desk.addSteward(by, `Steward ${n}`, OTHER()), { ok: true });
  t.match(await desk.addSteward(by, 'One more', OTHER()), { ok: false, code: 'TOO_MANY_STEWARDS' });
  const code = await bench.newCode();
  t.match(await desk.setUp(code, 'One more', OTHER()), { ok: false, code: 'TOO_MANY_STEWARDS' });
  t.ok((await desk.setUp(code, 'Kim', PIN())).ok, 'and the code is not used up by that');
  const eve = bench.state.stewards.find(({ name }) => name === 'Eve')?.id ?? '';
  t.same(await desk.removeSteward(by, 'EVE'), { ok: true }, 'somebody who leaves the school');
  t.match(bench.changes().at(-1), /^Eve is no longer a technician/);
  t.match(await desk.signIn(eve, OTHER()), { ok: false, code: 'WRONG_PIN' });
  t.match(await desk.removeSteward(by, 'Eve'), { ok: false, code: 'NO_SUCH_STEWARD' });
  t.match(await desk.removeSteward(by, 'Tom Tech'), { ok: false, code: 'NOT_YOURSELF' }, 'so that one always stays');
});

t.test('the room is the stewards’ to set; contact and retention are, at first only', async (t) => {
  const bench = await Bench.open(inMemory(t));
  const { desk } = bench;
  await desk.setUp(await bench.newCode(), 'Tom', PIN());
  await desk.setUp(await bench.newCode(), 'Eve', PIN());
  const { by } = bench;
  t.match([await desk.loadStaff(by, 'Ann'), await desk.paperCodes(by, ['x'], false), await desk.setLead(by, 'x')], Array.from({ length: 3 }, () => ({ ok: false })), 'the room comes first');
  t.match(await desk.save(by, { ...roomOf(), contact: 'a\u0007b' }), { ok: false, code: 'BAD_TEXT' });
  t.same(await desk.save(by, roomOf()), { ok: true });
  t.match(bench.state.school, { room: 'Room 3', languages: ['en', 'cy'], bells: ['09:50', '10:50'], contact: 'the school office', retentionDays: 30, lead: null });
  t.match(bench.changes(), [/^Eve is a technician/], 'a second one from before then');
  for (const wish of [{ ...again(), contact: 'me' }, { ...again(), retentionDays: 365 }]) t.match(await desk.save(by, wish), { ok: false, code: 'NOT_YOURS_TO_SET' });
  t.equal(bench.state.school?.room, 'Room 3');
  t.same(await desk.save(by, again()), { ok: true });
  t.match(bench.state.school, { room: 'Room 4', languages: ['cy'], bells: [], contact: 'the school office', retentionDays: 30 });
  t.same(await desk.clockIsRight(by), { ok: true });
  bench.wall = new Date('1970-01-01T00:00:00Z');
  t.match(await desk.clockIsRight(by), { ok: false, code: 'CLOCK_WRONG' });
});

t.test('a staff list comes from the screen or the stick, whole or not at all', async (t) => {
  const bench = await Bench.open(inMemory(t));
  await bench.setUp();
  const { desk, by } = bench;
  t.match(await desk.loadStaff(by, null), { ok: false, code: 'FILE_MISSING' });
  bench.stick['staff.csv'] = 'name\nAnn\nBob\n';
  t.same(await desk.loadStaff(by, null), { ok: true, value: { names: 2 } });
  const ann = bench.staff('Ann').id;
  t.match(await desk.loadStaff(by, `Cat\n${'Ann\n'.repeat(9)}`), { ok: false, code: 'STAFF_LIST', sentence: /^Line \{line\} has the same name as line \{before\}\./, values: { line: 3, before: 2 }, details: [{ values: { line: 4 } }, { values: { line: 5 } }, { values: { line: 6 } }, { values: { line: 7 } }, { sentence: 'There are {more} more mistakes.', values: { more: 3 } }] });
  t.same(bench.state.staff.map(({ name }) => name), ['Ann', 'Bob']);
  t.same(await desk.loadStaff(by, 'Ann\nCat'), { ok: true, value: { names: 2 } });
  t.equal(bench.staff('Ann').id, ann);
  t.match(bench.staff('Bob'), { barred: true, leftOn: '2026-09-01' });
  t.match(await desk.bar(by, bench.staff('Bob').id, false), { ok: false, code: 'HAS_LEFT' });
  t.match(await desk.loadStaff(by, Array.from({ length: 999 }, (_, i) => `N ${i}`).join('\n')), { ok: false, code: 'TOO_MANY_NAMES' });
  bench.wall = new Date('2027-09-03T08:00:00.000Z');
  bench.clockTrusted = false;
  await desk.sweep();
  t.ok(bench.staff('Bob'), 'P1.5 nobody goes by a clock that is not trusted');
  bench.clockTrusted = true;
  const [bob, cat] = [account('b'.repeat(32), bench.staff('Bob').id), account('c'.repeat(32), bench.staff('Cat').id)];
  await bench.store.update((draft) => { draft.accounts.push(bob, cat); });
  await desk.sweep();
  t.same(bench.state.staff.map(({ name }) => name), ['Ann', 'Cat']);
  t.same(bench.state.accounts.map(({ id }) => id), [cat.id], 'the account goes along');
  t.same(bench.closed, [bob.id], 'and no older state brings its PIN back');
});

t.test('P10.1 paper codes: for a name, for a week, the newer in place of the older; on paper or on the screen', async (t) => {
  const bench = await Bench.open(inMemory(t));
  await bench.setUp('Zoë', 'Ann');
  const { desk, by } = bench;
  const [ann, zoe] = [bench.staff('Ann').id, bench.staff('Zoë').id];
  const fits = (id: string, code: string) => matches(bench.state.staff.find((one) => one.id === id)?.paperCode ?? { salt: '', hash: '' }, typedCodeBytes(code), quick);
  t.match(await desk.paperCodes(by, [ann, 'f'.repeat(32)], false), { ok: false, code: 'NO_SUCH_NAME' });
  const shown = await desk.paperCodes(by, [zoe, ann, zoe], false);
  t.match(shown, { ok: true, value: [{ displayName: 'Zoë', code: /^[A-Z0-9]{4}-[A-Z0-9]{4}$/, until: '2026-09-08T08:00:00.000Z' }, { displayName: 'Ann' }] });
  const code = shown.ok ? shown.value[1]?.code ?? '' : '';
  t.ok(await fits(ann, code));
  bench.stickAnswers = { ok: false, code: 'STICK_FULL', sentence: 'S.', remedy: 'R.' };
  t.match(await desk.paperCodes(by, [ann], true), { ok: false, code: 'STICK_FULL' });
  t.ok(await fits(ann, code), 'the code that was handed out still holds');
  bench.stickAnswers = { ok: true };
  t.same(await desk.paperCodes(by, [ann, zoe], true), { ok: true, value: [] }, 'not on the screen as well');
  t.notOk(await fits(ann, code), 'the older one is void');
  const printed = bench.stick['paper-codes.html'] ?? '';
  t.match(printed, /Room/);
  t.match(printed, />Ann</);
  t.ok(await fits(ann, />Ann<.*?<code>([A-Z0-9-]+)</.exec(printed)?.[1] ?? ''));
  await bench.store.update((draft) => { for (const member of draft.staff) if (member.id === ann && member.paperCode !== null) member.paperCode.used = true; });
  const untilOf = async () => (await desk.page()).staff.map(({ displayName, codeUntil }) => [displayName, codeUntil]);
  t.same(await untilOf(), [['Ann', '2026-09-08T08:00:00.000Z'], ['Zoë', '2026-09-08T08:00:00.000Z']], 'P3.3 a used one looks like one that was not');
  bench.wall = new Date('2026-09-08T08:00:00.000Z');
  t.same(await untilOf(), [['Ann', null], ['Zoë', null]]);
});

t.test('P2.7 the steward’s page is the same, byte for byte, whatever teachers did', async (t) => {
  const bench = await Bench.open(inMemory(t));
  await bench.setUp('Ann', 'Bob');
  const { desk, by } = bench;
  await desk.paperCodes(by, bench.state.staff.map(({ id }) => id), false);
  await desk.setLead(by, bench.staff('Bob').id);
  await desk.bar(by, bench.staff('Ann').id, true);
  const before = JSON.stringify(await desk.page());
  t.same(JSON.parse(before), {
    version: '1.2.3', buildHash: 'abc', troubles: [{ code: 'X', sentence: 'Y.', remedy: 'Z.' }], roomForOneSession: true, clockTrusted: true, codeAdopted: false,
    school: { room: 'Room 3', languages: ['en', 'cy'], bells: ['09:50', '10:50'], contact: 'the school office', retentionDays: 30 },
    staff: [{ id: bench.staff('Ann').id, displayName: 'Ann', barred: true, lead: false, codeUntil: '2026-09-08T08:00:00.000Z' }, { id: bench.staff('Bob').id, displayName: 'Bob', barred: false, lead: true, codeUntil: '2026-09-08T08:00:00.000Z' }],
    stewards: ['Tom Tech'],
  });
  await bench.store.update((draft) => {
    const [ann] = draft.staff;
    if (ann?.paperCode == null) throw new Error('no code');
    ann.paperCode.used = true;
    ann.failures = 7;
    draft.accounts.push(account('a'.repeat(32), ann.id));
    draft.requests.push({ id: 'b'.repeat(32), leftOn: '2026-09-01', day: '2026-09-01', from: '09:00', to: '10:00', kind: 'erase', words: 'please' });
    draft.views = [{ id: 'c'.repeat(16), name: 'front', view: { kind: 'preset', preset: 1 }, covers: [] }];
    draft.soundOffsetMs = 40;
    draft.book = { proposals: [{ number: 1, kind: 'new', purpose: 'school-1', version: 1, text: { name: 'N', words: 'W', audience: 'only-me', enhances: 'E', trust: 'T' }, openUntil: '2026-09-15', agreed: ['a'.repeat(32)], objected: [], objections: [] }], decisions: [] };
  });
  await bench.desk.signIn(by.steward, WRONG());
  t.equal(JSON.stringify(await desk.page()), before);
  await bench.restart();
  t.equal(JSON.stringify(await bench.desk.page()), before);
});

t.test('P1.7 barring somebody sets that and nothing else: it is told to nobody', async (t) => {
  const bench = await Bench.open(inMemory(t));
  await bench.setUp('Ann', 'Bob');
  const { desk, by } = bench;
  const ann = bench.staff('Ann').id;
  const before = structuredClone(bench.state);
  t.same(await desk.bar(by, ann, true), { ok: true });
  t.same(bench.state, { ...before, staff: before.staff.map((member) => (member.id === ann ? { ...member, barred: true } : member)) });
  t.same(await desk.bar(by, ann, false), { ok: true });
  t.same(bench.state, before);
  t.match(await desk.bar(by, 'f'.repeat(32), true), { ok: false, code: 'NO_SUCH_NAME' });
});

t.test('where a name goes while its codes are made, none of them is given', async (t) => {
  const bench = await Bench.open(inMemory(t));
  await bench.setUp('Ann', 'Bob');
  const making = bench.desk.paperCodes(bench.by, bench.state.staff.map(({ id }) => id), false);
  await bench.store.update((draft) => { draft.staff = draft.staff.filter(({ name }) => name !== 'Ann'); });
  t.match(await making, { ok: false, code: 'NO_SUCH_NAME' });
  t.equal(bench.staff('Bob').paperCode, null);
});
