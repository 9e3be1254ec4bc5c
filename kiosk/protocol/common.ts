/** Pieces that several requests share. */
import { Type, type Static } from 'typebox';

export const strict = { additionalProperties: false };
/** A PIN is six digits or more (P10.1). */
export const Pin = Type.String({ pattern: '^[0-9]{6,12}$' });
export const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });
export const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
/** By the clock on the wall. */
export const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
export const Language = Type.Union([Type.Literal('en'), Type.Literal('cy'), Type.Literal('pl'), Type.Literal('ur')]);
export type Language = Static<typeof Language>;

/** An age X25519 recipient; whether it is one, its checksum tells (kiosk/keys/recipient.ts). */
export const Recipient = Type.String({ pattern: '^age1[02-9ac-hj-np-z]{58}$' });
/** Letters and digits as they are typed from paper or from an opened test code; read without case and hyphens. */
export const TypedCode = Type.String({ minLength: 4, maxLength: 60 });
/** One line of plain writing. The limits that count are the rules' own; these are the backstop. */
export const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const Nothing = Type.Object({}, strict);
export type Done = Record<string, never>;
export interface Call<Body, Reply> { body: Body; reply: Reply }
