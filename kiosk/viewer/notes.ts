/** Notes, marks and the name of a recording: small sealed events (FORMAT.md, "About events"), written beside it or saved as a file. */
import type { AboutEvent } from '../../pipeline/seal/open.js';
import { alertLine, button, download, labelled, make, working } from './dom.js';
import { notesName, writeBeside, type FoundSession } from './files.js';
import { Mistake, sentenceOf } from './given-words.js';
import type { OpenedFilm } from './reader.js';
import { clock, say } from './speech.js';
import type { Theatre } from './theatre.js';
import type { Unlocked } from './unlock.js';

export interface Shown { readonly id: string; readonly kind: 'note' | 'mark'; readonly ms: number; readonly text: string }

const randomId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
/** An event holds 4096 bytes, and a letter may take six of them. */
const LONGEST = 600;

export class Notes {
  readonly #unlocked: Unlocked;
  readonly #found: FoundSession;
  readonly #session: string;
  readonly #events: AboutEvent[];
  /** What this page made, and could not write beside the recording. */
  readonly #unsaved: AboutEvent[] = [];
  readonly #listeners: (() => void)[] = [];
  #saved = true;
  /** Whether the last one was written beside the recording. */
  beside: boolean | undefined;

  constructor(unlocked: Unlocked, found: FoundSession, { events, binding }: OpenedFilm) {
    this.#unlocked = unlocked;
    this.#found = found;
    this.#session = binding.session;
    this.#events = [...events];
    addEventListener('beforeunload', this.#warn);
  }

  readonly #warn = (event: BeforeUnloadEvent): void => { if (!this.#saved) event.preventDefault(); };

  get title(): string | undefined {
    const text = this.#events.findLast(({ kind }) => kind === 'title')?.['text'];
    return typeof text === 'string' && text !== '' ? text : undefined;
  }

  get unsaved(): boolean {
    return !this.#saved;
  }

  /** In the order of the film. A later event with the same number stands in an earlier one's place; without text, for nothing. */
  shown(): readonly Shown[] {
    const notes = new Map<string, Shown>();
    for (const [i, { kind, mediaMs, text, note }] of this.#events.entries()) {
      if ((kind !== 'note' && kind !== 'mark') || typeof mediaMs !== 'number' || !Number.isFinite(mediaMs)) continue;
      const id = typeof note === 'string' ? note : String(i);
      notes.set(id, { id, kind, ms: Math.max(0, mediaMs), text: typeof text === 'string' ? text : '' });
    }
    return [...notes.values()].filter(({ kind, text }) => kind === 'mark' || text !== '').sort((a, b) => a.ms - b.ms);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** @throws Mistake where it is too long. */
  add(ms: number, text: string, id = randomId()): Promise<void> {
    if (text.length > LONGEST) throw new Mistake(say().notes.tooLong);
    return this.#put({ kind: 'note', note: id, mediaMs: Math.round(ms), text });
  }

  mark(ms: number): Promise<void> {
    return this.#put({ kind: 'mark', mediaMs: Math.round(ms) });
  }

  remove({ id, ms }: Shown): Promise<void> {
    return this.add(ms, '', id);
  }

  rename(text: string): Promise<void> {
    return this.#put({ kind: 'title', text: text.slice(0, LONGEST) });
  }

  /** All that could not be written beside the recording, in one sealed file. */
  async save(): Promise<void> {
    const { bytes } = await this.#unlocked.reader.ask('sealNotes', { events: this.#unsaved });
    download(notesName(this.#session), bytes);
    this.#saved = true;
    this.#told();
  }

  /** False where notes would be lost, and whoever leaves did not say that they may be. */
  mayLeave(): boolean {
    if (!this.#saved && !confirm(say().notes.unsaved)) return false;
    removeEventListener('beforeunload', this.#warn);
    return true;
  }

  async #put(fields: Readonly<Record<string, unknown>> & { readonly kind: string }): Promise<void> {
    const event: AboutEvent = { v: 1, session: this.#session, at: new Date().toISOString(), ...fields };
    const { bytes } = await this.#unlocked.reader.ask('sealEvent', { event });
    this.#events.push(event);
    this.beside = this.#found.folder !== undefined && await writeBeside(this.#found.folder, 'about', `${randomId()}.age`, bytes);
    if (!this.beside) {
      this.#unsaved.push(event);
      this.#saved = false;
    }
    this.#told();
  }

  #told(): void {
    for (const listener of this.#listeners) listener();
  }
}

export function notesPanel(notes: Notes, stage: Theatre): HTMLElement {
  const { notes: words, watch, common } = say();
  const list = make('ol', { className: 'notes' });
  const said = alertLine();
  const told = (error: unknown): void => { said.textContent = sentenceOf(error); };
  const state = make('p', { className: 'soft' });
  state.setAttribute('role', 'status');
  const text = make('textarea', { rows: 2, maxLength: 600 });
  const add = working(words.add, async () => {
    if (text.value.trim() === '') return text.focus();
    await notes.add(stage.at(), text.value.trim());
    text.value = '';
    return undefined;
  }, told);
  const save = working(words.saveFile, () => notes.save(), told);
  const name = make('input', { type: 'text', maxLength: 120, value: notes.title ?? '', dir: 'auto' });
  const rename = make('details', {}, make('summary', {}, watch.rename), labelled(watch.name, name, 'name'), working(common.save, async () => {
    await notes.rename(name.value.trim());
    const heading = document.querySelector('h1');
    if (heading !== null && notes.title !== undefined) heading.textContent = notes.title;
  }, told));
  const draw = (): void => {
    const shown = notes.shown();
    list.replaceChildren(...(shown.length === 0 ? [] : shown.map((one) => {
      const go = button(clock(one.ms), () => stage.goTo(one.ms), true);
      go.setAttribute('aria-label', words.goTo(clock(one.ms)));
      const remove = button('×', () => void notes.remove(one), true);
      remove.setAttribute('aria-label', `${words.remove}: ${clock(one.ms)}`);
      return make('li', { className: one.kind }, go, make('span', { dir: 'auto' }, one.kind === 'mark' ? words.mark : one.text), ...(one.kind === 'note' ? [remove] : []));
    })));
    state.textContent = shown.length === 0 && notes.beside === undefined ? words.none : notes.unsaved ? words.unsaved : notes.beside === true ? words.saved : notes.beside === false ? words.savedFile : words.where;
    save.hidden = !notes.unsaved;
  };
  notes.onChange(draw);
  draw();
  return make('section', { className: 'notes-panel' }, make('h2', {}, words.title), list, labelled(words.text, text, 'note'), said, add, save, state, rename);
}
