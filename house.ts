/**
 * Joins the rooms: builds each from the settings and hands it what it needs of
 * the others. Used by main.ts; nothing else imports it.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { buildIdentity } from './config/build-identity.js';
import { CODE_VERSION } from './config/code-of-practice.js';
import { readSignKey, signKeyName } from './config/keys.js';
import { PURPOSES } from './config/purposes.js';
import { SettingsRefused, type Settings } from './config/settings.js';
import { Store } from './config/store.js';
import { Teachers } from './config/teachers.js';
import { createMicrophone } from './firmware-bridge/microphone/device.js';
import { systemTimers } from './firmware-bridge/serial/timers.js';
import type { Place } from './firmware-bridge/sign/faces.js';
import { LARGEST } from './firmware-bridge/sign/panels.js';
import { whyNotOnSign } from './firmware-bridge/sign/purpose-fits.js';
import { asOneSign } from './firmware-bridge/sign/several-signs.js';
import { createSign } from './firmware-bridge/sign/sign.js';
import { createViscaCamera } from './firmware-bridge/visca/camera.js';
import { buildApp } from './kiosk/server/app.js';
import { roomOf } from './kiosk/server/heart.js';
import { makeLog } from './kiosk/server/log.js';
import { uidOfPeer } from './kiosk/server/peer.js';
import { offsetFor } from './pipeline/clap.js';
import { workingEncoders } from './pipeline/encoder-probe.js';
import { mostBytesPerSecond } from './pipeline/launch-line.js';
import { ForkedRecorder } from './pipeline/recorder.js';
import { Ballast } from './pipeline/vault/ballast.js';
import { loadDeviceKey } from './pipeline/vault/device-key.js';
import { hasRoomFor } from './pipeline/vault/free-space.js';
import { Keeping } from './pipeline/vault/keeping.js';
import { SealedVault } from './pipeline/vault/vault.js';
import { isEncoded } from './pipeline/sources-picture.js';
import { Conductor } from './session/conductor.js';
import type { Clock } from './session/ports.js';
import type { Phase } from './session/state.js';
import { LONGEST_SESSION_MS } from './session/practice.js';
import { recordingsOf } from './recordings.js';
import { steeringDesk } from './steering.js';

const clock: Clock = { ...systemTimers, wall: () => new Date() };
/** As long as a person takes to read what to do, and to do it; the screen waits for an answer 10 s. */
const CLAP_WITHIN_MS = 9000;
const SWEEP_EVERY_MS = 3600_000;
/** Whoever comes next begins with the room's usual view. */
const AT_REST: ReadonlySet<Phase['kind']> = new Set(['checking', 'idle', 'blocked']);
const built = fileURLToPath(new URL('.', import.meta.url));

export interface House {
  readonly app: FastifyInstance;
  readonly conductor: Conductor;
  readonly log: ReturnType<typeof makeLog>;
  /** Test hook: hangs the recorder's main thread, where the house was opened with test hooks. */
  spinRecorder(): void;
  /** Ends capture, secures the devices, writes the end record, lets go of every line. */
  close(): Promise<void>;
}

