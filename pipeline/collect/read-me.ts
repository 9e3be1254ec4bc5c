/** What lies beside the recordings as READ ME.txt, for whoever finds the stick: in four languages, the school's own first. Nothing in it is anyone's. Pure. */

export const READ_ME = 'READ ME.txt';
export const VIEWER = 'Open my recordings.html';

const LANGUAGES = ['en', 'cy', 'pl', 'ur'] as const;
export type Language = typeof LANGUAGES[number];

const TEXTS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Recordings of lessons are in the folders on this stick. They are locked.',
    `To watch one, open the file “${VIEWER}” in a web browser (Chrome, Edge, Firefox or Safari). It works without the internet.`,
    'You need the teacher’s key file and the six words that belong to it. Nobody else can open a recording, not even the school.',
    'A folder whose name ends in “.part” is not finished. Take the stick back to the recorder and copy once more.',
    'If you found this stick, please give it to the school.',
  ],
  cy: [
    'Mae recordiadau o wersi yn y ffolderi ar y cof bach hwn. Maent wedi’u cloi.',
    `I wylio un, agorwch y ffeil “${VIEWER}” mewn porwr gwe (Chrome, Edge, Firefox neu Safari). Mae’n gweithio heb y rhyngrwyd.`,
    'Mae angen ffeil allwedd yr athro a’r chwe gair sy’n perthyn iddi. Ni all neb arall agor recordiad, dim hyd yn oed yr ysgol.',
    'Nid yw ffolder y mae ei enw’n gorffen gyda “.part” wedi’i gwblhau. Ewch â’r cof bach yn ôl at y recordydd a chopïwch eto.',
    'Os daethoch o hyd i’r cof bach hwn, rhowch ef i’r ysgol os gwelwch yn dda.',
  ],
  pl: [
    'W folderach na tym pendrivie są nagrania lekcji. Są zamknięte.',
    `Aby obejrzeć nagranie, otwórz plik „${VIEWER}” w przeglądarce (Chrome, Edge, Firefox lub Safari). Działa bez internetu.`,
    'Potrzebny jest plik klucza nauczyciela i sześć słów, które do niego należą. Nikt inny nie otworzy nagrania, nawet szkoła.',
    'Folder, którego nazwa kończy się na „.part”, nie jest ukończony. Włóż pendrive ponownie do rejestratora i skopiuj jeszcze raz.',
    'Jeśli pendrive został znaleziony, prosimy oddać go szkole.',
  ],
  ur: [
    'اس اسٹک کے فولڈروں میں اسباق کی ریکارڈنگز ہیں۔ یہ مقفل ہیں۔',
    `دیکھنے کے لیے فائل “${VIEWER}” کو ویب براؤزر (Chrome، Edge، Firefox یا Safari) میں کھولیں۔ اس کے لیے انٹرنیٹ کی ضرورت نہیں۔`,
    'استاد کی کلید کی فائل اور اس کے چھ الفاظ درکار ہیں۔ کوئی اور ریکارڈنگ نہیں کھول سکتا، اسکول بھی نہیں۔',
    'جس فولڈر کے نام کے آخر میں “.part” ہو وہ نامکمل ہے۔ اسٹک کو دوبارہ ریکارڈر میں لگائیں اور ایک بار پھر کاپی کریں۔',
    'اگر آپ کو یہ اسٹک ملی ہے تو براہِ کرم اسے اسکول کو دے دیں۔',
  ],
};

/** With a byte order mark and the line ends of Windows, so that its Notepad shows every language. @param first the school's */
export const readMe = (first: Language = 'en'): string =>
  `\ufeff${[first, ...LANGUAGES.filter((language) => language !== first)].map((language) => TEXTS[language].join('\r\n\r\n')).join('\r\n\r\n----\r\n\r\n')}\r\n`;
