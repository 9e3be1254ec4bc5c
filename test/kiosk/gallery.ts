/**
 * Every control by itself, in each of its states: as data, and the page that
 * shows them. tools/gallery.ts serves it; scenes.cases.ts opens it. A new control
 * belongs in here: the test holds this against the elements that there are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { LANGUAGES, sceneFiles } from './scene-stage.js';
import { STEERING, TROUBLE } from './scripted-house.js';

interface Shown {
  readonly state: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** What it is handed to do, of DOINGS below. */
  readonly does?: string;
  /** A button that is pressed then, by the beginning of its English name. */
  readonly press?: readonly string[];
  /** Of the box it stands in, in px; as high as it wants to be where there is none. */
  readonly height?: number;
}

const inMs = (ms: number): { readonly inMs: number } => ({ inMs: ms });
const OTHER = { code: 'CAMERA_LOST', sentence: 'The camera does not answer, so it cannot be turned.', remedy: 'A recording goes on with the view as it is. Check the camera’s control cable.' };
const COVERED = [{ left: 0, top: 0, width: 0.25, height: 1 / 3 }];
const PIN_ENTRY = { heading: 'A. Ahmed: enter your PIN', hint: 'Six digits or more.' };
const TEXT = { label: 'What speaks against it?', rows: 3, limits: { least: 3, most: 600 } };

export const CONTROLS: Readonly<Record<string, readonly Shown[]>> = {
  'lamp-stop': [{ state: 'usual' }, { state: 'giant', with: { size: 'giant' } }, { state: 'other words', with: { words: 'Stop – do not record' } }, { state: 'tapped', press: ['Stop'] }],
  'lamp-time': [{ state: 'counting up', with: { from: inMs(-754_000) } }, { state: 'counting down', with: { until: inMs(3_600_000) } }, { state: 'seconds', with: { until: inMs(9000), seconds: true } }],
  'lamp-meter': [{ state: 'nothing', with: { heard: null } }, { state: 'too quiet', with: { heard: { peakDb: -52, at: 1e12 } } }, { state: 'good', with: { heard: { peakDb: -20, at: 1e12 } } }, { state: 'too loud', with: { heard: { peakDb: -1, at: 1e12 } } }],
  'lamp-languages': [{ state: 'usual' }, { state: 'compact', with: { compact: true } }],
  'lamp-larger': [{ state: 'usual' }],
  'lamp-room-links': [{ state: 'set up', with: { setUp: true } }, { state: 'not set up', with: { setUp: false } }],
  'lamp-troubles': [{ state: 'none', with: { items: [] } }, { state: 'one', with: { items: [TROUBLE] } }, { state: 'two', with: { items: [TROUBLE, OTHER] } }],
  'lamp-idle': [{ state: 'not yet', with: { endsAt: inMs(600_000) } }, { state: 'in the last half minute', with: { endsAt: inMs(29_000) } }, { state: 'in the last half minute of the picture', with: { endsAt: inMs(600_000), lookEndsAt: inMs(29_000) } }],
  'lamp-preview': [{ state: 'without a camera', does: 'noCamera', height: 360 }, { state: 'with a picture', does: 'camera', height: 360 }],
  'lamp-covers': [{ state: 'shown', with: { covers: COVERED }, height: 240 }, { state: 'being changed', with: { covers: COVERED, editing: true }, height: 240 }],
  'lamp-pad': [{ state: 'usual', does: 'hand', height: 320 }, { state: 'held back', with: { disabled: true }, does: 'hand', height: 320 }],
  'lamp-views': [{ state: 'usual', with: { steering: STEERING } }, { state: 'more than fit', with: { steering: { ...STEERING, views: [...STEERING.views, { id: 'w1', name: 'Window side', covers: [] }, { id: 'w2', name: 'Group table', covers: [] }] } } }],
  'lamp-view-names': [{ state: 'naming', with: { steering: STEERING }, height: 360 }, { state: 'removing', with: { steering: STEERING, removing: true }, height: 360 }, { state: 'none to remove', with: { steering: { ...STEERING, views: STEERING.views.slice(0, 1) }, removing: true }, height: 200 }],
  'lamp-clap-test': [{ state: 'listening', does: 'clapNever', height: 320 }, { state: 'refused', does: 'clapRefused', height: 320 }, { state: 'choosing', does: 'clapHeard', height: 420 }, { state: 'settled', does: 'clapHeard', press: ['The hands meet here'], height: 320 }],
  'lamp-owner': [{ state: 'choosing', does: 'owner' }, { state: 'sound only', with: { hasPicture: false }, does: 'owner' }, { state: 'PIN', does: 'owner', press: ['10 minutes longer'] }, { state: 'views', does: 'owner', press: ['Turn the camera'] }],
  'lamp-keyboard': [
    ...LANGUAGES.map((language) => ({ state: language, with: { language, languages: LANGUAGES }, height: 460 })),
    { state: 'a capital is wanted', with: { capital: true }, height: 460 }, { state: 'several lines', with: { lines: true, languages: LANGUAGES }, height: 460 }, { state: 'signs', with: { signs: true }, height: 460 },
  ],
  'lamp-text': [{ state: 'empty', with: TEXT }, { state: 'written', with: { ...TEXT, value: 'Too much to look at.' } }, { state: 'as typed', with: { ...TEXT, limits: null, asTyped: true, value: 'zebra tightly' } }],
  'lamp-words-pad': [{ state: 'nothing yet', with: { text: '', hint: 'Two or three letters bring up the word.' } }, { state: 'several words begin so', with: { text: 's', hint: '' } }, { state: 'one of them', with: { text: 'zeb', hint: '' } }],
  'lamp-pin-entry': [{ state: 'usual', with: PIN_ENTRY, height: 640 }, { state: 'twice', with: { ...PIN_ENTRY, twice: true }, height: 640 }, { state: 'wrong', with: { ...PIN_ENTRY, trouble: { code: 'WRONG_PIN', sentence: 'That PIN is not right.', remedy: 'Try again.' } }, height: 640 }, { state: 'checking', with: { ...PIN_ENTRY, busy: true }, height: 640 }],
  'lamp-code-entry': [{ state: 'usual', with: { heading: 'Type the letters', hint: 'Groups of four.' }, height: 640 }, { state: 'wrong', with: { heading: 'Type the letters', hint: 'Groups of four.', trouble: TROUBLE }, height: 640 }],
  'lamp-line-entry': [{ state: 'a line', with: { heading: 'Paste your key', hint: 'One line.' }, height: 480 }, { state: 'words', with: { heading: 'Type your six words', hint: 'In their order.', words: true }, height: 760 }],
  'lamp-paged': [{ state: 'one page', with: { pieces: [{ role: 'heading-1', change: 'same', number: null, runs: [{ style: 'plain', text: 'Respect', change: 'same' }] }, { role: 'paragraph', change: 'same', number: null, runs: [{ style: 'plain', text: 'We are kind.', change: 'same' }] }] }, height: 320 }],
  'lamp-write': [{ state: 'usual', with: { why: 'What speaks against it?', limits: { least: 3, most: 600 } }, height: 520 }, { state: 'an answer', with: { why: 'Your answer', quote: 'Who looks after it in the holidays?', limits: { least: 3, most: 60 }, value: 'The practice lead does.' }, height: 520 }],
};

