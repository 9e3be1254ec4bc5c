/**
 * Joins the rooms: builds each from the settings and hands it what it needs of
 * the others. Used by main.ts; nothing else imports it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { buildIdentity } from './config/build-identity.js';
import { readSignKey, signKeyName } from './config/keys.js';
import { PURPOSES } from './config/purposes.js';
import { DOOR_PORT, SettingsRefused, type Settings } from './config/settings.js';
import { openDesks } from './desks/desks.js';
import { doorDesk, doorFacts } from './desks/door.js';
import { steeringDesk, type SteeringDesk } from './desks/steering.js';
import { createMicrophone } from './firmware-bridge/microphone/device.js';
import { systemTimers } from './firmware-bridge/serial/timers.js';
import type { Place } from './firmware-bridge/sign/faces.js';
import { LARGEST } from './firmware-bridge/sign/panels.js';
import { whyNotOnSign } from './firmware-bridge/sign/purpose-fits.js';
import { asOneSign } from './firmware-bridge/sign/several-signs.js';
import { createSign } from './firmware-bridge/sign/sign.js';
import { createViscaCamera } from './firmware-bridge/visca/camera.js';
import { buildApp } from './kiosk/server/app.js';
import { roomOf, troublesAtRest } from './kiosk/server/heart.js';
import { makeLog } from './kiosk/server/log.js';
import { kioskWatch } from './kiosk/server/watch.js';
import { uidOfPeer } from './kiosk/server/peer.js';
import { Espeak } from './kiosk/speech/espeak.js';
import { offsetFor } from './pipeline/clap.js';
import { folderStick } from './pipeline/collect/folder-stick.js';
import { VIEWER } from './pipeline/collect/read-me.js';
import { udisksStick } from './pipeline/collect/udisks.js';
import { workingEncoders } from './pipeline/encoder-probe.js';
import { mostBytesPerSecond } from './pipeline/launch-line.js';
import { ForkedRecorder } from './pipeline/recorder.js';
import { isEncoded } from './pipeline/sources-picture.js';
import { hasRoomFor } from './pipeline/vault/free-space.js';
import { Conductor } from './session/conductor.js';
import { MODES, type Clock, type Mode } from './session/ports.js';
import { LONGEST_SESSION_MS } from './session/practice.js';
import type { Phase } from './session/state.js';

const clock: Clock = { ...systemTimers, wall: () => new Date() };
/** As long as a person takes to read what to do, and to do it; the screen waits for an answer 10 s. */
const CLAP_WITHIN_MS = 9000;
const SWEEP_EVERY_MS = 3600_000;
/** Whoever comes next begins with the room's usual view. */
const AT_REST: ReadonlySet<Phase['kind']> = new Set(['checking', 'idle', 'blocked']);
const built = fileURLToPath(new URL('.', import.meta.url));
/** What tools/build.mjs makes of kiosk/viewer. */
const viewer = join(built, 'viewer', VIEWER);

export interface House {
  readonly app: FastifyInstance;
  readonly conductor: Conductor;
  readonly log: ReturnType<typeof makeLog>;
  /** Test hook: hangs the recorder's main thread, where the house was opened with test hooks. */
  spinRecorder(): void;
  /** Ends capture, secures the devices, writes the end record, lets go of every line. */
  close(): Promise<void>;
}

