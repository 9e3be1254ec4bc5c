/** The sign's words in each language. The Welsh, Polish and Urdu await review by native readers. */
import type { Audience, Mode } from '../../session/ports.js';
import type { AnyFace, Language } from './faces.js';

export interface Wording {
  /** The state in capitals (where the script has them); each phrase starts a line. */
  readonly state: readonly string[];
  readonly text: readonly string[];
}

/** Fullest first; `least` is for a panel that has no room for more than the state. */
export interface Wordings {
  readonly full: Wording;
  readonly short: Wording;
  readonly least: Wording;
}

interface Dictionary {
  readonly states: Record<AnyFace['kind'], Wordings>;
  readonly whatIsRecorded: Record<Mode, string>;
  readonly whoMayWatch: { readonly full: Record<Audience, string>; readonly short: Record<Audience, string> };
  readonly howToStop: { readonly full: string; readonly short: string };
}

const wordings = (state: readonly string[], full: readonly string[], short: readonly string[], least: readonly string[] = [], brief = state, briefest = brief): Wordings => ({
  full: { state, text: full },
  short: { state: brief, text: short },
  least: { state: briefest, text: least },
});

export const WORDS: Readonly<Record<Language, Dictionary>> = {
  en: {
    states: {
      'not-recording': wordings(['NOT RECORDING'], ['Nothing is recorded here unless a teacher starts it.'], ['Nothing is recorded now.']),
      'camera-on': wordings(['CAMERA AND MICROPHONE ON', 'NOT RECORDING'], ['A teacher is choosing the picture. Nothing is kept.'], ['Microphone on. Nothing is kept.'], ['Microphone on, too.'], ['CAMERA ON', 'NOT RECORDING']),
      recording: wordings(['RECORDING'], [], []),
      paused: wordings(['PAUSED'], ['Nothing is being recorded now. The teacher may carry on or finish.'], ['Nothing is recorded now.']),
      checking: wordings(['CHECKING'], ['The sign is checking the camera and the microphone. Please wait.'], ['Checking camera and microphone.']),
      'assume-recording': wordings(['ASSUME RECORDING'], ['The sign cannot prove that camera and microphone are off.'], ['Camera and microphone may be on.']),
      'out-of-order': wordings(['OUT OF ORDER', 'CAMERA AND MICROPHONE DISCONNECTED'], ['Nothing can be recorded until it is repaired.'], ['Camera and microphone are disconnected.'], ['Camera and microphone are disconnected.'], ['OUT OF ORDER']),
    },
    whatIsRecorded: { 'picture-and-sound': 'Picture and sound.', 'sound-only': 'Sound only.', 'picture-only': 'Picture only.', blurred: 'Sound, blurred picture.' },
    whoMayWatch: {
      full: { 'only-me': 'Only the teacher may watch.', 'colleagues-i-choose': 'The teacher and chosen colleagues may watch.' },
      short: { 'only-me': 'For the teacher only.', 'colleagues-i-choose': 'For teacher and chosen colleagues.' },
    },
    howToStop: { full: 'Anyone may stop it: press Stop here or on the screen.', short: 'Anyone may press Stop.' },
  },
  cy: {
    states: {
      'not-recording': wordings(['DDIM YN RECORDIO'], ['Ni chaiff dim ei recordio yma oni bai bod athro yn dechrau.'], ['Does dim yn cael ei recordio.']),
      'camera-on': wordings(['CAMERA A MEICROFFON YMLAEN', 'DDIM YN RECORDIO'], ['Mae athro yn dewis y llun. Ni chedwir dim.'], ['Meicroffon hefyd. Ni chedwir dim.'], ['Meicroffon hefyd.'], ['CAMERA YMLAEN', 'DIM RECORDIO']),
      recording: wordings(['RECORDIO'], [], []),
      paused: wordings(['WEDI OEDI'], ['Does dim yn cael ei recordio nawr. Gall yr athro barhau neu orffen.'], ['Does dim yn cael ei recordio.']),
      checking: wordings(['GWIRIO'], ["Mae'r arwydd yn gwirio'r camera a'r meicroffon. Arhoswch."], ["Gwirio'r camera a'r meicroffon."]),
      'assume-recording': wordings(['GALL FOD YN RECORDIO'], ["Ni all yr arwydd brofi bod y camera a'r meicroffon i ffwrdd."], ["Gall y camera a'r meicroffon fod ymlaen."]),
      'out-of-order': wordings(['WEDI TORRI', 'CAMERA A MEICROFFON WEDI EU DATGYSYLLTU'], ['Ni ellir recordio dim nes ei drwsio.'], ["Mae'r camera a'r meicroffon wedi eu datgysylltu."], ['Camera a meicroffon wedi eu datgysylltu.'], ['WEDI TORRI']),
    },
    whatIsRecorded: { 'picture-and-sound': 'Llun a sain.', 'sound-only': 'Sain yn unig.', 'picture-only': 'Llun yn unig.', blurred: 'Sain a llun aneglur.' },
    whoMayWatch: {
      full: { 'only-me': "Dim ond yr athro gaiff wylio.", 'colleagues-i-choose': "Caiff yr athro a'r cydweithwyr a ddewisir wylio." },
      short: { 'only-me': "I'r athro yn unig.", 'colleagues-i-choose': "I'r athro a chydweithwyr dethol." },
    },
    howToStop: { full: 'Caiff unrhyw un ei stopio: pwyswch Stop yma neu ar y sgrin.', short: 'Caiff unrhyw un bwyso Stop.' },
  },
  pl: {
    states: {
      'not-recording': wordings(['NIE NAGRYWAMY'], ['Nic nie jest tu nagrywane, dopóki nauczyciel nie zacznie.'], ['Nic nie jest nagrywane.']),
      'camera-on': wordings(['KAMERA I MIKROFON WŁĄCZONE', 'NIE NAGRYWAMY'], ['Nauczyciel wybiera obraz. Nic nie jest zapisywane.'], ['Mikrofon też. Nic nie zapisujemy.'], ['Mikrofon też.'], ['KAMERA DZIAŁA', 'NIE NAGRYWAMY']),
      recording: wordings(['NAGRYWANIE'], [], []),
      paused: wordings(['PAUZA'], ['Teraz nic nie jest nagrywane. Nauczyciel może wznowić lub zakończyć.'], ['Nic nie jest nagrywane.']),
      checking: wordings(['SPRAWDZANIE'], ['Tablica sprawdza kamerę i mikrofon. Proszę czekać.'], ['Sprawdzanie kamery i mikrofonu.']),
      'assume-recording': wordings(['MOŻE NAGRYWAĆ'], ['Tablica nie może potwierdzić, że kamera i mikrofon są wyłączone.'], ['Kamera i mikrofon mogą być włączone.']),
      'out-of-order': wordings(['NIE DZIAŁA', 'KAMERA I MIKROFON ODŁĄCZONE'], ['Do czasu naprawy nic nie może być nagrywane.'], ['Kamera i mikrofon są odłączone.'], ['Kamera i mikrofon są odłączone.'], ['NIE DZIAŁA']),
    },
    whatIsRecorded: { 'picture-and-sound': 'Obraz i dźwięk.', 'sound-only': 'Tylko dźwięk.', 'picture-only': 'Tylko obraz.', blurred: 'Dźwięk i rozmyty obraz.' },
    whoMayWatch: {
      full: { 'only-me': 'Ogląda tylko nauczyciel.', 'colleagues-i-choose': 'Oglądają nauczyciel i wybrani współpracownicy.' },
      short: { 'only-me': 'Tylko dla nauczyciela.', 'colleagues-i-choose': 'Dla nauczyciela i wybranych osób.' },
    },
    howToStop: { full: 'Każdy może przerwać: naciśnij Stop tutaj lub na ekranie.', short: 'Każdy może nacisnąć Stop.' },
  },
  ur: {
    states: {
      'not-recording': wordings(['ریکارڈنگ نہیں ہو رہی'], ['یہاں استاد کے شروع کیے بغیر کچھ ریکارڈ نہیں ہوتا۔'], ['کچھ ریکارڈ نہیں ہو رہا۔']),
      'camera-on': wordings(['کیمرہ اور مائیکروفون آن', 'ریکارڈنگ نہیں ہو رہی'], ['استاد منظر چن رہے ہیں۔ کچھ محفوظ نہیں ہو رہا۔'], ['مائیکروفون بھی آن ہے۔ کچھ محفوظ نہیں۔'], ['مائیکروفون بھی آن ہے۔'], ['کیمرہ آن، ریکارڈنگ نہیں'], ['کیمرہ آن', 'ریکارڈنگ نہیں']),
      recording: wordings(['ریکارڈنگ جاری ہے'], [], []),
      paused: wordings(['وقفہ'], ['ابھی کچھ ریکارڈ نہیں ہو رہا۔ استاد جاری رکھ سکتے ہیں یا ختم کر سکتے ہیں۔'], ['ابھی کچھ ریکارڈ نہیں ہو رہا۔']),
      checking: wordings(['جانچ جاری ہے'], ['کیمرے اور مائیکروفون کی جانچ ہو رہی ہے۔ انتظار کریں۔'], ['کیمرے اور مائیکروفون کی جانچ۔']),
      'assume-recording': wordings(['ریکارڈنگ سمجھیں'], ['یہ ثابت نہیں کہ کیمرہ اور مائیکروفون بند ہیں۔'], ['کیمرہ اور مائیکروفون آن ہو سکتے ہیں۔']),
      'out-of-order': wordings(['خراب ہے', 'کیمرہ اور مائیکروفون منقطع'], ['مرمت ہونے تک کچھ ریکارڈ نہیں ہو سکتا۔'], ['کیمرہ اور مائیکروفون منقطع ہیں۔'], ['کیمرہ اور مائیکروفون منقطع ہیں۔'], ['خراب ہے']),
    },
    whatIsRecorded: { 'picture-and-sound': 'تصویر اور آواز۔', 'sound-only': 'صرف آواز۔', 'picture-only': 'صرف تصویر۔', blurred: 'آواز اور دھندلی تصویر۔' },
    whoMayWatch: {
      full: { 'only-me': 'صرف استاد دیکھ سکتے ہیں۔', 'colleagues-i-choose': 'استاد اور ان کے منتخب ساتھی دیکھ سکتے ہیں۔' },
      short: { 'only-me': 'صرف استاد کے لیے۔', 'colleagues-i-choose': 'استاد اور منتخب ساتھیوں کے لیے۔' },
    },
    howToStop: { full: 'کوئی بھی روک سکتا ہے: یہاں یا سکرین پر Stop دبائیں۔', short: 'کوئی بھی Stop دبا سکتا ہے۔' },
  },
};
