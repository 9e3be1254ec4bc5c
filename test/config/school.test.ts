import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { filled } from '../../kiosk/protocol/filled.js';
import { withChange } from '../../config/school/changes.js';
import { paperCodesPage } from '../../config/school/paper-codes-page.js';
import { isSetUpCode, useUpSetUpCode, writeSetUpCode } from '../../config/school/set-up-code.js';
import { goneBy, namesInOrder, readStaffList, removeGone, replacedStaff } from '../../config/school/staff-list.js';
import { EMPTY_STATE, type School, type StaffMember } from '../../config/state.js';
import { whyWeak } from '../../config/weak-pins.js';
import { WRITTEN_LIMIT } from '../../pipeline/collect/small-file.js';
import { quick } from './enrolled.js';

const MORNING = new Date('2026-09-01T08:00:00.000Z');
const SCHOOL: School = { room: 'Room 3', languages: ['en'], bells: [], contact: null, retentionDays: 60, lead: null, changes: [] };

t.test('P10.1 PINs that are guessed first are refused, each for its reason', (t) => {
  const weak: Record<string, readonly string[]> = {
    'repeats itself': ['000000', '777779', '121212', '1212121', '123123', '48214821', '110010', '882255', '999444', '407704', '123321', '111222333444'],
    'counts up or down': ['123456', '654321', '890123', '987654', '246802', '135791', '0123456789', '912345', '12345678910', '345672', '123789', '4563210', '111234', '567123'],
    'pattern on the keys': ['147258', '258369', '159357', '852741', '963147', '123159', '789258147'],
    'read as a date': ['010203', '102030', '112358', '311299', '123199', '990228', '200012', '122000', '197610', '20001231', '31121999', '12311999'],
    'many people choose': ['314159', '142536', '192837', '147896', '5201314'],
  };
  for (const [why, pins] of Object.entries(weak)) for (const pin of pins) t.match(whyWeak(Buffer.from(pin)), why, pin);
  for (const pin of ['428173', '736419', '915264', '806259', '371904', '4281735', '82650417', '593017428604']) t.equal(whyWeak(Buffer.from(pin)), null, pin);
  t.end();
});

t.test('P10.1 a refused PIN is not repeated in the sentence, and nine in ten of all PINs can be chosen', (t) => {
  let refused = 0;
  for (let n = 0; n < 1_000_000; n += 17) {
    const pin = String(n).padStart(6, '0');
    const why = whyWeak(Buffer.from(pin));
    if (why === null) continue;
    refused += 1;
    if (/\d/.test(why)) t.fail('digits in the sentence');
  }
  const share = refused / (1_000_000 / 17);
  t.ok(share > 0.05 && share < 0.1, `${(share * 100).toFixed(1)} % are refused`);
  t.end();
});

t.test('staff lists are read as schools write them', (t) => {
  const lists: readonly (readonly [string, string, readonly string[]])[] = [
    ['one name a line', 'Ann\nBob\n', ['Ann', 'Bob']],
    ['with Windows line ends, a byte order mark, blank lines and no line end at last', '\uFEFFAnn\r\n\r\n  Bob  \r\nEve', ['Ann', 'Bob', 'Eve']],
    ['with old line ends', 'Ann\rBob', ['Ann', 'Bob']],
    ['with a column of names', 'id,Name,subject\n1,"Smith, Ann",Maths\n2,Bob,"Art, and ""Design"""\n', ['Smith, Ann', 'Bob']],
    ['separated by semicolons, with commas in them', 'Name;Fach\r\nSmith, Ann;Mathe\r\n"Bob; Jr";\r\n', ['Smith, Ann', 'Bob; Jr']],
    ['with first and last names apart', 'Surname,First name\nSmith,Ann\nJones,Bob\n', ['Ann Smith', 'Bob Jones']],
    ['with last names only', 'Nachname\nMüller\nMaier\n', ['Müller', 'Maier']],
    ['in quotation marks, one a line', '"Smith, Ann"\n"Jones, Bob"\n', ['Smith, Ann', 'Jones, Bob']],
    ['with empty rows of a spreadsheet', 'staff,room\nAnn,1\n,\n,\n', ['Ann']],
    ['in other scripts, joiners kept', 'نام\nعلی\u200Cرضا\n', ['علی\u200Cرضا']],
    ['in one form, whatever form they came in', 'Zoe\u0308\nA\u00A0 B\n', ['Zoë', 'A B']],
    ['of the most names', Array.from({ length: 1000 }, (_, i) => `N ${i}`).join('\n'), Array.from({ length: 1000 }, (_, i) => `N ${i}`)],
  ];
  for (const [how, csv, names] of lists) t.same(readStaffList(csv), { ok: true, names }, how);
  t.end();
});

