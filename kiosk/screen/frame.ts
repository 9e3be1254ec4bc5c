/** What stands around every screen: notices above, the idle bar below; and how a screen holds twice the letters (WCAG 1.4.4). */
import { css } from 'lit';

export const frame = css`
  .screen { min-height: 0; container-type: size; }
  .banner { padding: var(--gap) var(--edge) 0; }

  /* Larger text does not fit on a screen without scrolling. What a screen is about and Stop stay in sight, and in reach. */
  .banner:has(~ .screen.larger) { max-height: 24vh; overflow-y: auto; touch-action: pan-y; }
  /* For half a minute at most: what the bar asks comes first. */
  lamp-idle[shown] ~ lamp-larger { display: none; }
  .screen.larger { container-type: inline-size; }
  .screen.larger > * { display: flex; flex-direction: column; overflow: hidden auto; touch-action: pan-y; scrollbar-color: var(--ink) var(--hair); }
`;
