/** A house that does what its test tells it: the kiosk's whole world, by hand. */
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { buildApp, type AppOptions } from '../../kiosk/server/app.js';
import type { Answer, CollectAnswer, House, Room, Steering, SteeringState, SignedIn, StartWish, StewardIn } from '../../kiosk/server/house.js';
import { makeLog } from '../../kiosk/server/log.js';
import { MODES } from '../../session/ports.js';
import type { Collected, PublicPhase, PublicSession, Recording, Trouble } from '../../kiosk/protocol.js';
import type { StickView } from '../../kiosk/protocol/collect.js';
import { noted, quietPorts, type Noted } from './quiet-ports.js';

export const OWNER: SignedIn = { teacher: 'anna', displayName: 'A. Ahmed' };
export const OTHER: SignedIn = { teacher: 'bevan', displayName: 'B. Bevan' };
export const LEAD: SignedIn = { teacher: 'evans', displayName: 'E. Evans' };
export const STEWARD: StewardIn = { steward: 'stewart', displayName: 'S. Stewart' };
/** Accounts behind names on the staff list; behind every other name is the owner's. */
const ACCOUNTS: Readonly<Record<string, SignedIn>> = { t1: OTHER, t4: LEAD };
export const PIN = '739164';
export const SESSION: PublicSession = { purpose: 'Personal reflection', audience: 'only-me', mode: 'picture-and-sound' };
export const RECORDING: Recording = { id: 'r1', startedAt: '2026-11-23T09:05:00+00:00', purpose: 'Personal reflection', lengthMs: 42 * 60_000, bytes: 1_400_000_000, complete: true, goneAt: '2027-01-22T23:59:59+00:00', erased: false, keptAtMost: '2027-11-23', receipt: '1f3a 99c0 12ab 77de' };
export const TROUBLE: Trouble = { code: 'SIGN_LOST', sentence: 'The sign by the door does not answer.', remedy: 'Check its cable, wait until it says NOT RECORDING, then carry on.' };

/** What the scripted house says, whatever it is asked to. */
export const SPOKEN = Buffer.from('RIFF....WAVEfmt ');

/** A camera that can be turned and a microphone that can be set. */
export const STEERING: SteeringState = {
  views: [{ id: 'standard', name: 'Whole room', covers: [] }, { id: 'v1', name: 'Board', covers: [] }, { id: 'v2', name: 'Carpet', covers: [] }],
  chosen: 'standard', cameraTrouble: null, gain: { dB: 24, least: 0, most: 60, step: 1 }, gainTrouble: null,
};

const PURPOSES: ReturnType<House['purposes']> = [
  { id: 'reflection', version: 1, words: 'Personal reflection', audience: 'only-me' },
  { id: 'collaboration', version: 1, words: 'Collaboration', audience: 'colleagues-i-choose' },
  { id: 'coaching', version: 1, words: 'Coaching', audience: 'colleagues-i-choose' },
  { id: 'enquiry', version: 1, words: 'Enquiry learning', audience: 'colleagues-i-choose' },
];

/** A lesson's end so many minutes from now, by the clock of the browser too. */
const bellIn = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

type Asked = Parameters<Room['ask']>[0] | { readonly kind: 'start'; readonly owner: SignedIn; readonly wish: StartWish };

export interface ScriptedHouse extends House {
  /** All that the kiosk asked of the heart, in order. */
  readonly asked: Asked[];
  /** What else was asked of the ports, in order; looks at the state apart. */
  readonly calls: Noted[];
  /** PINs that arrived, as they were then. */
  readonly pins: string[];
  /** The very buffers, to see what became of them. */
  readonly pinBuffers: Buffer[];
  become(phase: PublicPhase, warnings?: Trouble[]): void;
  /** What the heart says to the next requests. */
  answer: () => Answer | Promise<Answer>;
  frame(jpeg: Buffer): void;
  level(peakDb: number): void;
  previewListeners(): number;
  /** What the clap test hears next. */
  clap: Awaited<ReturnType<House['clapping']['listen']>>;
  /** What the camera and the microphone were asked for, in order. */
  readonly steered: unknown[][];
  /** Shows another state of the steering. */
  steer(change: Partial<SteeringState>): void;
  /** What was settled by clap tests. */
  readonly clapsSeen: [soundAtMs: number, pictureAtMs: number][];
  /** How the stick stands. */
  stickView: StickView;
  /** Ends the copy that is going on. */
  readonly copy: { progress: (done: number, total: number) => void; end: (answer: CollectAnswer) => void };
}

