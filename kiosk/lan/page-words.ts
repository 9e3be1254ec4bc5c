/** All that the one-use page says, in each language: parts of HTML, but for the mistakes, which are text. A key that one language lacks does not compile. The Welsh, Polish and Urdu await review by native readers. */
import { filled } from '../protocol/filled.js';
import type { Mistake } from '../keys/mistakes.js';
import type { DoorLanguage } from './door-facts.js';

/** Why there is no form. */
export type Plain = 'used' | 'expired' | 'unknown' | 'busy' | 'refused';

interface PageDictionary {
  readonly title: string;
  readonly showsCode: string;
  readonly another: string;
  readonly label: string;
  readonly hint: string;
  readonly unchecked: string;
  readonly give: string;
  /** Said by the page's own script, before anything leaves. */
  readonly kept: Readonly<Record<'empty' | 'secret' | 'other' | 'not-whole', string>>;
  /** Said of what came all the same. */
  readonly mistake: (mistake: Mistake) => string;
  readonly travelled: string;
  readonly taken: { readonly title: string; readonly fingerprint: string; readonly compare: string; readonly close: string };
  readonly plain: Readonly<Record<Plain, { readonly title: string; readonly says: string }>>;
}

const byCode = (sentences: Readonly<Record<Mistake['code'], string>>) => ({ code }: Mistake): string => sentences[code];

/** What is typed stays as it is, also within a text from right to left. */
const AGE1 = '<bdi dir="ltr">age1</bdi>';
const SECRET_KEY = '<bdi dir="ltr">AGE-SECRET-KEY</bdi>';