/** Which stand for themselves only as a whole screen, and where they are looked at. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'lamp-writing': 'a sheet over everything (writing.cases.ts)', 'lamp-dark': 'black over everything (five-keys.cases.ts)',
  'lamp-key-step': 'steps of enrolling (scenes.ts)', 'lamp-make-key': 'steps of enrolling (scenes.ts)', 'lamp-bring-key': 'steps of changing the key (pages-account.test.ts)', 'lamp-proof': 'steps of proving the key (scenes.ts)',
  'lamp-choose-recordings': 'a step of collecting (scenes.ts)', 'lamp-copied': 'the end of collecting (pages-room.test.ts)', 'lamp-download': 'a step of collecting (pages-room.test.ts)',
};

/** Controls that there are and this does not know. */
export function unknownControls(): string[] {
  const folders = ['controls', 'keyboard', 'five-keys', 'pages', 'pages/parts'].map((folder) => `kiosk/screen/${folder}`);
  const defined = folders.flatMap((folder) => readdirSync(folder).filter((file) => file.endsWith('.ts')).flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/customElements\.define\('(lamp-[\w-]+)'/g)].map(([, name]) => name ?? '')));
  return defined.filter((name) => CONTROLS[name] === undefined && ELSEWHERE[name] === undefined);
}

