/** The code of practice in force, who has accepted it, the training, and what the lead sets (P4.1, P4.2, P8.1). */
import { passagesOf, whatChanged } from '../../config/practice/diff.js';
import { parseCode, type CodeOfPractice } from '../../config/practice/read.js';
import { PracticeFileRefused } from '../../config/practice/refused.js';
import { stored, textAccepted, textsToKeep } from '../../config/practice-state.js';
import { withChange } from '../../config/school/changes.js';
import type { Practice } from '../../kiosk/server/house.js';
import type { CodeView } from '../../kiosk/protocol/practice.js';
import { accept, asked, check, lastAccepted, reasonsOfCode, reviewNotice, type CodeReason } from '../../session/code.js';
import { tidy, UNREADABLE } from '../../session/proposal-text.js';
import { dayOf, DONE, forLead, refusal, thisMonth, type PracticeParts } from './circumstances.js';

type CodeDesk = Pick<Practice, 'code' | 'codeChanges' | 'acceptCode' | 'training' | 'answerTraining' | 'offeredCode' | 'adoptCode' | 'setPolicy' | 'visitor'> & {
  readonly inForce: () => CodeOfPractice;
  /** What this teacher still owes, and the school. */
  readonly reasons: (account: string) => CodeReason[];
};

/** P1.5, where the school has set nothing. */
const KEPT_DAYS = 60;

const ANOTHER_TEXT = refusal('CODE_CHANGED_MEANWHILE', 'That is not the text that was shown.', 'Read what is there now, then adopt it.');
const SAME_VERSION = refusal('CODE_SAME_VERSION', 'This text has the version of another text that was in force here.', 'Give it a new version in its first lines, for example 2026-11.2, then try again.');
const NOBODY_NAMED = refusal('TEXT_LENGTH', 'Nobody is named whom pupils, families and visitors can ask.', 'Write who it is, and where to find them.');
const UNREADABLE_TEXT = refusal('TEXT_UNREADABLE', 'This text holds characters that cannot be shown.', 'Type it anew, in letters, digits and punctuation.');
const NOT_SET_UP = refusal('NOT_SET_UP', 'This recorder has not been set up for a school yet.', 'The technician sets it up first.');

export function codeDesk(parts: PracticeParts): CodeDesk {
  const { store, accounts, files } = parts;
  /** Parsing a text takes longer than asking for it. */
  let parsed: { readonly text: string; readonly code: CodeOfPractice } | undefined;

  const inForce = (): CodeOfPractice => {
    const { code, school } = store.state;
    const text = code?.text ?? files.code.text;
    if (parsed?.text !== text) parsed = { text, code: parseCode(text) };
    // Lead and contact are what the school has set here; until a lead has adopted a text it is a sample.
    return { ...parsed.code, lead: code?.lead ?? null, contact: school?.contact ?? parsed.code.contact };
  };
  const viewOf = ({ version, digest, lastReview, nextReview, lead, contact, policies, blocks }: CodeOfPractice, notice: CodeView['notice']): CodeView =>
    ({ version, digest, lastReview, nextReview, lead, contact, policies, blocks, notice });
  const practised = (account: string) => accounts.mine(account).practice;

  const offered = async (from: 'sample' | 'stick') => {
    if (from === 'sample') return { ok: true, value: files.code } as const;
    const read = await parts.readStick();
    if (!read.ok) return read;
    try {
      return { ok: true, value: parseCode(read.value.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')) } as const;
    } catch (error) {
      if (!(error instanceof PracticeFileRefused)) throw error;
      return { ...refusal('CODE_REFUSED', 'The file on the stick cannot be used ({why}).', 'Change it there, then try again.'), values: { why: error.message } };
    }
  };

  return {
    inForce,
    reasons: (account) => reasonsOfCode(inForce(), files.training, practised(account)),
    code: () => viewOf(inForce(), reviewNotice(inForce(), thisMonth(parts))),
    codeChanges({ teacher }) {
      const before = lastAccepted(practised(teacher));
      // The sample can be accepted before a school has adopted anything.
      const text = before === null ? null : textAccepted([...store.state.codeTexts, files.code], before);
      return text === null ? { kind: 'whole' } : { kind: 'changed', passages: whatChanged(passagesOf(parseCode(text).blocks), passagesOf(inForce().blocks)) };
    },
    async acceptCode({ teacher }, read) {
      const accepted = accept(practised(teacher), inForce(), read);
      if ('code' in accepted) return { ok: false, ...accepted };
      await accounts.changeMine(teacher, (mine) => ({ ...mine, practice: stored(accepted) }));
      return DONE;
    },
    training: () => ({ version: files.training.version, pages: files.training.pages, questions: asked(files.training) }),
    async answerTraining({ teacher }, answers) {
      const checked = check(practised(teacher), files.training, answers);
      if (checked.passed) await accounts.changeMine(teacher, (mine) => ({ ...mine, practice: stored(checked.practised) }));
      return checked.passed ? { passed: true } : checked;
    },
    offeredCode: async (owner, from) => forLead(parts, owner, async () => {
      const text = await offered(from);
      return text.ok ? { ok: true, value: viewOf(text.value, null) } : text;
    }),
    adoptCode: async (owner, from, digest) => forLead(parts, owner, async () => {
      const text = await offered(from);
      if (!text.ok) return text;
      const code = text.value;
      if (code.digest !== digest) return ANOTHER_TEXT;
      if (store.state.code?.text === code.text && store.state.code.lead === owner.displayName) return DONE;
      const others = [...store.state.codeTexts, ...(store.state.code === null ? [] : [store.state.code])].map((one) => parseCode(one.text));
      if (others.some((other) => other.version === code.version && other.digest !== code.digest)) return SAME_VERSION;
      await store.update((draft) => {
        draft.code = { text: code.text, lead: owner.displayName };
        draft.codeTexts = textsToKeep(draft.codeTexts, code);
        if (draft.school !== null) draft.school = withChange(draft.school, dayOf(parts.wall()), { sentence: '{name}, who leads the practice, has adopted version {version} of the code of practice.', values: { name: owner.displayName, version: code.version } });
      });
      return DONE;
    }),
    setPolicy: async (owner, { contact: written, retentionDays }) => forLead(parts, owner, async () => {
      const { school } = store.state;
      const contact = tidy(written);
      if (school === null) return NOT_SET_UP;
      if (contact === '') return NOBODY_NAMED;
      if (UNREADABLE.test(contact)) return UNREADABLE_TEXT;
      const said = [
        ...(contact === school.contact ? [] : [{ sentence: 'Whom pupils, families and visitors can ask is now: {contact}.', values: { contact } }]),
        ...(retentionDays === school.retentionDays ? [] : [{ sentence: 'New recordings are kept {days} days here, no longer {before}. Those that are here keep their dates.', values: { days: retentionDays, before: school.retentionDays } }]),
      ];
      if (said.length === 0) return DONE;
      await store.update((draft) => {
        if (draft.school === null) return;
        draft.school = { ...draft.school, contact, retentionDays };
        for (const change of said) draft.school = withChange(draft.school, dayOf(parts.wall()), change);
      });
      return DONE;
    }),
    visitor() {
      const { version, lead, contact } = inForce();
      const { school } = store.state;
      return { room: school?.room ?? '', contact, retentionDays: school?.retentionDays ?? KEPT_DAYS, codeVersion: version, lead };
    },
  };
}
