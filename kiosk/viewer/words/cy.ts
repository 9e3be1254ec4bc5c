/** The page's words in Welsh. */
import type { Words } from './en.js';

export const cy: Words = {
  tag: 'cy', direction: 'ltr', language: 'Cymraeg',
  common: {
    back: 'Yn ôl', done: 'Wedi gorffen', moment: 'Un eiliad …', copy: 'Copïo', copied: 'Wedi’i gopïo.', notCopied: 'Nid yw’r porwr hwn yn copïo: dewiswch y llinell uchod.', save: 'Cadw', cancel: 'Canslo',
    insecure: 'Nid yw allweddi’n gweithio yn y dudalen hon', insecureWhy: 'Ni chafodd ei hagor yn ddiogel. Cadwch hi ar eich cyfrifiadur ac agorwch y ffeil, mewn porwr cyfredol.',
    failed: 'Ni weithiodd hyn. Rhowch gynnig arall arni, neu agorwch y dudalen hon mewn porwr arall.', unlockedOnly: 'Mae’r allwedd yn cael ei hanghofio pan fyddwch yn cau’r dudalen hon.',
  },
  start: {
    title: 'Agor fy recordiadau', intro: 'Plygiwch eich cofbin i mewn, a dewiswch ef neu’r ffolder sydd â’ch recordiadau.', private: 'Mae popeth yn digwydd y tu mewn i’r dudalen hon. Nid oes dim yn cael ei osod, ac nid oes dim yn gadael eich cyfrifiadur.', upload: 'Efallai y bydd eich porwr yn gofyn a ddylid “uwchlwytho” y ffolder. Gallwch gytuno: ni all y dudalen hon anfon dim.',
    choose: 'Dewis y ffolder', makeKey: 'Gwneud allwedd', openCode: 'Agor cod', printSheet: 'Argraffu taflen adfer', cannotRead: 'Nid oedd modd darllen y ffolder. Plygiwch y cofbin i mewn eto a’i ddewis o’r newydd.',
    nothing: 'Nid oes recordiadau yn y ffolder hon', nothingWhy: 'Dewiswch y cofbin ei hun, neu ffolder a gopïwyd ohono’n gyfan. Mae recordiadau mewn ffolderi â dyddiad yn enw arnynt.', more: 'Rhywbeth arall',
  },
  unlock: {
    title: 'Datgloi', found: (recordings, folder) => `${recordings === 1 ? 'Un recordiad' : `Nifer y recordiadau: ${recordings}`} yn “${folder}”.`, keyFound: 'Mae eich allwedd dan glo yno hefyd.', keyMissing: 'Nid yw eich allwedd dan glo yn y ffolder hon. Dewiswch ei ffeil, neu gludwch destun eich taflen adfer.',
    words: 'Eich chwe gair', unlock: 'Datgloi', elsewhere: 'Mae fy allwedd yn rhywle arall', keyFile: 'Ffeil eich allwedd: lamplight-key.age, neu allwedd age', pasted: 'Neu gludwch destun eich taflen adfer', wrong: 'Nid yw’r geiriau hyn yn agor yr allwedd hon.',
    noKey: 'Dewiswch ffeil eich allwedd, neu gludwch destun eich taflen adfer.', identityHint: 'Nid oes angen geiriau ar allwedd age nad yw dan glo.',
  },
  sixWords: {
    unknown: (at, word, nearest) => `Nid yw gair ${at}, “${word}”, ar y rhestr.${nearest === undefined ? '' : ` Ai “${nearest}” ydyw?`}`, count: (count) => `Nifer y geiriau yma: ${count}, yn lle 6.`,
    other: (at) => `Nid gair ${at} a ddangoswyd. Edrychwch ar eich papur, a gofynnwch am eu gweld eto os yw’n anghywir.`,
  },
  list: {
    title: 'Fy recordiadau', open: 'Gwylio', lock: 'Cloi', none: 'Nid yw’r allwedd hon yn agor yr un o’r recordiadau hyn. Efallai mai rhywun arall biau nhw.', altered: (count) => `Recordiadau sydd wedi’u cloi â’r allwedd hon, ond a newidiwyd o’r dechrau yn y copi hwn, felly heb eu dangos: ${count}. Cymerwch gopi arall.`, others: (count) => `Recordiadau eraill yma nad yw’r allwedd hon yn eu hagor: ${count}.`,
    fingerprint: (fingerprint) => `Datglowyd â’r allwedd ${fingerprint}.`, clip: 'Clip', erase: 'Sut i ddileu recordiad',
    eraseHere: 'Ar y cyfrifiadur hwn: dilëwch ei ffolder, yna gwagiwch y bin.', eraseStick: 'Ar gofbin: dilëwch ei ffolder. Mae unrhyw beth y mae’r cofbin yn dal i’w gadw o’r golwg yn aros dan glo i’ch allwedd.',
    eraseKiosk: 'Yn yr ystafell ddosbarth: mewngofnodwch, agorwch “Fy recordiadau” a dewiswch Dileu. Gallwch ei ddadwneud am ddiwrnod.', eraseClips: 'Mae clip a roesoch i rywun yn nwylo eich cydweithiwr. Gofynnwch iddo gael ei ddileu.',
  },
  watch: {
    play: 'Chwarae', pause: 'Oedi', back10: 'Yn ôl 10 eiliad', forward10: 'Ymlaen 10 eiliad', speed: 'Cyflymder', volume: 'Lefel y sain', full: 'Sgrin lawn', position: 'Safle', keys: 'Bysellau', soundOnly: 'Nid oes llun yn y recordiad hwn.',
    keysList: 'Bylchwr neu K: chwarae ac oedi. Chwith a de: 10 eiliad. Coma ac atalnod llawn: un llun. − a +: cyflymder. N: nodyn. M: marc. F: sgrin lawn. Home ac End: dechrau a diwedd.',
    pauseHere: 'Saib', closed: (part) => `Nid oedd modd agor rhan ${part}.`, noPlayer: 'Nid yw’r porwr hwn yn chwarae’r recordiad hwn. Defnyddiwch Chrome, Edge, Firefox neu Safari cyfredol.', rename: 'Rhoi enw arno', name: 'Enw’r recordiad hwn',
    opening: 'Yn agor …', openFailed: 'Nid oedd modd agor y recordiad hwn. Cymerwch gopi arall ohono.',
  },
  verdict: {
    complete: 'Cyflawn: y cyfan, fel y’i recordiwyd.', clipComplete: 'Cyflawn: ni newidiwyd dim ers gwneud y clip hwn.', checking: (percent) => `Yn gwirio na newidiwyd dim … ${percent} %`, interrupted: (at) => `Torrwyd ar ei draws ar ${at}: collwyd y trydan, neu tynnwyd y diwedd i ffwrdd. Hyd yno mae fel y’i recordiwyd.`,
    altered: (at) => `Wedi’i newid: o ${at} ymlaen, nid yw’r copi hwn fel y’i recordiwyd, felly ni chaiff ei ddangos. Cymerwch gopi arall.`, broken: (at) => `Wedi’i ddifrodi: o ${at} ymlaen, nid yw’r copi hwn yn agor, felly ni chaiff ei ddangos. Cymerwch gopi arall.`,
    unproven: 'Un ddyfais a lofnododd y cyfan. Cymharwch ei hallwedd â’r un ar eich taflen adfer neu dderbynneb:', details: 'Beth a wiriwyd', dropped: (frames) => `Lluniau a gollwyd oherwydd gorlwytho: ${frames}.`,
  },
  notes: {
    title: 'Nodiadau', add: 'Ychwanegu nodyn yma', text: 'Eich nodyn', mark: 'Marciwyd yn yr ystafell', none: 'Dim nodiadau eto. Oedwch lle hoffech gael un.', goTo: (at) => `Mynd i ${at}`, remove: 'Tynnu', tooLong: 'Mae’r nodyn hwn yn rhy hir. Gwnewch ddau ohono.',
    unsaved: 'Nid yw eich nodiadau wedi’u cadw eto.', saveFile: 'Cadw fy nodiadau', saved: 'Wedi’u cadw wrth ymyl y recordiad, dan glo eich allwedd.', savedFile: 'Rhowch y ffeil yn ffolder eich recordiadau: bydd y dudalen hon yn ei chanfod yno.', where: 'Dim ond eich allwedd chi sy’n eu hagor.',
  },
  about: {
    title: 'Am y recordiad hwn', recorded: 'Recordiwyd', purpose: 'Diben', audience: 'Pwy gaiff ei wylio', mode: 'Beth a recordiwyd', room: 'Ystafell', code: 'Cod ymarfer', version: (version) => `fersiwn ${version}`, lipSync: 'Sain a llun', lipSyncMs: (ms) => `mesurwyd â chlap: symudwyd y sain ${ms} ms`,
    lipSyncNone: 'heb ei fesur yn yr ystafell hon', kept: 'Yn yr ystafell ddosbarth', keptUntil: (day) => `fe’i cedwir yno tan ${day}`, keptUnknown: 'mae’r ciosg yn dangos tan pryd y’i cedwir yno', log: 'Beth ddigwyddodd', noLog: 'Ni nodwyd dim.', session: 'Rhif y recordiad',
  },
  audience: { 'only-me': 'Chi yn unig', 'colleagues-i-choose': 'Chi, a chydweithwyr o’ch dewis' },
  mode: { 'picture-and-sound': 'Llun a sain', 'sound-only': 'Sain yn unig', 'picture-only': 'Llun yn unig', 'blurred': 'Llun aneglur, a sain' },
  log: {
    'started': 'Dechreuodd y recordio', 'carried-on': 'Aeth y recordio yn ei flaen', 'paused': 'Oedwyd', 'stopped': 'Stopiodd y recordio', 'ended': 'Caewyd y recordiad', 'fault': 'Roedd rhywbeth o’i le, ac aeth yn ei flaen', 'evidence': 'I dechnegydd', 'collected': 'Copïwyd i gofbin',
    'kept-until': 'Cedwir tan', 'erase-asked': 'Gofynnwyd am ddileu', 'erase-undone': 'Dadwnaed y dileu', 'by-owner': 'gennych chi', 'by-room': 'gan rywun yn yr ystafell', 'by-fault': 'gan nam', 'by-time': 'ar ei amser gorffen', 'by-service': 'wrth gau’r ddyfais',
  },
  clip: {
    make: 'Rhannu clip', notAllowed: 'Nid oes modd rhannu’r recordiad hwn: fe’i gwnaed i chi yn unig, ac mae ei ddiben yn aros fel yr oedd.', title: 'Rhannu clip â chydweithiwr', choose: '1. Pa ran', from: 'O', to: 'Hyd', whole: 'Y cyfan',
    edges: 'Mae’r clip yn dechrau hyd at eiliad cyn yr amser hwn, ar lun cyfan.', options: '2. Beth a guddir', blur: 'Pylu’r llun, am byth', silence: 'Gadael y sain allan', cannotBlur: 'Ni all y porwr hwn bylu. Defnyddiwch Chrome neu Edge cyfredol.', who: '3. I bwy',
    recipient: 'Allwedd eich cydweithiwr: mae’n dechrau ag age1', recipientFile: 'Neu’r ffeil lamplight-recipient.txt', recipientHelp: 'Mae eich cydweithiwr yn gwneud allwedd â’r un dudalen hon, ac yn rhoi i chi’r llinell sy’n dechrau ag age1. Nid yw’n gyfrinachol. Cymharwch ei hôl bys ar lafar.', next: 'Ei ddarllen drosodd', review: 'Darllenwch cyn rhannu',
    reviewWhat: 'Beth', reviewWho: 'I', reviewWhy: 'Pam', reviewCannot: 'Chi sy’n penderfynu. Unwaith y caiff ei roi, ni ellir ei gymryd yn ôl. Gall eich cydweithiwr ei wylio ac mae’r cod ymarfer yn ei rwymo; ni all neb arall ei agor.', confirm: 'Gwneud y clip', making: 'Yn gwneud y clip …', ready: 'Mae’r clip yn barod',
    readyHow: 'Un ffeil ydyw. Rhowch hi i’ch cydweithiwr gyda’r dudalen hon. Dadbaciwch hi’n gyntaf: y tu mewn mae ffolder y mae’r dudalen hon yn ei hagor.', save: 'Cadw’r clip', saved: 'Wedi’i gadw. Cewch ei roi i’ch cydweithiwr.', empty: 'Rhaid i’r diwedd ddod ar ôl y dechrau.', tooLarge: 'Mae hyn yn rhy hir i un clip. Dewiswch ran fyrrach.',
    part: (from, to, length) => `${from} hyd ${to}: ${length}`, colleague: (fingerprint) => `Cydweithiwr â’r allwedd ${fingerprint}`, made: (fingerprint, recorded) => `Clip o recordiad o ${recorded}, wedi’i lofnodi â’r allwedd ${fingerprint}. Mae’r llofnod yn dal.`,
    clipBad: 'Nid yw’r clip hwn yn dweud yn wir o ble y daw, felly ni chaiff ei ddangos.', blurred: 'wedi’i bylu', silent: 'heb sain', own: 'Eich allwedd chi yw honno.', purposeStays: 'Mae’r clip yn cario diben ei recordiad. Ni all neb ei newid.',
  },
  key: {
    wordsTitle: 'Eich chwe gair', wordsWhy: 'Ysgrifennwch nhw ar bapur, yn y drefn hon. Maent yn cloi eich allwedd, ac ni all neb eu rhoi i chi eto: hebddynt, neu heb ffeil yr allwedd, bydd eich recordiadau ynghau am byth.', written: 'Rwyf wedi’u hysgrifennu', askTitle: 'Eich chwe gair, o’ch papur', ask: 'Teipiwch y chwe gair', make: 'Gwneud fy allwedd', again: 'Eu dangos eto',
    failed: 'Nid oedd modd gwneud yr allwedd. Rhowch gynnig arall arni, neu agorwch y dudalen hon mewn porwr arall.', madeTitle: 'Mae eich allwedd wedi’i gwneud', keep: '1. Cadwch eich allwedd dan glo', keepWhy: 'Mae eich chwe gair yn ei hagor. Cadwch hi ar eich cofbin eich hun ac mewn ail le, i ffwrdd o’r papur â’r geiriau.', saveKey: 'Cadw lamplight-key.age', bring: '2. Dewch â’ch derbynnydd i’r ciosg',
    bringWhy: 'Nid yw’n gyfrinachol: ag ef, caiff recordiadau eu selio i chi. Dewch ag ef ar gofbin, neu gadewch i sganiwr y ciosg ddarllen y sgwâr.', saveRecipient: 'Cadw lamplight-recipient.txt', qr: 'Eich derbynnydd fel cod QR', fingerprint: 'Ei ôl bys. Rhaid i’r ciosg ddangos yr un peth:', print: '3. Argraffwch y daflen adfer',
    printWhy: 'Mae’n dal eich allwedd dan glo ar bapur, at y diwrnod y collir y cofbin. Nid yw eich geiriau arni: peidiwch byth â chadw’r ddau gyda’i gilydd.', printButton: 'Argraffu’r daflen adfer', saveFirst: 'Cadwch eich allwedd dan glo yn gyntaf: nid yw yn unman arall.',
  },
  sheet: {
    title: 'Lamplight: taflen adfer', made: (day) => `Gwnaed ar ${day}.`, fingerprint: (fingerprint) => `Ôl bys: ${fingerprint}`, what: 'Dyma eich allwedd dan glo. Mae pwy bynnag sydd â hi a’ch chwe gair yn agor eich recordiadau.', qr: 'Yr allwedd dan glo fel cod QR',
    how: 'I’w defnyddio, sganiwch y sgwâr, neu deipiwch yr hyn sy’n dilyn, i ffeil lamplight-key.age. Mae unrhyw raglen ar gyfer fformat age yn ei hagor, â’r geiriau mewn llythrennau bach a chysylltnod rhwng pob dau.', recipient: 'Derbynnydd:', wordsHere: 'Fy chwe gair, â llaw', wordsApart: 'Torrwch yma, a chadwch y geiriau mewn lle arall na’r daflen.',
    choose: 'Dewiswch eich allwedd dan glo: lamplight-key.age', show: 'Argraffu’r daflen adfer', again: 'Ni ofynnir am y geiriau, ac ni chânt eu hargraffu.',
  },
  code: {
    title: 'Agor cod', intro: 'Mae’r ciosg wedi rhoi cod ar eich cofbin mai dim ond eich allwedd chi sy’n ei agor. Teipiwch yr hyn a ddaw allan wrth y ciosg.', key: 'Eich allwedd dan glo: lamplight-key.age', code: 'Y cod: lamplight-test-code.age', open: 'Agor y cod', chooseKey: 'Dewiswch eich allwedd dan glo: lamplight-key.age.', chooseCode: 'Dewiswch y cod: lamplight-test-code.age.',
    test: 'Eich cod prawf', unlock: 'Eich cod datgloi', type: 'Teipiwch ef wrth y ciosg.', notCode: 'Nid cod y ciosg yw hwn. Dewiswch y ffeil lamplight-test-code.age.', tooLarge: 'Mae’r ffeil hon yn rhy fawr: nid hon yw’r un gywir.', unreadable: 'Nid oedd modd darllen y ffeil hon. Plygiwch y cofbin i mewn eto a’i dewis o’r newydd.', damaged: 'Mae’r ffeil â’r cod wedi’i difrodi. Gofynnwch i’r ciosg ei hysgrifennu unwaith eto.',
  },
  keyFault: {
    PAGE_INSECURE: 'Nid yw allweddi’n gweithio yn y dudalen hon, gan na chafodd ei hagor yn ddiogel.', IDENTITY_BROKEN: 'Nid oes allwedd yn y ffeil hon, neu mae wedi’i difrodi.', LOCKED_KEY_BROKEN: 'Nid allwedd dan glo yw hon, neu mae wedi’i difrodi. Cymerwch gopi arall ohoni, neu’r daflen adfer.',
    WORDS_WRONG: 'Nid yw’r geiriau hyn yn agor yr allwedd hon.', TEST_CODE_CLOSED: 'Nid yw’r allwedd hon yn agor y cod hwn: fe’i gwnaed ar gyfer allwedd arall, neu mae wedi’i ddifrodi.', TEST_CODE_BROKEN: 'Mae hwn yn agor, ond nid cod y ciosg ydyw.',
  },
  recipientMistake: {
    EMPTY: 'Rhowch allwedd eich cydweithiwr: mae’n dechrau ag age1.', SECRET: 'Mae hyn yn edrych yn gyfrinachol. Peidiwch byth â’i ddangos i neb. Ni chadwyd dim ohono. Mae’r hyn sydd i fod yma yn dechrau ag age1.', LOCKED: 'Ffeil dan glo yw hon. Mae’r hyn sydd i fod yma yn dechrau ag age1.', OTHER_KEY: 'Allwedd o fath arall yw hon. Mae’r hyn sydd i fod yma yn dechrau ag age1 ac mae ganddo 62 nod.',
    SEVERAL: 'Mae mwy nag un allwedd ynddo. Rhowch un.', MORE_THAN_THE_KEY: 'Rhowch yr allwedd ar ei phen ei hun, yn un darn, o age1 ymlaen.', FINGERPRINT: 'Ôl bys yw hwn, at gymharu yn unig. Mae’r hyn sydd i fod yma yn dechrau ag age1.', NOT_A_KEY: 'Nid allwedd yw hon. Mae’r hyn sydd i fod yma yn dechrau ag age1.', MISSPELT: 'Mae nod o’r allwedd hon yn anghywir neu ar goll. Copïwch hi eto.',
  },
};
