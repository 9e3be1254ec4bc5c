/**
 * Everything of the house that has no hardware: accounts, the school's practice,
 * the vault and what owners do with it; joined here, so that house.ts only adds
 * the devices, and a test can have all of it in a folder.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Accounts } from '../config/accounts.js';
import type { SlowHash } from '../config/hashed.js';
import { PinLedger } from '../config/pin-ledger.js';
import { readPractice } from '../config/practice/read.js';
import { isSchoolDay, parseSchoolCalendar } from '../config/school-days.js';
import { Store } from '../config/store.js';
import type { House } from '../kiosk/server/house.js';
import { Stick, type StickPort } from '../pipeline/collect/stick.js';
import { Ballast } from '../pipeline/vault/ballast.js';
import { Claims } from '../pipeline/vault/claims.js';
import { loadDeviceKey } from '../pipeline/vault/device-key.js';
import { Keeping } from '../pipeline/vault/keeping.js';
import { SealedVault } from '../pipeline/vault/vault.js';
import type { Clock, Mode } from '../session/ports.js';
import type { Standing } from '../session/practice.js';
import { accountsDesk } from './accounts.js';
import { collectingDesk } from './collecting.js';
import { downloadDesk } from './download.js';
import { lanDesk, type LanOptions } from './lan.js';
import { ownersLog, type OwnersLog } from './owners-log.js';
import { practiceDesk } from './practice.js';
import { refusal } from './practice/circumstances.js';
import { recordingsDesk } from './recordings.js';
import { schoolDesk, type Machine } from './school.js';
import { stickDesk } from './stick.js';

export interface DesksOptions extends LanOptions {
  /** Sessions, state and keys. */
  readonly dataFolder: string;
  /** Where sticks come from. */
  readonly stick: StickPort;
  /** The page that goes with recordings (kiosk/viewer), where there is one. */
  readonly viewer?: string;
  /** The room's name until a steward has set another. */
  readonly room: string;
  readonly clock: Clock;
  /** A sentence where the house's signs cannot show these words, else null. */
  readonly whyNotOnSign: (words: string) => string | null;
  /** A sentence where the signs cannot say all that they must beside this room's name; null where they can. */
  readonly whyNotAsRoom: (room: string) => string | null;
  /** The account that owns the session which is paused, or recorded; null where there is none. */
  readonly sessionOwner: (phase: 'paused' | 'recording') => string | null;
  /** What this room can do (P9.4). */
  readonly modes: readonly Mode[];
  /** What the camera was turned to for the session that begins; null: the standard view, or one that was steered to by hand. */
  readonly chosenView: () => string | null;
  /** What the steward sees of the machine (P2.7). */
  readonly machine: Omit<Machine, 'isClockTrusted'>;
  /** The device's log. What teachers do is not in it. */
  readonly log: (line: string, evidence?: unknown) => void;
  /** What PINs and codes are hashed with, where a test is not about its slowness. */
  readonly slow?: SlowHash;
}

type Ports = Pick<House, 'accounts' | 'teachers' | 'practice' | 'school' | 'stick' | 'collecting' | 'lan' | 'download' | 'recordings' | 'purposes' | 'greet'>;

