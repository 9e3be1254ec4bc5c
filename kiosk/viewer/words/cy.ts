import { en, type Words } from './en.js';
export const cy: Words = { ...en, tag: 'cy', language: 'Cymraeg', direction: 'ltr' };
