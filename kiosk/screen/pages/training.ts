import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { TrainingView } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { piecesOfPages, type Piece } from './pieces.js';
import './text.js';

/** Questions still to be answered, the first one now. `why`: what was wrong with the answer before, where there was one. */
interface Asking { readonly question: number; readonly before: { readonly answer: number; readonly why: string | null } | null }

/** P8.1: short pages with a check at the end. What was wrong is explained, and only that is asked again. */
class TrainingPage extends DeskPage {
  static override properties = { ...DeskPage.properties, training: { state: true }, reading: { state: true }, asking: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: auto auto minmax(0, 1fr); }
    lamp-paged, main { grid-row: 3; }
    main { display: grid; gap: var(--gap); align-content: center; min-height: 0; }
    main p { max-width: 44em; }
    .ask { font-size: 1.15em; font-weight: 700; }
    main button { text-align: start; font-weight: 400; min-height: calc(var(--touch) * 1.2); line-height: 1.25; }
    @container (max-height: 40rem) { main button { min-height: var(--touch); } }
  `];

  declare training: TrainingView | null;
  declare reading: boolean;
  declare asking: readonly Asking[];
  #pieces: readonly Piece[] = [];
  #answers: (number | null)[] = [];

  constructor() {
    super();
    this.training = null;
    this.reading = true;
    this.asking = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => {
      const training = await this.desk.look('/api/training');
      this.#pieces = piecesOfPages(training.pages);
      this.#answers = training.questions.map(() => null);
      this.training = training;
    });
  }

  override render() {
    const now = this.asking[0];
    return html`
      <header>
        <h1 tabindex="-1">${this.reading ? msg('The short training') : now?.before == null ? msg('What would you do?') : msg('Not quite')}</h1>
        ${this.reading ? '' : html`<button @click=${() => { this.reading = true; }}>${msg('Read the pages again')}</button>`}
        <button data-back @click=${() => this.leave()}>${msg('Not now')}</button>
      </header>
      ${this.troubleBox}
      ${this.training === null ? '' : this.reading ? this.#pages() : now === undefined ? this.#sending() : this.#question(this.training, now)}`;
  }

  #pages(): TemplateResult {
    return html`<lamp-paged steady .pieces=${this.#pieces}><button slot="last" class="main grow" @click=${() => this.#begin()}>${msg('To the questions')}</button></lamp-paged>`;
  }

  #question({ questions }: TrainingView, { question, before }: Asking): TemplateResult {
    const { ask, answers } = questions[question] ?? { ask: '', answers: [] };
    // Keyed, so that no button of the question before stays pressed.
    return html`${keyed(question, html`<main>
      ${before === null ? '' : html`<p class="trouble" role="alert"><strong>${before.why ?? msg('That is not what the pages say.')}</strong>${msg('Please choose again.')}</p>`}
      <p class="ask" dir="auto">${ask}</p>
      ${answers.map((words, at) => {
        const wrong = before?.answer === at;
        return html`<button aria-disabled=${wrong} @click=${() => { if (!wrong) this.#answer(question, at); }}><bdi>${words}</bdi></button>`;
      })}
    </main>`)}`;
  }

  /** The check is on its way, or was refused and can be sent again. */
  #sending(): TemplateResult {
    return html`<main><p class="ask" role="status">${this.busy ? msg('One moment…') : msg('Your answers have not been checked yet.')}</p>${this.busy ? '' : html`<button class="main" @click=${() => this.#check()}>${msg('Check my answers')}</button>`}</main>`;
  }

  #begin(): void {
    this.reading = false;
    if (this.asking.length === 0) this.asking = this.#answers.flatMap((answer, question) => (answer === null ? [{ question, before: null }] : []));
  }

  #answer(question: number, answer: number): void {
    this.#answers[question] = answer;
    this.asking = this.asking.slice(1);
    if (this.asking.length === 0) void this.#check();
  }

  async #check(): Promise<void> {
    let passed = false;
    await this.try(async () => {
      const result = await this.desk.call('/api/training-answers', { answers: this.#answers });
      if (result.passed) {
        await this.desk.refresh();
        passed = true;
      } else {
        this.asking = result.wrong.map(({ question, why }) => ({ question, before: { answer: this.#answers[question] ?? -1, why } }));
      }
    });
    if (passed) this.goOn();
  }
}
customElements.define('training-page', TrainingPage);
