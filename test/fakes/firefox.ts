/** Debian's Firefox, as tests use it: over WebDriver BiDi. */
import { existsSync } from 'node:fs';
import { launch, type Page } from 'puppeteer-core';
import { letBrowsersGiveWay } from './give-way.js';

const FIREFOX = '/usr/bin/firefox-esr';

/** Why nothing can be shown here; false where it can. */
export const skip = existsSync(FIREFOX) ? false : `needs ${FIREFOX} (Debian package firefox-esr)`;

export interface Firefox {
  readonly page: Page;
  /** Whatever folder is asked for from now on, this one is chosen. */
  choosing(folder: string): Promise<void>;
  /** What Firefox itself asked, each answered by the button that is meant. */
  questions(): Promise<readonly (readonly [question: string, button: string])[]>;
  /** Until a file of such a name was saved. @returns its path */
  saved(name: RegExp): Promise<string>;
  close(): Promise<void>;
}

/** One of Firefox's own pages, with all of its rights. */
const OWN_PAGE = 'about:profiles';

/**
 * WebDriver BiDi's input.setFiles knows no folders. So the window in which people choose one is replaced, as Firefox's own
 * tests do; whoever asks for it, and all that is done with the answer, is Firefox as it is.
 */
const CHOOSER = `
  globalThis.asked = [];
  globalThis.folder = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
  const window = () => ({
    QueryInterface: ChromeUtils.generateQI(['nsIFilePicker']),
    init() {}, appendFilters() {}, appendFilter() {}, appendRawFilter() {},
    file: folder,
    open(answer) { Services.tm.dispatchToMainThread(() => answer.done(Ci.nsIFilePicker.returnOK)); },
  });
  Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(Services.uuid.generateUUID(), '', '@mozilla.org/filepicker;1',
    { QueryInterface: ChromeUtils.generateQI(['nsIFactory']), createInstance: (kind) => window().QueryInterface(kind) });
  Services.obs.addObserver((dialog) => {
    const button = dialog.document.querySelector('dialog').getButton('accept');
    asked.push([dialog.document.querySelector('#infoBody').textContent, button.label]);
    // It may not be in use yet. Until the question is gone the page stands still, with all its timers; those of the question end with it.
    button.click();
    dialog.setInterval(() => button.click(), 50);
  }, 'common-dialog-loaded');
`;

/** @param downloads the folder into which files are saved */
export async function launchFirefox(downloads: string): Promise<Firefox> {
  const browser = await launch({
    browser: 'firefox', headless: true, executablePath: FIREFOX, downloadBehavior: { policy: 'allow', downloadPath: downloads },
    args: ['--remote-allow-system-access', OWN_PAGE],
    // A question's button is out of use for a second, so that nobody presses it unread.
    extraPrefsFirefox: { 'security.dialog_enable_delay': 0 },
  });
  letBrowsersGiveWay();
  const [own] = await browser.pages();
  if (own?.url() !== OWN_PAGE) throw new Error(`Firefox opened ${String(own?.url())} instead of ${OWN_PAGE}`);
  await own.evaluate(`(() => {${CHOOSER}})()`);
  return {
    page: await browser.newPage(),
    choosing: async (folder) => { await own.evaluate(`folder.initWithPath(${JSON.stringify(folder)})`); },
    questions: () => own.evaluate('asked') as Promise<[string, string][]>,
    saved: (name) => own.evaluate(`new Promise((done) => {
      const { Downloads } = ChromeUtils.importESModule('resource://gre/modules/Downloads.sys.mjs');
      const look = ({ succeeded, target: { path } }) => { if (succeeded && ${String(name)}.test(PathUtils.filename(path))) done(path); };
      Downloads.getList(Downloads.ALL).then((list) => list.addView({ onDownloadAdded: look, onDownloadChanged: look }));
    })`) as Promise<string>,
    close: () => browser.close(),
  };
}
