/** A sentence for people, as it is translated: a literal, or one with named gaps, `{name}`, and what stands in them. Never put together of parts. */

export type Values = Readonly<Record<string, string | number>>;

export interface Said { readonly sentence: string; readonly values?: Values }
