/**
 * The catalogue: every screen and page in each of its states, as data. The tool
 * that takes pictures (tools/screens.ts) and the tests that look (scenes.cases.ts)
 * share it; scene-stage.ts plays it. A new screen or page belongs in here: the
 * test holds the catalogue against the elements that there are.
 */
import { join } from 'node:path';
import { readPractice } from '../../config/practice/read.js';
import type { Mode, PurposeChoice, Recording, SignInReply } from '../../kiosk/protocol.js';
import type { StickView } from '../../kiosk/protocol/collect.js';
import type { ProposalView, PurposesView, PurposeText } from '../../kiosk/protocol/practice.js';
import type { StewardPage, StewardReply } from '../../kiosk/protocol/school.js';
import type { Page } from '../../kiosk/screen/page-names.js';
import { COLLECT_FAULTS } from '../../pipeline/collect/faults.js';
import { FAULTS } from '../../session/faults.js';
import { RECORDING, SESSION, STEERING, TROUBLE } from './scripted-house.js';
import { ME } from './stage.js';

/** A button by the beginning of its English name; something to write; letters or digits of a pad, and OK; the last page of a long text. */
export type Act = string | { readonly write: string } | { readonly enter: string } | { readonly toTheEnd: true };
const TO_THE_END: Act = { toTheEnd: true };

export interface Scene {
  readonly name: string;
  readonly element: string;
  /** What it is handed besides its desk. `{ inMs: n }` is a time of the page’s clock, n ms from now; `{ about: n }` a loudness of n dBFS, heard just now. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly me?: SignInReply | null;
  readonly steward?: StewardReply;
  /** What the server answers, by path; one with a `remedy` is a refusal. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What is done until it is so. */
  readonly acts?: readonly Act[];
  /** What else there is to say: notices above, and the last half minute of a sign-in below. */
  readonly notices?: readonly unknown[];
  /** The bar below: soon signed out, or the picture ends soon. */
  readonly idle?: true | 'looking';
  /** Its heading says what the room is in, so that it is read from afar. */
  readonly state?: true;
  /** Shown at every size: the way to a recording, and what everyone in the room meets. */
  readonly main?: true;
}

const inMs = (ms: number): { readonly inMs: number } => ({ inMs: ms });
const about = (peakDb: number): { readonly about: number } => ({ about: peakDb });

const PURPOSES: readonly PurposeChoice[] = [
  { id: 'reflection', words: 'Personal reflection', audience: 'only-me' }, { id: 'collaboration', words: 'Collaboration', audience: 'colleagues-i-choose' },
  { id: 'coaching', words: 'Coaching', audience: 'colleagues-i-choose' }, { id: 'enquiry', words: 'Enquiry learning', audience: 'colleagues-i-choose' },
];
const TEACHER: SignInReply = {
  ...ME, purposes: PURPOSES, lastTime: { purpose: 'reflection', mode: 'picture-and-sound' satisfies Mode, view: null }, bells: ['23:59'],
  views: STEERING.views.map(({ id, name }) => ({ id, name, covered: false })),
};
const DRAFT = { purpose: PURPOSES[0], mode: 'picture-and-sound', view: null, ends: { by: 'minutes', minutes: 50 } };
const NAMES = ['A. Ahmed', 'B. Bevan', 'C. Çelik', 'D. Dąbrowska', 'E. Evans', 'F. Fernandez-Whitmore', 'G. Griffiths', 'H. Huang', 'I. Iqbal', 'J. Jones', 'K. Kowalski'].map((displayName, at) => ({ id: `t${at}`, displayName }));
const WRONG_PIN = { code: 'WRONG_PIN', sentence: 'That name and PIN do not go together.', remedy: 'Try again.' };
const fault = (code: keyof typeof FAULTS) => ({ code, ...FAULTS[code] });
const PLAN = { me: TEACHER, draft: DRAFT, busy: false };