t.test('every mistake in a staff list is told with its line, and nothing is taken', (t) => {
  const lists: readonly (readonly [string, string, readonly (readonly [number, RegExp])[]])[] = [
    ['nothing', '', [[1, /no name/]]],
    ['a heading only', 'name\n', [[1, /no name/]]],
    ['the same name twice, whatever its case and spaces', 'Ann Lee\nBob\nann  lee\nBOB', [[3, /line 1/], [4, /line 2/]]],
    ['the same name but for what is not seen', 'Ann\nA\u200Cnn', [[2, /line 1/]]],
    ['a direction turned round', 'Ann\n\u202Ebob\nEve\u200F', [[2, /cannot be seen/], [3, /cannot be seen/]]],
    ['controls', 'Ann\u0007\n"Bob\nLee"\nEve\tLee', [[1, /cannot be seen/], [2, /cannot be seen/], [4, /cannot be seen/]]],
    ['letters of another encoding', 'M\uFFFDller', [[1, /cannot be seen/]]],
    ['a name that is too long', `Ann\n${'a'.repeat(81)}`, [[2, /81 characters; 80/]]],
    ['too many names', Array.from({ length: 1002 }, (_, i) => `N ${i}`).join('\n'), [[1001, /1000/]]],
    ['columns without a heading', 'Ann,Maths\nBob,Art', [[1, /called “name”/]]],
    ['rows without a name', 'name,room\nAnn,1\n,2', [[3, /is empty/]]],
    ['a quotation mark that is not closed, after another mistake', 'Ann\nann\n"Bob\nEve', [[2, /line 1/], [3, /never closed/]]],
    ['a stray quotation mark', 'Ann\nBob "Bobby" Lee', [[2, /in the middle/]]],
    ['something behind a closing one', '"Ann" Lee', [[1, /in the middle/]]],
  ];
  for (const [what, csv, mistakes] of lists) {
    const read = readStaffList(csv);
    t.match(read.ok ? [] : read.mistakes.map(({ line, sentence, values }) => ({ line, said: filled(sentence, { line, ...values }) })), mistakes.map(([line, said]) => ({ line, said })), what);
    t.equal(read.ok ? 0 : read.mistakes.length, mistakes.length, `${what}: no more than those`);
  }
  t.end();
});

t.test('whatever names there are, quoted as RFC 4180 says, they come back', (t) => {
  const name = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ž ,;"'.-]{1,40}$/).filter((text) => text.trim() !== '');
  fc.assert(fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30, selector: (one) => one.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase() }), fc.constantFrom(',', ';'), fc.constantFrom('\n', '\r\n'), (names, separator, end) => {
    const csv = ['room', ...names].map((cell, row) => `${row}${separator}"${row === 0 ? 'name' : cell.replaceAll('"', '""')}"`).join(end);
    const read = readStaffList(csv);
    return read.ok && JSON.stringify(read.names) === JSON.stringify(names.map((one) => one.normalize('NFC').replace(/\s+/g, ' ').trim()));
  }));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ') }), (csv) => { readStaffList(csv); })); // never throws, always ends
  t.end();
});

const load = (staff: readonly StaffMember[], names: readonly string[], day: string): StaffMember[] => replacedStaff(staff, names, day) ?? [];
const idsOf = (staff: readonly StaffMember[]): Record<string, string> => Object.fromEntries(staff.map(({ name, id }) => [name, id]));

t.test('loading replaces the list: ids stay, who is gone is barred, who comes back is as before', (t) => {
  const first = load([], ['Ann', 'Bob'], '2026-09-01');
  t.match(first, [{ id: /^[0-9a-f]{32}$/, name: 'Ann', barred: false, leftOn: null, paperCode: null }, { name: 'Bob' }]);
  const second = load(first.map((member) => ({ ...member, barred: member.name === 'Ann' })), ['ANN', 'Eve'], '2026-10-01');
  t.match(second, [{ id: idsOf(first)['Ann'], name: 'ANN', barred: true, leftOn: null }, { id: idsOf(first)['Bob'], name: 'Bob', barred: true, leftOn: '2026-10-01' }, { name: 'Eve' }], 'who was barred by hand stays barred');
  const third = load(second, ['Eve'], '2026-11-01');
  t.match(third.find(({ name }) => name === 'Bob'), { leftOn: '2026-10-01' }, 'the day of leaving stays');
  t.match(load(third, ['Bob', 'Eve'], '2026-12-01').find(({ name }) => name === 'Bob'), { id: idsOf(first)['Bob'], barred: false, leftOn: null });
  t.equal(replacedStaff(third, Array.from({ length: 999 }, (_, i) => `N ${i}`), '2026-12-01'), null, 'those who left count, too');
  t.end();
});

