/** The few signs that stand beside words, never in their place. Drawn in the colour of the text. */
import { svg, html, type TemplateResult } from 'lit';

const mark = (content: TemplateResult<2>): TemplateResult => html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`;

export const MARKS = {
  ring: mark(svg`<circle cx="12" cy="12" r="9.5" stroke-width="3.4" />`),
  disc: mark(svg`<circle cx="12" cy="12" r="11" fill="currentColor" stroke="none" />`),
  square: mark(svg`<rect x="2.5" y="2.5" width="19" height="19" rx="2.5" stroke-width="3.2" />`),
  done: mark(svg`<circle cx="12" cy="12" r="10.5" /><path d="m7 12.5 3.5 3.5L17 9" />`),
  warn: mark(svg`<path d="M12 2.5 22.5 21h-21z" /><path d="M12 9.5v5.5M12 17.6v.4" />`),
  people: mark(svg`<circle cx="8.5" cy="8" r="3.6" /><path d="M2 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 5a3.400 3.400 0 0 1 0 6.500M18 14.500c2.500.7 4 2.700 4 5.500" />`),
  adult: mark(svg`<circle cx="12" cy="6" r="3.600" /><path d="M5 21c0-6 3-9 7-9s7 3 7 9" />`),
  door: mark(svg`<path d="M5 22V2.500h11V22M2 22h20M12.500 12v1" />`),
  outside: mark(svg`<rect x="2" y="5" width="14" height="14" rx="2" /><path d="M20 8v8M4 3l16 18" />`),
  purpose: mark(svg`<path d="M12 3a6.500 6.500 0 0 0-3.500 12v3h7v-3A6.500 6.500 0 0 0 12 3zM9.500 21.500h5" />`),
  view: mark(svg`<path d="M2 7h13v10H2zM15 10.500l7-3.500v10l-7-3.500z" />`),
  mode: mark(svg`<path d="M4 12h2l2-6 4 12 3-9 2 3h3" />`),
  until: mark(svg`<circle cx="12" cy="12" r="10" /><path d="M12 6v6.500l4 2.500" />`),
  letters: mark(svg`<path d="M1.500 20 8 4l6.500 16M4 15h8M15.500 20l3.500-9 3.500 9M16.700 17h4.600" />`),
  hand: mark(svg`<path d="M8 12V5a1.700 1.700 0 0 1 3.400 0v6m0-7.200a1.700 1.700 0 0 1 3.400 0V11m0-5a1.700 1.700 0 0 1 3.400 0v8c0 4.500-2.500 7.500-6.500 7.500-3 0-4.500-1.500-6-4L3.500 14c-.8-1.500 1-2.800 2.200-1.700L8 14.500" />`),
  sound: mark(svg`<path d="M3 9.500v5h4l5.500 4.500V5L7 9.500zM16 9a4.200 4.200 0 0 1 0 6M18.500 6a8.400 8.400 0 0 1 0 12" />`),
  languages: mark(svg`<circle cx="12" cy="12" r="10" /><path d="M2 12h20M12 2c6 6 6 14 0 20M12 2c-6 6-6 14 0 20" />`),
} as const;
