import t from 'tap';
import { cutsShort, notHeard, soundsFor, soundsOfLink, withHeard, type Cue, type Heard } from '../../../kiosk/screen/sound.js';
import type { Seen } from '../../../kiosk/screen/view.js';
import type { PublicPhase, PublicState } from '../../../kiosk/protocol.js';
import { SESSION as session, TROUBLE } from '../scripted-house.js';

const MINUTE = 60_000;
const state = (phase: PublicPhase): PublicState => ({ rev: 1, room: { name: 'Room 14', languages: ['en'], diagonalInches: null }, phase, warnings: [], signedIn: false, setUp: true, version: '0.1.0', buildHash: 'abc' });
/** `chime+saying@ms`. */
const short = (cues: readonly Cue[]): string[] => cues.map(({ chime, saying, inMs }) => `${[chime, saying].filter((part) => part !== null).join('+')}@${inMs}`);
const heard = (before: PublicPhase | null, after: PublicPhase): string[] => short(soundsFor(before === null ? null : state(before), state(after)));

const idle: PublicPhase = { kind: 'idle' };
const announcing = (countdownMs: number): PublicPhase => ({ kind: 'announcing', session, countdownMs });
const starting: PublicPhase = { kind: 'starting', session };
const recording = (elapsedMs: number, endsInMs: number): PublicPhase => ({ kind: 'recording', session, elapsedMs, endsInMs });
const paused = (by: 'owner' | 'room' | 'fault'): PublicPhase => ({ kind: 'paused', session, why: by === 'fault' ? { by, fault: TROUBLE } : { by }, closesInMs: 120_000 });
const stopping = (next: 'rest' | 'pause' | 'start'): PublicPhase => ({ kind: 'stopping', next });
const framing = (live: boolean): PublicPhase => ({ kind: 'framing', live, endsInMs: 300_000 });

t.test('P9.2 P2.6 what is heard when the state changes, and later', (t) => {
  const ticks = (ms: number): string[] => [`tick@${ms - 3000}`, `tick@${ms - 2000}`, `tick@${ms - 1000}`];
  const tones = (...minutes: number[]): string[] => minutes.map((at) => `ten-minutes@${at * MINUTE}`);
  const table: [string, PublicPhase | null, PublicPhase, string[]][] = [
    ['a page that is loaded at rest', null, idle, []],
    ['at rest', idle, { kind: 'waking' }, []],
    ['a start is announced and counted down', { kind: 'waking' }, announcing(5000), ['starting@0', ...ticks(5000)]],
    ['a start after framing', stopping('start'), announcing(5000), ['starting@0', ...ticks(5000)]],
    ['the countdown goes on', announcing(5000), announcing(4200), ticks(4200)],
    ['a tick that was due a moment ago is not lost', announcing(5000), announcing(2600), ['tick@-400', 'tick@600', 'tick@1600']],
    ['a tick that was due earlier is over', announcing(5000), announcing(2400), ['tick@400', 'tick@1400']],
    ['a page that is loaded in the countdown', null, announcing(2600), ['tick@600', 'tick@1600']],
    ['the countdown is over and the sign is waited for', announcing(600), announcing(0), []],
    ['carrying on after a pause', paused('owner'), announcing(3000), ['carrying-on@0', ...ticks(3000)]],
    ['carrying on after somebody stopped it', paused('room'), announcing(3000), ['carrying-on@0', ...ticks(3000)]],
    ['the devices open', announcing(0), starting, []],
    ['the recording starts', starting, recording(0, 50 * MINUTE), ['start+started@0', ...tones(10, 20, 30, 40), `minute-left+one-minute@${49 * MINUTE}`]],
    ['and goes on', recording(0, 50 * MINUTE), recording(25 * MINUTE, 25 * MINUTE), [...tones(5, 15), `minute-left+one-minute@${24 * MINUTE}`]],
    ['ten minutes are just over', recording(0, 15 * MINUTE), recording(10 * MINUTE + 400, 5 * MINUTE - 400), ['ten-minutes@-400', `minute-left+one-minute@${4 * MINUTE - 400}`]],
    ['ten minutes are over', recording(0, 15 * MINUTE), recording(10 * MINUTE + 501, 5 * MINUTE - 501), [`minute-left+one-minute@${4 * MINUTE - 501}`]],
    ['a page that is loaded after ten minutes says nothing twice', null, recording(10 * MINUTE + 1, 5 * MINUTE), [`minute-left+one-minute@${4 * MINUTE}`]],
    ['a page that is loaded before ten minutes misses nothing', null, recording(10 * MINUTE - 1, 5 * MINUTE), ['ten-minutes@1', `minute-left+one-minute@${4 * MINUTE}`]],
    ['no tone into the words about the last minute', starting, recording(0, 11 * MINUTE), ['start+started@0', `minute-left+one-minute@${10 * MINUTE}`]],
    ['nor at the end', starting, recording(0, 10 * MINUTE), ['start+started@0', `minute-left+one-minute@${9 * MINUTE}`]],
    ['the longest session has all its tones', starting, recording(0, 120 * MINUTE), ['start+started@0', ...tones(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110), `minute-left+one-minute@${119 * MINUTE}`]],
    ['a session of a minute', starting, recording(0, MINUTE), ['start+started@0', 'minute-left+one-minute@0']],
    ['what is left of a session that carries on', starting, recording(0, 40_000), ['start+started@0']],
    ['the last minute has begun', recording(0, 2 * MINUTE), recording(61_000, 59_000), []],
    ['a page that took some seconds to load says late that the end is near', null, recording(61_000, 50_000), ['minute-left+one-minute@-10000']],
    ['and no later', null, recording(61_000, 49_999), []],
    ['anyone stops it', recording(0, MINUTE), stopping('pause'), ['stop+stopped@0']],
    ['its time is over', recording(0, 0), stopping('rest'), ['stop+stopped@0']],
    ['stopped, and secured', stopping('pause'), paused('room'), []],
    ['its owner pauses', stopping('pause'), paused('owner'), ['paused@0']],
    ['a fault', stopping('pause'), paused('fault'), ['fault@0']],
    ['a pause whose way there went past us', recording(0, 5 * MINUTE), paused('fault'), ['stop+stopped@0', 'fault@0']],
    ['a pause goes on', paused('fault'), paused('fault'), []],
    ['a pause ends', paused('room'), idle, []],
    ['an end whose way there went past us', recording(0, 5 * MINUTE), idle, ['stop+stopped@0']],
    ['the service ends', recording(0, 5 * MINUTE), { kind: 'gone' }, ['stop+stopped@0']],
    ['a recorder that was restarted in the middle', recording(0, 5 * MINUTE), { kind: 'checking' }, ['stop+stopped@0']],
    ['a countdown is stopped', announcing(3000), stopping('rest'), ['not-started@0']],
    ['a start fails', starting, stopping('rest'), ['not-started@0']],
    ['the camera is not on yet', { kind: 'waking' }, framing(false), []],
    ['the camera is on', framing(false), framing(true), ['camera-on@0']],
    ['and stays on', framing(true), framing(true), []],
    ['a page that is loaded while framing', null, framing(true), []],
    ['framing is over', framing(true), stopping('rest'), []],
  ];
  for (const [name, before, after, expected] of table) t.strictSame(heard(before, after), expected, name);
  t.end();
});