t.test('P1.7 who left stays for what they recorded, and goes with their accounts 366 days later', (t) => {
  const staff = load(load([], ['Ann', 'Bob'], '2026-09-01'), ['Bob'], '2026-09-01');
  const account = (name: string) => ({ id: 'a'.repeat(32), staff: idsOf(staff)[name] ?? '', recipients: ['age1x'], signKey: null, pin: null, pinNumber: 1, recovery: null, failures: 0, records: [], mine: null });
  const state = { ...structuredClone(EMPTY_STATE), staff, accounts: [account('Ann'), account('Bob')] };
  t.same(goneBy(staff, '2027-09-01'), [], 'the 365th day');
  removeGone(state, '2027-09-01');
  t.equal(state.accounts.length, 2);
  removeGone(state, '2027-09-02');
  t.same(state.staff.map(({ name }) => name), ['Bob']);
  t.same(state.accounts.map((one) => one.staff), [idsOf(staff)['Bob']]);
  t.end();
});

t.test('names stand in the alphabet of the room’s language', (t) => {
  const staff = load([], ['Zoë', 'Llio', 'Éva', 'Luned'], '2026-09-01');
  const order = (language: 'en' | 'cy') => namesInOrder({ staff, school: { ...SCHOOL, languages: [language] } }).map(({ name }) => name);
  t.same(order('cy'), ['Éva', 'Luned', 'Llio', 'Zoë'], 'Ll is a letter of its own, behind L');
  t.same(order('en'), ['Éva', 'Llio', 'Luned', 'Zoë']);
  t.end();
});

t.test('changes of the rules are numbered on, and the oldest are dropped', (t) => {
  const changed = Array.from({ length: 60 }).reduce<School>((school, _, i) => withChange(school, '2026-09-01', { sentence: `Change ${i + 1}.` }), SCHOOL);
  t.same([changed.changes.length, changed.changes[0]?.number, changed.changes.at(-1)], [50, 11, { number: 60, on: '2026-09-01', sentence: 'Change 60.' }]);
  t.same(SCHOOL.changes, []);
  t.end();
});

t.test('P10.1 a set-up code is for one use within 24 hours, and lies on the disk as a hash for the service only', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'setup-code-'));
  const later = (hours: number): Date => new Date(MORNING.getTime() + hours * 3600_000);
  t.equal(await isSetUpCode(folder, 'CDFG-2346-CDFG', MORNING, quick), false, 'there is none at first');
  const older = await writeSetUpCode(folder, MORNING, quick);
  const { code, until } = await writeSetUpCode(folder, MORNING);
  t.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  t.same(until, later(24));
  t.same(await readdir(folder), ['setup-code.json']);
  t.equal((await stat(join(folder, 'setup-code.json'))).mode & 0o777, 0o600);
  t.notMatch(await readFile(join(folder, 'setup-code.json'), 'utf8'), code.slice(0, 4));
  t.equal(await isSetUpCode(folder, older.code, MORNING), false, 'the older one is void');
  t.equal(await isSetUpCode(folder, ` ${code.toLowerCase().replaceAll('-', '')}`, later(23.9)), true);
  t.equal(await isSetUpCode(folder, code, later(24)), false, 'it has run out');
  t.equal(await isSetUpCode(folder, code, later(-1)), false, 'the clock was put back');
  await useUpSetUpCode(folder);
  t.equal(await isSetUpCode(folder, code, MORNING), false, 'it was used');
  t.same(await readdir(folder), []);
  for (const text of ['{', '{}', '[]']) {
    await writeFile(join(folder, 'setup-code.json'), text);
    t.equal(await isSetUpCode(folder, code, MORNING, quick), false, 'what is no code opens nothing');
  }
});

t.test('paper codes are printed eight a sheet; no name and no room breaks out of the page, and 300 of the longest names fit on the stick', (t) => {
  const slips = Array.from({ length: 300 }, () => ({ displayName: '’'.repeat(80), code: 'CDFG-2346' }));
  const page = paperCodesPage('Room 3', 'Tuesday, 8 September 2026 at 09:00', slips);
  t.equal(page.match(/<section>/g)?.length, 38);
  t.equal(page.match(/<code>CDFG-2346<\/code>/g)?.length, 300);
  const spelt = paperCodesPage('Room 3', 'Tuesday, 8 September 2026 at 09:00', slips.map((slip) => ({ ...slip, displayName: '"'.repeat(80) })));
  for (const text of [page, spelt]) t.ok(Buffer.byteLength(text) > 64 * 1024 && Buffer.byteLength(text) < WRITTEN_LIMIT, `${Buffer.byteLength(text)} bytes`);
  const nasty = paperCodesPage('"}</style><script>a', 'x\\"', [{ displayName: '</b><script>&"\'', code: '<' }]);
  t.notMatch(nasty, '<script');
  t.match(nasty, '&lt;/b&gt;&lt;script&gt;&amp;&quot;&#39;');
  t.match(nasty, /content: "[A-Za-z0-9 .,\\]*";/);
  t.end();
});
