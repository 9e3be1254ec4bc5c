/**
 * The house without hardware and without waiting: desks, heart and kiosk's server
 * as house.ts joins them, in a folder, over devices that obey at once and time
 * that is turned by hand. The sessions are real ones, sealed into a real vault.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { SlowHash } from '../../config/hashed.js';
import { PURPOSES } from '../../config/purposes.js';
import { openDesks, type Desks } from '../../desks/desks.js';
import { buildApp } from '../../kiosk/server/app.js';
import type { House } from '../../kiosk/server/house.js';
import { roomOf, troublesAtRest } from '../../kiosk/server/heart.js';
import { makeLog } from '../../kiosk/server/log.js';
import { describeState } from '../../kiosk/server/state.js';
import { kioskWatch } from '../../kiosk/server/watch.js';
import { folderStick } from '../../pipeline/collect/folder-stick.js';
import { MODES, type Recorder, type RecorderEvent, type RecorderJob } from '../../session/ports.js';
import type { Phase } from '../../session/state.js';
import { quick } from '../config/enrolled.js';
import { STEERING } from '../kiosk/scripted-house.js';
import { writePart } from '../pipeline/recorded.js';
import type { HandClock } from './clock.js';
import { FakeHouse } from './house.js';

const OWN_PAGE = { host: 'localhost:8080', origin: 'http://localhost:8080', 'content-type': 'application/json' };
/** Media in each part, however long it lasted by the hand-turned clock. */
const SECONDS_IN_PART = 2;
const DONE = () => Promise.resolve({ ok: true as const });

export interface Reply {
  readonly status: number;
  /** Of a refusal; empty where there is none. */
  readonly code: string;
  readonly json: LightMyRequestResponse['json'];
}

/** What a careless author might have added: to see that a test notices. */
export type Leak = (house: House, desks: Desks, say: (line: string) => void, onPhase: (listener: (phase: Phase) => void) => void) => void;

export class DeskHouse {
  readonly clock: HandClock;
  readonly desks: Desks;
  readonly stick: string;
  readonly #fake: FakeHouse;
  readonly #app: FastifyInstance;
  readonly #house: House;
  readonly #disk: Set<Promise<unknown>>;

