/**
 * The power is cut while the state is saved, onto a disk of its own (ext4 on a
 * loop device: what a drive's own cache loses is not modelled): somebody enrols,
 * accepts the code, opts in, erases a session. What was acknowledged is there
 * afterwards; the one change that was under way may be there or not, and is
 * never half there.
 */
import { mkdtemp } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aKey, PIN, sessionOf, TestSchool, type TestKey } from '../config/enrolled.js';
import { loopDisk, type LoopDisk } from '../fakes/loop-disk.js';
import { dice, type Figures, type Soak } from './soak.js';

const KINDS = ['enrolment', 'acceptance', 'opt-in', 'erase'] as const;
type Kind = (typeof KINDS)[number];
/** How many of each there are: acknowledged, or found. */
type Counts = Record<Kind, number>;

/** Sessions that can be erased. */
const ERASABLE = 8;
/** More changes than this never fit in before the cut. */
const MOST = 200;
/** A change takes 2 to 20 ms, so a cut comes within the first ones or later. */
const CUT_WITHIN_MS = 120;

export interface StateCut {
  readonly acknowledged: number;
  /** The change that was under way when the power went is there all the same. */
  readonly underWayThere: boolean;
}

/** @throws Error that says what was broken. */
export async function cutWhileSaving(disk: LoopDisk, key: TestKey, roll: (limit: number) => number): Promise<StateCut> {
  const folder = await mkdtemp(join(disk.folder, 'state-'));
  const school = await TestSchool.open(folder);
  const ann = await school.hire('Ms Ann');
  const account = await school.enrol(ann, key);
  for (let n = 0; n < ERASABLE; n += 1) await school.accounts.addSession(account, sessionOf(n));

  const done: Counts = { enrolment: 0, acceptance: 0, 'opt-in': 0, erase: 0 };
  const enrolled: string[] = [];
  const change: Record<Kind, () => Promise<unknown>> = {
    enrolment: async () => {
      const staff = await school.hire(`Teacher ${done.enrolment}`);
      enrolled.push(staff);
      await school.enrol(staff, key);
      await school.accounts.signIn(ann, PIN());
    },
    acceptance: () => school.accounts.changeMine(account, (mine) => ({ ...mine, practice: { ...mine.practice, accepted: [{ version: `2026-09.${done.acceptance + 1}`, digest: 'ab'.repeat(32) }] } })),
    'opt-in': () => school.accounts.changeMine(account, (mine) => ({ ...mine, optIns: [...mine.optIns, { purpose: `school-${done['opt-in'] + 1}`, version: 1 }] })),
    erase: () => school.accounts.changeSession(account, sessionOf(done.erase).session, (session) => ({ ...session, erased: true, keptUntil: null })),
  };

  let underWay: Kind = 'enrolment';
  const changing = (async () => {
    for (let n = 0; n < MOST; n += 1) {
      underWay = KINDS[roll(done.erase < ERASABLE ? KINDS.length : KINDS.length - 1)] ?? underWay;
      await change[underWay]();
      done[underWay] += 1;
    }
  })().then(() => false, () => true);
  await sleep(roll(CUT_WITHIN_MS));
  await disk.cut();
  const wasCut = await changing;
  await disk.restore();

  await school.restart(); // throws where the state, or the ledger beside it, is unreadable
  const signedIn = await school.accounts.signIn(ann, PIN());
  if (!signedIn.ok) throw new Error(`the teacher who was there before cannot sign in: ${signedIn.sentence}`);
  const mine = school.accounts.mine(account);
  const found: Counts = {
    acceptance: Number(mine.practice.accepted[0]?.version.split('.')[1] ?? 0),
    'opt-in': mine.optIns.length,
    erase: school.accounts.sessionsOf(account).filter(({ erased }) => erased === true).length,
    enrolment: 0,
  };
  for (const staff of enrolled) if ((await school.accounts.signIn(staff, PIN())).ok) found.enrolment += 1;
  for (const kind of KINDS) {
    const more = found[kind] - done[kind];
    if (more !== 0 && !(more === 1 && wasCut && kind === underWay)) throw new Error(`${kind}: ${done[kind]} acknowledged, ${found[kind]} found`);
  }
  return { acknowledged: KINDS.reduce((sum, kind) => sum + done[kind], 0), underWayThere: found[underWay] > done[underWay] };
}

const CHUNK = 10;

async function run(number: number): Promise<Figures> {
  const [disk, key, roll] = [await loopDisk(), await aKey(), dice(number)];
  const figures = { cuts: 0, acknowledged: 0, underWayThere: 0, underWayGone: 0 };
  try {
    for (let i = 0; i < CHUNK; i += 1) {
      const { acknowledged, underWayThere } = await cutWhileSaving(disk, key, roll);
      figures.cuts += 1;
      figures.acknowledged += acknowledged;
      figures[underWayThere ? 'underWayThere' : 'underWayGone'] += 1;
    }
    return figures;
  } finally {
    disk.close();
  }
}

export const soak: Soak = {
  claim: 'a power cut while the state is saved leaves one that can be read and holds whatever was acknowledged',
  size: 1000,
  unit: 'power cuts',
  chunk: CHUNK,
  subject: () => `ext4 on a loop device, Linux ${release()}`,
  run,
};