export interface Desks extends Ports {
  readonly store: Store;
  readonly vault: SealedVault;
  readonly ownersLog: OwnersLog;
  /** Of whoever is signed in: for the start gate. */
  standing(account: string): Standing;
  starting(account: string): void;
  signedOut(): void;
  /** Erases what has expired; to be called each hour. Resolves when it is done, and never rejects. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** Where the school has set nothing (P1.5). */
const KEPT_DAYS = 60;
const files = fileURLToPath(new URL('../config/', import.meta.url));

/** @throws StateDamaged, PracticeFileRefused, CalendarRefused (reject): each with a sentence for whoever keeps the machine. */
export async function openDesks({ dataFolder, stick, viewer, room, clock, whyNotOnSign, whyNotAsRoom, sessionOwner, modes, chosenView, machine, log, slow, ...lan }: DesksOptions): Promise<Desks> {
  const data = (name: string): string => join(dataFolder, name);
  const wall = (): Date => clock.wall();
  const now = (): number => clock.now();
  const ballast = new Ballast(data('ballast'));
  if (!await ballast.make()) log('the disk has no room to spare: what a full disk would need to save the state is not there');
  const store = await Store.open(data('state.json'), (save) => ballast.spare(save));
  const ledger = await PinLedger.open(data('pin-ledger.json'), store.state.accounts, { log, spare: (save) => ballast.spare(save) });
  const accounts = new Accounts(store, { now, wall, ledger, ...(slow && { slow }) });
  const place = new Stick(stick);
  const sticks = stickDesk(place);
  const page = viewer === undefined ? undefined : await readFile(viewer);
  const calendar = parseSchoolCalendar(await readFile(own(data('school-calendar.json'), join(files, 'school-calendar.json')), 'utf8'));
  const practice = practiceDesk({
    store, accounts, wall, now, whyNotOnSign, modes,
    files: await readPractice(own(data('practice'), join(files, 'practice'))),
    isSchoolDay: (day) => isSchoolDay(calendar, day),
    readStick: () => sticks.readNamed('code-of-practice.md'),
    lengthsOf: (sessions) => recordings.lengthsOf(sessions),
  });
  const vault = await SealedVault.open({
    root: data('vault'), deviceKey: await loadDeviceKey(data('device.pem')), wall,
    sealingFor: (owner) => {
      const recipients = accounts.recipientsOf(owner);
      const [main] = recipients;
      if (main === undefined) return Promise.reject(new Error('this owner is not enrolled'));
      const { school, soundOffsetMs } = store.state;
      return Promise.resolve({ owner: main, recipients, code: practice.codeVersion(), room: school?.room ?? room, ...(soundOffsetMs === undefined ? {} : { soundOffsetMs }) });
    },
    onBegun: async (session, { owner, purpose, mode }) => {
      await keeping.begin(session);
      await accounts.own(owner, { session, purpose, mode, startedAt: wall().toISOString() }, { purpose: purpose.id, mode, view: mode === 'sound-only' ? null : chosenView() });
    },
    log,
  });
  const keeping = await Keeping.open({ root: data('vault'), wall, now, retentionDays: () => store.state.school?.retentionDays ?? KEPT_DAYS });
  if (!keeping.isClockTrusted) log('the clock jumped by more than a day: nothing expires until somebody says that the date is right');
  const claims = new Claims(data('vault'));
  const owners = ownersLog(vault, now);
  const account = accountsDesk({ accounts, wall, sessionOwner, ...(slow && { slow }) });
  const recordings = recordingsDesk({ records: accounts, vault, keeping, claims, root: data('vault'), key: account.keyProof, mark: () => owners.mark(), wall, now });
  const collecting = collectingDesk({ records: accounts, vault, stick: place, language: () => store.state.school?.languages[0], page, now });
  const download = downloadDesk({ ...lan, records: accounts, vault, viewer, language: () => store.state.school?.languages[0], isCapturing: () => sessionOwner('recording') !== null, now });
  const pages = lanDesk(lan);
  const school = schoolDesk({
    store, ledger, dataFolder, wall, now, keeping, machine: { ...machine, isClockTrusted: () => keeping.isClockTrusted },
    toStick: (name, text) => sticks.writeNamed(name, text), fromStick: (name) => sticks.readNamed(name), ...(slow && { slow }),
  });

  return {
    store, vault, ownersLog: owners,
    accounts: account.accounts,
    teachers: account.teachers,
    practice: practice.practice,
    recordings,
    stick: sticks,
    collecting,
    lan: pages,
    download,
    school: {
      ...school,
      save(by, wish) {
        const why = whyNotAsRoom(wish.room);
        return why === null ? school.save(by, wish) : Promise.resolve({ ...refusal('ROOM_DOES_NOT_FIT', 'The sign cannot say all that it must beside this name ({why}).', 'Choose a shorter name of the room.'), values: { why } });
      },
    },
    purposes: (owner) => practice.purposesOf(owner),
    greet: async (owner) => practice.greet(owner, await recordings.goingSoon(owner)),
    standing: (owner) => practice.standing(owner),
    starting: (owner) => accounts.starting(owner),
    signedOut() {
      accounts.signedOut();
      void place.letGo();
    },
    // That something expired, or could not, would tell that there are recordings (P2.7): the next hour tries again.
    sweep: () => keeping.sweep(vault.current).then(() => school.sweep()).then(() => (keeping.isClockTrusted ? practice.sweep() : undefined)).catch(() => undefined),
    async close() {
      await pages.close();
      await download.end();
      await place.close();
      await vault.end();
    },
  };
}

/** A school's own file or folder in place of the one that is shipped. */
const own = (of: string, shipped: string): string => (existsSync(of) ? of : shipped);
