/** All that the download's page says, in each language: parts of HTML. A key that one language lacks does not compile. The Welsh, Polish and Urdu await review by native readers. */
import type { DoorLanguage } from './door-facts.js';

/** Why there is no file. */
export type Told = 'used' | 'taken' | 'expired' | 'unknown' | 'busy' | 'refused';

interface DownloadDictionary {
  readonly title: string;
  readonly letters: string;
  readonly download: (size: string) => string;
  readonly unpack: string;
  readonly once: string;
  readonly told: Readonly<Record<Told, { readonly title: string; readonly says: string }>>;
}

/** As the page is called that lies in the download (pipeline/collect/read-me.ts), in every language. */
const FILE = `<bdi lang="en" dir="ltr">Open my recordings.html</bdi>`;

export const DOWNLOAD_WORDS: Readonly<Record<DoorLanguage, DownloadDictionary>> = {
  en: {
    title: 'Your recordings',
    letters: 'These four letters must be the ones that your kiosk shows:',
    download: (size) => `Download ${size}`,
    unpack: `One file, locked as it was on the recorder. Unpack it, and open “${FILE}” in it. You need your key and your six words.`,
    once: 'It goes to this computer only, and once. If it breaks off, ask your browser to go on with it.',
    told: {
      used: { title: 'This link was used', says: 'The recordings went to a computer already. If that was not yours, say so at school: what was taken is locked. For another download, start again at the kiosk.' },
      taken: { title: 'This link is in use', says: 'Another computer has begun with this download. If that was not yours, close the link at the kiosk: what was taken is locked.' },
      expired: { title: 'This link has expired', says: 'Start again at the kiosk: it shows a new address.' },
      unknown: { title: 'There is nothing here', says: 'Check the address: the kiosk shows it.' },
      busy: { title: 'One moment', says: 'Too much was asked at once. Wait ten seconds and try again.' },
      refused: { title: 'This was not understood', says: 'Open the address that the kiosk shows.' },
    },
  },
  cy: {
    title: 'Eich recordiadau',
    letters: 'Rhaid i’r pedair llythyren hyn fod yr un fath â’r rhai ar eich ciosg:',
    download: (size) => `Lawrlwytho ${size}`,
    unpack: `Un ffeil, wedi’i chloi fel yr oedd ar y recordydd. Dadbaciwch hi, ac agorwch “${FILE}” ynddi. Mae angen eich allwedd a’ch chwe gair.`,
    once: 'I’r cyfrifiadur hwn yn unig y mae’n mynd, ac unwaith. Os yw’n torri, gofynnwch i’ch porwr barhau.',
    told: {
      used: { title: 'Defnyddiwyd y ddolen hon', says: 'Mae’r recordiadau wedi mynd i gyfrifiadur yn barod. Os nad eich un chi oedd hwnnw, dywedwch wrth yr ysgol: mae’r hyn a gymerwyd wedi’i gloi. I lawrlwytho eto, dechreuwch o’r newydd wrth y ciosg.' },
      taken: { title: 'Mae’r ddolen hon yn cael ei defnyddio', says: 'Mae cyfrifiadur arall wedi dechrau lawrlwytho. Os nad eich un chi yw hwnnw, caewch y ddolen wrth y ciosg: mae’r hyn a gymerwyd wedi’i gloi.' },
      expired: { title: 'Mae’r ddolen hon wedi dod i ben', says: 'Dechreuwch o’r newydd wrth y ciosg: bydd yn dangos cyfeiriad newydd.' },
      unknown: { title: 'Does dim byd yma', says: 'Gwiriwch y cyfeiriad: mae ar y ciosg.' },
      busy: { title: 'Un eiliad', says: 'Gofynnwyd gormod ar unwaith. Arhoswch ddeg eiliad a rhowch gynnig arall arni.' },
      refused: { title: 'Ni ddeallwyd hyn', says: 'Agorwch y cyfeiriad sydd ar y ciosg.' },
    },
  },
  pl: {
    title: 'Twoje nagrania',
    letters: 'Te cztery litery muszą być takie same jak na kiosku:',
    download: (size) => `Pobierz ${size}`,
    unpack: `Jeden plik, zamknięty tak jak na rejestratorze. Rozpakuj go i otwórz w nim „${FILE}”. Potrzebny jest twój klucz i twoje sześć słów.`,
    once: 'Pobierze go tylko ten komputer i tylko raz. Jeśli pobieranie się przerwie, wznów je w przeglądarce.',
    told: {
      used: { title: 'Ten link został już użyty', says: 'Nagrania zostały już pobrane na jakiś komputer. Jeśli nie był to twój, powiedz o tym w szkole: to, co pobrano, jest zamknięte. Aby pobrać jeszcze raz, zacznij od nowa przy kiosku.' },
      taken: { title: 'Ten link jest w użyciu', says: 'Inny komputer zaczął już pobieranie. Jeśli to nie twój, zamknij link przy kiosku: to, co pobrano, jest zamknięte.' },
      expired: { title: 'Ten link wygasł', says: 'Zacznij od nowa przy kiosku: pokaże nowy adres.' },
      unknown: { title: 'Tu nic nie ma', says: 'Sprawdź adres: pokazuje go kiosk.' },
      busy: { title: 'Chwileczkę', says: 'Za dużo zapytań naraz. Odczekaj dziesięć sekund i spróbuj jeszcze raz.' },
      refused: { title: 'Tego nie zrozumiano', says: 'Otwórz adres, który pokazuje kiosk.' },
    },
  },
  ur: {
    title: 'آپ کی ریکارڈنگز',
    letters: 'یہ چار حروف وہی ہونے چاہییں جو آپ کا کیوسک دکھاتا ہے:',
    download: (size) => `${size} ڈاؤن لوڈ کریں`,
    unpack: `ایک فائل، اسی طرح مقفل جیسے ریکارڈر پر تھی۔ اسے ان زپ کریں اور اس میں “${FILE}” کھولیں۔ آپ کو اپنی کلید اور اپنے چھ الفاظ درکار ہیں۔`,
    once: 'یہ صرف اسی کمپیوٹر پر جاتی ہے، اور صرف ایک بار۔ اگر بیچ میں رک جائے تو اپنے براؤزر سے کہیں کہ جاری رکھے۔',
    told: {
      used: { title: 'یہ لنک استعمال ہو چکا ہے', says: 'ریکارڈنگز پہلے ہی ایک کمپیوٹر پر جا چکی ہیں۔ اگر وہ آپ کا نہیں تھا تو اسکول میں بتائیں: جو لیا گیا وہ مقفل ہے۔ دوبارہ ڈاؤن لوڈ کے لیے کیوسک پر پھر سے شروع کریں۔' },
      taken: { title: 'یہ لنک استعمال میں ہے', says: 'ایک اور کمپیوٹر یہ ڈاؤن لوڈ شروع کر چکا ہے۔ اگر وہ آپ کا نہیں تو کیوسک پر لنک بند کر دیں: جو لیا گیا وہ مقفل ہے۔' },
      expired: { title: 'اس لنک کا وقت ختم ہو گیا ہے', says: 'کیوسک پر پھر سے شروع کریں: وہ نیا پتہ دکھائے گا۔' },
      unknown: { title: 'یہاں کچھ نہیں ہے', says: 'پتہ دیکھ لیں: کیوسک اسے دکھاتا ہے۔' },
      busy: { title: 'ایک لمحہ', says: 'ایک ساتھ بہت کچھ مانگا گیا۔ دس سیکنڈ رکیں، پھر کوشش کریں۔' },
      refused: { title: 'یہ سمجھ میں نہیں آیا', says: 'وہ پتہ کھولیں جو کیوسک دکھاتا ہے۔' },
    },
  },
};
