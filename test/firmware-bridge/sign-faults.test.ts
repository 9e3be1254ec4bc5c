/**
 * Every fault of the sign, met at rest, while framing and while recording: what
 * the board shows, what the service decides, and within which time. The table
 * goes into firmware-bridge/sign/README.md: TAP_SNAPSHOT=1 writes it there,
 * otherwise it must be the one that stands there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { draw } from '../../firmware-bridge/sign/draw.js';
import { PANELS, type Panel } from '../../firmware-bridge/sign/panels.js';
import type { BoardCommand } from '../../hardware/virtual/sign/board.js';
import type { Face } from '../../session/ports.js';
import { LIMITS } from '../../session/state.js';
import { troubles } from '../../session/troubles.js';
import { recordingFace } from '../../session/wishes.js';
import { PLAN } from '../fakes/house.js';
import { buildFirmware, PLACE, SignBench } from '../fakes/sign-bench.js';
import { SignRoom } from '../fakes/sign-room.js';

t.setTimeout(240_000);

const README = 'firmware-bridge/sign/README.md';
const [FROM, TO] = ['<!-- faults: written by test/firmware-bridge/sign-faults.test.ts -->', '<!-- /faults -->'];
/** As long as a real 7.5" panel takes (hardware/virtual/sign/uc8179.ts). */
const REFRESH_MS = 4108;
/** Two refreshes, and what leads to them. */
const WATCH_MS = 12_000;
/** A fault that nobody has seen for so long is one that shows only at the next change. */
const UNSEEN_MS = 4000;
/** Times are rounded, so that the table stays the same where a MAC takes a few cycles more. */
const ROUND_MS = 10;
/** design: a capture device is closed 400 ms past its deadline at the latest. */
const CLOSED_WITHIN_MS = LIMITS.lease + 400;

/** The dark half of the slow pulse, and the watchdog's time when the board hangs in it (PROTOCOL.md, Timing). */
const LONGEST_DARK_MS = 1000 + 520;

type Moment = 'at rest' | 'framing' | 'recording';
const MOMENTS: readonly Moment[] = ['at rest', 'framing', 'recording'];

interface Fault {
  readonly what: string;
  readonly strike: (room: SignRoom) => void;
}
const board = (command: BoardCommand): Fault['strike'] => (room) => room.board.command(command);
const FAULTS: readonly Fault[] = [
  { what: 'cable pulled out', strike: (room) => room.unplug() },
  { what: 'power cut', strike: (room) => { room.board.command('power-off'); room.unplug(); } },
  { what: 'board reset', strike: board('reset') },
  { what: 'firmware hangs', strike: board('hang') },
  { what: 'lamp broken', strike: board('break-lamp') },
  { what: 'tape over the lamp', strike: board('cover-lamp') },
  { what: 'photodiode stuck lit', strike: board('stick-sensor') },
  { what: 'relay welded', strike: board('weld-relay') },
  { what: 'relay jammed open', strike: board('jam-relay') },
  { what: 'panel gone', strike: board('panel-absent') },
  { what: 'panel stuck busy', strike: board('panel-stuck') },
  { what: 'noise: one byte in 200 damaged', strike: (room) => { room.line.noiseEvery = 200; } },
  { what: 'service hangs for 3 s', strike: (room) => room.hang(3000) },
  { what: 'Stop pressed', strike: board('press') },
];

const hex = buildFirmware();
const { eeprom } = SignBench.paired(hex, { refreshMs: 300 });
const namesOfFaces = nameFaces();

t.test('P2.1 P2.4 P9.1 P9.6 every fault of the sign, at rest, framing and recording', async (t) => {
  const rows = [`| fault | ${MOMENTS.join(' | ')} |`, `|${'---|'.repeat(MOMENTS.length + 1)}`];
  for (const { what, strike } of FAULTS) {
    const cells: string[] = [];
    for (const moment of MOMENTS) cells.push(await meet(t, `${what}, ${moment}`, moment, strike));
    rows.push(`| ${what} | ${cells.join(' | ')} |`);
  }
  const table = `${FROM}\n${rows.join('\n')}\n${TO}`;
  const readme = readFileSync(README, 'utf8');
  const [before, rest] = [readme.slice(0, readme.indexOf(FROM)), readme.slice(readme.indexOf(TO) + TO.length)];
  t.ok(readme.includes(FROM) && readme.includes(TO), 'the README has its place for the table');
  if (process.env['TAP_SNAPSHOT'] === '1') writeFileSync(README, `${before}${table}${rest}`);
  t.equal(readFileSync(README, 'utf8'), `${before}${table}${rest}`, 'the README says what was seen (TAP_SNAPSHOT=1 writes it anew)');
});

