/** The ports of the scripted house that have no story of their own: each call is noted, and answered with the plainest yes. */
import type { House, SignedIn, StewardIn } from '../../kiosk/server/house.js';
import type { CodeView } from '../../kiosk/protocol/practice.js';

export type Noted = readonly [port: string, method: string, ...args: unknown[]];

/** The same port, noting each call before it is done. */
export function noted<P extends object>(calls: Noted[], port: string, does: P): P {
  return new Proxy(does, {
    get: (target, name, receiver) => {
      const what: unknown = Reflect.get(target, name, receiver);
      if (typeof what !== 'function') return what;
      return (...args: unknown[]): unknown => {
        calls.push([port, String(name), ...args]);
        return Reflect.apply(what, target, args);
      };
    },
  });
}

export const CODE: CodeView = {
  version: '1.0', digest: 'c0de'.repeat(16), lastReview: '2026-09', nextReview: '2027-09', lead: 'E. Evans', contact: 'office@school.example', policies: ['Data protection'],
  blocks: [{ kind: 'paragraph', spans: [{ style: 'plain', text: 'A recording belongs to the teacher who made it.' }] }], notice: null,
};

const yes = () => Promise.resolve({ ok: true as const });
const given = <T>(value: T) => Promise.resolve({ ok: true as const, value });
const NOT_LEAD = { ok: false as const, code: 'NOT_LEAD', sentence: 'Only the practice lead can do that.', remedy: 'Ask the practice lead.' };

export function quietPorts(calls: Noted[], lead: SignedIn, steward: StewardIn, enrolled: SignedIn): Pick<House, 'accounts' | 'practice' | 'school' | 'stick' | 'lan'> {
  const isLead = ({ teacher }: SignedIn): boolean => teacher === lead.teacher;
  const ifLead = (owner: SignedIn) => Promise.resolve(isLead(owner) ? { ok: true as const } : NOT_LEAD);
  const signedIn = () => Promise.resolve({ ok: true as const, steward });
  return {
    accounts: noted(calls, 'accounts', {
      checkPaperCode: () => given({ displayName: enrolled.displayName, before: null }),
      enrol: () => Promise.resolve({ ok: true, signedIn: enrolled }),
      tryPin: () => ({ ok: true }),
      view: ({ displayName }) => ({ displayName, language: 'en', fingerprints: ['1f3a 99c0 12ab 77de 0042'], keyProven: true, locked: [] }),
      makeTestCode: () => Promise.resolve(Buffer.from('age')),
      answerTestCode: yes, changePin: yes, changeKey: yes, unlock: yes, setLanguage: yes, newsRead: yes, close: yes,
    } satisfies House['accounts']),
    practice: noted(calls, 'practice', {
      isLead,
      code: () => CODE,
      codeChanges: () => ({ kind: 'whole' }),
      training: () => ({ version: '1.0', pages: [], questions: [] }),
      answerTraining: () => Promise.resolve({ passed: true }),
      purposes: () => ({ builtIn: [], options: [], proposals: [], past: [] }),
      acceptCode: yes, optIn: yes, optOut: yes, propose: yes, agree: yes, object: yes, leaveRequest: yes, requestDone: yes,
      answerObjection: ifLead, decide: ifLead, retire: ifLead, adoptCode: ifLead, setPolicy: ifLead,
      offeredCode: async (owner) => isLead(owner) ? given(CODE) : Promise.resolve(NOT_LEAD),
      visitor: () => ({ room: 'Room 12', contact: CODE.contact, retentionDays: 60, codeVersion: CODE.version, lead: CODE.lead }),
      requests: () => Promise.resolve([]),
    } satisfies House['practice']),
    school: noted(calls, 'school', {
      isSetUp: () => true,
      stewards: () => [{ id: steward.steward, displayName: steward.displayName }],
      setUp: signedIn, signIn: signedIn,
      page: () => Promise.resolve({
        version: '0.1.0', buildHash: 'abc123', troubles: [], roomForOneSession: true, clockTrusted: true,
        school: { room: 'Room 12', languages: ['en' as const], bells: ['09:50'], contact: CODE.contact, retentionDays: 60 }, codeAdopted: true, staff: [], stewards: [steward.displayName],
      }),
      loadStaff: () => given({ names: 2 }),
      paperCodes: () => given([]),
      save: yes, bar: yes, setLead: yes, addSteward: yes, removeSteward: yes, changePin: yes, clockIsRight: yes,
    } satisfies House['school']),
    stick: noted(calls, 'stick', { write: yes, read: () => given('age1') } satisfies House['stick']),
    lan: noted(calls, 'lan', {
      open: () => Promise.resolve({ url: 'http://192.0.2.7:8443/x', code: 'KRTV', minutes: 10 }),
      wait: () => Promise.resolve(null),
      close: () => Promise.resolve(),
    } satisfies House['lan']),
  };
}
