import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { PaperCode, StewardPage as Facts } from '../../protocol/school.js';
import type { Text } from '../keyboard/text.js';
import '../keyboard/text.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { moreButton, shownOf } from './rows.js';
import './parts/pin-entry.js';
import { health } from './steward/health.js';
import { draftOf, readDraft, roomForm, type RoomDraft } from './steward/room.js';
import { stewardStyles } from './steward/styles.js';
import { byName, codeCards, initialsOf, pageOfInitial, STAFF_A_PAGE, staffGrid, type Person } from './steward/staff.js';

type Tab = 'health' | 'room' | 'staff' | 'people';
const tabs = (): readonly (readonly [Tab, string])[] => [['health', msg('Health')], ['room', msg('Room')], ['staff', msg('Names')], ['people', msg('Technicians')]];
/** As many as are shown at once. */
const CODES_SHOWN = 6;

/** What keeps the device running. It sees no session, and looks the same whatever teachers do (P1.3, P2.7). */
class StewardPage extends DeskPage {
  static override properties = {
    ...DeskPage.properties, facts: { state: true }, tab: { state: true }, draft: { state: true }, at: { state: true }, letters: { state: true }, chosen: { state: true }, codes: { state: true }, csv: { state: true }, said: { state: true }, name: { state: true }, leaving: { state: true }, asksPin: { state: true },
  };
  static override styles = [base, stewardStyles];

  declare facts: Facts | null;
  declare tab: Tab;
  declare draft: RoomDraft | null;
  declare at: number;
  declare letters: boolean;
  /** Ids of names. */
  declare chosen: ReadonlySet<string>;
  declare codes: readonly PaperCode[] | null;
  declare csv: string;
  /** What was done, or what is wrong with what was typed. */
  declare said: string;
  declare name: string;
  /** Whom to remove, asked once more. */
  declare leaving: string;
  /** Of the technician who is being added, or one's own: the present one, then the new one. */
  declare asksPin: 'no' | 'new-steward' | 'own' | { readonly own: string };

