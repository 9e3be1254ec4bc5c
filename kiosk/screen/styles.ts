/** What all screens share: how they are laid out, and what a button looks like. */
import { css } from 'lit';

export const base = css`
  :host {
    --above: var(--edge);
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    height: 100%;
    box-sizing: border-box;
    padding: var(--above) var(--edge);
    gap: var(--gap);
    font-size: var(--text);
    line-height: 1.35;
  }
  *, ::before, ::after { box-sizing: border-box; }
  h1 { font-size: var(--big); line-height: 1.15; margin: 0; outline: none; }
  p { margin: 0; text-wrap: pretty; }
  ul { margin: 0; padding: 0; list-style: none; }
  svg { display: block; }
  header { display: flex; align-items: center; gap: var(--gap); flex-wrap: wrap; }
  header h1 { flex: 1 1 auto; }
  footer { display: flex; align-items: stretch; gap: var(--gap); flex-wrap: wrap; }
  .soft { color: var(--soft); }
  .small { font-size: var(--small); }
  .grow { flex: 1 1 0; }

  button {
    min-height: var(--touch);
    padding: 0.4em 1em;
    border: 3px solid var(--ink);
    border-radius: var(--round);
    background: var(--card);
    color: var(--ink);
    font: inherit;
    font-weight: 700;
    line-height: 1.15;
    touch-action: manipulation;
  }
  :is(button, input, textarea):focus-visible { outline: 5px solid var(--lamp); outline-offset: 3px; }
  button:active:not([aria-disabled='true']) { background: var(--accent-pale); border-color: var(--accent); transform: translateY(2px); }
  button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  button.main:active:not([aria-disabled='true']) { background: var(--accent-deep); }
  button[aria-disabled='true'] { background: transparent; border-color: var(--line); border-style: dashed; color: var(--soft); }
  button[aria-busy='true'] { background: var(--lamp-pale); border-color: var(--ink); color: var(--ink); }

  .card { background: var(--card); border: 2px solid var(--hair); border-radius: var(--round); padding: 1em 1.2em; }
  .trouble { background: var(--lamp-pale); border: 3px solid var(--ink); border-radius: var(--round); padding: 0.7em 1em; }
  .trouble strong { display: block; }
  .mark { width: 1em; height: 1em; flex: none; }

  /* Where notices and the idle bar have taken their share of a landscape panel. */
  @container (max-height: 34rem) { :host { --above: var(--gap); } }

  /* Larger text (frame.ts): everything is as high as it has to be, and Stop stays in sight. */
  :host-context([data-text='larger']) :is(main, ul) { flex: 1 0 auto; min-height: auto; grid-auto-rows: minmax(min-content, auto); }
  :host-context([data-text='larger']) :is(lamp-code-entry, lamp-line-entry, lamp-pin-entry, lamp-write, lamp-key-step, lamp-make-key, lamp-bring-key, lamp-proof, lamp-choose-recordings, lamp-copied, lamp-download, lead-adopt, lead-policy, lead-decide) { display: flex; flex-direction: column; flex: 1 0 auto; height: auto; }
  :host-context([data-text='larger']) li:has(> button + button) { grid-template-columns: minmax(0, 1fr); }
  :host-context([data-text='larger']) :is(footer:has(lamp-stop), main ~ lamp-stop) { position: sticky; bottom: calc(-1 * var(--above)); z-index: 1; flex: none; padding-block: var(--gap); background: var(--paper); }

  @media (prefers-reduced-motion: no-preference) {
    button { transition: background-color 80ms linear; }
  }
`;