export const PAGE_WORDS: Readonly<Record<DoorLanguage, PageDictionary>> = {
  en: {
    title: 'Give your recipient',
    showsCode: 'The kiosk shows this code:',
    another: 'If it shows another one, or none, close this page.',
    label: `Your recipient: the line that starts with ${AGE1}`,
    hint: `It is not secret. A line that starts with ${SECRET_KEY} is: never paste it anywhere.`,
    unchecked: 'This browser runs no scripts here, so nothing is checked before it is sent. Look twice: a secret key would travel openly.',
    give: 'Give it to the kiosk',
    kept: {
      empty: 'Nothing was given. What belongs here starts with age1.',
      secret: 'This is a secret key. It was removed here and not sent. Never give it to anyone. What belongs here starts with age1.',
      other: 'This does not start with age1, so it was removed here and not sent.',
      'not-whole': 'This is not the whole line, or there is more than the line: it starts with age1 and has 62 characters. It was not sent.',
    },
    mistake: ({ sentence, values }) => filled(sentence, values),
    travelled: 'It has travelled over the network, where others may have read it: do not use this key any more, make a new one.',
    taken: {
      title: 'The kiosk has it',
      fingerprint: 'Its fingerprint:',
      compare: 'Compare what the kiosk shows with what was shown where you made your key. Go on at the kiosk only where all three are the same.',
      close: 'You can close this page now.',
    },
    plain: {
      used: { title: 'This page was used', says: 'A recipient has been given here already. If that was not you, say no at the kiosk and start again there.' },
      expired: { title: 'This page has expired', says: 'Start again at the kiosk: it shows a new address.' },
      unknown: { title: 'There is nothing here', says: 'Check the address: the kiosk shows it.' },
      busy: { title: 'One moment', says: 'Too much was asked at once. Wait ten seconds and try again.' },
      refused: { title: 'This was not understood', says: 'Open the address that the kiosk shows, and use the form there.' },
    },
  },
  cy: {
    title: 'Rhowch eich derbynnydd',
    showsCode: 'Mae’r ciosg yn dangos y cod hwn:',
    another: 'Os yw’n dangos un arall, neu ddim un, caewch y dudalen hon.',
    label: `Eich derbynnydd: y llinell sy’n dechrau gydag ${AGE1}`,
    hint: `Nid yw’n gyfrinachol. Mae llinell sy’n dechrau gydag ${SECRET_KEY} yn gyfrinachol: peidiwch byth â’i gludo i unman.`,
    unchecked: 'Nid yw’r porwr hwn yn rhedeg sgriptiau yma, felly does dim yn cael ei wirio cyn ei anfon. Edrychwch ddwywaith: byddai allwedd gyfrinachol yn teithio’n agored.',
    give: 'Ei roi i’r ciosg',
    kept: {
      empty: 'Ni roddwyd dim. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      secret: 'Allwedd gyfrinachol yw hon. Fe’i tynnwyd oddi yma heb ei hanfon. Peidiwch byth â’i rhoi i neb. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      other: 'Nid yw hwn yn dechrau gydag age1, felly fe’i tynnwyd oddi yma heb ei anfon.',
      'not-whole': 'Nid dyma’r llinell gyfan, neu mae mwy na’r llinell yma: mae’n dechrau gydag age1 ac mae 62 nod ynddi. Ni chafodd ei hanfon.',
    },
    mistake: byCode({
      EMPTY: 'Ni roddwyd dim. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      SECRET: 'Mae hwn yn gyfrinachol. Peidiwch byth â’i ddangos i neb. Ni chadwyd dim ohono. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      LOCKED: 'Ffeil dan glo yw hon, efallai eich allwedd dan glo. Mae’n aros gyda chi, ac ni chadwyd dim ohoni. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      OTHER_KEY: 'Allwedd o fath arall yw hon. Mae angen allwedd age gyffredin ar recordiadau. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      FINGERPRINT: 'Ôl bys yw hwn, sydd ar gyfer cymharu yn unig. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      SEVERAL: 'Mae mwy nag un allwedd ynddo. Rhowch un.',
      NOT_A_KEY: 'Nid allwedd yw hon. Mae’r hyn sydd i fod yma yn dechrau gydag age1.',
      MORE_THAN_THE_KEY: 'Mae mwy na’r allwedd yma. Rhowch yr allwedd yn unig, o age1 ymlaen, heb fylchau.',
      MISSPELT: 'Mae nod yn yr allwedd hon yn anghywir, neu mae rhan ohoni ar goll. Copïwch hi eto.',
    }),
    travelled: 'Mae wedi teithio dros y rhwydwaith, lle gall eraill fod wedi’i ddarllen: peidiwch â defnyddio’r allwedd hon eto, gwnewch un newydd.',
    taken: {
      title: 'Mae gan y ciosg yr allwedd',
      fingerprint: 'Ei hôl bys:',
      compare: 'Cymharwch yr hyn mae’r ciosg yn ei ddangos â’r hyn a ddangoswyd lle gwnaethoch eich allwedd. Ewch ymlaen wrth y ciosg dim ond os yw’r tri yr un fath.',
      close: 'Gallwch gau’r dudalen hon nawr.',
    },
    plain: {
      used: { title: 'Defnyddiwyd y dudalen hon', says: 'Mae derbynnydd wedi’i roi yma yn barod. Os nad chi oedd hwnnw, dywedwch na wrth y ciosg a dechreuwch eto yno.' },
      expired: { title: 'Mae’r dudalen hon wedi dod i ben', says: 'Dechreuwch o’r newydd wrth y ciosg: bydd yn dangos cyfeiriad newydd.' },
      unknown: { title: 'Does dim byd yma', says: 'Gwiriwch y cyfeiriad: mae ar y ciosg.' },
      busy: { title: 'Un eiliad', says: 'Gofynnwyd gormod ar unwaith. Arhoswch ddeg eiliad a rhowch gynnig arall arni.' },
      refused: { title: 'Ni ddeallwyd hyn', says: 'Agorwch y cyfeiriad sydd ar y ciosg, a defnyddiwch y ffurflen yno.' },
    },
  },
  pl: {
    title: 'Podaj swojego odbiorcę',
    showsCode: 'Kiosk pokazuje ten kod:',
    another: 'Jeśli pokazuje inny albo żaden, zamknij tę stronę.',
    label: `Twój odbiorca: wiersz, który zaczyna się od ${AGE1}`,
    hint: `Nie jest tajny. Tajny jest wiersz, który zaczyna się od ${SECRET_KEY}: nigdy go nigdzie nie wklejaj.`,
    unchecked: 'Ta przeglądarka nie uruchamia tu skryptów, więc nic nie jest sprawdzane przed wysłaniem. Spójrz dwa razy: tajny klucz zostałby wysłany jawnie.',
    give: 'Podaj go kioskowi',
    kept: {
      empty: 'Nic nie podano. Tu należy tekst, który zaczyna się od age1.',
      secret: 'To jest klucz tajny. Usunięto go tutaj i nie wysłano. Nigdy nikomu go nie podawaj. Tu należy tekst, który zaczyna się od age1.',
      other: 'To nie zaczyna się od age1, więc usunięto to tutaj i nie wysłano.',
      'not-whole': 'To nie jest cały wiersz albo jest tu coś więcej: zaczyna się od age1 i ma 62 znaki. Nie wysłano go.',
    },
    mistake: byCode({
      EMPTY: 'Nic nie podano. Tu należy tekst, który zaczyna się od age1.',
      SECRET: 'To jest tajne. Nigdy nikomu tego nie pokazuj. Niczego z tego nie zachowano. Tu należy tekst, który zaczyna się od age1.',
      LOCKED: 'To zamknięty plik, być może twój zamknięty klucz. Zostaje u ciebie i niczego z niego nie zachowano. Tu należy tekst, który zaczyna się od age1.',
      OTHER_KEY: 'To klucz innego rodzaju. Nagrania wymagają zwykłego klucza age. Tu należy tekst, który zaczyna się od age1.',
      FINGERPRINT: 'To odcisk, który służy tylko do porównania. Tu należy tekst, który zaczyna się od age1.',
      SEVERAL: 'Jest tu więcej niż jeden klucz. Podaj jeden.',
      NOT_A_KEY: 'To nie jest klucz. Tu należy tekst, który zaczyna się od age1.',
      MORE_THAN_THE_KEY: 'Jest tu coś więcej niż klucz. Podaj sam klucz, od age1, bez odstępów.',
      MISSPELT: 'Jakiś znak tego klucza jest błędny albo brakuje jego części. Skopiuj go jeszcze raz.',
    }),
    travelled: 'Przeszedł przez sieć, gdzie inni mogli go odczytać: nie używaj więcej tego klucza, zrób nowy.',
    taken: {
      title: 'Kiosk go ma',
      fingerprint: 'Jego odcisk:',
      compare: 'Porównaj to, co pokazuje kiosk, z tym, co pokazano tam, gdzie powstał twój klucz. Idź dalej przy kiosku tylko wtedy, gdy wszystkie trzy są takie same.',
      close: 'Możesz już zamknąć tę stronę.',
    },
    plain: {
      used: { title: 'Ta strona została już użyta', says: 'Podano tu już odbiorcę. Jeśli to nie ty, odpowiedz przy kiosku „nie” i zacznij tam od nowa.' },
      expired: { title: 'Ta strona wygasła', says: 'Zacznij od nowa przy kiosku: pokaże nowy adres.' },
      unknown: { title: 'Tu nic nie ma', says: 'Sprawdź adres: pokazuje go kiosk.' },
      busy: { title: 'Chwileczkę', says: 'Za dużo zapytań naraz. Odczekaj dziesięć sekund i spróbuj jeszcze raz.' },
      refused: { title: 'Tego nie zrozumiano', says: 'Otwórz adres, który pokazuje kiosk, i użyj tamtego formularza.' },
    },
  },
  ur: {
    title: 'اپنا وصول کنندہ دیں',
    showsCode: 'کیوسک یہ کوڈ دکھاتا ہے:',
    another: 'اگر وہ کوئی اور کوڈ دکھائے، یا کوئی نہ دکھائے، تو یہ صفحہ بند کر دیں۔',
    label: `آپ کا وصول کنندہ: وہ سطر جو ${AGE1} سے شروع ہوتی ہے`,
    hint: `یہ خفیہ نہیں ہے۔ جو سطر ${SECRET_KEY} سے شروع ہو وہ خفیہ ہے: اسے کبھی کہیں پیسٹ نہ کریں۔`,
    unchecked: 'یہ براؤزر یہاں سکرپٹ نہیں چلاتا، اس لیے بھیجنے سے پہلے کچھ جانچا نہیں جاتا۔ دو بار دیکھ لیں: خفیہ چابی کھلے عام بھیجی جائے گی۔',
    give: 'کیوسک کو دیں',
    kept: {
      empty: 'کچھ نہیں دیا گیا۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      secret: 'یہ خفیہ چابی ہے۔ اسے یہیں ہٹا دیا گیا اور بھیجا نہیں گیا۔ اسے کبھی کسی کو نہ دیں۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      other: 'یہ age1 سے شروع نہیں ہوتا، اس لیے اسے یہیں ہٹا دیا گیا اور بھیجا نہیں گیا۔',
      'not-whole': 'یہ پوری سطر نہیں ہے، یا اس میں سطر سے زیادہ کچھ ہے: وہ age1 سے شروع ہوتی ہے اور اس میں 62 حروف ہوتے ہیں۔ اسے بھیجا نہیں گیا۔',
    },
    mistake: byCode({
      EMPTY: 'کچھ نہیں دیا گیا۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      SECRET: 'یہ خفیہ ہے۔ اسے کبھی کسی کو نہ دکھائیں۔ اس میں سے کچھ نہیں رکھا گیا۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      LOCKED: 'یہ ایک مقفل فائل ہے، شاید آپ کی مقفل چابی۔ وہ آپ ہی کے پاس رہتی ہے، اور اس میں سے کچھ نہیں رکھا گیا۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      OTHER_KEY: 'یہ کسی اور قسم کی چابی ہے۔ ریکارڈنگز کے لیے age کی عام چابی چاہیے۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      FINGERPRINT: 'یہ فنگر پرنٹ ہے، جو صرف ملانے کے لیے ہے۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      SEVERAL: 'اس میں ایک سے زیادہ چابیاں ہیں۔ ایک دیں۔',
      NOT_A_KEY: 'یہ چابی نہیں ہے۔ یہاں جو چاہیے وہ age1 سے شروع ہوتا ہے۔',
      MORE_THAN_THE_KEY: 'اس میں چابی سے زیادہ کچھ ہے۔ صرف چابی دیں، age1 سے شروع کر کے، بغیر کسی وقفے کے۔',
      MISSPELT: 'اس چابی کا کوئی حرف غلط ہے، یا اس کا کوئی حصہ رہ گیا ہے۔ اسے دوبارہ کاپی کریں۔',
    }),
    travelled: 'یہ نیٹ ورک سے گزر چکی ہے، جہاں دوسروں نے اسے پڑھا ہو سکتا ہے: یہ چابی اب استعمال نہ کریں، نئی بنائیں۔',
    taken: {
      title: 'کیوسک کو مل گیا',
      fingerprint: 'اس کا فنگر پرنٹ:',
      compare: 'جو کیوسک دکھاتا ہے اسے اس سے ملائیں جو چابی بناتے وقت دکھایا گیا تھا۔ کیوسک پر صرف تب آگے بڑھیں جب تینوں ایک جیسے ہوں۔',
      close: 'اب آپ یہ صفحہ بند کر سکتے ہیں۔',
    },
    plain: {
      used: { title: 'یہ صفحہ استعمال ہو چکا ہے', says: 'یہاں پہلے ہی ایک وصول کنندہ دیا جا چکا ہے۔ اگر وہ آپ نہیں تھے تو کیوسک پر نہیں کہیں اور وہاں پھر سے شروع کریں۔' },
      expired: { title: 'اس صفحے کا وقت ختم ہو گیا ہے', says: 'کیوسک پر پھر سے شروع کریں: وہ نیا پتہ دکھائے گا۔' },
      unknown: { title: 'یہاں کچھ نہیں ہے', says: 'پتہ دیکھ لیں: کیوسک اسے دکھاتا ہے۔' },
      busy: { title: 'ایک لمحہ', says: 'ایک ساتھ بہت کچھ مانگا گیا۔ دس سیکنڈ رکیں، پھر کوشش کریں۔' },
      refused: { title: 'یہ سمجھ میں نہیں آیا', says: 'وہ پتہ کھولیں جو کیوسک دکھاتا ہے، اور وہاں کا فارم استعمال کریں۔' },
    },
  },
};

/** The status of each (RFC 9110). */
export const PLAIN_STATUS: Readonly<Record<Plain, number>> = { used: 410, expired: 410, unknown: 404, busy: 429, refused: 400 };