/** @param restartKiosk starts the kiosk's browser again. @throws Error with a sentence and a remedy, where a part cannot be made at all; a device that does not answer is no such case. */
export async function openHouse(settings: Settings, testHooks: boolean, restartKiosk: () => void): Promise<House> {
  const log = makeLog();
  const line = (text: string, evidence?: unknown): void => log.info({ evidence }, text);
  const data = (name: string): string => join(settings.dataFolder, name);

  /** What there is of the hardware's side, once there is: desks are asked before. */
  const later: { conductor?: Conductor; steering?: SteeringDesk } = {};
  const phase = (): Phase | undefined => later.conductor?.published.state.phase;
  const identity = await buildIdentity(built, join(built, '../package.json'));
  const roomOnDisk = (): Promise<boolean> => hasRoomFor(data('vault'), LONGEST_SESSION_MS / 1000, mostBytesPerSecond(settings.sources));
  const placeOf = (room: string): Place => ({ languages: ['en'], ...settings.faces, room });
  const place = (): Place => placeOf(desks.store.state.school?.room ?? settings.room);
  /** A board that has not told its panel yet could have any, and the largest takes most. */
  const panels = () => signs.map(({ panel = LARGEST }) => panel);
  const modes: readonly Mode[] = isEncoded(settings.sources.video) ? MODES.filter((mode) => mode !== 'blurred') : MODES;
  const watch = kioskWatch({ now: () => clock.now(), log: (code) => log.warn({ code }, code === 'KIOSK_SILENT' ? 'the kiosk’s page has stopped' : 'the kiosk’s page is there again'), restart: restartKiosk });
  const desks = await openDesks({
    dataFolder: settings.dataFolder, stick: settings.stick === 'usb' ? udisksStick() : folderStick(settings.stick), ...(existsSync(viewer) && { viewer }), room: settings.room, lan: settings.lan, clock, log: line,
    whyNotOnSign: (words) => whyNotOnSign(words, panels(), place()),
    whyNotAsRoom: (room) => PURPOSES.map(({ words }) => whyNotOnSign(words, panels(), placeOf(room))).find((why) => why !== null) ?? null,
    sessionOwner: (kind) => {
      const now = phase();
      return now?.kind === kind ? now.session.plan.owner : null;
    },
    modes, chosenView: () => later.steering?.chosenView() ?? null,
    machine: {
      ...identity, roomForOneSession: roomOnDisk,
      troublesAtRest: () => [...watch.troubles(), ...later.conductor === undefined ? [] : troublesAtRest(later.conductor.published.state, clock.now())],
    },
  });
  const { store, vault, ownersLog } = desks;
  /** What fails within a session is its owner's to know, and nobody else's (P2.7). */
  const owners = (text: string, found?: unknown): void => ownersLog.line(text, found);
  void desks.sweep();
  const sweeps = setInterval(() => void desks.sweep(), SWEEP_EVERY_MS);
  const { video } = settings.sources;
  const encoders = await workingEncoders({ file: data('encoders.json'), picture: video, ...(settings.sources.encoders && { forced: settings.sources.encoders }) });
  log.info({ encoders }, 'encoders that work on this machine');
  const recorder = new ForkedRecorder({
    /** Read anew for each recorder: a clap test moves the sound from then on. */
    get sources() { return { ...settings.sources, encoders, soundOffsetMs: store.state.soundOffsetMs ?? 0 }; },
    viewCovers: () => steering.covers(), nextPart: () => vault.nextPart(), log: owners, testHooks });
  refuseWhatNoSignShows(place());
  const signs = await Promise.all(settings.signs.map(async ({ path, baudRate }, i) =>
    createSign({ path, baudRate, key: await readSignKey(data(signKeyName(i + 1))), get place() { return place(); }, clock, log: log.child({ sign: i + 1 }) })));
  const sign = asOneSign(signs);
  const camera = createViscaCamera({ ...settings.camera, log: line });
  const microphone = createMicrophone(settings.microphone, { log: line });
  const steering = steeringDesk({ store, camera, microphone, standardView: settings.camera.view, encodesItself: isEncoded(video) });
  later.steering = steering;
  const conductor = new Conductor({ clock, sign, camera, microphone, recorder, vault, log: owners });
  later.conductor = conductor;
  conductor.onChange((published) => {
    ownersLog.take(published);
    if (AT_REST.has(published.state.phase.kind)) steering.reset();
  });
  const room = roomOf(conductor, {
    roomOnDisk, modes,
    turn: (view) => steering.turn(view),
    standing: (owner) => desks.standing(owner),
    starting: (owner) => desks.starting(owner),
    signedOut: () => desks.signedOut(),
  }, () => clock.now());
  const { accounts, teachers, practice, school, stick, collecting, lan, download, recordings } = desks;
  const door = doorDesk({
    ...(settings.lan?.doorPage === true && { listen: { address: settings.lan.address, port: settings.lan.doorPort ?? DOOR_PORT } }),
    languages: settings.faces?.languages ?? ['en'],
    look: () => doorFacts(room.now().phase, practice.visitor(), identity),
    onChange: (listener) => room.onChange(listener),
    timers: systemTimers, log: line,
  });
  const app = await buildApp({
    house: {
      room, accounts, teachers, practice, school, stick, collecting, lan, download, recordings, steering, watch, speech: new Espeak(), ...identity,
      place: () => ({ name: store.state.school?.room ?? settings.room, languages: store.state.school?.languages ?? ['en'], diagonalInches: settings.kiosk.diagonalInches ?? null }),
      purposes: (owner) => desks.purposes(owner),
      greet: (owner) => desks.greet(owner),
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
      await door.close();
      await desks.close();
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