  constructor() {
    super();
    this.facts = null;
    this.tab = 'health';
    this.draft = null;
    this.at = 0;
    this.letters = false;
    this.chosen = new Set();
    this.codes = null;
    this.csv = '';
    this.said = '';
    this.name = '';
    this.asksPin = 'no';
    this.leaving = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => {
      await this.#load();
      // What is missing comes first.
      if (this.facts?.school === null) this.tab = 'room';
      else if (this.facts?.staff.length === 0) this.tab = 'staff';
    });
  }

  override render() {
    const { facts } = this;
    if (this.asksPin !== 'no') return this.#pin();
    return html`
      <header ?quiet=${this.said === '' && this.trouble === null}><h1 tabindex="-1">${msg(str`${this.desk.steward?.displayName ?? ''}: technician`)}</h1><p class="said" role="status">${this.said}</p>${this.troubleBox}</header>
      <nav><div class="tabs" role="tablist">${tabs().map(([tab, words]) => html`<button role="tab" aria-selected=${this.tab === tab} @click=${() => this.#turnTo(tab)}>${words}</button>`)}</div></nav>
      <main>
        ${facts === null ? nothing : this.#body(facts)}
      </main>
      ${facts === null ? nothing : this.#foot(facts)}`;
  }

  #body(facts: Facts) {
    switch (this.tab) {
      case 'health': return shownOf(this.#health(facts), this.at);
      case 'room': return roomForm(this.#draft(facts), facts.school === null, (change) => { this.draft = { ...this.#draft(facts), ...change }; });
      case 'staff': return this.#staff(facts);
      case 'people': return this.#people(facts);
    }
  }

  #foot(facts: Facts) {
    switch (this.tab) {
      case 'room': return html`<footer>${this.#signOut}<button class="grow main" aria-busy=${this.busy} @click=${() => void this.#saveRoom(facts)}>${msg('Save')}</button></footer>`;
      case 'staff': return this.#staffFoot(facts);
      case 'people': return html`<footer>
        ${this.#signOut}
        <button class="grow" @click=${() => { this.asksPin = 'own'; }}>${msg('Change my PIN')}</button>
        <button class="grow main" aria-disabled=${this.name.trim() === ''} @click=${() => { if (this.name.trim() !== '') this.asksPin = 'new-steward'; }}>${msg('Add this technician')}</button>
      </footer>`;
      case 'health': return html`<footer>${this.#signOut}${moreButton(this.#health(facts), this.at, (page) => { this.at = page; })}<button class="grow" @click=${() => void this.try(() => this.#load())}>${msg('Look again')}</button></footer>`;
    }
  }

  get #signOut() {
    return html`<button class="grow" data-back @click=${() => this.desk.signOut()}>${msg('Sign out')}</button>`;
  }

  #health(facts: Facts) {
    return health(facts, () => void this.#do(msg('The date counts from now on.'), async () => { await this.desk.call('/api/clock-right', {}); }));
  }

  #staffFoot(facts: Facts) {
    if (this.codes !== null) return html`<footer><button class="grow main" data-back @click=${() => { this.codes = null; }}>${msg('Handed out, or written down')}</button></footer>`;
    if (facts.staff.length === 0) return html`<footer>${this.#signOut}<button class="grow" @click=${() => void this.#loadStaff(null)}>${msg('Take staff.csv from the stick')}</button><button class="grow main" aria-disabled=${this.csv.trim() === ''} @click=${() => { if (this.csv.trim() !== '') void this.#loadStaff(this.csv); }}>${msg('Take these names')}</button></footer>`;
    if (this.letters) return html`<footer><button class="grow" data-back @click=${() => { this.letters = false; }}>${msg('Back to the names')}</button></footer>`;
    if (this.chosen.size > 0) return this.#chosenFoot(facts.staff.filter(({ id }) => this.chosen.has(id)));
    const pages = Math.ceil(facts.staff.length / STAFF_A_PAGE);
    return html`<footer>
      ${this.#signOut}
      ${pages > 1 ? html`<button class="grow" @click=${() => { this.at = (this.at + 1) % pages; }}>${msg(str`More names (page ${this.at + 1} of ${pages})`)}</button><button class="grow" @click=${() => { this.letters = true; }}>${msg('By first letter')}</button>` : nothing}
      <button class="grow" @click=${() => void this.#allCodesToStick(facts)}>${msg('Codes for all, to the stick')}</button>
      <button class="grow" @click=${() => void this.#loadStaff(null)}>${msg('New list from the stick')}</button>
    </footer>`;
  }

  #chosenFoot(people: readonly Person[]) {
    const [one, ...others] = people;
    const many = others.length > 0;
    return html`<footer>
      <button class="grow" data-back @click=${() => { this.chosen = new Set(); }}>${msg('Choose nobody')}</button>
      <button class="grow main" @click=${() => void this.#showCodes(people.map(({ id }) => id))}>${many ? msg(str`Paper codes: ${people.length}`) : msg('Paper code')}</button>
      ${one === undefined || many ? nothing : html`<button class="grow" @click=${() => void this.#bar(one)}>${one.barred ? msg('Allow new recordings') : msg('Bar from new recordings')}</button>${one.lead ? nothing : html`<button class="grow" @click=${() => void this.#setLead(one)}>${msg('Make practice lead')}</button>`}`}
    </footer>`;
  }

  #staff({ staff }: Facts) {
    if (this.codes !== null) return codeCards(this.codes);
    if (staff.length === 0) return html`<p>${msg('Names of the staff, one a line, or a file staff.csv on the stick')}</p>
      <lamp-text .label=${msg('Names of the staff, one a line, or a file staff.csv on the stick')} rows="4" lines .value=${this.csv} @input=${({ target }: Event & { readonly target: Text }) => { this.csv = target.value; }}></lamp-text>`;
    const sorted = byName(staff);
    if (this.letters) return html`<ul class="letters">${initialsOf(sorted).map((letter) => html`<li><button @click=${() => { this.at = pageOfInitial(sorted, letter); this.letters = false; }}>${letter}</button></li>`)}</ul>`;
    return staffGrid(sorted.slice(this.at * STAFF_A_PAGE, (this.at + 1) * STAFF_A_PAGE), this.chosen, ({ id }) => this.#choose(id));
  }

  #choose(id: string): void {
    const others = [...this.chosen].filter((one) => one !== id);
    this.chosen = new Set(this.chosen.has(id) ? others : [...others, id].slice(-CODES_SHOWN));
    this.said = '';
  }

  #bar({ id, barred, displayName }: Person): Promise<void> {
    return this.#do(barred ? msg(str`${displayName} may record again.`) : msg(str`${displayName} starts no new recordings. What was recorded before stays theirs.`), async () => { await this.desk.call('/api/bar', { staff: id, barred: !barred }); });
  }

  #setLead({ id, displayName }: Person): Promise<void> {
    return this.#do(msg(str`${displayName} leads the practice now. Every teacher is told.`), async () => { await this.desk.call('/api/lead', { staff: id }); });
  }

  #people({ stewards }: Facts) {
    const others = stewards.filter((name) => name !== this.desk.steward?.displayName);
    return html`<p>${msg('Each technician has a PIN of their own. Teachers are told of each who comes or goes.')}</p>
      <ul class="others">${others.map((name) => html`<li>${this.leaving === name
        ? html`<button class="main" @click=${() => void this.#removeSteward(name)}>${msg(str`Yes, remove ${name}`)}</button>`
        : html`<button @click=${() => { this.leaving = name; }}>${msg(str`Remove ${name}`)}</button>`}</li>`)}</ul>
      <div class="fields"><label>${msg('Name of another technician')}<input dir="auto" maxlength="60" autocomplete="off" .value=${this.name} @input=${(event: InputEvent) => { this.name = (event.target as HTMLInputElement).value; }}></label></div>`;
  }

  #pin() {
    const asked = this.asksPin;
    const back = (): void => { this.asksPin = 'no'; };
    const entry = (heading: string, hint: string, twice: boolean, onPin: (pin: string) => void) =>
      html`<lamp-pin-entry .heading=${heading} .hint=${hint} .twice=${twice} .trouble=${this.trouble} .busy=${this.busy} .onPin=${onPin} .onBack=${back}></lamp-pin-entry>`;
    if (asked === 'new-steward') return entry(msg(str`${this.name.trim()}: choose a PIN`), msg('Typed by that person, and known to nobody else.'), true, (pin) => void this.#addSteward(pin));
    if (typeof asked === 'object') return entry(msg('Your new PIN'), msg('Your own, known to nobody else.'), true, (newPin) => void this.#changePin(asked.own, newPin));
    return entry(msg('Your present PIN'), msg('Then you choose the new one.'), false, (own) => { this.asksPin = { own }; });
  }

  #draft(facts: Facts): RoomDraft {
    return this.draft ?? draftOf(facts.school);
  }

  #turnTo(tab: Tab): void {
    this.tab = tab;
    this.said = '';
    this.trouble = null;
    this.draft = null;
    this.codes = null;
    this.letters = false;
    this.chosen = new Set();
    this.at = 0;
    this.asksPin = 'no';
  }

  async #load(): Promise<void> {
    this.facts = await this.desk.look('/api/steward');
  }

  async #do(said: string, work: () => Promise<void>): Promise<void> {
    this.said = '';
    if (await this.try(async () => { await work(); await this.#load(); })) this.said = said;
  }

  async #saveRoom(facts: Facts): Promise<void> {
    const school = readDraft(this.#draft(facts), facts.school === null);
    if (typeof school === 'string') { this.said = school; return; }
    await this.#do(msg('Saved.'), async () => { await this.desk.call('/api/school', school); });
    if (this.trouble !== null) return;
    this.draft = null;
    if (facts.staff.length === 0) [this.tab, this.at] = ['staff', 0];
  }

  async #loadStaff(csv: string | null): Promise<void> {
    let names = 0;
    await this.#do('', async () => { ({ names } = await this.desk.call('/api/staff', { csv })); });
    if (this.trouble === null) this.said = msg(str`Names taken: ${names}. Now name the practice lead, and hand out paper codes.`);
    this.at = 0;
  }

  async #showCodes(staff: readonly string[]): Promise<void> {
    await this.#do('', async () => { this.codes = (await this.desk.call('/api/paper-codes', { staff: [...staff], toStick: false })).codes; });
    if (this.trouble === null) this.chosen = new Set();
  }

  async #allCodesToStick({ staff }: Facts): Promise<void> {
    await this.#do(msg('The codes are on the stick, in the file paper-codes.html. Print it, cut it, hand it out, and erase the file.'), async () => { await this.desk.call('/api/paper-codes', { staff: staff.filter(({ barred }) => !barred).map(({ id }) => id), toStick: true }); });
  }

  async #addSteward(pin: string): Promise<void> {
    const name = this.name.trim();
    await this.#do(msg(str`${name} is a technician now. Every teacher is told.`), async () => { await this.desk.call('/api/add-steward', { name, pin }); });
    if (this.trouble === null) [this.asksPin, this.name] = ['no', ''];
  }

  async #removeSteward(name: string): Promise<void> {
    this.leaving = '';
    await this.#do(msg(str`${name} is no longer a technician.`), async () => { await this.desk.call('/api/remove-steward', { name }); });
  }

  async #changePin(pin: string, newPin: string): Promise<void> {
    await this.#do(msg('Your PIN is changed.'), async () => { await this.desk.call('/api/steward-pin', { pin, newPin }); });
    // A new PIN that was refused is chosen again; anything else begins with the present one.
    if (this.trouble?.code !== 'WEAK_PIN') this.asksPin = this.trouble === null ? 'no' : 'own';
  }
}
customElements.define('steward-page', StewardPage);
