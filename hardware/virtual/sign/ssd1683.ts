/** The 4.2" panel: an SSD1683 and its glass of 400 x 300. */
import type { PanelHooks } from './panel-model.js';
import { Ssd16xx, type Ssd16xxGlass } from './ssd16xx.js';

/**
 * Power times measured on a real GDEY042T81 by the GxEPD2 library
 * (src/gdey/GxEPD2_420_GDEY042T81.h: power_on_time 96 ms, power_off_time 268 ms).
 */
const GLASS: Ssd16xxGlass = {
  memory: { columns: 400 / 8, rows: 300 },
  width: 400,
  height: 300,
  native: (column, row) => ({ column, row }),
  sourcesBefore: 0,
  powerOnMs: 96,
  powerOffMs: 268,
};

/**
 * Not measured: Waveshare says "full refresh 4 s" of its 4.2" black and white panels. The library's 1140 ms
 * is a faster waveform, which it gets by telling the controller a temperature of 100 degrees.
 */
export const REFRESH_MS = 4000;

export const ssd1683 = (refreshMs: number, hooks: PanelHooks): Ssd16xx => new Ssd16xx(GLASS, refreshMs, hooks);
