/** How the technician's page is laid out: everything on one screen, with nothing to scroll. */
import { css } from 'lit';

export const stewardStyles = css`
  :host { grid-template-rows: auto auto minmax(0, 1fr) auto; }
  lamp-pin-entry { grid-row: 1 / -1; }
  /* The header may be away. */
  nav { grid-row: 2; }
  main { grid-row: 3; }
  footer { grid-row: 4; }
  main { display: grid; gap: 0.6em; align-content: start; min-height: 0; font-size: var(--small); }
  h1, .said { font-size: var(--text); }
  header .trouble { flex: 1 1 100%; font-size: var(--small); }
  main .trouble, .card { padding: 0.35em 1em; overflow-wrap: anywhere; }
  .asked { display: flex; gap: var(--gap); align-items: center; }
  .asked p { flex: 1 1 auto; }
  .tabs { display: flex; flex-wrap: wrap; gap: var(--gap); }
  .tabs button { flex: 1 1 auto; padding-inline: 0.5em; }
  button[aria-pressed='true'], button[aria-selected='true'] { background: var(--accent-pale); border-color: var(--accent); border-width: 6px; }
  .fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5em var(--gap); }
  .fields .row { grid-column: 1 / -1; }
  label { display: grid; gap: 0.2em; }
  input, textarea { font: inherit; font-size: var(--text); min-height: var(--touch); padding: 0.3em 0.6em; border: 3px solid var(--ink); border-radius: var(--round); resize: none; }
  .row { display: flex; flex-wrap: wrap; gap: var(--gap); }
  .row > button { flex: 1 1 0; }
  .row > span { flex: 1 1 100%; margin-bottom: calc(0.2em - var(--gap)); }
  .names { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
  .letters { display: grid; grid-template-columns: repeat(9, minmax(0, 1fr)); gap: var(--gap); }
  .others { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
  .names li, .letters li, .others li { display: grid; }
  .names button, .letters button { padding: 0.2em 0.5em; overflow-wrap: anywhere; }
  .codes { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
  .codes li { display: grid; }
  .code { font-size: 1.3em; font-weight: 700; letter-spacing: 0.02em; }
  @container (max-height: 34rem) { .row > span { display: none; } header[quiet] { position: absolute; } h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap; } .said { font-size: var(--small); } .codes { gap: 0.5em; } .codes .card { padding-block: 0; } }
  @media (orientation: portrait) {
    .fields { grid-template-columns: minmax(0, 1fr); }
    .names { grid-template-columns: repeat(2, minmax(0, 1fr)); }
    .letters { grid-template-columns: repeat(5, minmax(0, 1fr)); }
    .codes { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  }
`;
