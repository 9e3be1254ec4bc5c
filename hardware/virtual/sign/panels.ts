/** The panels that a sign may have, by the number that the firmware's BOARD tells. */
import type { PanelHooks, PanelModel } from './panel-model.js';
import { REFRESH_MS as SSD1680_REFRESH_MS, ssd1680 } from './ssd1680.js';
import { REFRESH_MS as SSD1683_REFRESH_MS, ssd1683 } from './ssd1683.js';
import { REFRESH_MS as UC8179_REFRESH_MS, Uc8179 } from './uc8179.js';

export type PanelId = 1 | 2 | 3;

interface PanelKind {
  /** Of the controller, which is also the firmware's for it. */
  readonly controller: 'uc8179' | 'ssd1683' | 'ssd1680';
  /** How long a real one takes for a full refresh. */
  readonly refreshMs: number;
  readonly make: (refreshMs: number, hooks: PanelHooks) => PanelModel;
}

export const PANELS: Readonly<Record<PanelId, PanelKind>> = {
  1: { controller: 'uc8179', refreshMs: UC8179_REFRESH_MS, make: (refreshMs, hooks) => new Uc8179(refreshMs, hooks) },
  2: { controller: 'ssd1683', refreshMs: SSD1683_REFRESH_MS, make: ssd1683 },
  3: { controller: 'ssd1680', refreshMs: SSD1680_REFRESH_MS, make: ssd1680 },
};
