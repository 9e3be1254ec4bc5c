/** The page's words in English, which the other languages follow key by key (`Words`). */
import type { KeyFault } from '../../keys/errors.js';
import type { Mistake } from '../../keys/mistakes.js';
import type { Audience, Mode } from './terms.js';

export interface Words {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly language: string;
  readonly common: Readonly<Record<'back' | 'done' | 'moment' | 'copy' | 'copied' | 'notCopied' | 'save' | 'cancel' | 'insecure' | 'insecureWhy' | 'failed' | 'unlockedOnly', string>>;
  readonly start: Readonly<Record<'title' | 'intro' | 'private' | 'upload' | 'choose' | 'makeKey' | 'openCode' | 'printSheet' | 'cannotRead' | 'nothing' | 'nothingWhy' | 'more', string>>;
  readonly unlock: Readonly<Record<'title' | 'keyFound' | 'keyMissing' | 'words' | 'unlock' | 'elsewhere' | 'keyFile' | 'pasted' | 'wrong' | 'noKey' | 'identityHint', string>> & { readonly found: (recordings: number, folder: string) => string };
  readonly sixWords: { readonly unknown: (at: number, word: string, nearest: string | undefined) => string; readonly count: (count: number) => string; readonly other: (at: number) => string };
  readonly list: Readonly<Record<'title' | 'open' | 'lock' | 'none' | 'erase' | 'eraseHere' | 'eraseStick' | 'eraseKiosk' | 'eraseClips' | 'clip', string>> & { readonly others: (count: number) => string; readonly altered: (count: number) => string; readonly fingerprint: (fingerprint: string) => string };
  readonly watch: Readonly<Record<'play' | 'pause' | 'back10' | 'forward10' | 'speed' | 'volume' | 'full' | 'position' | 'keys' | 'keysList' | 'pauseHere' | 'noPlayer' | 'rename' | 'name' | 'soundOnly' | 'opening' | 'openFailed', string>>
    & { readonly closed: (part: number) => string };
  readonly verdict: Readonly<Record<'complete' | 'clipComplete' | 'unproven' | 'details', string>>
    & { readonly checking: (percent: number) => string; readonly interrupted: (at: string) => string; readonly altered: (at: string) => string; readonly broken: (at: string) => string; readonly dropped: (frames: number) => string };
  readonly notes: Readonly<Record<'title' | 'add' | 'text' | 'mark' | 'none' | 'remove' | 'tooLong' | 'unsaved' | 'saveFile' | 'saved' | 'savedFile' | 'where', string>> & { readonly goTo: (at: string) => string };
  readonly about: Readonly<Record<'title' | 'recorded' | 'purpose' | 'audience' | 'mode' | 'room' | 'code' | 'lipSync' | 'lipSyncNone' | 'kept' | 'keptUnknown' | 'log' | 'noLog' | 'session', string>>
    & { readonly version: (version: number) => string; readonly lipSyncMs: (ms: number) => string; readonly keptUntil: (day: string) => string };
  readonly audience: Readonly<Record<Audience, string>>;
  readonly mode: Readonly<Record<Mode, string>>;
  readonly log: Readonly<Record<'started' | 'carried-on' | 'paused' | 'stopped' | 'ended' | 'fault' | 'evidence' | 'collected' | 'kept-until' | 'erase-asked' | 'erase-undone' | 'by-owner' | 'by-room' | 'by-fault' | 'by-time' | 'by-service', string>>;
  readonly clip: Readonly<Record<'make' | 'notAllowed' | 'title' | 'choose' | 'from' | 'to' | 'edges' | 'options' | 'blur' | 'silence' | 'cannotBlur' | 'who' | 'recipient' | 'recipientFile' | 'recipientHelp' | 'next' | 'review' | 'reviewWhat' | 'reviewWho' | 'reviewWhy' | 'reviewCannot' | 'confirm' | 'making' | 'ready' | 'readyHow' | 'save' | 'saved' | 'empty' | 'tooLarge' | 'whole' | 'clipBad' | 'blurred' | 'silent' | 'own' | 'purposeStays', string>>
    & { readonly part: (from: string, to: string, length: string) => string; readonly colleague: (fingerprint: string) => string; readonly made: (fingerprint: string, recorded: string) => string};
  readonly key: Readonly<Record<'wordsTitle' | 'wordsWhy' | 'written' | 'askTitle' | 'ask' | 'make' | 'again' | 'failed' | 'madeTitle' | 'keep' | 'keepWhy' | 'saveKey' | 'bring' | 'bringWhy' | 'saveRecipient' | 'qr' | 'fingerprint' | 'print' | 'printWhy' | 'printButton' | 'saveFirst', string>>;
  readonly sheet: Readonly<Record<'title' | 'what' | 'qr' | 'how' | 'recipient' | 'wordsHere' | 'wordsApart' | 'choose' | 'show' | 'again', string>> & { readonly made: (day: string) => string; readonly fingerprint: (fingerprint: string) => string };
  readonly code: Readonly<Record<'title' | 'intro' | 'key' | 'code' | 'open' | 'chooseKey' | 'chooseCode' | 'test' | 'unlock' | 'type' | 'notCode' | 'tooLarge' | 'unreadable' | 'damaged', string>>;
  readonly keyFault: Readonly<Record<KeyFault, string>>;
  readonly recipientMistake: Readonly<Record<Mistake['code'], string>>;
}