const { code, training } = await readPractice(join(process.cwd(), 'config/practice'));
const CODE = { version: code.version, digest: code.digest, lastReview: code.lastReview, nextReview: code.nextReview, lead: 'A. Ahmed', contact: 'The school office, room 3', policies: code.policies, blocks: code.blocks, notice: null };
const TRAINING = { version: training.version, pages: training.pages, questions: training.questions.map(({ ask, answers }) => ({ ask, answers: answers.map(({ words }) => words) })) };
const SCHOOL = { room: 'Room B12, Science', contact: 'Ms Okafor, the school office, 01632 960 123', retentionDays: 60, codeVersion: '1.0', lead: 'A. Ahmed' };

const STEWARD: StewardReply = { token: 'x', displayName: 'T. Novak', idleMs: 60_000 };
const WELL: StewardPage = {
  version: '1.0.0', buildHash: 'a1b2c3d4e5f6', troubles: [], roomForOneSession: true, clockTrusted: true, codeAdopted: true, stewards: ['T. Novak'],
  staff: NAMES.map(({ id, displayName }, at) => ({ id, displayName, barred: at === 6, lead: at === 0, codeUntil: at % 4 === 1 ? '2026-12-24T10:00:00.000Z' : null })),
  school: { room: SCHOOL.room, languages: ['en', 'cy'], bells: ['09:50', '10:50', '11:50', '13:30', '14:30', '15:30'], contact: SCHOOL.contact, retentionDays: 60 },
};
const UNWELL: StewardPage = { ...WELL, roomForOneSession: false, clockTrusted: false, codeAdopted: false, troubles: [fault('SIGN_LOST'), fault('CAMERA_LOST')] };

const LONG = 'Teachers look at how they ask questions, and at who answers. '.repeat(4).trim();
const TEXT: PurposeText = { name: 'Questions in class', words: 'Learning how we ask questions', audience: 'colleagues-i-choose', enhances: LONG, trust: LONG };
const proposal = (number: number, status: ProposalView['status'], more: Partial<ProposalView> = {}): ProposalView =>
  ({ number, kind: 'new', purpose: `school-${number}`, version: 1, text: { ...TEXT, words: `${TEXT.words} ${number}` }, objections: [], status, youAgreed: false, youObjected: false, ...more });
const PURPOSES_VIEW: PurposesView = {
  builtIn: PURPOSES.slice(0, 2),
  options: [{ purpose: 'school-1', version: 1, text: TEXT, on: false, trialUntil: '2027-09-30' }, { purpose: 'school-2', version: 2, text: { ...TEXT, words: 'Listening to how we read aloud', audience: 'only-me' }, on: true, trialUntil: null }],
  proposals: [proposal(7, { kind: 'open', until: '2026-12-08' }, { objections: [{ text: LONG, answer: null }] }), proposal(6, { kind: 'with-the-lead' }), proposal(4, { kind: 'agreed', on: '2026-09-30', reasons: 'It helps beginners.' })],
  past: [{ purpose: 'school-3', version: 1, text: TEXT, standing: 'lapsed' }],
};
const PRINTS = ['1a2b 3c4d 5e6f 7a8b 9c0d', '0d9c 8b7a 6f5e 4d3c 2b1a'];
const ACCOUNT = { displayName: 'A. Ahmed', language: 'en', fingerprints: [PRINTS[0]], keyProven: true, locked: [{ account: 'a0', fingerprints: PRINTS.slice(1), sealed: 'YWdl' }] };
const OVERDUE = { code: 'REVIEW_OVERDUE', sentence: 'The review of this code is overdue since November 2026.', remedy: 'Recording goes on. No new purpose is agreed until the practice lead has reviewed it with teachers.' };
const missing = (code: string, sentence: string, remedy: string) => ({ code, sentence, remedy });
const NEWCOMER: SignInReply = {
  ...TEACHER, reasons: [missing('CODE_NOT_ACCEPTED', 'You have not agreed to the code of practice yet.', 'Read it, and agree at its end.'), missing('NOT_TRAINED', 'You have not done the training yet.', 'It takes ten minutes.')],
  news: [{ kind: 'pin-reset', fingerprint: PRINTS[0] ?? '' }], requests: 2,
};
const recordings = (count: number): Recording[] => Array.from({ length: count }, (_, at) => ({ ...RECORDING, id: `r${at}`, startedAt: `2026-11-1${at}T13:10:00+00:00`, keptAtMost: '2099-11-23T23:59:59+00:00' }));
const THREE = { recordings: recordings(3), mayRecord: true };

