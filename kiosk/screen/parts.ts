/** What the ready screen does not need is loaded once it stands, or when somebody is quicker than that. What tells the room's state is never among it. */

const PARTS: Readonly<Record<string, () => Promise<unknown>>> = {
  'names-screen': () => import('./screens/names.js'),
  'pin-screen': () => import('./screens/pin.js'),
  'purpose-screen': () => import('./screens/purpose.js'),
  'plan-screen': () => import('./screens/plan.js'),
  'saved-screen': () => import('./screens/saved.js'),
  'told-screen': () => import('./screens/told.js'),
  'framing-screen': () => import('./screens/framing.js'),
  'recordings-screen': () => import('./screens/recordings.js'),
  'collect-page': () => import('./pages/collect.js'),
  'code-page': () => import('./pages/code.js'),
  'visitor-page': () => import('./pages/visitor.js'),
  'leave-request-page': () => import('./pages/leave-request.js'),
  'set-up-page': () => import('./pages/set-up.js'),
  'steward-sign-in-page': () => import('./pages/steward-sign-in.js'),
  'enrol-page': () => import('./pages/enrol.js'),
  'welcome-page': () => import('./pages/welcome.js'),
  'accept-code-page': () => import('./pages/accept-code.js'),
  'training-page': () => import('./pages/training.js'),
  'prove-key-page': () => import('./pages/prove-key.js'),
  'account-page': () => import('./pages/account.js'),
  'change-key-page': () => import('./pages/change-key.js'),
  'unlock-page': () => import('./pages/unlock.js'),
  'purposes-page': () => import('./pages/purposes.js'),
  'propose-page': () => import('./pages/propose.js'),
  'requests-page': () => import('./pages/requests.js'),
  'lead-page': () => import('./pages/lead.js'),
  'steward-page': () => import('./pages/steward.js'),
};

/** @param element its name. @param then is called once it can be drawn; where it cannot be loaded, the link is lost too, and says so. */
export function loadPart(element: string, then: () => void): void {
  PARTS[element]?.().then(then, () => undefined);
}

/** One after the other, so that a tap in between is not kept waiting. */
export function loadAllParts(): void {
  const waiting = Object.values(PARTS);
  const next = (): void => {
    const load = waiting.shift();
    if (load !== undefined) requestIdleCallback(() => void load().then(next, next));
  };
  next();
}
