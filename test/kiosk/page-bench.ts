/**
 * Pages in real Chromium, with a desk whose answers the test makes up. What is
 * looked at is looked at as people see it: the console is clean, nothing
 * overflows or overlaps, and targets are large and apart; also with longer
 * words and from right to left, as other languages have it. KIOSK_SHOTS=folder
 * keeps a picture of each.
 */
import type { Refusal, SignInReply } from '../../kiosk/protocol.js';
import type { StewardReply } from '../../kiosk/protocol/school.js';
import { LAYOUT_FAULTS } from './layout-faults.js';
import { launch } from '../fakes/chromium.js';
import { until } from '../fakes/until.js';
import { LARGE, ME, openStage, PORTRAIT, SMALL, stageFiles, touchKey, type Size } from './stage.js';

const shots = process.env['KIOSK_SHOTS'];

export { skip } from '../fakes/chromium.js';
export { ME } from './stage.js';
export const refusal = (code: string, sentence: string, remedy: string): Refusal => ({ code, sentence, remedy });

const SIZES: readonly Size[] = [SMALL, LARGE, PORTRAIT];

/** Who looks, and what an element is handed besides its desk. */
export interface Showing {
  readonly me?: SignInReply | null;
  readonly steward?: StewardReply;
  readonly parked?: boolean;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Of tap. */
interface Subtests { strictSame(found: unknown, wanted: unknown, message: string): boolean; teardown(close: () => Promise<void>): unknown }

const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** @param elements files of kiosk/screen that define what is shown, without their `.ts`. @param more script of the page, as if it lay in kiosk/screen. */
export async function pageBench(t: Subtests, elements: readonly string[], more = '') {
  const browser = await launch();
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: SMALL[0], height: SMALL[1] }, hasTouch: true, timezoneId: 'Europe/London' });

  /** What the server would say; a Refusal is one where it has a `remedy`. A function is asked for it. */
  const server = new Map<string, unknown>();
  const asked: [string, unknown][] = [];
  await page.exposeFunction('serve', async (path: string, body: unknown) => {
    asked.push([path, body]);
    const answer = server.get(path) ?? {};
    return typeof answer === 'function' ? await (answer as (body: unknown) => unknown)(body) : answer;
  });
  const console = await openStage(page, await stageFiles(elements, more));

  let panel = SMALL;
  const resize = async (size: Size) => {
    if (size === panel) return;
    panel = size;
    await page.setViewportSize({ width: size[0], height: size[1] });
  };
  /** @param prepare script that puts the page so. */
  const holds = async (what: string, shot: string, size: Size, prepare: string) => {
    await resize(size);
    const at = size.join('x');
    // All at once: going to and fro between test and browser takes longer than the looking.
    const [faults, clipped] = await page.evaluate<[unknown, unknown]>(`(async () => { ${prepare}; await ${DRAWN}; return [${LAYOUT_FAULTS.trim().replace(/;$/, '')}, clipped()]; })()`);
    t.strictSame(faults, [], `${what} at ${at}`);
    t.strictSame(clipped, [], `${what} at ${at}: no text is cut off`);
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${shot}-${at}.png` });
  };
  const look = async (name: string, words: string | RegExp, sizes: readonly Size[]) => {
    await page.getByText(words).first().waitFor();
    // A tapped button lies 2 px lower for a moment.
    await page.waitForFunction('pressed() === 0');
    // Where there is room for much there is room for less; the large panel has room, and must not look empty.
    for (const size of sizes) await holds(`${name}${size === LARGE ? '' : ' with much to say'}`, name, size, `surround(${size !== LARGE})`);
    await resize(SMALL);
    await page.evaluate(`(async () => { surround(false); await ${DRAWN}; await foreign(true); })()`);
    for (const size of sizes.filter((one) => one !== LARGE)) await holds(`${name} with longer words, and right to left`, `foreign-${name}`, size, '');
    await resize(SMALL);
    // A text is measured anew first, or it would be put back on a page of another size.
    await page.evaluate(`(async () => { await ${DRAWN}; await foreign(false); await ${DRAWN}; })()`);
  };
  const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().tap();
  /** Each of these buttons, by its whole name. */
  const tapEach = async (names: Iterable<string>) => {
    for (const name of names) await touchKey(page, name);
  };

  return {
    page, server, asked, console, tap, tapEach,
    /** Opens it as the kiosk would. */
    show: (element: string, { me = ME, steward, parked = true, with: more = {} }: Showing = {}) =>
      page.evaluate(`show(${[element, { me, steward: steward ?? null, parked }, more].map((one) => JSON.stringify(one)).join(', ')})`),
    /** Once these words are there: at each size, with the room to itself, and with a notice above and, for whoever is signed in, the idle bar below. */
    look: (name: string, words: string | RegExp) => look(name, words, SIZES),
    /** The same on the smallest panel only, for what is laid out as something else that was looked at. */
    glance: (name: string, words: string | RegExp) => look(name, words, [SMALL]),
    sees: (words: string | RegExp) => page.getByText(words).first().waitFor(),
    toTheEnd: async () => {
      for (let turns = 0; await page.getByRole('button', { name: 'Next', exact: true }).isVisible(); turns += 1) {
        if (turns > 40) throw new Error('the text has no end');
        await tap(/^Next$/);
      }
    },
    write: async (text: string, button: string | RegExp) => {
      await page.locator('textarea').fill(text);
      await tap(button);
    },
    /** With the letters or digits of a pad. */
    enter: async (code: string) => {
      await tapEach(code.replaceAll('-', ''));
      await tap(/^OK$/);
    },
    /** @returns with what it was asked; what was asked before is forgotten. */
    until: async (path: string) => {
      await until(() => asked.some(([one]) => one === path), `asking ${path}`);
      const found = asked.find(([one]) => one === path)?.[1];
      asked.length = 0;
      return found;
    },
    /** Where the page last wanted to go. */
    went: async () => {
      await page.waitForFunction('wentTo.length > 0');
      return await page.evaluate('wentTo.at(-1)');
    },
  };
}