/** One recording for the stick, and how the stick stands. */
const collecting = (name: string, stick: StickView, more: Partial<Scene> = {}): Scene => ({
  name, element: 'collect-page', with: { page: { page: 'collect', recordings: ['r0'] } },
  answers: { '/api/recordings': { recordings: recordings(3) }, '/api/lan-download': { kind: 'none' }, '/api/stick': stick }, ...more,
});

const page = (name: Page['page'], more: Partial<Scene> = {}): Scene => ({ name, element: `${name}-page`, ...more });
const anyone = (name: Page['page'], more: Partial<Scene> = {}): Scene => page(name, { me: null, ...more });
const steward = (name: string, acts: readonly Act[], more: Partial<Scene> = {}): Scene => page('steward', { me: null, steward: STEWARD, answers: { '/api/steward': WELL }, acts, ...more, name });
const notice = (name: string): Scene => ({ name, element: 'notice-screen', me: null, with: { notice: name }, state: true });
const framing = (name: string, acts: readonly Act[] = [], more: Partial<Scene> = {}): Scene => ({ name, element: 'framing-screen', with: { live: true, mine: true }, acts, state: true, ...more });
const recording = (name: string, more: Partial<Scene> = {}): Scene => ({
  name, element: 'recording-screen', me: null, state: true,
  with: { session: SESSION, sinceAt: inMs(-754_000), endsAt: inMs(2_246_000), heard: about(-20), notices: [] },
  answers: { '/api/views': { views: STEERING.views.map(({ id, name: words }) => ({ id, name: words })), locked: false } }, ...more,
});
const paused = (name: string, why: unknown, notices: readonly unknown[] = []): Scene => ({ name, element: 'paused-screen', me: null, with: { session: SESSION, why, closesAt: inMs(600_000) }, notices, state: true });
const plan = (name: string, acts: readonly Act[]): Scene => ({ name, element: 'plan-screen', me: TEACHER, with: PLAN, acts });

