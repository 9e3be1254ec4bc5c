/**
 * What differs between cameras, as data. A camera is found by its VersionInq
 * answer; one that is not in the table is spoken to as the generic Sony, whose
 * forms the OEM families share.
 */
export interface Model {
  readonly name: string;
  /** Vendor and model id of VersionInq. */
  readonly ids: readonly (readonly [vendor: number, model: number])[];
  /** Nibbles of a pan and of a tilt position in absolute moves. */
  readonly positionNibbles: { readonly pan: number; readonly tilt: number };
  /** Speeds for moves to a position; some models have a single speed and want 00 for tilt. */
  readonly moveSpeed: { readonly pan: number; readonly tilt: number };
  /** Position units in one degree, from the model's table of positions. */
  readonly unitsPerDegree: number;
}

/** SRG-300H command list: pan DE00–2200 for ±170°, speeds up to 18 and 17; SRG-120DH allows tilt up to 14. */
export const GENERIC: Model = {
  name: 'generic Sony',
  ids: [],
  positionNibbles: { pan: 4, tilt: 4 },
  moveSpeed: { pan: 0x18, tilt: 0x14 },
  unitsPerDegree: 0x2200 / 170,
};

const MODELS: readonly Model[] = [
  { ...GENERIC, name: 'Sony SRG-120DH', ids: [[0x0001, 0x0511]] },
  { ...GENERIC, name: 'Sony SRG-300H', ids: [[0x0001, 0x0513]] },
  {
    // SRG-360SHE command list, note 6: 20-bit positions, single speed byte; pan EAC00–15400 for ±170°.
    name: 'Sony SRG-360SHE',
    ids: [[0x0001, 0x0604], [0x0001, 0x0605]],
    positionNibbles: { pan: 5, tilt: 5 },
    moveSpeed: { pan: 0x18, tilt: 0x00 },
    unitsPerDegree: 0x15400 / 170,
  },
];

export interface Version {
  readonly vendor: number;
  readonly model: number;
}

/** The profile for what VersionInq said. */
export function modelFor({ vendor, model }: Version): Model {
  return MODELS.find(({ ids }) => ids.some(([v, m]) => v === vendor && m === model)) ?? GENERIC;
}
