import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement } from 'lit';

/** What every element of the screen is: drawn anew when the language changes. */
export class LampElement extends LitElement {
  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }
}
