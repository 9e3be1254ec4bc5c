/** The 2.9" panel: an SSD1680 and its glass of 128 x 296, hung on its side. */
import type { PanelHooks } from './panel-model.js';
import { Ssd16xx, type Ssd16xxGlass } from './ssd16xx.js';

const COLUMNS = 128;
const ROWS = 296;

/**
 * Power times measured on a real GDEM029T94 by the GxEPD2 library
 * (src/epd/GxEPD2_290_T94_V2.h: power_on_time 95.9 ms, power_off_time 140.4 ms).
 */
const GLASS: Ssd16xxGlass = {
  /** 176 sources, 296 gates; the glass has 128 of the sources. */
  memory: { columns: 176 / 8, rows: ROWS },
  width: ROWS,
  height: COLUMNS,
  // Hung so that the controller's first row is the left edge and its first column the lowest line.
  native: (x, y) => ({ column: COLUMNS - 1 - y, row: x }),
  // Inferred from the drivers of GxEPD2 and Waveshare, which all choose "available source from S8 to S167" and then write from column 0.
  sourcesBefore: 8,
  powerOnMs: 96,
  powerOffMs: 140,
};

/** Measured there too, for the whole sequence F7: full_refresh_time 4012 ms. */
export const REFRESH_MS = 4012;

export const ssd1680 = (refreshMs: number, hooks: PanelHooks): Ssd16xx => new Ssd16xx(GLASS, refreshMs, hooks);