/** @throws Error with a sentence and a remedy, where a part cannot be made at all; a device that does not answer is no such case. */
export async function openHouse(settings: Settings, testHooks: boolean): Promise<House> {
  const log = makeLog();
  const line = (text: string, evidence?: unknown): void => log.info({ evidence }, text);
  const data = (name: string): string => join(settings.dataFolder, name);

  const ballast = new Ballast(data('ballast'));
  if (!await ballast.make()) log.warn('the disk has no room to spare: what a full disk would need to save the state is not there');
  const store = await Store.open(data('state.json'), (save) => ballast.spare(save));
  const teachers = new Teachers(store, () => clock.now());
  const vault = await SealedVault.open({
    root: data('vault'),
    deviceKey: await loadDeviceKey(data('device.pem')),
    wall: () => clock.wall(),
    sealingFor: (owner) => {
      const recipients = teachers.recipientsOf(owner);
      const [own] = recipients;
      return own === undefined ? Promise.reject(new Error('this owner is not enrolled')) : Promise.resolve({ owner: own, recipients, code: CODE_VERSION, room: settings.room, ...(store.state.soundOffsetMs === undefined ? {} : { soundOffsetMs: store.state.soundOffsetMs }) });
    },
    onBegun: async (session, { owner, purpose, mode }) => {
      await keeping.begin(session);
      await teachers.own(owner, { session, purpose, mode, startedAt: clock.wall().toISOString() });
    },
    log: line,
  });
  const keeping = await Keeping.open({ root: data('vault'), wall: () => clock.wall(), now: () => clock.now() });
  if (!keeping.isClockTrusted) log.warn('the clock jumped by more than a day: nothing expires until somebody says that the date is right');
  const sweep = (): void => void keeping.sweep(vault.current).catch((err: unknown) => log.error({ err }, 'what has expired could not be removed'));
  sweep();
  const sweeps = setInterval(sweep, SWEEP_EVERY_MS);
  const { video } = settings.sources;
  const encoders = await workingEncoders({ file: data('encoders.json'), picture: video, ...(settings.sources.encoders && { forced: settings.sources.encoders }) });
  log.info({ encoders }, 'encoders that work on this machine');
  const recorder = new ForkedRecorder({
    /** Read anew for each recorder: a clap test moves the sound from then on. */
    get sources() { return { ...settings.sources, encoders, soundOffsetMs: store.state.soundOffsetMs ?? 0 }; },
    viewCovers: () => steering.covers(), nextPart: () => vault.nextPart(), log: line, testHooks });
  const place: Place = { languages: ['en'], room: settings.room, ...settings.faces };
  refuseWhatNoSignShows(place);
  const signs = await Promise.all(settings.signs.map(async ({ path, baudRate }, i) =>
    createSign({ path, baudRate, key: await readSignKey(data(signKeyName(i + 1))), place, clock, log: log.child({ sign: i + 1 }) })));
  const sign = asOneSign(signs);
  const camera = createViscaCamera({ ...settings.camera, log: line });
  const microphone = createMicrophone(settings.microphone, { log: line });
  const steering = steeringDesk({ store, camera, microphone, standardView: settings.camera.view, encodesItself: isEncoded(video) });
  const conductor = new Conductor({ clock, sign, camera, microphone, recorder, vault, log: line });

  /** Nobody, for whom no PIN is right, where no session is in that phase. */
  const ownerWhile = (kind: 'paused' | 'recording'): string => {
    const { phase } = conductor.published.state;
    return phase.kind === kind ? phase.session.plan.owner : '';
  };
  conductor.onChange(() => {
    if (AT_REST.has(conductor.published.state.phase.kind)) steering.reset();
  });
  const room = roomOf(conductor, {
    hasKey: (owner) => teachers.recipientsOf(owner).length > 0,
    roomOnDisk: () => hasRoomFor(data('vault'), LONGEST_SESSION_MS / 1000, mostBytesPerSecond(settings.sources)),
    starting: (owner) => teachers.starting(owner),
    signedOut: () => teachers.signedOut(),
  }, () => clock.now());
  const app = await buildApp({
    house: {
      room,
      teachers: {
        names: () => teachers.names(),
        signIn: (id, pin) => teachers.signIn(id, pin),
        signInOwner: (pin) => teachers.signIn(ownerWhile('paused'), pin),
        ownerHas: (pin) => teachers.hasPin(ownerWhile('recording'), pin),
      },
      recordings: recordingsOf(teachers, vault, settings.stick),
      preview: {
        onFrame: (listener) => recorder.onPreview(listener),
        onLevel: (listener) => recorder.onLevel(({ peak }) => listener(Math.max(...peak))),
      },
      clapping: {
        listen: () => recorder.listenForClap(CLAP_WITHIN_MS),
        settle: (soundAtMs, pictureAtMs) => store.update((state) => {
          state.soundOffsetMs = offsetFor(soundAtMs, pictureAtMs);
          return state.soundOffsetMs;
        }),
      },
      steering,
      purposes: () => PURPOSES,
      ...await buildIdentity(built, join(built, '../package.json')),
    },
    clock,
    everySecond: (beat) => {
      const timer = setInterval(beat, 1000);
      return () => clearInterval(timer);
    },
    screenDir: join(built, 'screen'),
    log,
    port: settings.kiosk.port,
    allowedUid: settings.kiosk.uid ?? process.getuid?.() ?? 0,
    uidOfPeer,
  });

  return {
    app,
    conductor,
    log,
    spinRecorder: () => recorder.spin(),
    async close() {
      clearInterval(sweeps);
      await app.close();
      await conductor.shutDown();
      await vault.end();
      await Promise.all([recorder.close(), sign.close(), camera.close(), microphone.close()]);
    },
  };
}

/** A name that is too long even for the largest sign is found now, not when a teacher starts. @throws SettingsRefused */
function refuseWhatNoSignShows(place: Place): void {
  for (const { words } of PURPOSES) {
    const why = whyNotOnSign(words, [LARGEST], place);
    if (why !== null) throw new SettingsRefused(`with these settings the sign cannot say all that it must: ${why}`);
  }
}