const SHOW = `
  import './controls/owner.ts'; import './keyboard/keyboard.ts';
  const failing = async () => { throw new RefusedError({ code: 'NO_CLAP', sentence: 'No clap was heard.', remedy: 'Clap louder, nearer to the microphone.' }, 409); };
  const pictures = [967, 1000, 1033].map((atMs) => ({ atMs, jpeg: btoa(String.fromCharCode(...room)) }));
  const DOINGS = {
    noCamera: () => ({ connect: () => new Promise(() => undefined) }), camera: () => ({ connect: doings().connect }), hand: () => ({ hand: doings().hand }),
    clapNever: () => ({ test: { listen: never, settle: never } }), clapRefused: () => ({ test: { listen: failing, settle: never } }), clapHeard: () => ({ test: { listen: async () => ({ soundAtMs: 1040, pictures }), settle: async () => -40 } }),
    owner: () => ({ acts: { ...doings().acts, views: async () => ({ views: steering.views.map(({ id, name }) => ({ id, name })), locked: false }) } }),
  };
  const controls = ${JSON.stringify(CONTROLS)};
  const inside = (el) => el.shadowRoot === null ? [] : all(el.shadowRoot);
  const figureOf = (name, { state, with: handed, does, height }) => {
    const figure = document.createElement('figure');
    const box = document.createElement('div');
    box.className = 'box';
    if (height) box.style.height = height + 'px';
    // As a template makes it: one that gives itself attributes cannot be made by createElement.
    box.innerHTML = '<' + name + '></' + name + '>';
    const el = box.firstElementChild;
    customElements.upgrade(el);
    Object.assign(el, revived(handed ?? {}), does ? DOINGS[does]() : {});
    figure.append(Object.assign(document.createElement('figcaption'), { textContent: state }), box);
    return { figure, el };
  };
  window.gallery = (async () => {
    await document.fonts.ready;
    const main = document.querySelector('main');
    const wanted = new URLSearchParams(location.search);
    for (const [name, states] of Object.entries(controls)) {
      const section = document.createElement('section');
      section.append(Object.assign(document.createElement('h2'), { textContent: name }));
      main.append(section);
      for (const one of states) {
        const { figure, el } = figureOf(name, one);
        section.append(figure);
        for (const press of one.press ?? []) {
          const button = await found(press, () => inside(el).find((found) => found.matches('button') && (nameOf(found).startsWith(press) || found.textContent.trim().startsWith(press))));
          button.click();
          button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, pointerId: 1 }));
          button.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true, pointerId: 1 }));
          await drawn();
        }
      }
    }
    const language = wanted.get('language') ?? 'en';
    await speak(language);
    return Object.keys(controls).filter((name) => !customElements.get(name));
  })();`;

const STYLE = `html, body { height: auto; } body { overflow: auto; touch-action: auto; user-select: auto; padding: 2rem; } .frame { display: none; } nav a { margin-inline-end: 1rem; color: var(--accent); }
section { margin-block: 2rem; } figure { margin: 0.5rem 0 1.5rem; max-width: 1216px; } figcaption { color: var(--soft); margin-block-end: 0.4rem; } .box { position: relative; font-size: var(--text); display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }`;

const html = (dark: boolean): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>The kiosk’s controls</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/kiosk${dark ? '-dark' : ''}.css"><link rel="stylesheet" href="/gallery.css"><script type="module" src="/kiosk.js"></script></head>
<body><div class="frame"><div></div><div class="screen"></div><div></div></div><main><h1>The kiosk’s controls</h1><nav>${['light', 'dark'].flatMap((scheme) => LANGUAGES.map((language) => `<a href="/${scheme}?language=${language}">${language}, ${scheme}</a>`)).join('')}</nav></main></body></html>`;

/** What is served, by its path: `/light` and `/dark`, each with `?language=`. */
export async function galleryFiles(): ReturnType<typeof sceneFiles> {
  const files = await sceneFiles(SHOW);
  const css = files.get('/kiosk.css')?.body.toString() ?? '';
  const [page, style] = ['text/html', 'text/css'];
  return new Map([
    ...files,
    ['/', { body: html(false), contentType: page }], ['/light', { body: html(false), contentType: page }], ['/dark', { body: html(true), contentType: page }],
    ['/kiosk.css', { body: css.replaceAll('(prefers-color-scheme: dark)', 'not all'), contentType: style }], ['/kiosk-dark.css', { body: css.replaceAll('(prefers-color-scheme: dark)', 'all'), contentType: style }],
    ['/gallery.css', { body: STYLE, contentType: style }],
  ]);
}