t.test('a lost link says to assume recording, once', (t) => {
  const table: [Seen['link'], Seen['link'], string[]][] = [
    ['connecting', 'live', []], ['connecting', 'lost', ['lost@0']], ['live', 'lost', ['lost@0']], ['lost', 'lost', []], ['lost', 'live', ['found@0']], ['live', 'live', []],
  ];
  for (const [before, after, expected] of table) t.strictSame(short(soundsOfLink(before, after)), expected, `${before} → ${after}`);
  t.end();
});

t.test('what is no longer so is cut short; what adds to it waits', (t) => {
  const cuts = (before: PublicPhase, after: PublicPhase) => soundsFor(state(before), state(after)).filter(({ saying }) => saying !== null).map(cutsShort);
  t.strictSame(cuts(announcing(1000), stopping('rest')), [true]);
  t.strictSame(cuts(recording(0, 5000), stopping('pause')), [true]);
  t.strictSame(cuts(stopping('pause'), paused('owner')), [false]);
  t.strictSame(cuts(starting, recording(0, MINUTE)), [true, false], 'the last minute waits for what it is the last minute of');
  t.end();
});

t.test('P2.6 however states come, each cue is played once: nothing twice, nothing missed', (t) => {
  // The server's clock and the page's differ by some milliseconds, this way or that, with each message.
  const jitters = [0, 180, -120, 60, -240, 240, -60];
  const length = 31 * MINUTE;
  for (const stepMs of [70, 333, 9_800, 61_000, 20 * MINUTE]) {
    const played: string[] = [];
    let heardSoFar: Heard = new Map();
    let planned: { cue: Cue; dueAt: number }[] = [];
    const playUntil = (now: number): void => {
      for (const { cue, dueAt } of planned.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)) {
        heardSoFar = withHeard(heardSoFar, cue, dueAt);
        played.push(cue.saying ?? cue.chime ?? '');
      }
      planned = planned.filter(({ dueAt }) => dueAt > now);
    };
    let before: PublicState | null = state(starting);
    for (let now = 0, turn = 0; now < length; now += stepMs, turn += 1) {
      playUntil(now);
      const elapsed = Math.max(0, now + (jitters[turn % jitters.length] ?? 0));
      const after = state(recording(elapsed, Math.max(0, length - elapsed)));
      planned = notHeard(soundsFor(before, after), now, heardSoFar).map((cue) => ({ cue, dueAt: now + cue.inMs }));
      before = after;
    }
    playUntil(length);
    t.strictSame(played, ['started', 'ten-minutes', 'ten-minutes', 'one-minute'], `a state each ${stepMs} ms`);
  }
  t.end();
});
