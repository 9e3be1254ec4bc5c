/**
 * Changes the language of the screen. Sentences stand in English where they
 * are said, inside `msg()`; their translations come from xliff/ and are loaded
 * when somebody asks for them.
 */
import { configureLocalization } from '@lit/localize';
import type { Language } from '../../protocol/common.js';
import { becomes, currentLanguage, directionOf } from './language.js';

const LOADERS = {
  cy: () => import('./generated/cy.js'),
  pl: () => import('./generated/pl.js'),
  ur: () => import('./generated/ur.js'),
} as const satisfies Record<Exclude<Language, 'en'>, () => Promise<unknown>>;

const { setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: Object.keys(LOADERS),
  loadLocale: (locale) => LOADERS[locale as keyof typeof LOADERS](),
});

/** Shows everything in this language from now on; as it was where its words cannot be loaded. */
export async function useLanguage(language: Language): Promise<void> {
  if (language === currentLanguage()) return;
  const before = currentLanguage();
  // Elements are drawn anew as soon as the words are there: by then everything else has to be of that language too.
  const become = (now: Language): void => {
    becomes(now);
    document.documentElement.lang = now;
    document.documentElement.dir = directionOf(now);
  };
  const loaded = language === 'en' || await LOADERS[language]().then(() => true, () => false);
  if (!loaded) return;
  become(language);
  await setLocale(language).catch(() => become(before));
}
