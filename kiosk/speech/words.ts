/** What the kiosk sounds by itself: the names of its chimes, and its words in every language. Short, true whenever they are heard, and without a name of anyone. Pure data, for the screen too. */
import type { Language } from '../protocol/common.js';

/** `start` rises, `stop` falls, `minute-left` knocks twice, `ten-minutes` is one soft low tone, `tick` counts down. */
export const CHIMES = ['start', 'stop', 'minute-left', 'ten-minutes', 'tick'] as const;
export type Chime = typeof CHIMES[number];

export type Saying = 'starting' | 'carrying-on' | 'started' | 'not-started' | 'one-minute' | 'stopped' | 'paused' | 'fault' | 'camera-on' | 'lost' | 'found';

/** `Stop` is what stands on the button; Urdu has it in its own letters here, so that its voice says it. */
export const SAYINGS: Readonly<Record<Saying, Readonly<Record<Language, string>>>> = {
  starting: {
    en: 'Recording is about to start.',
    cy: 'Mae’r recordio ar fin dechrau.',
    pl: 'Zaraz zacznie się nagrywanie.',
    ur: 'ریکارڈنگ شروع ہونے والی ہے۔',
  },
  // No number of seconds: the sign by the door may take longer than the countdown. Its ticks count.
  'carrying-on': {
    en: 'Recording is about to carry on.',
    cy: 'Mae’r recordio ar fin parhau.',
    pl: 'Zaraz wznowimy nagrywanie.',
    ur: 'ریکارڈنگ پھر شروع ہونے والی ہے۔',
  },
  started: {
    en: 'Recording. The purpose is on the screen. Anyone may press Stop.',
    cy: 'Recordio. Mae’r pwrpas ar y sgrin. Caiff unrhyw un bwyso Stop.',
    pl: 'Nagrywanie. Jego cel jest na ekranie. Każdy może nacisnąć Stop.',
    ur: 'ریکارڈنگ جاری ہے۔ مقصد سکرین پر ہے۔ کوئی بھی سٹاپ دبا سکتا ہے۔',
  },
  'not-started': {
    en: 'Nothing is recorded. The start was stopped.',
    cy: 'Does dim yn cael ei recordio. Cafodd y dechrau ei atal.',
    pl: 'Nic nie jest nagrywane. Start został przerwany.',
    ur: 'کچھ ریکارڈ نہیں ہو رہا۔ ریکارڈنگ شروع نہیں کی گئی۔',
  },
  'one-minute': {
    en: 'Recording ends in one minute.',
    cy: 'Bydd y recordio’n gorffen mewn un funud.',
    pl: 'Nagrywanie skończy się za minutę.',
    ur: 'ریکارڈنگ ایک منٹ میں ختم ہو جائے گی۔',
  },
  stopped: {
    en: 'Recording has stopped.',
    cy: 'Mae’r recordio wedi stopio.',
    pl: 'Nagrywanie zostało zatrzymane.',
    ur: 'ریکارڈنگ رک گئی ہے۔',
  },
  paused: {
    en: 'It is paused. The teacher may carry on or finish.',
    cy: 'Mae wedi oedi. Gall yr athro barhau neu orffen.',
    pl: 'To jest pauza. Nauczyciel może wznowić lub zakończyć.',
    ur: 'یہ وقفہ ہے۔ استاد جاری رکھ سکتے ہیں یا ختم کر سکتے ہیں۔',
  },
  fault: {
    en: 'Something went wrong. The screen says what to do.',
    cy: 'Aeth rhywbeth o’i le. Mae’r sgrin yn dweud beth i’w wneud.',
    pl: 'Coś poszło nie tak. Na ekranie jest napisane, co zrobić.',
    ur: 'کچھ خرابی ہوئی ہے۔ سکرین پر لکھا ہے کہ کیا کرنا ہے۔',
  },
  'camera-on': {
    en: 'Camera and microphone are on. Nothing is recorded.',
    cy: 'Mae’r camera a’r meicroffon ymlaen. Does dim yn cael ei recordio.',
    pl: 'Kamera i mikrofon są włączone. Nic nie jest nagrywane.',
    ur: 'کیمرہ اور مائیکروفون آن ہیں۔ کچھ ریکارڈ نہیں ہو رہا۔',
  },
  lost: {
    en: 'This screen has lost touch with the recorder. Assume recording.',
    cy: 'Mae’r sgrin hon wedi colli cysylltiad â’r recordydd. Cymerwch ei bod yn recordio.',
    pl: 'Ten ekran stracił łączność z rejestratorem. Należy zakładać, że trwa nagrywanie.',
    ur: 'اس سکرین کا ریکارڈر سے رابطہ ٹوٹ گیا ہے۔ سمجھیں کہ ریکارڈنگ جاری ہے۔',
  },
  found: {
    en: 'This screen is in touch with the recorder again.',
    cy: 'Mae’r sgrin hon mewn cysylltiad â’r recordydd eto.',
    pl: 'Ten ekran znów ma łączność z rejestratorem.',
    ur: 'اس سکرین کا ریکارڈر سے رابطہ بحال ہو گیا ہے۔',
  },
};
