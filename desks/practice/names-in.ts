/** Whether a text names somebody of the staff (P6.3: reasons carry no names). Pure. */

/** Shorter surnames are ordinary words too often (Day, Li, May). */
const SHORTEST_SURNAME = 4;
/** Staff lists hold posts as well as people, and every reason speaks of these. */
const POSTS: ReadonlySet<string> = new Set(['teacher', 'teaching', 'assistant', 'head', 'deputy', 'staff', 'supply', 'cover', 'school', 'visitor']);

/** Without case and accents. */
const wordsOf = (text: string): string[] => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const isPerson = (words: readonly string[]): boolean => words.some((word) => !POSTS.has(word) && !/^\p{N}+$/u.test(word));

/** `Ann Smith-Jones` and `Smith-Jones, Ann`. */
const surnameOf = (name: string): string => (name.includes(',') ? name.split(',')[0] : name.trim().split(/\s+/u).at(-1)) ?? '';

/** @param staff names as on the list. @returns whether a text holds a whole name, or a surname. */
export function namesIn(staff: readonly string[]): (text: string) => boolean {
  const whole = staff.map(wordsOf).filter((words) => words.length > 1 && isPerson(words)).map((words) => ` ${words.join(' ')} `);
  const surnames = new Set(staff.flatMap((name) => wordsOf(surnameOf(name))).filter((word) => word.length >= SHORTEST_SURNAME && isPerson([word])));
  return (text) => {
    const words = wordsOf(text);
    const line = ` ${words.join(' ')} `;
    return words.some((word) => surnames.has(word)) || whole.some((name) => line.includes(name));
  };
}