/** Strikes at that moment, watches, holds it against the rules. @returns the cell. */
async function meet(t: Test, name: string, moment: Moment, strike: Fault['strike']): Promise<string> {
  const room = await roomAt(moment);
  const { house, events } = room;
  const [struckAt, phase] = [room.now, house.phase];
  const asked = house.asked.length;
  const told = (): string | undefined => house.conductor.published.told ?? (house.phase === 'blocked' ? troubles(house.conductor.published.state.room, house.clock.now())[0] : undefined);
  const pausedBy = (): string | undefined => {
    const { phase: now } = house.conductor.published.state;
    return now.kind === 'paused' && now.why.by === 'fault' ? now.why.fault : undefined;
  };
  const seen = (): boolean => house.phase !== phase;
  strike(room);
  const lease = (): number => (house.confirmed.at(-1) ?? Infinity) + LIMITS.lease - house.clock.now() + room.now;
  const found: { code?: string; seenAt?: number; closedAt?: number } = {};
  const watch = async (ms: number, until: () => boolean = () => false): Promise<void> => {
    for (const end = room.now + ms; room.now < end && !until();) {
      await room.pass(10);
      if (house.asked.slice(asked).includes('recorder stop')) found.closedAt ??= Math.min(room.now, lease());
      if (seen()) found.seenAt ??= room.now;
      const code = pausedBy() ?? told();
      if (code !== undefined) found.code ??= code;
    }
  };
  await watch(UNSEEN_MS + (moment === 'at rest' ? LIMITS.unsettled : 0), seen);
  const unseen = found.seenAt === undefined;
  const turnedAt = unseen ? room.now : struckAt;
  if (unseen) turn(room, moment);
  await watch(unseen && moment === 'at rest' ? LIMITS.confirming + WATCH_MS : WATCH_MS);

  const { code, closedAt } = found;
  const after = events.filter((event) => event.at >= struckAt);
  const openedAt = after.find((event) => event.what === 'relay' && event.state === 'open')?.at;
  if (moment !== 'at rest' && !unseen) {
    t.ok(closedAt !== undefined && closedAt - struckAt <= CLOSED_WITHIN_MS, `${name}: capture closed in time`, { closedAt, struckAt });
  }
  t.same(darkWhileClosed(room, struckAt), [], `${name}: never dark while the relay is closed, but for the pulse and the time in which the board notices`);
  t.equal(room.board.snapshot().busyWrites, 0, `${name}: nothing written to a busy panel`);
  t.same(tooFast(room), [], `${name}: the lamp never rises twice within half a second`);

  const since = (at: number | undefined): string => (at === undefined ? '–' : `${Math.max(0, Math.round((at - turnedAt) / ROUND_MS) * ROUND_MS)} ms`);
  const glass = after.flatMap((event) => (event.what === 'glass' ? [namesOfFaces.get(event.crc) ?? 'an unknown face'] : []));
  const service = `${code === undefined ? '' : `\`${code}\`, `}${house.phase}`;
  const times = moment === 'at rest' ? '' : `; capture closed ${since(closedAt)}, relay open ${since(openedAt)}`;
  return `${unseen ? `unseen until ${moment === 'at rest' ? 'the next start' : 'Stop'}: ` : ''}${service}${times}; glass ${[...new Set(glass)].join(' → ') || 'unchanged'}, lamp ${lampNow(room)}`;
}

/** The next thing that people would do: a start, or Stop. */
function turn(room: SignRoom, moment: Moment): void {
  const { conductor } = room.house;
  if (moment !== 'at rest') {
    conductor.request({ kind: 'stop' });
    return;
  }
  conductor.request({ kind: 'signed-in', owner: PLAN.owner });
  conductor.request({ kind: 'start', plan: PLAN });
}

async function roomAt(moment: Moment): Promise<SignRoom> {
  const room = new SignRoom(hex, eeprom, REFRESH_MS);
  const { conductor } = room.house;
  await room.until('rest', () => room.house.phase === 'idle');
  await room.pass(1000);
  if (moment === 'at rest') return room;
  conductor.request({ kind: 'signed-in', owner: PLAN.owner });
  conductor.request({ kind: 'choose', owner: PLAN.owner, purpose: PLAN.purpose, mode: PLAN.mode });
  await room.pass(3000);
  conductor.request(moment === 'framing' ? { kind: 'frame' } : { kind: 'start', plan: PLAN });
  await room.until(moment, () => {
    const { phase } = conductor.published.state;
    return phase.kind === 'recording' || (phase.kind === 'framing' && phase.step === 'live');
  });
  await room.pass(3000);
  return room;
}

/** Host's faces by drawing them; the board's own by seeing them on the bench. */
function nameFaces(): Map<number, string> {
  const names = new Map<number, string>();
  const host: [Face, string][] = [[{ kind: 'not-recording' }, 'NOT RECORDING'], [{ kind: 'camera-on' }, 'CAMERA ON'], [recordingFace(PLAN), 'RECORDING'], [{ kind: 'paused' }, 'PAUSED']];
  for (const [face, name] of host) names.set(draw(face, PANELS[1] as Panel, PLACE).crc, name);
  const bench = SignBench.paired(hex);
  names.set(bench.board.snapshot().glassCrc, 'CHECKING');
  bench.arm();
  bench.run(5000);
  names.set(bench.board.snapshot().glassCrc, 'OUT OF ORDER');
  bench.do('reset');
  bench.run(2000);
  bench.hello();
  bench.arm();
  bench.beats({ wanted: 2, close: true }, 1000);
  bench.do('weld-relay');
  bench.run(5000);
  names.set(bench.board.snapshot().glassCrc, 'ASSUME RECORDING');
  return names;
}

interface Span { readonly from: number; readonly to: number }
function spans(room: SignRoom, isOn: (event: SignRoom['events'][number]) => boolean | undefined): Span[] {
  const found: Span[] = [];
  let from: number | undefined;
  for (const event of room.events) {
    const on = isOn(event);
    if (on === true) from ??= event.at;
    else if (on === false && from !== undefined) {
      found.push({ from, to: event.at });
      from = undefined;
    }
  }
  return from === undefined ? found : [...found, { from, to: room.now }];
}

/** Spans without light while the relay's contact was closed, longer than can be. (Tape hides a light that burns.) */
function darkWhileClosed(room: SignRoom, after: number): Span[] {
  const lit = spans(room, (event) => (event.what === 'lamp' ? event.lit : undefined));
  const closed = spans(room, (event) => (event.what === 'relay' ? event.state === 'closed' : undefined));
  return closed.flatMap(({ from, to }) => {
    const edges = [from, ...lit.filter((span) => span.to > from && span.from < to).flatMap((span) => [Math.max(span.from, from), Math.min(span.to, to)]), to];
    return edges.flatMap((at, i) => (i % 2 === 0 ? [{ from: at, to: edges[i + 1] as number }] : [])).filter((gap) => gap.to - gap.from > LONGEST_DARK_MS && gap.to >= after);
  });
}

function tooFast(room: SignRoom): number[] {
  const rises = room.events.flatMap((event) => (event.what === 'lamp' && event.lit ? [event.at] : []));
  return rises.map((at, i) => at - (rises[i - 1] ?? -Infinity)).filter((gap) => gap < 500);
}

/** By what it did in the last two seconds. */
function lampNow(room: SignRoom): string {
  const flashes = spans(room, (event) => (event.what === 'lamp' ? event.lit : undefined)).filter(({ to }) => to > room.now - 2100);
  if (flashes.length === 0) return 'dark';
  const longest = Math.max(...flashes.map(({ from, to }) => to - from));
  if (longest > 2000) return 'lit';
  if (longest < 150) return 'dark but for its tests';
  return longest < 300 ? '2 Hz' : 'slow pulse';
}
