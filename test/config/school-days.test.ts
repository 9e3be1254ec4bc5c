import { readFileSync } from 'node:fs';
import t from 'tap';
import { isSchoolDay, parseSchoolCalendar, type SchoolCalendar } from '../../config/school-days.js';

const CALENDAR: SchoolCalendar = {
  week: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  terms: [{ name: 'Autumn', from: '2026-09-02', to: '2026-12-18' }, { name: 'Spring', from: '2027-01-04', to: '2027-03-25' }],
  holidays: [{ name: 'Half-term', from: '2026-10-26', to: '2026-10-30' }, { name: 'Training', from: '2026-11-27', to: '2026-11-27' }],
};

t.test('P6.3 a school day lies in a term, in the school’s week, and in no holiday', (t) => {
  const cases: [string, string, boolean][] = [
    ['2026-09-01', 'the day before term', false],
    ['2026-09-02', 'the first day of term', true],
    ['2026-12-18', 'the last day of term', true],
    ['2026-12-19', 'the day after', false],
    ['2026-10-23', 'the Friday before half-term', true],
    ['2026-10-26', 'the first day of half-term', false],
    ['2026-10-30', 'the last day of half-term', false],
    ['2026-11-02', 'the Monday after', true],
    ['2026-11-27', 'a single day off', false],
    ['2026-11-28', 'a Saturday', false],
    ['2026-11-29', 'a Sunday', false],
    ['2027-01-04', 'the next term', true],
    ['2028-01-10', 'a day that the calendar does not reach', false],
    ['what', 'no day at all', false],
  ];
  for (const [day, name, expected] of cases) t.equal(isSchoolDay(CALENDAR, day), expected, `${day} ${name}`);
  t.equal(isSchoolDay({ ...CALENDAR, week: ['sunday'] }, '2026-11-29'), true, 'a school may open on Sundays');
  t.end();
});

t.test('school days do not depend on where the clock’s time zone is', (t) => {
  const before = process.env['TZ'];
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/London']) {
    process.env['TZ'] = zone;
    t.equal(isSchoolDay(CALENDAR, '2026-11-23'), true, zone);
    t.equal(isSchoolDay(CALENDAR, '2026-11-22'), false, zone);
  }
  if (before === undefined) delete process.env['TZ']; else process.env['TZ'] = before;
  t.end();
});

t.test('the sample that is shipped can be read, and each of its days off takes school days away', (t) => {
  const sample = parseSchoolCalendar(readFileSync('config/school-calendar.json', 'utf8'));
  for (const holiday of sample.holidays) {
    t.notOk(isSchoolDay(sample, holiday.from), holiday.name);
    t.ok(isSchoolDay({ ...sample, holidays: [] }, holiday.from), `${holiday.name} lies in a term`);
  }
  for (const { name, from, to } of sample.terms) t.ok(isSchoolDay(sample, from) && isSchoolDay(sample, to), `${name} begins and ends with a school day`);
  t.end();
});

t.test('a mistake in the file is named with its place', (t) => {
  const mistakes: [string, string, RegExp][] = [
    ['no JSON', '{', /not JSON/],
    ['nothing in it', '{}', /terms/],
    ['a weekday that is none', JSON.stringify({ ...CALENDAR, week: ['munday'] }), /\/week\/0/],
    ['a word that nobody knows', JSON.stringify({ ...CALENDAR, inset: [] }), /\/inset.*known/],
    ['30 February', JSON.stringify({ ...CALENDAR, holidays: [{ name: 'Half-term', from: '2027-02-15', to: '2027-02-30' }] }), /Half-term.*2027-02-30/],
    ['an end before its beginning', JSON.stringify({ ...CALENDAR, terms: [{ name: 'Autumn', from: '2026-12-18', to: '2026-09-02' }] }), /Autumn.*before/],
    ['a day in another form', JSON.stringify({ ...CALENDAR, terms: [{ name: 'Autumn', from: '2 September', to: '2026-12-18' }] }), /\/terms\/0\/from/],
  ];
  for (const [name, text, message] of mistakes) t.throws(() => parseSchoolCalendar(text), { message, code: 'CALENDAR_REFUSED' }, name);
  t.same(parseSchoolCalendar(JSON.stringify(CALENDAR)), CALENDAR);
  t.end();
});
