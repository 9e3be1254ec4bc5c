/** All that the LAN page says, in each language. A key that one language lacks does not compile. The Welsh, Polish and Urdu await review by native readers. */
import type { DoorAudience, DoorLanguage, DoorMode, RowName, Shown } from './door-facts.js';

/** The state in capitals (where the script has them), and what it means. */
interface Said { readonly word: string; readonly says: string }

export interface DoorDictionary {
  readonly states: Readonly<Record<Shown, Said>>;
  /** Once half a minute has passed on a page that cannot change by itself. */
  readonly old: Said;
  readonly modes: Readonly<Record<DoorMode, string>>;
  readonly audiences: Readonly<Record<DoorAudience, string>>;
  /** Where nothing is recorded now. */
  readonly anyAudience: string;
  /** Of the purposes that come with the product, by their words (config/purposes.ts); a school's own stand as they were written. */
  readonly purposes: Readonly<Record<'personal reflection' | 'collaboration' | 'coaching' | 'enquiry learning', string>>;
  readonly titles: Readonly<Record<RowName | 'page' | 'not', string>>;
  readonly stop: string;
  readonly start: string;
  readonly kept: (days: string) => string;
  readonly nobodyToAsk: string;
  readonly codeVersion: (version: string) => string;
  /** Before the lead's name. */
  readonly ledBy: string;
  readonly not: string;
  readonly lookAgain: string;
  readonly asOf: (time: string) => string;
  readonly updates: string;
  readonly languages: string;
  readonly program: (version: string, buildHash: string) => string;
  readonly nothingHere: string;
  readonly busy: string;
}

export const DOOR_LANGUAGES: Readonly<Record<DoorLanguage, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>> = {
  en: { name: 'English', dir: 'ltr' },
  cy: { name: 'Cymraeg', dir: 'ltr' },
  pl: { name: 'Polski', dir: 'ltr' },
  ur: { name: 'اردو', dir: 'rtl' },
};

