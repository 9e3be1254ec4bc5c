import fc from 'fast-check';
import t from 'tap';
import { SoundWatch } from '../../pipeline/sound-watch.js';
import type { Level } from '../../pipeline/recorder-messages.js';

const EVERY_MS = 100;
const SPEECH: Level = { rms: [-30], peak: [-18] };
const ZEROS: Level = { rms: [-120], peak: [-120] };
const QUIET: Level = { rms: [-64], peak: [-55] };
const LOUD: Level = { rms: [-6], peak: [0] };
const HALF: Level = { rms: [-30, -120], peak: [-18, -120] };

type Stretch = readonly [level: Level, ms: number];

/** Levels ten a second. @returns what was told, as `at ms: kind FAULT`. */
function heard(levels: readonly Stretch[]): string[] {
  const watch = new SoundWatch();
  let at = 0;
  return levels.flatMap(([level, ms]) => Array.from({ length: ms / EVERY_MS }, () => {
    const told = watch.hear(level, at).map(({ kind, fault }) => `${at}: ${kind} ${fault}`);
    at += EVERY_MS;
    return told;
  }).flat());
}

t.test('what the microphone brings', (t) => {
  const cases: [what: string, levels: readonly Stretch[], told: string[]][] = [
    ['speech is worth recording', [[SPEECH, 60_000]], []],
    ['a pause between two sentences is no trouble', [[SPEECH, 1000], [QUIET, 9000], [SPEECH, 1000], [ZEROS, 1900], [SPEECH, 1000]], []],
    ['exact zeros for 2 s: nothing comes at all', [[ZEROS, 3000], [SPEECH, 500]], ['2000: warning SOUND_DEAD', '3000: cleared SOUND_DEAD']],
    ['below −60 dBFS for 10 s: it hears next to nothing', [[QUIET, 12_000], [SPEECH, 500]], ['10000: warning SOUND_QUIET', '12000: cleared SOUND_QUIET']],
    ['zeros are not called quiet, and quiet does not count while there are zeros', [[QUIET, 9000], [ZEROS, 3000], [QUIET, 9900]], ['11000: warning SOUND_DEAD', '12000: cleared SOUND_DEAD']],
    ['one knock on the table is no trouble', [[SPEECH, 1000], [LOUD, 200], [SPEECH, 10_000]], []],
    ['three within 5 s are; over when 10 s have passed without', [[LOUD, 300], [SPEECH, 11_000]], ['200: warning SOUND_CLIPPED', '10200: cleared SOUND_CLIPPED']],
    ['three in a minute are none', [[LOUD, 100], [SPEECH, 20_000], [LOUD, 100], [SPEECH, 20_000], [LOUD, 100]], []],
    ['one channel of two that is dead for 10 s', [[HALF, 11_000], [SPEECH, 500]], ['10000: warning SOUND_HALF', '11000: cleared SOUND_HALF']],
  ];
  for (const [what, levels, told] of cases) t.same(heard(levels), told, what);
  t.end();
});

t.test('whatever comes, a warning is told once until it is cleared', (t) => {
  const levels = fc.array(fc.tuple(fc.constantFrom(SPEECH, ZEROS, QUIET, LOUD, HALF), fc.integer({ min: 1, max: 150 }).map((count) => count * EVERY_MS)), { maxLength: 12 });
  fc.assert(fc.property(levels, (list) => {
    const standing = new Set<string>();
    for (const told of heard(list)) {
      const [, kind = '', fault = ''] = told.split(' ');
      t.equal(standing.has(fault), kind === 'cleared');
      if (kind === 'warning') standing.add(fault); else standing.delete(fault);
    }
  }), { numRuns: 50 });
  t.end();
});
