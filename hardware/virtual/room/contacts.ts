/** The contacts of several signs in one line: capture devices are connected only while every one is closed. */

type Contact = 'open' | 'closed';

/** @param tell called when the line as a whole opens or closes; it is open at first. */
export function contactsInSeries(count: number, tell: (line: Contact) => void): { move(index: number, to: Contact): void } {
  const closed = new Set<number>();
  let line: Contact = 'open';
  return {
    move(index, to) {
      if (to === 'closed') closed.add(index);
      else closed.delete(index);
      const now: Contact = closed.size === count ? 'closed' : 'open';
      if (now !== line) tell((line = now));
    },
  };
}
