/** Sentences with gaps: what is shown is translated by the text with its gaps in it, and filled in afterwards. Pure; for the server and the screen. */

export type Values = Readonly<Record<string, string | number>>;
export interface Said { readonly sentence: string; readonly values?: Values }

/** @param text with gaps such as `{name}`. @returns it with the values in them; a gap that has no value stays as it is. */
export const filled = (text: string, values: Values = {}): string =>
  text.replace(/\{(\w+)\}/gu, (gap, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : gap));