  private constructor(fake: FakeHouse, desks: Desks, app: FastifyInstance, house: House, stick: string, disk: Set<Promise<unknown>>) {
    [this.#fake, this.#app, this.#house, this.#disk] = [fake, app, house, disk];
    [this.clock, this.desks, this.stick] = [fake.clock, desks, stick];
  }

  /** @param log takes each line of the device log, with hand-turned times. @param clock of the house that was closed here before, for a restart. */
  static async open(folder: string, log: (line: string) => void, { clock, leak, slow = quick }: { readonly clock?: HandClock; readonly leak?: Leak; readonly slow?: SlowHash } = {}): Promise<DeskHouse> {
    const [dataFolder, stick, screenDir] = ['data', 'stick', 'screen'].map((name) => join(folder, name)) as [string, string, string];
    for (const one of [dataFolder, stick, screenDir]) await mkdir(one, { recursive: true, mode: 0o700 });
    /** What the disk is still busy with: time does not pass meanwhile. */
    const disk = new Set<Promise<unknown>>();
    const busy = <T>(work: Promise<T>): Promise<T> => {
      const settled = work.then(() => undefined, () => undefined).finally(() => disk.delete(settled));
      disk.add(settled);
      return work;
    };
    const later: { desks?: Desks } = {};
    const vault = () => { if (later.desks === undefined) throw new Error('no desks yet'); return later.desks.vault; };
    const fake: FakeHouse = new FakeHouse(undefined, {
      ...(clock && { clock }),
      recorder: recorderInto(() => fake.clock, () => busy(vault().nextPart().then((part) => writePart(part, SECONDS_IN_PART)))),
      vault: { begin: (plan) => busy(vault().begin(plan)), end: () => busy(vault().end()) },
    });
    const { conductor } = fake;
    const phase = (): Phase => conductor.published.state.phase;
    const logger = makeLog({ write: (line: string) => log(line.replace(/"time":\d+/, `"time":${fake.clock.wall().toISOString()}`)) });
    const say = (text: string, evidence?: unknown): void => logger.info({ evidence }, text);
    const identity = { version: '1.0.0', buildHash: 'abc123' };
    let chosen: string | null = null;
    const desks = await openDesks({
      dataFolder, stick: folderStick(stick), room: 'Room 14', clock: fake.clock, slow, log: say,
      whyNotOnSign: () => null, whyNotAsRoom: () => null, modes: MODES, chosenView: () => chosen,
      sessionOwner: (kind) => { const now = phase(); return now.kind === kind ? now.session.plan.owner : null; },
      machine: { ...identity, roomForOneSession: () => Promise.resolve(true), troublesAtRest: () => troublesAtRest(conductor.published.state, fake.clock.now()) },
    });
    later.desks = desks;
    conductor.onChange((published) => desks.ownersLog.take(published));
    const room = roomOf(conductor, {
      roomOnDisk: () => Promise.resolve(true), modes: MODES,
      turn: (view) => {
        chosen = view === 'standard' ? null : view;
        return { ok: true };
      },
      standing: (owner) => desks.standing(owner), starting: (owner) => desks.starting(owner), signedOut: () => desks.signedOut(),
    }, () => fake.clock.now());
    const watch = kioskWatch({ now: () => fake.clock.now(), log: (code) => say(code), restart: () => undefined });
    const { accounts, teachers, practice, school, collecting, lan, download, recordings } = desks;
    const house: House = {
      room, accounts, teachers, practice, school: { ...school }, stick: desks.stick, collecting, lan, download, recordings, watch, ...identity,
      place: () => ({ name: desks.store.state.school?.room ?? 'Room 14', languages: desks.store.state.school?.languages ?? ['en'], diagonalInches: null }),
      steering: { now: () => STEERING, onChange: () => () => undefined, drive: () => undefined, stop: () => undefined, show: DONE, save: DONE, forget: DONE, cover: DONE, gain: DONE },
      purposes: (owner) => desks.purposes(owner), greet: (owner) => desks.greet(owner),
      preview: { onFrame: () => () => undefined, onLevel: () => () => undefined },
      clapping: { listen: () => Promise.resolve(undefined), settle: () => Promise.resolve(0) },
      speech: { say: () => Promise.resolve({ ok: true, value: Buffer.from('RIFF') }) },
    };
    leak?.(house, desks, say, (listener) => conductor.onChange(({ state }) => listener(state.phase)));
    const app = await buildApp({
      house, clock: fake.clock, screenDir, log: logger, port: 8080, allowedUid: 1000, uidOfPeer: () => 1000,
      everySecond: (beat) => everySecond(fake.clock, beat),
    });
    return new DeskHouse(fake, desks, app, house, stick, disk);
  }

  get phase(): string {
    return this.#fake.phase;
  }

  /** The public state, as the stream would carry it. */
  publicState(): string {
    return describeState(this.#house, 0, false);
  }

  /** As the kiosk's page asks. @param bearer of whoever is signed in, or enrols. @param more headers that are not the page's. */
  async post(url: string, body: object = {}, bearer = '', more: Record<string, string> = {}): Promise<Reply> {
    return this.#ask('POST', url, { ...OWN_PAGE, ...(bearer !== '' && { authorization: `Bearer ${bearer}` }), ...more }, JSON.stringify(body));
  }

  async get(url: string, bearer = ''): Promise<Reply> {
    return this.#ask('GET', url, { host: OWN_PAGE.host, ...(bearer !== '' && { authorization: `Bearer ${bearer}` }) });
  }

  /** Lets time pass, with every beat in it; never while the disk is busy, so that its speed is no part of what happens. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      this.clock.pass(Math.min(100, left));
      await this.#quiet();
    }
  }

  /** Lets hours pass as they do for a machine that sleeps, then comes to rest. */
  async sleepUntil(wall: number): Promise<void> {
    const settling = 4000;
    this.clock.leap(Math.max(0, wall - this.clock.wall().getTime() - settling));
    await this.desks.sweep();
    await this.pass(Math.max(0, wall - this.clock.wall().getTime()));
  }

  /** Somebody presses Stop at the door, and lets go. */
  async pressStop(): Promise<void> {
    this.#fake.stopPressed = true;
    await this.pass(1000);
    this.#fake.stopPressed = false;
    await this.pass(1000);
  }

  async close(): Promise<void> {
    await this.#app.close();
    const gone = this.#fake.conductor.shutDown();
    await this.pass(2000);
    await gone;
    await this.desks.close();
  }

  async #ask(method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string): Promise<Reply> {
    const reply = await this.#app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    const isRefused = reply.statusCode >= 400;
    return { status: reply.statusCode, code: isRefused ? reply.json<{ code: string }>().code : '', json: reply.json.bind(reply) };
  }

  async #quiet(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#disk.size > 0) await Promise.all(this.#disk);
  }
}

/** A recorder that writes a real part, as soon as it is opened. */
function recorderInto(clock: () => HandClock, write: () => Promise<unknown>): Recorder {
  let tell: (event: RecorderEvent) => void = () => undefined;
  let job: RecorderJob['kind'] = 'framing';
  const soon = (event: RecorderEvent): void => void clock().after(30, () => tell(event));
  return {
    prepare: ({ kind }) => { job = kind; soon({ kind: 'ready' }); },
    open: () => {
      if (job === 'part') void write();
      soon({ kind: 'capturing' });
    },
    confirm: () => undefined,
    stop: () => soon({ kind: 'ended' }),
    onEvent: (listener) => { tell = listener; },
  };
}

function everySecond(clock: HandClock, beat: () => void): () => void {
  let cancel = (): void => undefined;
  const again = (): void => { cancel = clock.after(1000, () => { beat(); again(); }); };
  again();
  return () => cancel();
}

export const FIRST_PURPOSE = PURPOSES[0]?.id ?? '';
