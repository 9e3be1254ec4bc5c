import { en, type Words } from './en.js';
export const ur: Words = { ...en, tag: 'ur', language: 'اردو', direction: 'rtl' };
