import t from 'tap';
import { cellAt, cellsOf, cellUnder, coversOf } from '../../kiosk/screen/covers.js';
import { CLOSER, Hand, speedsAt, speedsOfKey, WIDER, type Speeds } from '../../kiosk/screen/steer.js';
import { nextGain, viewNames } from '../../kiosk/screen/words.js';

t.test('how fast the camera turns, from where the finger is on the pad', (t) => {
  const table: [string, number, number, number, number][] = [
    ['in the middle it stands', 0, 0, 0, 0],
    ['near the middle too', 0.14, -0.14, 0, 0],
    ['at the right edge it turns right, so fast that one can still stop it where one wants', 1, 0, 0.4, 0],
    ['at the top it turns up', 0, -1, 0, 0.4],
    ['beyond the pad it is no faster', -3, 3, -0.4, -0.4],
    ['half way it is slow', 0.575, 0, 0.1, 0],
  ];
  for (const [name, x, y, pan, tilt] of table) t.same(speedsAt(x, y), { pan, tilt, zoom: 0 }, name);
  t.match(['ArrowLeft', 'ArrowUp', '+', '-', 'a'].map(speedsOfKey), [{ pan: -0.3 }, { tilt: 0.3 }, CLOSER, WIDER, undefined]);
  t.end();
});

/** A hand whose time and whose answers are the test's. */
function hand() {
  const said: (Speeds | 'stop')[] = [];
  let again = (): void => undefined;
  let answer = (): void => undefined;
  const made = new Hand({
    drive: (speeds) => {
      said.push(speeds);
      return new Promise<void>((resolve) => { answer = resolve; });
    },
    stop: () => {
      said.push('stop');
      return Promise.resolve();
    },
    repeat: (each) => {
      again = each;
      return () => { again = () => undefined; };
    },
  });
  const answered = async () => {
    answer();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { hand: made, said, again: () => again(), answered };
}

t.test('a hand on the camera', async (t) => {
  await t.test('says at once where to turn, again while it holds, and stops when it lets go', async (t) => {
    const { hand: made, said, again, answered } = hand();
    made.hold(CLOSER);
    t.same(said, [CLOSER]);
    await answered();
    made.hold(WIDER);
    t.same(said, [CLOSER], 'a finger that moves asks no oftener');
    again();
    t.same(said, [CLOSER, WIDER]);
    await answered();
    made.letGo();
    made.letGo();
    again();
    t.same(said, [CLOSER, WIDER, 'stop']);
  });

  await t.test('does not queue drives behind a slow answer, and stops again after it', async (t) => {
    const { hand: made, said, again, answered } = hand();
    made.hold(CLOSER);
    again();
    again();
    made.letGo();
    t.same(said, [CLOSER, 'stop'], 'Stop waits for nobody');
    await answered();
    t.same(said, [CLOSER, 'stop', 'stop'], 'and is there after a drive that it overtook');
  });
});

t.test('covered areas', async (t) => {
  const cells = (...rows: string[]) => new Set(rows.flatMap((row, y) => Array.from(row).flatMap((mark, x) => (mark === '#' ? [cellAt(x, y)] : []))));

  await t.test('a tap is in the cell under it, at the very edge too', (t) => {
    t.same([cellUnder(0, 0), cellUnder(0.13, 0), cellUnder(1, 1), cellUnder(-0.1, 0.99)], [0, 1, 47, 40]);
    t.end();
  });

  await t.test('cells that lie together are few rectangles', (t) => {
    t.same(coversOf(cells()), []);
    t.same(coversOf(cells('##', '##')), [{ left: 0, top: 0, width: 0.25, height: 1 / 3 }]);
    t.equal(coversOf(cells('#######', '#', '#', '#'))?.length, 2, 'a corner is two');
    t.equal(coversOf(cells('#.#.#.#.', '#.#.#.#.', '##########'.slice(0, 8)))?.length, 5, 'a comb is its teeth and its back');
    t.end();
  });

  await t.test('more than eight are too many', (t) => {
    t.equal(coversOf(cells('#.#.#.#.', '.#.#.#.#'))?.length, 8);
    t.equal(coversOf(cells('#.#.#.#.', '.#.#.#.#', '#')), null);
    t.end();
  });

  await t.test('rectangles become the same cells again, whatever the cells', (t) => {
    const wrong: number[] = [];
    for (let pattern = 1; pattern < 5000; pattern += 1) {
      const some = new Set(Array.from({ length: 48 }, (_, cell) => cell).filter((cell) => (pattern >> (cell % 13)) % 3 === 1));
      const covers = coversOf(some);
      if (covers !== null && JSON.stringify([...cellsOf(covers)].sort()) !== JSON.stringify([...some].sort())) wrong.push(pattern);
    }
    t.same(wrong, []);
    t.end();
  });

  await t.test('a cell that is covered in part is shown as covered', (t) => {
    t.same([...cellsOf([{ left: 0.1, top: 0, width: 0.1, height: 0.1 }])], [0, 1]);
    t.end();
  });
});

t.test('names for views: places first, a number that is free, and what the room has', (t) => {
  t.same(viewNames([]).map(({ name }) => name), ['Board', 'Carpet', 'My desk', 'Group table', 'Door side', 'Window side', 'View 1']);
  t.same(viewNames(['View 1', 'Board']).filter(({ replaces }) => replaces).map(({ name }) => name), ['Board', 'View 1']);
  t.equal(viewNames(['View 1']).find(({ name }) => name.startsWith('View'))?.name, 'View 2');
  t.end();
});

t.test('the microphone, a step up or down', (t) => {
  const gain = { dB: 24, least: 0, most: 26, step: 1 };
  t.same([nextGain(gain, -1), nextGain(gain, 1), nextGain({ ...gain, dB: 26 }, 1), nextGain({ ...gain, step: 6 }, -1)], [21, 26, undefined, 18]);
  t.end();
});
