/**
 * For unsteady hands (EN 301 549, 5.7 and 5.8): a button that is touched again
 * within half a second counts once, and a key that is held does not repeat.
 * `data-touch="steady"` on the page turns it on. The first touch always counts,
 * so that Stop is never late.
 */
import { isDouble, type Touched } from './double-touch.js';

export const isSteady = (): boolean => document.documentElement.dataset['touch'] === 'steady';

/** Keeps doubled touches from everything on this page. */
export function steadyHands(page: Window): void {
  let counted: Touched | null = null;
  let isDropping = false;
  const judge = (event: UIEvent): void => {
    const button = event.composedPath().find((part) => part instanceof HTMLElement && part.matches('button, a, lamp-keyboard'));
    // A finger that came down and was judged makes a click in the end; a key makes only that.
    if (event.type === 'pointerdown' || event.detail === 0) {
      const touched = button === undefined ? null : { button, atMs: event.timeStamp };
      isDropping = isSteady() && touched !== null && isDouble(counted, touched);
      if (!isDropping) counted = touched;
    }
    if (!isDropping) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  page.addEventListener('pointerdown', judge, { capture: true });
  page.addEventListener('click', judge, { capture: true });
}
