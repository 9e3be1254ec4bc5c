/**
 * The languages of the kiosk's screen: sentences stand in English in
 * kiosk/screen, inside `msg()`, and in the server's tables; translations in
 * kiosk/screen/language/xliff. Used by the build, by `npm run check`, and as
 * `npm run languages`, which brings the files of the translators up to date and
 * says what is missing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const screen = join(dirname(dirname(fileURLToPath(import.meta.url))), 'kiosk/screen');
const generated = join(screen, 'language/generated');

async function localizer() {
  const { RuntimeLitLocalizer } = await import('@lit/localize-tools/lib/modes/runtime.js');
  const config = JSON.parse(readFileSync(join(screen, 'lit-localize.json'), 'utf8'));
  return new RuntimeLitLocalizer({ ...config, baseDir: screen, resolve: (path) => join(screen, path) });
}

/** What the server can say, as if the screen said it: so that it is collected like everything else. Needs the service's build. */
async function collectHouseWords() {
  const { houseWords } = await import('../dist/tools/house-words.js');
  mkdirSync(generated, { recursive: true });
  const lines = houseWords().map((words) => `  msg(${JSON.stringify(words)}),`);
  writeFileSync(join(generated, 'house-words.ts'), `import { msg } from '@lit/localize';\n\nexport const houseWords = () => [\n${lines.join('\n')}\n];\n`);
}

/** Makes the modules that the screen loads a language from. Throws where a translation has other gaps than its sentence. */
export async function buildLanguages() {
  await collectHouseWords();
  const languages = await localizer();
  languages.assertTranslationsAreValid();
  await languages.build();
}

/** What nobody has translated yet: [language, sentence]. */
export async function missingTranslations() {
  await collectHouseWords();
  const languages = await localizer();
  const { messages, errors } = languages.extractSourceMessages();
  if (errors.length > 0) throw new Error(errors.map(({ messageText }) => JSON.stringify(messageText)).join('\n'));
  const { translations } = languages.readTranslationsSync();
  return languages.config.targetLocales.flatMap((language) => {
    const there = new Set((translations.get(language) ?? []).map(({ name }) => name));
    return messages.filter(({ name }) => !there.has(name)).map(({ contents }) => [language, contents.map((part) => (typeof part === 'string' ? part : part.untranslatable)).join('')]);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await collectHouseWords();
  await (await localizer()).writeInterchangeFiles();
  const missing = await missingTranslations();
  for (const [language, sentence] of missing) console.log(`${language}: ${sentence}`);
  console.log(missing.length === 0 ? 'languages: complete' : `languages: ${missing.length} translations are missing (kiosk/screen/language/xliff)`);
}