const SCREENS: readonly Scene[] = [
  notice('connecting'), notice('checking'), notice('getting-ready'), notice('starting'), notice('stopping'), notice('gone'),
  { name: 'ready', element: 'ready-screen', me: null, with: { room: 'Room 14', someoneSignedIn: false, setUp: true, about: 'Lamplight 1.0.0, build a1b2c3' }, state: true, main: true },
  { name: 'ready-after-a-fault', element: 'ready-screen', me: null, with: { room: 'Room 14', someoneSignedIn: true, setUp: true, about: 'Lamplight 1.0.0, build a1b2c3' }, notices: [fault('SIGN_LOST'), fault('CAMERA_LOST')], state: true },
  { name: 'ready-not-set-up', element: 'ready-screen', me: null, with: { room: '', someoneSignedIn: false, setUp: false, about: 'Lamplight 1.0.0, build a1b2c3' }, state: true },
  { name: 'names', element: 'names-screen', me: null, with: { names: NAMES }, main: true },
  { name: 'pin', element: 'pin-screen', me: null, with: { pinFor: { kind: 'sign-in', teacher: NAMES[0] } }, acts: ['4', '8', '1'], main: true },
  { name: 'pin-wrong', element: 'pin-screen', me: null, with: { pinFor: { kind: 'sign-in', teacher: NAMES[0] }, refusal: WRONG_PIN } },
  { name: 'pin-carry-on', element: 'pin-screen', me: null, with: { pinFor: { kind: 'carry-on' } } },
  { name: 'pin-checking', element: 'pin-screen', me: null, with: { pinFor: { kind: 'finish' }, busy: true } },
  { name: 'purpose', element: 'purpose-screen', me: TEACHER, with: { me: TEACHER } },
  { ...plan('plan', []), main: true },
  plan('plan-purpose', ['What for']), plan('plan-view', ['What the camera sees']), plan('plan-mode', ['What is recorded']), plan('plan-ends', ['Stops by itself']),
  { name: 'plan-idle', element: 'plan-screen', me: TEACHER, with: PLAN, notices: [fault('CAMERA_LOST')], idle: true },
  { name: 'told', element: 'told-screen', with: { draft: DRAFT }, main: true },
  { name: 'told-starting', element: 'told-screen', with: { draft: DRAFT, busy: true } },
  { name: 'framing-others', element: 'framing-screen', me: null, with: { live: true, mine: false }, state: true },
  { name: 'framing-waiting', element: 'framing-screen', with: { live: false, mine: true }, state: true },
  framing('framing', [], { main: true }), framing('framing-turning', ['Turn by hand']), framing('framing-naming', ['Turn by hand', 'Save this view']),
  framing('framing-removing', ['Turn by hand', 'Save this view', 'Remove a view']), framing('framing-covering', ['Cover areas']), framing('framing-clap', ['Clap test']), framing('framing-ends', [], { idle: 'looking' }),
  { name: 'countdown', element: 'countdown-screen', me: null, with: { session: SESSION, startsAt: inMs(4990) }, state: true, main: true },
  { name: 'countdown-waiting', element: 'countdown-screen', me: null, with: { session: SESSION, startsAt: inMs(-1) }, state: true },
  recording('recording', { main: true }),
  recording('recording-sound-only', { with: { session: { purpose: 'Enquiry learning', audience: 'colleagues-i-choose', mode: 'sound-only' }, sinceAt: inMs(-7_195_000), endsAt: inMs(5000), heard: about(-4), notices: [fault('CAMERA_LOST')] } }),
  recording('recording-owner', { acts: ['For the teacher'] }), recording('recording-owner-pin', { acts: ['For the teacher', '10 minutes longer'] }),
  recording('recording-languages', { acts: ['Cymraeg'] }),
  { ...paused('paused', { by: 'room' }), main: true }, paused('paused-by-owner', { by: 'owner' }), paused('paused-by-fault', { by: 'fault', fault: TROUBLE }, [TROUBLE]),
  { name: 'saved', element: 'saved-screen', with: { recording: RECORDING }, main: true },
  { name: 'recordings', element: 'recordings-screen', with: THREE, main: true },
  { name: 'recordings-none', element: 'recordings-screen', with: { recordings: [], mayRecord: false } },
  { name: 'recordings-one', element: 'recordings-screen', with: THREE, acts: ['Keep or erase'] },
  collecting('collect-none', { kind: 'none' }, { main: true }),
  collecting('collect-ready', { kind: 'ready', label: 'ANN 32GB', freeBytes: 31_200_000_000, fileSystem: 'exfat' }),
  collecting('collect-choosing', { kind: 'none' }, { acts: ['Choose others, too'] }),
  collecting('collect-trouble', { kind: 'trouble', ...COLLECT_FAULTS.STICK_READ_ONLY, code: 'STICK_READ_ONLY' }),
  { name: 'lost', element: 'lost-screen', me: null, state: true, main: true },
  { name: 'blocked', element: 'blocked-screen', me: null, with: { reasons: [TROUBLE], setUp: true }, state: true, main: true },
];