export const en: Words = {
  tag: 'en', direction: 'ltr', language: 'English',
  common: {
    back: 'Back', done: 'Done', moment: 'One moment …', copy: 'Copy', copied: 'Copied.', notCopied: 'This browser does not copy: select the line above.', save: 'Save', cancel: 'Cancel',
    insecure: 'Keys do not work in this page', insecureWhy: 'It was not opened securely. Save it on your computer and open the file, in a current browser.',
    failed: 'This did not work. Try again, or open this page in another browser.', unlockedOnly: 'The key is forgotten when you close this page.',
  },
  start: {
    title: 'Open my recordings', intro: 'Plug in your stick, and choose it or the folder with your recordings.', private: 'Everything happens inside this page. Nothing is installed, and nothing leaves your computer.', upload: 'Your browser may ask whether to “upload” the folder. You can say yes: this page cannot send anything.',
    choose: 'Choose the folder', makeKey: 'Make a key', openCode: 'Open a code', printSheet: 'Print a recovery sheet', cannotRead: 'The folder could not be read. Plug the stick in again and choose it anew.',
    nothing: 'There are no recordings in this folder', nothingWhy: 'Choose the stick itself, or a folder that was copied from it whole. Recordings lie in folders with a date as their name.', more: 'Something else',
  },
  unlock: {
    title: 'Unlock', found: (recordings, folder) => `${recordings === 1 ? 'One recording' : `${recordings} recordings`} in “${folder}”.`, keyFound: 'Your locked key is there too.', keyMissing: 'Your locked key is not in this folder. Choose its file, or paste the text of your recovery sheet.',
    words: 'Your six words', unlock: 'Unlock', elsewhere: 'My key is somewhere else', keyFile: 'File of your key: lamplight-key.age, or a key of age', pasted: 'Or paste the text of your recovery sheet', wrong: 'These words do not open this key.',
    noKey: 'Choose the file of your key, or paste the text of your recovery sheet.', identityHint: 'A key of age that is not locked needs no words.',
  },
  sixWords: {
    unknown: (at, word, nearest) => `Word ${at}, “${word}”, is none of the list.${nearest === undefined ? '' : ` Is it “${nearest}”?`}`, count: (count) => `These are ${count} words instead of 6.`,
    other: (at) => `Word ${at} is not the one that was shown. Look at your paper, and have them shown again if it is wrong.`,
  },
  list: {
    title: 'My recordings', open: 'Watch', lock: 'Lock', none: 'This key opens none of these recordings. They may belong to somebody else.', altered: (count) => `${count === 1 ? 'One recording is' : `${count} recordings are`} locked with this key, but in this copy altered from the beginning, so not shown. Take another copy.`, others: (count) => `${count === 1 ? 'One more recording is' : `${count} more recordings are`} here that this key does not open.`,
    fingerprint: (fingerprint) => `Unlocked with the key ${fingerprint}.`, clip: 'Clip', erase: 'How to erase a recording',
    eraseHere: 'On this computer: delete its folder, then empty the bin.', eraseStick: 'On a stick: delete its folder. What a stick keeps of it unseen stays locked to your key.',
    eraseKiosk: 'In the classroom: sign in at the kiosk, open “My recordings” and choose Erase. You can undo it for a day.', eraseClips: 'A clip that you gave away is in your colleague’s hands. Ask for it to be deleted.',
  },
  watch: {
    play: 'Play', pause: 'Pause', back10: 'Back 10 seconds', forward10: 'Forward 10 seconds', speed: 'Speed', volume: 'Volume', full: 'Full screen', position: 'Position', keys: 'Keys', soundOnly: 'There is no picture in this recording.',
    keysList: 'Space or K: play and pause. Left and right: 10 seconds. Comma and full stop: one picture. − and +: speed. N: note. M: mark. F: full screen. Home and End: begin and end.',
    pauseHere: 'Pause', closed: (part) => `Part ${part} could not be opened.`, noPlayer: 'This browser does not play this recording. Use a current Chrome, Edge, Firefox or Safari.', rename: 'Name it', name: 'Name of this recording',
    opening: 'Opening …', openFailed: 'This recording could not be opened. Take another copy of it.',
  },
  verdict: {
    complete: 'Complete: all of it, as it was recorded.', clipComplete: 'Complete: nothing was changed since this clip was made.', checking: (percent) => `Checking that nothing was changed … ${percent} %`, interrupted: (at) => `Interrupted at ${at}: power was cut, or the end was taken away. Up to there it is as it was recorded.`,
    altered: (at) => `Altered: from ${at} on, this copy is not as it was recorded, so it is not shown. Take another copy.`, broken: (at) => `Damaged: from ${at} on, this copy does not open, so it is not shown. Take another copy.`,
    unproven: 'One device signed all of it. Compare its key with the one on your recovery sheet or receipt:', details: 'What was checked', dropped: (frames) => `${frames} pictures were lost to overload.`,
  },
  notes: {
    title: 'Notes', add: 'Add a note here', text: 'Your note', mark: 'Marked in the room', none: 'No notes yet. Pause where you want one.', goTo: (at) => `Go to ${at}`, remove: 'Remove', tooLong: 'This note is too long. Make two of it.',
    unsaved: 'Your notes are not saved yet.', saveFile: 'Save my notes', saved: 'Saved beside the recording, locked with your key.', savedFile: 'Put the file into the folder of your recordings: this page finds it there.', where: 'Only your key opens them.',
  },
  about: {
    title: 'About this recording', recorded: 'Recorded', purpose: 'Purpose', audience: 'Who may watch it', mode: 'What was recorded', room: 'Room', code: 'Code of practice', version: (version) => `version ${version}`, lipSync: 'Sound and picture', lipSyncMs: (ms) => `measured with a clap: the sound was moved by ${ms} ms`,
    lipSyncNone: 'not measured in this room', kept: 'In the classroom', keptUntil: (day) => `kept there until ${day}`, keptUnknown: 'the kiosk shows until when it is kept there', log: 'What happened', noLog: 'Nothing was written down.', session: 'Number of the recording',
  },
  audience: { 'only-me': 'Only you', 'colleagues-i-choose': 'You, and colleagues you choose' },
  mode: { 'picture-and-sound': 'Picture and sound', 'sound-only': 'Sound only', 'picture-only': 'Picture only', 'blurred': 'Blurred picture, and sound' },
  log: {
    'started': 'Recording began', 'carried-on': 'Recording went on', 'paused': 'Paused', 'stopped': 'Recording stopped', 'ended': 'The recording was closed', 'fault': 'Something was the matter, and it went on', 'evidence': 'For a technician', 'collected': 'Copied to a stick',
    'kept-until': 'Kept until', 'erase-asked': 'Erasing was asked for', 'erase-undone': 'Erasing was undone', 'by-owner': 'by you', 'by-room': 'by someone in the room', 'by-fault': 'by a fault', 'by-time': 'at its end time', 'by-service': 'as the device was closed',
  },
  clip: {
    make: 'Share a clip', notAllowed: 'This recording cannot be shared: it was made for you only, and its purpose stays what it was.', title: 'Share a clip with a colleague', choose: '1. Which part', from: 'From', to: 'To',
    edges: 'The clip begins up to a second before this time, at a whole picture.', options: '2. What is hidden', blur: 'Blur the picture, for good', silence: 'Leave out the sound', cannotBlur: 'This browser cannot blur. Use a current Chrome or Edge.', who: '3. For whom',
    recipient: 'Your colleague’s key: it starts with age1', recipientFile: 'Or the file lamplight-recipient.txt', recipientHelp: 'Your colleague makes a key with this same page, and gives you the line that starts with age1. It is not secret. Compare its fingerprint by voice.', next: 'Read it over', review: 'Read before you share',
    reviewWhat: 'What', reviewWho: 'For', reviewWhy: 'Why', reviewCannot: 'You decide. Once it is given away it cannot be taken back. Your colleague can watch it and is bound by the code of practice; nobody else can open it.', confirm: 'Make the clip', making: 'Making the clip …', ready: 'The clip is ready',
    readyHow: 'It is one file. Give it to your colleague together with this page. Unpack it first: inside is a folder that this page opens.', save: 'Save the clip', saved: 'Saved. You may give it to your colleague.', empty: 'The end must come after the beginning.', tooLarge: 'This is too long for one clip. Choose a shorter part.',
    part: (from, to, length) => `${from} to ${to}: ${length}`, colleague: (fingerprint) => `Colleague with the key ${fingerprint}`, made: (fingerprint, recorded) => `A clip of a recording of ${recorded}, signed with the key ${fingerprint}. The signature holds.`,
    whole: 'All of it', clipBad: 'This clip does not say truly where it comes from, so it is not shown.', blurred: 'blurred', silent: 'without sound', own: 'That is your own key.', purposeStays: 'The clip carries the purpose of its recording. Nobody can change it.',
  },
  key: {
    wordsTitle: 'Your six words', wordsWhy: 'Write them on paper, in this order. They lock your key, and nobody can give them to you again: without them, or without the key’s file, your recordings stay closed for ever.', written: 'I have written them down', askTitle: 'Your six words, from your paper', ask: 'Type the six words', make: 'Make my key', again: 'Show them again',
    failed: 'The key could not be made. Try again, or open this page in another browser.', madeTitle: 'Your key is made', keep: '1. Keep your locked key', keepWhy: 'Your six words open it. Keep it on your own stick and in a second place, away from the paper with the words.', saveKey: 'Save lamplight-key.age', bring: '2. Bring your recipient to the kiosk',
    bringWhy: 'It is not secret: with it, recordings are sealed to you. Bring it on a stick, or let the kiosk’s scanner read the square.', saveRecipient: 'Save lamplight-recipient.txt', qr: 'Your recipient as a QR code', fingerprint: 'Its fingerprint. The kiosk must show the same:', print: '3. Print the recovery sheet',
    printWhy: 'It holds your locked key on paper, for the day on which the stick is lost. Your words are not on it: never keep both together.', printButton: 'Print the recovery sheet', saveFirst: 'Save your locked key first: it is nowhere else.',
  },
  sheet: {
    title: 'Lamplight: recovery sheet', made: (day) => `Made on ${day}.`, fingerprint: (fingerprint) => `Fingerprint: ${fingerprint}`, what: 'This is your locked key. Whoever has it and your six words opens your recordings.', qr: 'The locked key as a QR code',
    how: 'To use it, scan the square, or type what follows, into a file lamplight-key.age. Any program for the age format opens it, with the words in small letters and a hyphen between each two.', recipient: 'Recipient:', wordsHere: 'My six words, by hand', wordsApart: 'Cut here, and keep the words in another place than the sheet.',
    choose: 'Choose your locked key: lamplight-key.age', show: 'Print the recovery sheet', again: 'The words are not asked for, and are not printed.',
  },
  code: {
    title: 'Open a code', intro: 'The kiosk has put a code on your stick that only your key opens. Type what comes out at the kiosk.', key: 'Your locked key: lamplight-key.age', code: 'The code: lamplight-test-code.age', open: 'Open the code', chooseKey: 'Choose your locked key: lamplight-key.age.', chooseCode: 'Choose the code: lamplight-test-code.age.',
    test: 'Your test code', unlock: 'Your unlock code', type: 'Type it at the kiosk.', notCode: 'This is no code of the kiosk. Choose the file lamplight-test-code.age.', tooLarge: 'This file is too large: it is not the right one.', unreadable: 'This file could not be read. Plug the stick in again and choose it anew.', damaged: 'The file with the code is damaged. Have the kiosk write it once more.',
  },
  keyFault: {
    PAGE_INSECURE: 'Keys do not work in this page, since it was not opened securely.', IDENTITY_BROKEN: 'There is no key in this file, or it is damaged.', LOCKED_KEY_BROKEN: 'This is not a locked key, or it is damaged. Take another copy of it, or the recovery sheet.',
    WORDS_WRONG: 'These words do not open this key.', TEST_CODE_CLOSED: 'This key does not open this code: it was made for another key, or is damaged.', TEST_CODE_BROKEN: 'This opens, but is no code of the kiosk.',
  },
  recipientMistake: {
    EMPTY: 'Give your colleague’s key: it starts with age1.', SECRET: 'This looks secret. Never show it to anyone. Nothing of it was kept. What belongs here starts with age1.', LOCKED: 'This is a locked file. What belongs here starts with age1.', OTHER_KEY: 'This is a key of another kind. What belongs here starts with age1 and has 62 characters.',
    SEVERAL: 'There is more than one key in it. Give one.', MORE_THAN_THE_KEY: 'Give the key alone, in one piece, from age1 on.', FINGERPRINT: 'This is a fingerprint, which is only for comparing. What belongs here starts with age1.', NOT_A_KEY: 'This is not a key. What belongs here starts with age1.', MISSPELT: 'A character of this key is wrong or missing. Copy it again.',
  },
};
