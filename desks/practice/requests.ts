/** Requests about what may have been recorded (P11.1): left by anyone, read by whoever owns what was recorded then. */
import { randomBytes } from 'node:crypto';
import type { StoredRequest } from '../../config/state.js';
import type { LeaveRequest, RequestForMe } from '../../kiosk/protocol/practice.js';
import type { Practice } from '../../kiosk/server/house.js';
import type { Monotonic } from '../../session/ports.js';
import { UNREADABLE } from '../../session/proposal-text.js';
import { plusDays } from '../../session/purposes.js';
import { dayOf, DONE, refusal, type PracticeParts } from './circumstances.js';

interface RequestsDesk extends Pick<Practice, 'leaveRequest' | 'requests' | 'requestDone'> {
  /** Drops those that no recording can answer any more. To be called each hour. */
  readonly sweep: () => Promise<void>;
}

/** No recording is kept longer (P1.5: 365 days), and so none of these is of use. */
const KEPT_DAYS = 366;
const MOST = 500;
const LONGEST_HOURS = 12;
/** More than a class that is angry leaves with reason; far fewer than would fill the list. */
const AN_HOUR = 10;
const HOUR_MS = 3600_000;

const LATER = refusal('TOO_MANY_REQUESTS', 'Many requests were left in the last hour.', 'Try again later, or ask the person whom the visitor page names.');
const FULL = refusal('REQUESTS_FULL', 'No more requests can be kept here.', 'Ask the person whom the visitor page names.');
const NOT_YET = refusal('NOT_A_TIME', 'That time has not been yet.', 'Choose a time that is over or has begun.');
const TOO_LONG_AGO = refusal('NOT_A_TIME', 'That is longer ago than any recording is kept here.', 'Ask the person whom the visitor page names.');
const NO_SUCH_DAY = refusal('NOT_A_TIME', 'There is no such day.', 'Change the day.');
const NOT_A_SPAN = { ...refusal('NOT_A_TIME', 'Choose a time that ends after it begins, {hours} hours long at most.', 'Change from and until.'), values: { hours: LONGEST_HOURS } };
const UNREADABLE_TEXT = refusal('TEXT_UNREADABLE', 'This text holds characters that cannot be shown.', 'Type it anew, in letters, digits and punctuation.');

/** By the clock on the wall, in ms. */
const momentOf = (day: string, time: string): number => new Date(`${day}T${time}:00`).getTime();

export function requestsDesk(parts: PracticeParts): RequestsDesk {
  const { store, accounts, wall, now } = parts;
  /** When those of the last hour were left. */
  let left: Monotonic[] = [];

  const kept = (all: readonly StoredRequest[]): StoredRequest[] => {
    const oldest = plusDays(dayOf(wall()), -KEPT_DAYS);
    return all.filter(({ day }) => day >= oldest);
  };

  const about = async (account: string): Promise<RequestForMe[]> => {
    const { requests } = store.state;
    const sessions = accounts.sessionsOf(account);
    if (requests.length === 0 || sessions.length === 0) return [];
    const lengths = await parts.lengthsOf(sessions.map(({ session }) => session));
    const spans = sessions.map(({ session, startedAt }, at) => ({ session, from: Date.parse(startedAt), to: Date.parse(startedAt) + (lengths[at] ?? 0) }));
    const done = new Set(accounts.mine(account).done);
    return requests.filter(({ id }) => !done.has(id)).flatMap((request) => {
      const [from, to] = [momentOf(request.day, request.from), momentOf(request.day, request.to)];
      const recordings = spans.filter((span) => span.from < to && span.to >= from).map(({ session }) => session);
      return recordings.length === 0 ? [] : { ...asLeft(request), recordings };
    });
  };

  return {
    async leaveRequest(request) {
      const why = whyNot(request, wall());
      if (why !== null) return why;
      left = left.filter((at) => now() - at < HOUR_MS);
      if (left.length >= AN_HOUR) return LATER;
      left.push(now());
      const { words = '', ...rest } = request;
      const one: StoredRequest = { ...rest, id: randomBytes(16).toString('hex'), leftOn: dayOf(wall()), words: words.trim() === '' ? null : words.trim() };
      return store.update((draft) => {
        draft.requests = kept(draft.requests);
        if (draft.requests.length >= MOST) return FULL;
        draft.requests.push(one);
        return DONE;
      });
    },
    requests: ({ teacher }) => about(teacher),
    async requestDone({ teacher }, request) {
      const still = new Set(store.state.requests.map(({ id }) => id));
      // Of those that are not kept any more nothing has to be remembered.
      await accounts.changeMine(teacher, (mine) => ({ ...mine, done: [...new Set([...mine.done, request])].filter((id) => still.has(id)) }));
      return DONE;
    },
    sweep: async () => {
      if (kept(store.state.requests).length < store.state.requests.length) await store.update((draft) => { draft.requests = kept(draft.requests); });
    },
  };
}

function whyNot({ day, from, to, words }: LeaveRequest, wall: Date) {
  const [begins, ends] = [momentOf(day, from), momentOf(day, to)];
  // The 31st of February would be read as a day of March.
  if (Number.isNaN(begins) || dayOf(new Date(begins)) !== day) return NO_SUCH_DAY;
  if (!(ends > begins) || ends - begins > LONGEST_HOURS * HOUR_MS) return NOT_A_SPAN;
  if (begins > wall.getTime()) return NOT_YET;
  if (day < plusDays(dayOf(wall), -KEPT_DAYS)) return TOO_LONG_AGO;
  return words !== undefined && UNREADABLE.test(words) ? UNREADABLE_TEXT : null;
}

const asLeft = ({ words, ...rest }: StoredRequest) => ({ ...rest, ...(words === null ? {} : { words }) });