const PAGES: readonly Scene[] = [
  anyone('visitor', { answers: { '/api/visitor': SCHOOL }, main: true }),
  anyone('code', { answers: { '/api/code': CODE }, main: true }),
  anyone('code', { name: 'code-text', answers: { '/api/code': { ...CODE, notice: OVERDUE } }, acts: ['Next'] }),
  anyone('leave-request'), anyone('leave-request', { name: 'leave-request-what', acts: ['Next'] }), anyone('leave-request', { name: 'leave-request-words', acts: ['Next', 'Please give me a copy', { write: 'Please ring me any evening.' }] }),
  anyone('set-up'), anyone('set-up', { name: 'set-up-name', acts: [{ enter: 'CDFG-HJKM-PQRT' }] }),
  anyone('set-up', { name: 'set-up-pin', acts: [{ enter: 'CDFG-HJKM-PQRT' }, { write: 'T. Novak' }, 'OK'] }),
  anyone('steward-sign-in', { answers: { '/api/stewards': { stewards: NAMES.slice(0, 3) } } }),
  anyone('steward-sign-in', { name: 'steward-pin', answers: { '/api/stewards': { stewards: NAMES.slice(0, 3) }, '/api/steward-sign-in': WRONG_PIN }, acts: ['A. Ahmed', { enter: '123456' }] }),
  ...(['code', 'pin', 'language', 'key', 'words', 'check'] as const).map((step, at): Scene => anyone('enrol', {
    name: `enrol-${step}`, with: { page: { page: 'enrol', teacher: NAMES[0] } }, answers: { '/api/paper-code': { ticket: 'ticket', displayName: 'A. Ahmed', before: null } },
    acts: ([{ enter: 'CDFG-HJKM-PQRT' }, { enter: '481516' }, 'English', 'Make one here', 'I have written them down'] as Act[]).flatMap((act, i) => (i === 1 ? [act, act] : [act])).slice(0, at < 2 ? at : at + 1),
  })),
  page('welcome', { me: NEWCOMER }),
  page('accept-code', { answers: { '/api/code': CODE, '/api/code-changes': { kind: 'whole' } } }),
  page('accept-code', { name: 'accept-code-end', answers: { '/api/code': CODE, '/api/code-changes': { kind: 'whole' } }, acts: [TO_THE_END] }),
  page('training', { answers: { '/api/training': TRAINING } }), page('training', { name: 'training-question', answers: { '/api/training': TRAINING }, acts: [TO_THE_END, 'To the questions'] }),
  page('prove-key'), page('prove-key', { name: 'prove-key-words', answers: { '/api/test-code': { sealed: 'YWdl' }, '/api/stick-read': { text: '' } }, acts: ['Here: my locked key is on a stick'] }),
  page('account', { answers: { '/api/account': ACCOUNT } }), page('account', { name: 'account-own', answers: { '/api/account': ACCOUNT }, acts: ['PIN and language'] }),
  page('account', { name: 'account-key', answers: { '/api/account': ACCOUNT }, acts: ['My key'] }),
  page('change-key', { answers: { '/api/account': ACCOUNT } }), page('unlock', { answers: { '/api/account': ACCOUNT } }),
  page('purposes', { answers: { '/api/purposes': PURPOSES_VIEW } }), page('purposes', { name: 'purposes-one', answers: { '/api/purposes': PURPOSES_VIEW }, acts: ['Learning how we ask'] }),
  page('purposes', { name: 'purposes-proposals', answers: { '/api/purposes': PURPOSES_VIEW, '/api/propose': OVERDUE }, acts: ['Proposals'] }),
  page('propose', { answers: { '/api/purposes': PURPOSES_VIEW } }), page('propose', { name: 'propose-name', answers: { '/api/purposes': PURPOSES_VIEW }, acts: ['A new purpose'] }),
  page('requests', { answers: { '/api/requests': { requests: [{ id: 'q1', leftOn: '2026-11-24', day: '2026-11-23', from: '09:00', to: '10:00', kind: 'copy', words: 'Please ring me any evening.', recordings: ['r1'] }] } } }),
  page('lead', { answers: { '/api/purposes': PURPOSES_VIEW } }), page('lead', { name: 'lead-adopt', answers: { '/api/purposes': PURPOSES_VIEW, '/api/code': CODE }, acts: ['Code of practice'] }),
  page('lead', { name: 'lead-contact', answers: { '/api/visitor': SCHOOL, '/api/purposes': PURPOSES_VIEW }, acts: ['Contact'] }),
  steward('steward', [], { main: true }), steward('steward-unwell', [], { answers: { '/api/steward': UNWELL } }), steward('steward-names', ['Names']), steward('steward-room', ['Room']), steward('steward-technicians', ['Technicians']),
];

export const SCENES: readonly Scene[] = [...SCREENS, ...PAGES];
