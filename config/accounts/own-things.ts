/** What is one teacher's alone: the records of sessions, and the rest (mine.ts). Opens with the key of whoever is signed in, and with no other (P1.3). */
import { sealMine, type LastTime, type Mine } from '../mine.js';
import { sealJson, unsealJson } from '../record-key.js';
import type { Sealed } from '../state.js';
import type { OwnedSession } from './answers.js';
import { mineIn } from './enrolment.js';
import { change, changeOpen, find, type Inside } from './inside.js';

/** All of a session's record fits, so that neither its purpose nor an erase shows in its length. */
const RECORD_BLOCK = 1024;

const sealRecord = (key: Buffer, session: OwnedSession): Sealed => sealJson(key, session, RECORD_BLOCK);
const openRecord = (key: Buffer, sealed: Sealed): OwnedSession | undefined => unsealJson(key, sealed)?.value as OwnedSession | undefined;

/** @throws Error where that teacher did not start one (P1.2). */
export async function own(inside: Inside, account: string, session: OwnedSession, lastTime: LastTime): Promise<void> {
  const key = inside.keys.started(account);
  if (key === null) throw new Error('a session needs an owner who signed in and started it');
  try {
    await change(inside, account, (its, draft) => {
      its.records.push(sealRecord(key, session));
      its.mine = sealMine(key, { ...mineIn(draft, its, key), lastTime });
    });
  } finally {
    key.fill(0);
  }
}

export const addSession = (inside: Inside, account: string, session: OwnedSession): Promise<void> =>
  changeOpen(inside, account, (key, { records }) => { records.push(sealRecord(key, session)); });

export function sessionsOf(inside: Inside, account: string): OwnedSession[] {
  const key = inside.keys.of(account);
  if (key === null) return [];
  return (find(inside, account)?.records ?? []).flatMap((sealed) => openRecord(key, sealed) ?? []).reverse();
}

export const changeSession = (inside: Inside, account: string, session: string, by: (session: OwnedSession) => OwnedSession | null): Promise<void> =>
  changeOpen(inside, account, (key, its) => {
    its.records = its.records.flatMap((sealed) => {
      const record = openRecord(key, sealed);
      if (record?.session !== session) return sealed;
      const changed = by(record);
      return changed === null ? [] : sealRecord(key, changed);
    });
  });

export function mine(inside: Inside, account: string): Mine {
  const [its, key] = [find(inside, account), inside.keys.of(account)];
  if (its === undefined || key === null) throw new Error('what is a teacher’s own opens only while that teacher is signed in');
  return mineIn(inside.store.state, its, key);
}

export const changeMine = (inside: Inside, account: string, by: (mine: Mine) => Mine): Promise<void> =>
  changeOpen(inside, account, (key, its, draft) => { its.mine = sealMine(key, by(mineIn(draft, its, key))); });