export const DOOR_WORDS: Readonly<Record<DoorLanguage, DoorDictionary>> = {
  en: {
    states: {
      recording: { word: 'RECORDING', says: 'This room is being recorded now.' },
      starting: { word: 'ABOUT TO RECORD', says: 'A recording starts in a moment.' },
      paused: { word: 'PAUSED', says: 'Nothing is being recorded now. The teacher may carry on or finish.' },
      'not-recording': { word: 'NOT RECORDING', says: 'Nothing is being recorded now. You need do nothing.' },
      'camera-on': { word: 'CAMERA AND MICROPHONE ON, NOT RECORDING', says: 'A teacher is choosing the picture. Nothing is kept.' },
      stopping: { word: 'STOPPING', says: 'Camera and microphone are being switched off.' },
      checking: { word: 'CHECKING', says: 'Camera and microphone are being checked. Please wait.' },
      'out-of-order': { word: 'OUT OF ORDER, NOT RECORDING', says: 'Camera and microphone are disconnected. Nothing can be recorded until it is repaired.' },
      'assume-recording': { word: 'ASSUME RECORDING', says: 'It cannot be proven that camera and microphone are off.' },
      lost: { word: 'ASSUME RECORDING', says: 'This page lost touch with the recorder. Look at the sign by the door.' },
    },
    old: { word: 'ASSUME RECORDING', says: 'What stood here is too old to be believed. Look again.' },
    modes: { 'picture-and-sound': 'Picture and sound.', 'sound-only': 'Sound only.', 'picture-only': 'Picture only.', blurred: 'Sound, and a picture that is blurred before it is kept.' },
    audiences: { 'only-me': 'Only the teacher who started it.', 'colleagues-i-choose': 'The teacher who started it, and colleagues whom that teacher chooses.' },
    anyAudience: 'Only the teacher can open it: it is locked while it is made. For some purposes the teacher may show it to chosen colleagues; then this page and the sign say so.',
    purposes: { 'personal reflection': 'Personal reflection', collaboration: 'Collaboration', coaching: 'Coaching', 'enquiry learning': 'Enquiry learning' },
    titles: {
      page: 'Is this room being recorded?', purpose: 'What for?', mode: 'What is recorded?', audience: 'Who may watch it?', stop: 'Who may stop it?', start: 'Who starts it?',
      kept: 'How long is it kept?', ask: 'Whom can you ask?', practice: 'Code of practice', not: 'What this page is not',
    },
    stop: 'Anyone in the room. Tap Stop on the screen on the wall, or press the button on the sign by the door. You need not say why. This page cannot stop it.',
    start: 'Nothing records unless a teacher starts it, by hand, in this room.',
    kept: (days) => `On the recorder at most ${days}. Then it is erased, unless the teacher erases it sooner or keeps it longer, a year at most.`,
    nobodyToAsk: 'Nobody is named yet, so nothing can be recorded.',
    codeVersion: (version) => `Version ${version}.`,
    ledBy: 'The practice is led by',
    not: 'It has no picture, no sound, no list of recordings, and not the name of whoever records. It sets no cookie. Where the sign by the door says something else, believe the sign.',
    lookAgain: 'Look again',
    asOf: (time) => `As it was at ${time}.`,
    updates: 'This page changes by itself.',
    languages: 'Languages',
    program: (version, hash) => `Lamplight ${version}, build ${hash}`,
    nothingHere: 'There is nothing here.',
    busy: 'Too much was asked at once. Wait ten seconds, then look again.',
  },
  cy: {
    states: {
      recording: { word: 'RECORDIO', says: "Mae'r ystafell hon yn cael ei recordio nawr." },
      starting: { word: 'AR FIN RECORDIO', says: 'Bydd recordiad yn dechrau ymhen eiliad.' },
      paused: { word: 'WEDI OEDI', says: 'Does dim yn cael ei recordio nawr. Gall yr athro barhau neu orffen.' },
      'not-recording': { word: 'DDIM YN RECORDIO', says: 'Does dim yn cael ei recordio nawr. Does dim angen i chi wneud dim.' },
      'camera-on': { word: 'CAMERA A MEICROFFON YMLAEN, DDIM YN RECORDIO', says: 'Mae athro yn dewis y llun. Ni chedwir dim.' },
      stopping: { word: 'YN STOPIO', says: "Mae'r camera a'r meicroffon yn cael eu diffodd." },
      checking: { word: 'GWIRIO', says: "Mae'r camera a'r meicroffon yn cael eu gwirio. Arhoswch." },
      'out-of-order': { word: 'WEDI TORRI, DDIM YN RECORDIO', says: "Mae'r camera a'r meicroffon wedi eu datgysylltu. Ni ellir recordio dim nes ei drwsio." },
      'assume-recording': { word: 'GALL FOD YN RECORDIO', says: "Ni ellir profi bod y camera a'r meicroffon i ffwrdd." },
      lost: { word: 'GALL FOD YN RECORDIO', says: "Collodd y dudalen hon gysylltiad â'r recordydd. Edrychwch ar yr arwydd wrth y drws." },
    },
    old: { word: 'GALL FOD YN RECORDIO', says: "Mae'r hyn oedd yma yn rhy hen i'w gredu. Edrychwch eto." },
    modes: { 'picture-and-sound': 'Llun a sain.', 'sound-only': 'Sain yn unig.', 'picture-only': 'Llun yn unig.', blurred: 'Sain, a llun sy’n cael ei gymylu cyn ei gadw.' },
    audiences: { 'only-me': "Dim ond yr athro a'i dechreuodd.", 'colleagues-i-choose': "Yr athro a'i dechreuodd, a chydweithwyr y mae'r athro hwnnw yn eu dewis." },
    anyAudience: "Dim ond yr athro all ei agor: mae'n cael ei gloi wrth ei wneud. At rai dibenion caiff yr athro ei ddangos i gydweithwyr dethol; bydd y dudalen hon a'r arwydd yn dweud hynny.",
    purposes: { 'personal reflection': 'Myfyrio personol', collaboration: 'Cydweithio', coaching: 'Hyfforddi', 'enquiry learning': 'Dysgu drwy ymholi' },
    titles: {
      page: "A yw'r ystafell hon yn cael ei recordio?", purpose: 'I beth?', mode: 'Beth sy’n cael ei recordio?', audience: 'Pwy gaiff ei wylio?', stop: 'Pwy gaiff ei stopio?', start: 'Pwy sy’n ei ddechrau?',
      kept: 'Am faint y caiff ei gadw?', ask: 'Pwy allwch chi ei holi?', practice: 'Cod ymarfer', not: "Yr hyn nad yw'r dudalen hon",
    },
    stop: "Unrhyw un yn yr ystafell. Tapiwch Stop ar y sgrin ar y wal, neu pwyswch y botwm ar yr arwydd wrth y drws. Does dim rhaid dweud pam. Ni all y dudalen hon ei stopio.",
    start: 'Does dim yn recordio oni bai bod athro yn ei ddechrau, â llaw, yn yr ystafell hon.',
    kept: (days) => `Ar y recordydd am ${days} ar y mwyaf. Wedyn caiff ei ddileu, oni bai bod yr athro yn ei ddileu ynghynt neu yn ei gadw yn hirach, am flwyddyn ar y mwyaf.`,
    nobodyToAsk: 'Does neb wedi ei enwi eto, felly ni ellir recordio dim.',
    codeVersion: (version) => `Fersiwn ${version}.`,
    ledBy: "Arweinydd yr ymarfer yw",
    not: "Does ganddi ddim llun, dim sain, dim rhestr o recordiadau, na enw pwy bynnag sy'n recordio. Nid yw'n gosod cwci. Os yw'r arwydd wrth y drws yn dweud rhywbeth arall, credwch yr arwydd.",
    lookAgain: 'Edrych eto',
    asOf: (time) => `Fel yr oedd am ${time}.`,
    updates: "Mae'r dudalen hon yn newid ohoni ei hun.",
    languages: 'Ieithoedd',
    program: (version, hash) => `Lamplight ${version}, adeiladwaith ${hash}`,
    nothingHere: 'Does dim byd yma.',
    busy: 'Gofynnwyd gormod ar unwaith. Arhoswch ddeg eiliad, yna edrychwch eto.',
  },
  pl: {
    states: {
      recording: { word: 'NAGRYWANIE', says: 'Ta sala jest teraz nagrywana.' },
      starting: { word: 'ZARAZ NAGRYWANIE', says: 'Nagranie zacznie się za chwilę.' },
      paused: { word: 'PAUZA', says: 'Teraz nic nie jest nagrywane. Nauczyciel może wznowić lub zakończyć.' },
      'not-recording': { word: 'NIE NAGRYWAMY', says: 'Teraz nic nie jest nagrywane. Nie musisz nic robić.' },
      'camera-on': { word: 'KAMERA I MIKROFON WŁĄCZONE, NIE NAGRYWAMY', says: 'Nauczyciel wybiera obraz. Nic nie jest zapisywane.' },
      stopping: { word: 'ZATRZYMYWANIE', says: 'Kamera i mikrofon są właśnie wyłączane.' },
      checking: { word: 'SPRAWDZANIE', says: 'Trwa sprawdzanie kamery i mikrofonu. Proszę czekać.' },
      'out-of-order': { word: 'NIE DZIAŁA, NIE NAGRYWAMY', says: 'Kamera i mikrofon są odłączone. Do czasu naprawy nic nie może być nagrywane.' },
      'assume-recording': { word: 'MOŻE NAGRYWAĆ', says: 'Nie można potwierdzić, że kamera i mikrofon są wyłączone.' },
      lost: { word: 'MOŻE NAGRYWAĆ', says: 'Ta strona straciła łączność z rejestratorem. Spójrz na tablicę przy drzwiach.' },
    },
    old: { word: 'MOŻE NAGRYWAĆ', says: 'To, co tu było, jest zbyt stare, by w to wierzyć. Sprawdź ponownie.' },
    modes: { 'picture-and-sound': 'Obraz i dźwięk.', 'sound-only': 'Tylko dźwięk.', 'picture-only': 'Tylko obraz.', blurred: 'Dźwięk oraz obraz rozmyty, zanim zostanie zapisany.' },
    audiences: { 'only-me': 'Tylko nauczyciel, który je rozpoczął.', 'colleagues-i-choose': 'Nauczyciel, który je rozpoczął, i wybrani przez niego współpracownicy.' },
    anyAudience: 'Otworzyć je może tylko nauczyciel: jest szyfrowane już w trakcie nagrywania. W niektórych celach nauczyciel może je pokazać wybranym współpracownikom; wtedy mówi o tym ta strona i tablica.',
    purposes: { 'personal reflection': 'Refleksja własna', collaboration: 'Współpraca', coaching: 'Coaching', 'enquiry learning': 'Uczenie się przez dociekanie' },
    titles: {
      page: 'Czy ta sala jest nagrywana?', purpose: 'W jakim celu?', mode: 'Co jest nagrywane?', audience: 'Kto może to oglądać?', stop: 'Kto może to przerwać?', start: 'Kto to rozpoczyna?',
      kept: 'Jak długo jest przechowywane?', ask: 'Kogo można zapytać?', practice: 'Kodeks postępowania', not: 'Czym ta strona nie jest',
    },
    stop: 'Każdy, kto jest w sali. Dotknij Stop na ekranie na ścianie albo naciśnij przycisk na tablicy przy drzwiach. Nie trzeba mówić dlaczego. Z tej strony nie można tego zrobić.',
    start: 'Nic nie jest nagrywane, dopóki nauczyciel nie zacznie, ręcznie, w tej sali.',
    kept: (days) => `W rejestratorze najwyżej przez ${days}. Potem jest usuwane, chyba że nauczyciel usunie je wcześniej albo zachowa dłużej, najwyżej przez rok.`,
    nobodyToAsk: 'Nikt nie jest jeszcze wskazany, więc nic nie może być nagrywane.',
    codeVersion: (version) => `Wersja ${version}.`,
    ledBy: 'Za praktykę odpowiada',
    not: 'Nie ma tu obrazu, dźwięku, listy nagrań ani nazwiska osoby, która nagrywa. Strona nie zapisuje plików cookie. Jeśli tablica przy drzwiach mówi co innego, wierz tablicy.',
    lookAgain: 'Sprawdź ponownie',
    asOf: (time) => `Stan z godziny ${time}.`,
    updates: 'Ta strona zmienia się sama.',
    languages: 'Języki',
    program: (version, hash) => `Lamplight ${version}, kompilacja ${hash}`,
    nothingHere: 'Tu nic nie ma.',
    busy: 'Zbyt wiele zapytań naraz. Poczekaj dziesięć sekund i sprawdź ponownie.',
  },
  ur: {
    states: {
      recording: { word: 'ریکارڈنگ جاری ہے', says: 'اس کمرے کی ابھی ریکارڈنگ ہو رہی ہے۔' },
      starting: { word: 'ریکارڈنگ شروع ہونے والی ہے', says: 'ریکارڈنگ ذرا دیر میں شروع ہو گی۔' },
      paused: { word: 'وقفہ', says: 'ابھی کچھ ریکارڈ نہیں ہو رہا۔ استاد جاری رکھ سکتے ہیں یا ختم کر سکتے ہیں۔' },
      'not-recording': { word: 'ریکارڈنگ نہیں ہو رہی', says: 'ابھی کچھ ریکارڈ نہیں ہو رہا۔ آپ کو کچھ کرنے کی ضرورت نہیں۔' },
      'camera-on': { word: 'کیمرہ اور مائیکروفون آن، ریکارڈنگ نہیں ہو رہی', says: 'استاد منظر چن رہے ہیں۔ کچھ محفوظ نہیں ہو رہا۔' },
      stopping: { word: 'بند ہو رہا ہے', says: 'کیمرہ اور مائیکروفون بند کیے جا رہے ہیں۔' },
      checking: { word: 'جانچ جاری ہے', says: 'کیمرے اور مائیکروفون کی جانچ ہو رہی ہے۔ انتظار کریں۔' },
      'out-of-order': { word: 'خراب ہے، ریکارڈنگ نہیں ہو رہی', says: 'کیمرہ اور مائیکروفون منقطع ہیں۔ مرمت ہونے تک کچھ ریکارڈ نہیں ہو سکتا۔' },
      'assume-recording': { word: 'ریکارڈنگ سمجھیں', says: 'یہ ثابت نہیں کہ کیمرہ اور مائیکروفون بند ہیں۔' },
      lost: { word: 'ریکارڈنگ سمجھیں', says: 'اس صفحے کا ریکارڈر سے رابطہ ٹوٹ گیا ہے۔ دروازے کے پاس لگا نشان دیکھیں۔' },
    },
    old: { word: 'ریکارڈنگ سمجھیں', says: 'جو یہاں لکھا تھا وہ اب پرانا ہے، اس پر بھروسا نہ کریں۔ دوبارہ دیکھیں۔' },
    modes: { 'picture-and-sound': 'تصویر اور آواز۔', 'sound-only': 'صرف آواز۔', 'picture-only': 'صرف تصویر۔', blurred: 'آواز، اور تصویر جو محفوظ ہونے سے پہلے دھندلی کر دی جاتی ہے۔' },
    audiences: { 'only-me': 'صرف وہ استاد جنہوں نے اسے شروع کیا۔', 'colleagues-i-choose': 'وہ استاد جنہوں نے اسے شروع کیا، اور وہ ساتھی جنہیں وہ چنیں۔' },
    anyAudience: 'اسے صرف استاد کھول سکتے ہیں: یہ بنتے وقت ہی مقفل ہو جاتی ہے۔ کچھ مقاصد کے لیے استاد اسے منتخب ساتھیوں کو دکھا سکتے ہیں؛ تب یہ صفحہ اور نشان یہ بتاتے ہیں۔',
    purposes: { 'personal reflection': 'ذاتی غور و فکر', collaboration: 'باہمی تعاون', coaching: 'کوچنگ', 'enquiry learning': 'تحقیقی سیکھنا' },
    titles: {
      page: 'کیا اس کمرے کی ریکارڈنگ ہو رہی ہے؟', purpose: 'کس لیے؟', mode: 'کیا ریکارڈ ہوتا ہے؟', audience: 'اسے کون دیکھ سکتا ہے؟', stop: 'اسے کون روک سکتا ہے؟', start: 'اسے کون شروع کرتا ہے؟',
      kept: 'یہ کب تک رکھی جاتی ہے؟', ask: 'آپ کس سے پوچھ سکتے ہیں؟', practice: 'ضابطۂ عمل', not: 'یہ صفحہ کیا نہیں ہے',
    },
    stop: 'کمرے میں موجود کوئی بھی۔ دیوار پر لگی سکرین پر Stop دبائیں، یا دروازے کے پاس نشان پر لگا بٹن دبائیں۔ وجہ بتانا ضروری نہیں۔ اس صفحے سے اسے نہیں روکا جا سکتا۔',
    start: 'جب تک استاد خود، اسی کمرے میں، ہاتھ سے شروع نہ کریں کچھ ریکارڈ نہیں ہوتا۔',
    kept: (days) => `ریکارڈر پر زیادہ سے زیادہ ${days}۔ پھر یہ مٹا دی جاتی ہے، سوائے اس کے کہ استاد اسے پہلے مٹا دیں یا زیادہ دیر رکھیں، زیادہ سے زیادہ ایک سال۔`,
    nobodyToAsk: 'ابھی کسی کا نام نہیں دیا گیا، اس لیے کچھ ریکارڈ نہیں ہو سکتا۔',
    codeVersion: (version) => `نسخہ ${version}۔`,
    ledBy: 'اس عمل کی ذمہ داری ان کی ہے:',
    not: 'اس میں نہ تصویر ہے، نہ آواز، نہ ریکارڈنگ کی فہرست، نہ ریکارڈ کرنے والے کا نام۔ یہ کوئی کوکی نہیں رکھتا۔ اگر دروازے کے پاس لگا نشان کچھ اور کہے تو نشان پر یقین کریں۔',
    lookAgain: 'دوبارہ دیکھیں',
    asOf: (time) => `${time} بجے کی حالت۔`,
    updates: 'یہ صفحہ خود بدلتا رہتا ہے۔',
    languages: 'زبانیں',
    program: (version, hash) => `Lamplight ${version}، بلڈ ${hash}`,
    nothingHere: 'یہاں کچھ نہیں ہے۔',
    busy: 'ایک ساتھ بہت زیادہ مانگا گیا۔ دس سیکنڈ انتظار کریں، پھر دوبارہ دیکھیں۔',
  },
};