export function scriptedHouse(): ScriptedHouse {
  let phase: PublicPhase = { kind: 'idle' };
  let warnings: Trouble[] = [];
  const changes = new Set<() => void>();
  const frames = new Set<(jpeg: Buffer) => void>();
  const levels = new Set<(peakDb: number) => void>();
  const asked: Asked[] = [];
  const calls: Noted[] = [];
  const pins: string[] = [];
  const pinBuffers: Buffer[] = [];
  const steerings = new Set<() => void>();
  let steering: SteeringState = STEERING;
  const copy: { -readonly [K in keyof ScriptedHouse['copy']]: ScriptedHouse['copy'][K] } = { progress: () => {}, end: () => {} };
  const on = <T>(set: Set<T>, listener: T) => { set.add(listener); return () => void set.delete(listener); };
  const checkPin = (pin: Buffer, signedIn = OWNER) => {
    pins.push(pin.toString());
    pinBuffers.push(pin);
    return pin.toString() === PIN
      ? { ok: true as const, signedIn }
      : { ok: false as const, code: 'WRONG_PIN', sentence: 'That PIN is not right.', remedy: 'Wait 2 seconds, then try again.', waitSeconds: 2 };
  };
  const steered = async (...what: unknown[]): Promise<Answer> => {
    house.steered.push(what);
    return await house.answer();
  };
  const house: ScriptedHouse = {
    asked, calls, pins, pinBuffers, copy,
    ...quietPorts(calls, LEAD, STEWARD, OWNER),
    steered: [],
    steer(change) {
      steering = { ...steering, ...change };
      for (const listener of steerings) listener();
    },
    steering: noted(calls, 'steering', {
      now: () => steering,
      onChange: (listener) => on(steerings, listener),
      drive: (speeds) => void house.steered.push(['drive', speeds]),
      stop: () => void house.steered.push(['stop']),
      show: (view, whileRecording) => steered('show', view, ...(whileRecording === undefined ? [] : [whileRecording])),
      save: (name, covers) => steered('save', name, covers),
      forget: (view) => steered('forget', view),
      cover: (covers) => steered('cover', covers),
      gain: (dB) => steered('gain', dB),
    } satisfies Steering),
    clap: undefined,
    clapsSeen: [],
    clapping: noted(calls, 'clapping', {
      listen: () => Promise.resolve(house.clap),
      settle: (soundAtMs, pictureAtMs) => {
        house.clapsSeen.push([soundAtMs, pictureAtMs]);
        return Promise.resolve(pictureAtMs - soundAtMs);
      },
    } satisfies House['clapping']),
    speech: noted(calls, 'speech', { say: () => Promise.resolve({ ok: true, value: SPOKEN }) } satisfies House['speech']),
    answer: () => ({ ok: true }),
    become(next, nextWarnings = []) {
      phase = next;
      warnings = nextWarnings;
      for (const listener of changes) listener();
    },
    frame: (jpeg) => { for (const listener of frames) listener(jpeg); },
    level: (peakDb) => { for (const listener of levels) listener(peakDb); },
    // How loud it is is told to everyone while recording, so that somebody always listens.
    previewListeners: () => frames.size,
    room: {
      now: () => ({ phase, warnings }),
      onChange: (listener) => on(changes, listener),
      ask: async (request) => {
        asked.push(request);
        const answer = await house.answer();
        if (request.kind === 'finish' && answer.ok) house.become({ kind: 'idle' });
        return answer;
      },
      start: async (owner, wish) => {
        asked.push({ kind: 'start', owner, wish });
        return await house.answer();
      },
    },
    teachers: noted(calls, 'teachers', {
      names: () => ['A. Ahmed', 'B. Bevan', 'C. Çelik', 'D. Dąbrowska', 'E. Evans', 'F. Fernandez-Whitmore', 'G. Griffiths', 'H. Huang', 'I. Iqbal', 'J. Jones', 'K. Kowalski']
        .map((displayName, index) => ({ id: index === 0 ? OWNER.teacher : `t${index}`, displayName })),
      signIn: (teacher, pin) => Promise.resolve(checkPin(pin, ACCOUNTS[teacher])),
      signInOwner: (pin) => Promise.resolve(checkPin(pin)),
      ownerHas: (pin) => {
        const answer = checkPin(pin);
        return Promise.resolve(answer.ok ? { ok: true, value: OWNER.teacher } : answer);
      },
    } satisfies House['teachers']),
    recordings: noted(calls, 'recordings', {
      list: ({ teacher }) => Promise.resolve(teacher === OWNER.teacher ? [RECORDING, { ...RECORDING, id: 'r2', startedAt: '2026-11-20T13:10:00+00:00', purpose: 'Coaching', lengthMs: 3_000_000, complete: false }] : []),
      open: ({ teacher }) => (teacher === OWNER.teacher ? RECORDING.id : null),
      keep: () => Promise.resolve({ ok: true }),
      erase: () => Promise.resolve({ ok: true, value: { goneAt: '2026-11-25T10:00:00+00:00' } }),
      undoErase: () => Promise.resolve({ ok: true }),
      eraseNow: () => Promise.resolve({ ok: true, value: { receipt: COLLECTED.receipt } }),
      mark: () => Promise.resolve(),
      claims: () => Promise.resolve(['YWdl']),
      claim: () => Promise.resolve({ ok: true }),
    } satisfies House['recordings']),
    collecting: noted(calls, 'collecting', {
      stick: () => Promise.resolve(house.stickView),
      open: () => Promise.resolve({ ok: true }),
      collect: (_owner, _recordings, onProgress) => new Promise((resolve) => {
        copy.progress = (doneBytes, totalBytes) => onProgress({ phase: 'copying', doneBytes, totalBytes, secondsLeft: null });
        copy.end = resolve;
      }),
      cancel: () => Promise.resolve({ ok: true }),
      remove: () => Promise.resolve({ ok: true }),
    } satisfies House['collecting']),
    stickView: { kind: 'none' },
    download: noted(calls, 'download', {
      open: () => Promise.resolve({ ok: true, value: null }),
      view: () => ({ kind: 'not-allowed' }),
      close: () => Promise.resolve(),
    } satisfies House['download']),
    preview: { onFrame: (listener) => on(frames, listener), onLevel: (listener) => on(levels, listener) },
    purposes: () => PURPOSES,
    greet: (owner) => {
      calls.push(['house', 'greet', owner]);
      return Promise.resolve({
        displayName: owner.displayName, language: 'en', isLead: owner.teacher === LEAD.teacher,
        purposes: PURPOSES.map(({ id, words, audience }) => ({ id, words, audience })),
        reasons: [], usualLengthMinutes: 50, bells: [bellIn(50), bellIn(100)], lastTime: null, modes: [...MODES],
        views: STEERING.views.map(({ id, name, covers }) => ({ id, name, covered: covers.length > 0 })), news: [], changes: [], goingSoon: [], requests: 0,
      });
    },
    watch: noted(calls, 'watch', { heard: () => undefined, tick: () => undefined } satisfies House['watch']),
    place: () => ({ name: 'Room 14', languages: ['en', 'cy'], diagonalInches: 15.6 }),
    version: '0.1.0',
    buildHash: 'abc123',
  };
  return house;
}

