import { html } from 'lit';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { pageStyles } from './parts/key-page.js';
import './parts/proof.js';

/** Before the first start: a test code is opened with the key, which proves that recordings will open too. */
class ProveKeyPage extends DeskPage {
  static override properties = { ...DeskPage.properties, proven: { state: true } };
  static override styles = [base, pageStyles];

  declare proven: boolean;

  constructor() {
    super();
    this.proven = false;
  }

  override render() {
    if (this.proven) return html`
      <header><h1 tabindex="-1">Your key works</h1></header>
      <main><p>It will open what you record. Keep key and words in two safe places: nobody can replace them.</p></main>
      <footer><button class="grow main" @click=${() => this.leave()}>Go on</button></footer>`;
    return html`<lamp-proof .desk=${this.desk} heading="Test your key" why="So that you find out now, and not after a lesson, whether you can open your recordings."
      .sealed=${async () => (await this.desk.call('/api/test-code', {})).sealed} .onCode=${this.#answer} .onBack=${() => this.leave()}></lamp-proof>`;
  }

  readonly #answer = async (code: string): Promise<void> => {
    await this.desk.call('/api/test-code-answer', { code });
    await this.desk.refresh();
    this.proven = true;
  };
}
customElements.define('prove-key-page', ProveKeyPage);
