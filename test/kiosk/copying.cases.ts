import t from 'tap';
import type { Recording } from '../../kiosk/protocol.js';
import { afterLine, BEGUN, MOST, progressOf, sinceChoices } from '../../kiosk/screen/copying.js';
import { progressWords, stickWords } from '../../kiosk/screen/pages/parts/stick-words.js';
import { COLLECTED, RECORDING } from './scripted-house.js';

const PROGRESS = { phase: 'copying', doneBytes: 1, totalBytes: 2, secondsLeft: 61 } as const;

t.test('a copy, line by line: only `collected` says that the stick can be pulled out', (t) => {
  const going = afterLine(BEGUN, { kind: 'progress', ...PROGRESS });
  t.strictSame(going, { is: 'going', progress: PROGRESS, cancelling: false });
  t.match(afterLine({ is: 'going', progress: null, cancelling: true }, { kind: 'progress', ...PROGRESS }), { cancelling: true }, 'a tap on Cancel is not forgotten');
  t.strictSame(afterLine(going, { kind: 'collected', ...COLLECTED }), { is: 'done', verified: COLLECTED.verified });
  const refusal = { code: 'CANCELLED', sentence: 'The copy was cancelled.', remedy: '', values: { a: 1 } };
  t.strictSame(afterLine(going, { kind: 'refused', ...refusal }), { is: 'refused', refusal, verified: [] });
  t.strictSame(afterLine(going, { kind: 'refused', ...refusal, verified: COLLECTED.verified }), { is: 'refused', refusal, verified: COLLECTED.verified });
  t.strictSame(progressOf({ kind: 'checking', doneBytes: 1, totalBytes: 2, secondsLeft: null }), { ...PROGRESS, phase: 'checking', secondsLeft: null });
  t.equal(progressOf({ kind: 'in-use' }), null);
  t.end();
});

t.test('what is chosen with one tap', (t) => {
  const today = new Date(2026, 10, 25, 15, 40); // a Wednesday
  const at = (day: number, erased = false): Recording => ({ ...RECORDING, id: `${day}`, startedAt: new Date(2026, 10, day, 9).toISOString(), erased });
  const kinds = (...recordings: Recording[]) => sinceChoices(recordings, today).map(({ kind, ids }) => [kind, ...ids]);
  t.strictSame(kinds(at(25), { ...at(25), id: 'b' }, at(23), at(20)), [['today', '25', 'b'], ['week', '25', 'b', '23'], ['all', '25', 'b', '23', '20']]);
  t.strictSame(kinds(at(25), at(22)), [['all', '25', '22']], 'Sunday was last week');
  t.strictSame(kinds(at(25), at(24)), [['week', '25', '24']], 'not twice the same');
  t.strictSame(kinds(at(25), at(24, true)), [], 'erased ones are not among it, and one has its own tap');
  t.strictSame(kinds(), []);
  t.strictSame(kinds(...Array.from({ length: MOST + 1 }, (_, i) => ({ ...at(2), id: `x${i}` }))), [], 'no more than the recorder takes');
  t.end();
});

t.test('in words', (t) => {
  t.match(stickWords({ kind: 'ready', label: 'ANN', freeBytes: 31_200_000_000, fileSystem: 'vfat' }, 1_400_000_000).more, /31\.2 GB.*FAT32.*1\.4 GB/u);
  t.match(stickWords({ kind: 'ready', label: 'ANN', freeBytes: 1, fileSystem: 'btrfs' }, 1).more, /btrfs/u);
  t.match(stickWords({ kind: 'trouble', code: 'A', sentence: 'It is {what}.', remedy: 'Wait.', values: { what: 'full' } }, 1), { heading: 'It is full.', more: 'Wait.' });
  t.match(progressWords(PROGRESS), /About 2 mins? left/u);
  t.match(progressWords({ ...PROGRESS, secondsLeft: 59 }), /Less than a minute/u);
  t.notMatch(progressWords({ ...PROGRESS, secondsLeft: null }), /left/u);
  t.end();
});