export const COLLECTED: Collected = { files: 2, bytes: RECORDING.bytes, receipt: '1f3a 99c0 12ab 77de', verified: [{ recording: RECORDING.id, receipt: '1f3a 99c0 12ab 77de' }] };

/** The app over a scripted house, its clock and its seconds in the test's hands. */
export async function scriptedApp(screenDir: string, options: Partial<AppOptions> = {}) {
  const house = scriptedHouse();
  let now = 0;
  let beat = (): void => {};
  const log: string[] = [];
  const lines = new PassThrough();
  lines.on('data', (line: Buffer) => log.push(line.toString()));
  const app = await buildApp({
    house, screenDir,
    port: 8080, allowedUid: 1000, uidOfPeer: () => 1000,
    clock: { now: () => now },
    everySecond: (each) => {
      beat = each;
      return () => { beat = () => {}; };
    },
    log: makeLog(lines),
    ...options,
  });
  return {
    app, house, log,
    /** Lets this many seconds pass, each with its beat. */
    pass: (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        now += 1000;
        beat();
      }
    },
  };
}

/** Every route of the app, asked of the app itself. */
export function routesOf(instance: FastifyInstance): string[] {
  const found: string[] = [];
  const path: string[] = [];
  for (const line of instance.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (match === null) continue;
    const depth = (match[1] ?? '').length / 4;
    path.length = depth;
    path[depth] = match[2] ?? '';
    for (const method of (match[3] ?? '').split(', ').filter(Boolean)) found.push(`${method} ${path.join('')}`);
  }
  return found.sort();
}

export const OWN_PAGE = { host: 'localhost:8080', origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

/** A request as the kiosk's own page makes it. */
export const post = (app: FastifyInstance, url: string, payload: object = {}, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers: { ...OWN_PAGE, ...headers }, payload: JSON.stringify(payload) });

export const get = (app: FastifyInstance, url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers: { host: OWN_PAGE.host, 'sec-fetch-site': 'same-origin', ...headers } });

/** Signs the owner in; gives the header that goes with further requests. */
export async function signIn(app: FastifyInstance): Promise<{ authorization: string }> {
  const reply = await post(app, '/api/sign-in', { teacher: OWNER.teacher, pin: PIN });
  return { authorization: `Bearer ${reply.json<{ token: string }>().token}` };
}
