import { en, type Words } from './en.js';
export const pl: Words = { ...en, tag: 'pl', language: 'Polski', direction: 'ltr' };
