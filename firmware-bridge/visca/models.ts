/**
 * What differs between cameras, as data. A camera is found by its VersionInq
 * answer, or named in the settings; one that is not in the table is spoken to
 * in the generic forms, which the OEM families share.
 */
export interface Model {
  readonly name: string;
  /** Vendor and model id of VersionInq; none where it does not tell them apart. */
  readonly ids: readonly (readonly [vendor: number, model: number])[];
  /** Nibbles of a pan and of a tilt position in absolute moves. */
  readonly positionNibbles: { readonly pan: number; readonly tilt: number };
  /** Speeds for moves to a position; some models have a single speed and want 00 for tilt. */
  readonly moveSpeed: { readonly pan: number; readonly tilt: number };
  /** The fastest speeds of a drive; the slowest is 1 everywhere. */
  readonly driveSpeed: { readonly pan: number; readonly tilt: number };
  /** Position units in one degree, from the model's table of positions. */
  readonly unitsPerDegree: number;
  /** `sony-fading`: goes out 15 s after it was last switched on. */
  readonly tally: 'none' | 'sony' | 'sony-fading' | 'ptzoptics';
  /** It can be told not to listen to its handset. */
  readonly irLock: boolean;
  /** It can be told to turn to its end point in standby. */
  readonly standbySide: boolean;
}

/** SRG-300H command list: pan DE00–2200 for ±170°, speeds up to 18 and 17; SRG-120DH allows tilt up to 14. */
export const GENERIC: Model = {
  name: 'generic VISCA',
  ids: [],
  positionNibbles: { pan: 4, tilt: 4 },
  moveSpeed: { pan: 0x18, tilt: 0x14 },
  driveSpeed: { pan: 0x18, tilt: 0x14 },
  unitsPerDegree: 0x2200 / 170,
  tally: 'none',
  irLock: false,
  standbySide: false,
};

const TILT_17: Partial<Model> = { driveSpeed: { pan: 0x18, tilt: 0x17 } };
const TILT_18: Partial<Model> = { driveSpeed: { pan: 0x18, tilt: 0x18 } };
/** BRC-X400, SRG-X40UH, SRG-A40 command lists: "Absolute Position 8x 01 06 02 vv 00", "Standby Mode". */
const ONE_SPEED: Partial<Model> = { ...TILT_17, moveSpeed: { pan: 0x18, tilt: 0x00 }, standbySide: true };
/** Telycam TLC-700-S manual p.16: pan F670–0990 for ±170°. */
const OEM: Partial<Model> = { unitsPerDegree: 0x990 / 170 };

const MODELS: readonly Model[] = [
  { ...GENERIC, name: 'Sony SRG-120DH', ids: [[0x0001, 0x0511]], irLock: true },
  { ...GENERIC, ...TILT_17, name: 'Sony SRG-300H', ids: [[0x0001, 0x0513]], irLock: true },
  { ...GENERIC, ...TILT_17, name: 'Sony SRG-300SE', ids: [[0x0001, 0x0516]] },
  // In the BRC-X400 command list tally and handset are marked "BRC-X400/X401 only".
  { ...GENERIC, ...ONE_SPEED, name: 'Sony BRC-X400', ids: [[0x0001, 0x051c], [0x0001, 0x051d]], tally: 'sony', irLock: true },
  { ...GENERIC, ...ONE_SPEED, name: 'Sony SRG-X400', ids: [[0x0001, 0x0617], [0x0001, 0x0618], [0x0001, 0x061a], [0x0001, 0x061b], [0x0001, 0x061c]] },
  { ...GENERIC, ...ONE_SPEED, name: 'Sony SRG-X40UH', ids: [[0x0001, 0x061f], [0x0001, 0x0620]], irLock: true },
  { ...GENERIC, ...ONE_SPEED, name: 'Sony SRG-A40', ids: [[0x0001, 0x0621], [0x0001, 0x0622]], tally: 'sony', irLock: true },
  {
    // BRC-X1000 command list, "Pan/Tilt Position": 09CA7 at 170°.
    ...GENERIC, ...TILT_18, name: 'Sony BRC-X1000', ids: [[0x0001, 0x0519], [0x0001, 0x051a], [0x0001, 0x051b]],
    positionNibbles: { pan: 5, tilt: 4 }, unitsPerDegree: 0x9ca7 / 170, tally: 'sony', irLock: true,
  },
  {
    // SRG-360SHE command list, note 6: 20-bit positions, single speed byte; pan EAC00–15400 for ±170°.
    ...GENERIC, ...TILT_18, name: 'Sony SRG-360SHE', ids: [[0x0001, 0x0604], [0x0001, 0x0605]],
    positionNibbles: { pan: 5, tilt: 5 }, moveSpeed: { pan: 0x18, tilt: 0x00 }, unitsPerDegree: 0x15400 / 170, tally: 'sony',
  },
  {
    // ILME-FR7 VISCA v4.00: pan F6359–09CA7 for ±170°; tilt speed 00 moves both together.
    ...GENERIC, ...TILT_18, name: 'Sony ILME-FR7', ids: [[0x0001, 0x051e]],
    positionNibbles: { pan: 5, tilt: 5 }, moveSpeed: { pan: 0x18, tilt: 0x00 }, unitsPerDegree: 0x9ca7 / 170, tally: 'sony',
  },
  {
    // BRC-AM7 command list: pan D5468–2AB98 for ±175°.
    ...GENERIC, ...TILT_18, name: 'Sony BRC-AM7', ids: [[0x0001, 0x051f]],
    positionNibbles: { pan: 5, tilt: 5 }, unitsPerDegree: 0x2ab98 / 175, tally: 'sony-fading',
  },
  // Its VersionInq holds other things than vendor and model, so it must be named.
  { ...GENERIC, ...OEM, name: 'PTZOptics', ids: [], tally: 'ptzoptics' },
  { ...GENERIC, ...OEM, name: 'OEM', ids: [] },
];

export interface Version {
  readonly vendor: number;
  readonly model: number;
}

/** The profile for what VersionInq said. */
export function modelFor({ vendor, model }: Version): Model {
  return MODELS.find(({ ids }) => ids.some(([v, m]) => v === vendor && m === model)) ?? GENERIC;
}

/** The profile of a name in the table. @throws Error that lists the names, where there is no such. */
export function modelNamed(name: string): Model {
  const model = MODELS.find((one) => one.name === name);
  if (model === undefined) throw new Error(`no camera model is called "${name}"; known are ${MODELS.map((one) => one.name).join(', ')}`);
  return model;
}
