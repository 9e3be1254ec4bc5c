/** The page's words in Polish. */
import type { Words } from './en.js';

export const pl: Words = {
  tag: 'pl', direction: 'ltr', language: 'Polski',
  common: {
    back: 'Wstecz', done: 'Gotowe', moment: 'Chwileczkę …', copy: 'Kopiuj', copied: 'Skopiowano.', notCopied: 'Ta przeglądarka nie kopiuje: zaznacz wiersz powyżej.', save: 'Zapisz', cancel: 'Anuluj',
    insecure: 'Klucze nie działają na tej stronie', insecureWhy: 'Nie otwarto jej w bezpieczny sposób. Zapisz ją na komputerze i otwórz plik w aktualnej przeglądarce.',
    failed: 'To się nie udało. Spróbuj ponownie albo otwórz tę stronę w innej przeglądarce.', unlockedOnly: 'Po zamknięciu tej strony klucz zostaje zapomniany.',
  },
  start: {
    title: 'Otwórz moje nagrania', intro: 'Podłącz pamięć USB i wybierz ją albo folder ze swoimi nagraniami.', private: 'Wszystko dzieje się na tej stronie. Nic nie jest instalowane i nic nie opuszcza twojego komputera.', upload: 'Przeglądarka może zapytać, czy „przesłać” folder. Możesz się zgodzić: ta strona nie może niczego wysłać.',
    choose: 'Wybierz folder', makeKey: 'Utwórz klucz', openCode: 'Otwórz kod', printSheet: 'Drukuj kartę odzyskiwania', cannotRead: 'Nie można odczytać folderu. Podłącz pamięć USB ponownie i wybierz go jeszcze raz.',
    nothing: 'W tym folderze nie ma nagrań', nothingWhy: 'Wybierz samą pamięć USB albo folder skopiowany z niej w całości. Nagrania leżą w folderach, których nazwą jest data.', more: 'Coś innego',
  },
  unlock: {
    title: 'Odblokuj', found: (recordings, folder) => `Nagrania w folderze „${folder}”: ${recordings}.`, keyFound: 'Jest tam też twój zamknięty klucz.', keyMissing: 'W tym folderze nie ma twojego zamkniętego klucza. Wybierz jego plik albo wklej tekst z karty odzyskiwania.',
    words: 'Twoje sześć słów', unlock: 'Odblokuj', elsewhere: 'Mój klucz jest gdzie indziej', keyFile: 'Plik klucza: lamplight-key.age albo klucz age', pasted: 'Albo wklej tekst z karty odzyskiwania', wrong: 'Te słowa nie otwierają tego klucza.',
    noKey: 'Wybierz plik klucza albo wklej tekst z karty odzyskiwania.', identityHint: 'Niezamknięty klucz age nie wymaga słów.',
  },
  sixWords: {
    unknown: (at, word, nearest) => `Słowa ${at}, „${word}”, nie ma na liście.${nearest === undefined ? '' : ` Czy to „${nearest}”?`}`, count: (count) => `Liczba słów: ${count} zamiast 6.`,
    other: (at) => `Słowo ${at} jest inne niż pokazane. Spójrz na kartkę, a jeśli jest na niej błąd, pokaż słowa jeszcze raz.`,
  },
  list: {
    title: 'Moje nagrania', open: 'Obejrzyj', lock: 'Zablokuj', none: 'Ten klucz nie otwiera żadnego z tych nagrań. Być może należą do kogoś innego.', altered: (count) => `Nagrania zamknięte tym kluczem, ale w tej kopii zmienione od samego początku, więc nie są pokazywane: ${count}. Weź inną kopię.`, others: (count) => `Inne nagrania, których ten klucz nie otwiera: ${count}.`,
    fingerprint: (fingerprint) => `Odblokowano kluczem ${fingerprint}.`, clip: 'Fragment', erase: 'Jak usunąć nagranie',
    eraseHere: 'Na tym komputerze: usuń jego folder, a potem opróżnij kosz.', eraseStick: 'Na pamięci USB: usuń jego folder. To, co pamięć zachowa niewidocznie, pozostaje zamknięte twoim kluczem.',
    eraseKiosk: 'W sali: zaloguj się przy kiosku, otwórz „Moje nagrania” i wybierz Usuń. Przez jeden dzień możesz to cofnąć.', eraseClips: 'Oddany fragment jest w rękach drugiej osoby. Poproś o jego usunięcie.',
  },
  watch: {
    play: 'Odtwórz', pause: 'Wstrzymaj', back10: '10 sekund wstecz', forward10: '10 sekund naprzód', speed: 'Szybkość', volume: 'Głośność', full: 'Pełny ekran', position: 'Pozycja', keys: 'Klawisze', soundOnly: 'W tym nagraniu nie ma obrazu.',
    keysList: 'Spacja lub K: odtwórz i wstrzymaj. W lewo i w prawo: 10 sekund. Przecinek i kropka: jeden obraz. − i +: szybkość. N: notatka. M: znacznik. F: pełny ekran. Home i End: początek i koniec.',
    pauseHere: 'Przerwa', closed: (part) => `Nie można otworzyć części ${part}.`, noPlayer: 'Ta przeglądarka nie odtwarza tego nagrania. Użyj aktualnej przeglądarki Chrome, Edge, Firefox lub Safari.', rename: 'Nadaj nazwę', name: 'Nazwa tego nagrania',
    opening: 'Otwieranie …', openFailed: 'Nie można otworzyć tego nagrania. Weź inną jego kopię.',
  },
  verdict: {
    complete: 'Kompletne: całość, tak jak została nagrana.', clipComplete: 'Kompletne: od utworzenia tego fragmentu niczego nie zmieniono.', checking: (percent) => `Sprawdzanie, czy nic nie zmieniono … ${percent} %`, interrupted: (at) => `Przerwane w ${at}: zabrakło prądu albo usunięto koniec. Do tego miejsca jest tak, jak zostało nagrane.`,
    altered: (at) => `Zmienione: od ${at} ta kopia nie jest taka, jak została nagrana, więc nie jest pokazywana. Weź inną kopię.`, broken: (at) => `Uszkodzone: od ${at} ta kopia się nie otwiera, więc nie jest pokazywana. Weź inną kopię.`,
    unproven: 'Całość podpisało jedno urządzenie. Porównaj jego klucz z kluczem na karcie odzyskiwania lub pokwitowaniu:', details: 'Co sprawdzono', dropped: (frames) => `Obrazy utracone przez przeciążenie: ${frames}.`,
  },
  notes: {
    title: 'Notatki', add: 'Dodaj notatkę tutaj', text: 'Twoja notatka', mark: 'Zaznaczono w sali', none: 'Nie ma jeszcze notatek. Wstrzymaj tam, gdzie chcesz coś zapisać.', goTo: (at) => `Przejdź do ${at}`, remove: 'Usuń', tooLong: 'Ta notatka jest za długa. Zrób z niej dwie.',
    unsaved: 'Twoje notatki nie są jeszcze zapisane.', saveFile: 'Zapisz moje notatki', saved: 'Zapisano obok nagrania, zamknięte twoim kluczem.', savedFile: 'Umieść plik w folderze z nagraniami: ta strona go tam znajdzie.', where: 'Otwiera je tylko twój klucz.',
  },
  about: {
    title: 'O tym nagraniu', recorded: 'Nagrano', purpose: 'Cel', audience: 'Kto może je oglądać', mode: 'Co nagrano', room: 'Sala', code: 'Kodeks postępowania', version: (version) => `wersja ${version}`, lipSync: 'Dźwięk i obraz', lipSyncMs: (ms) => `zmierzono klaśnięciem: dźwięk przesunięto o ${ms} ms`,
    lipSyncNone: 'nie zmierzono w tej sali', kept: 'W sali', keptUntil: (day) => `przechowywane tam do: ${day}`, keptUnknown: 'kiosk pokazuje, do kiedy jest tam przechowywane', log: 'Co się wydarzyło', noLog: 'Niczego nie zapisano.', session: 'Numer nagrania',
  },
  audience: { 'only-me': 'Tylko ty', 'colleagues-i-choose': 'Ty i wybrane przez ciebie osoby z grona nauczycieli' },
  mode: { 'picture-and-sound': 'Obraz i dźwięk', 'sound-only': 'Tylko dźwięk', 'picture-only': 'Tylko obraz', 'blurred': 'Rozmyty obraz i dźwięk' },
  log: {
    'started': 'Nagrywanie rozpoczęte', 'carried-on': 'Nagrywanie wznowione', 'paused': 'Wstrzymane', 'stopped': 'Nagrywanie zatrzymane', 'ended': 'Nagranie zamknięte', 'fault': 'Coś było nie tak, ale nagrywanie trwało', 'evidence': 'Dla technika', 'collected': 'Skopiowane na pamięć USB',
    'kept-until': 'Przechowywane do', 'erase-asked': 'Poproszono o usunięcie', 'erase-undone': 'Cofnięto usunięcie', 'by-owner': 'przez ciebie', 'by-room': 'przez kogoś w sali', 'by-fault': 'przez usterkę', 'by-time': 'o czasie zakończenia', 'by-service': 'przy zamykaniu urządzenia',
  },
  clip: {
    make: 'Udostępnij fragment', notAllowed: 'Tego nagrania nie można udostępnić: powstało tylko dla ciebie, a jego cel pozostaje ten sam.', title: 'Udostępnij fragment innej osobie', choose: '1. Która część', from: 'Od', to: 'Do', whole: 'Całość',
    edges: 'Fragment zaczyna się do jednej sekundy wcześniej, na pełnym obrazie.', options: '2. Co ukryć', blur: 'Rozmyj obraz na stałe', silence: 'Pomiń dźwięk', cannotBlur: 'Ta przeglądarka nie potrafi rozmywać. Użyj aktualnej przeglądarki Chrome lub Edge.', who: '3. Dla kogo',
    recipient: 'Klucz drugiej osoby: zaczyna się od age1', recipientFile: 'Albo plik lamplight-recipient.txt', recipientHelp: 'Druga osoba tworzy klucz na tej samej stronie i daje ci wiersz, który zaczyna się od age1. Nie jest tajny. Porównajcie jego odcisk głosem.', next: 'Przeczytaj całość', review: 'Przeczytaj przed udostępnieniem',
    reviewWhat: 'Co', reviewWho: 'Dla', reviewWhy: 'Dlaczego', reviewCannot: 'Decyzja należy do ciebie. Oddanego fragmentu nie można cofnąć. Druga osoba może go oglądać i obowiązuje ją kodeks postępowania; nikt inny go nie otworzy.', confirm: 'Utwórz fragment', making: 'Tworzenie fragmentu …', ready: 'Fragment jest gotowy',
    readyHow: 'To jeden plik. Daj go drugiej osobie razem z tą stroną. Najpierw trzeba go rozpakować: w środku jest folder, który ta strona otwiera.', save: 'Zapisz fragment', saved: 'Zapisano. Możesz go przekazać.', empty: 'Koniec musi być po początku.', tooLarge: 'To za długie na jeden fragment. Wybierz krótszą część.',
    part: (from, to, length) => `od ${from} do ${to}: ${length}`, colleague: (fingerprint) => `Osoba z kluczem ${fingerprint}`, made: (fingerprint, recorded) => `Fragment nagrania (${recorded}), podpisany kluczem ${fingerprint}. Podpis jest prawidłowy.`,
    clipBad: 'Ten fragment nie mówi prawdy o swoim pochodzeniu, więc nie jest pokazywany.', blurred: 'rozmyty', silent: 'bez dźwięku', own: 'To twój własny klucz.', purposeStays: 'Fragment niesie cel swojego nagrania. Nikt nie może go zmienić.',
  },
  key: {
    wordsTitle: 'Twoje sześć słów', wordsWhy: 'Zapisz je na kartce, w tej kolejności. Zamykają twój klucz i nikt nie poda ci ich ponownie: bez nich albo bez pliku klucza nagrania pozostaną zamknięte na zawsze.', written: 'Zapisałem lub zapisałam je', askTitle: 'Twoje sześć słów z kartki', ask: 'Wpisz sześć słów', make: 'Utwórz mój klucz', again: 'Pokaż je ponownie',
    failed: 'Nie można utworzyć klucza. Spróbuj ponownie albo otwórz tę stronę w innej przeglądarce.', madeTitle: 'Twój klucz jest gotowy', keep: '1. Zachowaj zamknięty klucz', keepWhy: 'Otwiera go twoje sześć słów. Trzymaj go na własnej pamięci USB i w drugim miejscu, z dala od kartki ze słowami.', saveKey: 'Zapisz lamplight-key.age', bring: '2. Przynieś odbiorcę do kiosku',
    bringWhy: 'Nie jest tajny: dzięki niemu nagrania są pieczętowane dla ciebie. Przynieś go na pamięci USB albo pozwól skanerowi kiosku odczytać kwadrat.', saveRecipient: 'Zapisz lamplight-recipient.txt', qr: 'Twój odbiorca jako kod QR', fingerprint: 'Jego odcisk. Kiosk musi pokazać taki sam:', print: '3. Wydrukuj kartę odzyskiwania',
    printWhy: 'Zawiera twój zamknięty klucz na papierze, na dzień, w którym zgubisz pamięć USB. Nie ma na niej słów: nigdy nie trzymaj ich razem.', printButton: 'Drukuj kartę odzyskiwania', saveFirst: 'Najpierw zapisz zamknięty klucz: nie ma go nigdzie indziej.',
  },
  sheet: {
    title: 'Lamplight: karta odzyskiwania', made: (day) => `Utworzono: ${day}.`, fingerprint: (fingerprint) => `Odcisk: ${fingerprint}`, what: 'To twój zamknięty klucz. Kto ma go i twoje sześć słów, otwiera twoje nagrania.', qr: 'Zamknięty klucz jako kod QR',
    how: 'Aby go użyć, zeskanuj kwadrat albo przepisz poniższy tekst do pliku lamplight-key.age. Otwiera go każdy program do formatu age; słowa małymi literami, z łącznikiem między każdymi dwoma.', recipient: 'Odbiorca:', wordsHere: 'Moje sześć słów, odręcznie', wordsApart: 'Odetnij tutaj i trzymaj słowa w innym miejscu niż kartę.',
    choose: 'Wybierz zamknięty klucz: lamplight-key.age', show: 'Drukuj kartę odzyskiwania', again: 'Strona nie pyta o słowa i ich nie drukuje.',
  },
  code: {
    title: 'Otwórz kod', intro: 'Kiosk zapisał na twojej pamięci USB kod, który otwiera tylko twój klucz. Wpisz w kiosku to, co z niego wyjdzie.', key: 'Zamknięty klucz: lamplight-key.age', code: 'Kod: lamplight-test-code.age', open: 'Otwórz ten kod', chooseKey: 'Wybierz zamknięty klucz: lamplight-key.age.', chooseCode: 'Wybierz kod: lamplight-test-code.age.',
    test: 'Twój kod próbny', unlock: 'Twój kod odblokowania', type: 'Wpisz go w kiosku.', notCode: 'To nie jest kod kiosku. Wybierz plik lamplight-test-code.age.', tooLarge: 'Ten plik jest za duży: to nie ten.', unreadable: 'Nie można odczytać tego pliku. Podłącz pamięć USB ponownie i wybierz go jeszcze raz.', damaged: 'Plik z kodem jest uszkodzony. Niech kiosk zapisze go jeszcze raz.',
  },
  keyFault: {
    PAGE_INSECURE: 'Klucze nie działają na tej stronie, bo nie otwarto jej w bezpieczny sposób.', IDENTITY_BROKEN: 'W tym pliku nie ma klucza albo jest uszkodzony.', LOCKED_KEY_BROKEN: 'To nie jest zamknięty klucz albo jest uszkodzony. Weź inną kopię albo kartę odzyskiwania.',
    WORDS_WRONG: 'Te słowa nie otwierają tego klucza.', TEST_CODE_CLOSED: 'Ten klucz nie otwiera tego kodu: kod powstał dla innego klucza albo jest uszkodzony.', TEST_CODE_BROKEN: 'To się otwiera, ale nie jest kodem kiosku.',
  },
  recipientMistake: {
    EMPTY: 'Podaj klucz drugiej osoby: zaczyna się od age1.', SECRET: 'To wygląda na tajemnicę. Nigdy nikomu tego nie pokazuj. Niczego z tego nie zachowano. Tu należy tekst, który zaczyna się od age1.', LOCKED: 'To zamknięty plik. Tu należy tekst, który zaczyna się od age1.', OTHER_KEY: 'To klucz innego rodzaju. Tu należy tekst, który zaczyna się od age1 i ma 62 znaki.',
    SEVERAL: 'Jest tu więcej niż jeden klucz. Podaj jeden.', MORE_THAN_THE_KEY: 'Podaj sam klucz, w jednym kawałku, od age1.', FINGERPRINT: 'To odcisk, który służy tylko do porównania. Tu należy tekst, który zaczyna się od age1.', NOT_A_KEY: 'To nie jest klucz. Tu należy tekst, który zaczyna się od age1.', MISSPELT: 'Jeden znak tego klucza jest błędny albo go brakuje. Skopiuj go jeszcze raz.',
  },
};
