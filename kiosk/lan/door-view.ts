/** What the LAN page says of what it was told: pure. */
import { createHash } from 'node:crypto';
import type { DoorFacts, DoorLanguage, DoorSession, DoorView, Row, RowName, Shown } from './door-facts.js';
import { DOOR_LANGUAGES, DOOR_WORDS, type DoorDictionary } from './door-words.js';

/** What was told last, and whether it is young enough to be believed. */
export interface DoorSeen {
  readonly facts: DoorFacts | null;
  readonly isFresh: boolean;
}

const LOCALES: Readonly<Record<DoorLanguage, string>> = { en: 'en-GB', cy: 'cy', pl: 'pl', ur: 'ur' };
/** What is written from left to right in either direction of text stays together (Unicode FSI, PDI). */
const isolated = (text: string): string => `\u2068${text}\u2069`;
const NO_FACTS = { room: '', contact: null, codeVersion: '', lead: null, retentionDays: null, version: '', buildHash: '' } as const;

/** Names what is shown, and counts nothing: a number that grows would tell how often something was recorded (P2.7). */
export const revisionOf = ({ facts, isFresh }: DoorSeen): string => createHash('sha256').update(JSON.stringify([isFresh, facts])).digest('hex').slice(0, 12);

export function viewOf(seen: DoorSeen, language: DoorLanguage): DoorView {
  const words = DOOR_WORDS[language];
  const { facts, isFresh } = seen;
  const state = isFresh && facts !== null ? facts.state : null;
  const kind: Shown = state?.kind ?? 'lost';
  const { room, version, buildHash, ...rest } = facts ?? NO_FACTS;
  return {
    rev: revisionOf(seen),
    kind,
    ...words.states[kind],
    room,
    rows: rowsOf(state !== null && 'session' in state ? state.session : null, rest, words, language),
    program: facts === null ? '' : words.program(isolated(version), isolated(buildHash)),
  };
}

type Standing = Pick<DoorFacts, 'contact' | 'codeVersion' | 'lead'> & { readonly retentionDays: number | null };

function rowsOf(session: DoorSession | null, { contact, codeVersion, lead, retentionDays }: Standing, words: DoorDictionary, language: DoorLanguage): Row[] {
  const row = (name: RowName, says: string, own = ''): Row => ({ name, says, own });
  const isKnown = retentionDays !== null;
  const purpose = session?.purpose ?? '';
  return [
    Object.hasOwn(words.purposes, purpose) ? row('purpose', words.purposes[purpose as keyof DoorDictionary['purposes']]) : row('purpose', '', purpose),
    row('mode', session === null ? '' : words.modes[session.mode]),
    row('audience', session === null ? words.anyAudience : words.audiences[session.audience]),
    row('stop', words.stop),
    row('start', words.start),
    row('kept', isKnown ? words.kept(new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(retentionDays)) : ''),
    row('ask', isKnown && contact === null ? words.nobodyToAsk : '', contact ?? ''),
    row('practice', isKnown ? `${words.codeVersion(isolated(codeVersion))}${lead === null ? '' : ` ${words.ledBy}`}` : '', lead ?? ''),
  ];
}

/** `10:42:05`, by the room's clock. */
export const timeOf = (date: Date, language: DoorLanguage): string => isolated(new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'medium', hourCycle: 'h23' }).format(date));

const isLanguage = (tag: string): tag is DoorLanguage => Object.hasOwn(DOOR_LANGUAGES, tag);

/** The chosen one, else the best that the browser asks for (RFC 9110, 12.5.4), else the room's first. */
export function languageOf(chosen: string | null, accepted: string | undefined, [first = 'en']: readonly DoorLanguage[]): DoorLanguage {
  if (chosen !== null && isLanguage(chosen)) return chosen;
  const wished = (accepted ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map((parameter) => /^\s*q=(\d(?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find((found) => found !== undefined);
    return { language: tag.split('-')[0] ?? '', weight: Number(weight ?? 1) };
  });
  const [best] = wished.filter(({ language, weight }) => weight > 0 && isLanguage(language)).sort((a, b) => b.weight - a.weight);
  return best !== undefined && isLanguage(best.language) ? best.language : first;
}
