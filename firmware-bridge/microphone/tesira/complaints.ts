/** What a Tesira's refusals mean for whoever set it up (wordings as Biamp prints them in "TTP responses"). */

const COMPLAINTS: readonly { readonly says: RegExp; readonly means: (found: RegExpMatchArray) => string }[] = [
  { says: /address not found/, means: () => 'there is no block of that name; check the tag in the settings, capitals and spaces included' },
  { says: /verb was not one of the commands/, means: () => 'it does not know the verb; its firmware may be too old' },
  { says: /'([^']*)' is not supported by (\w+)::Attributes/, means: ([, attribute = '', kind = '']) => `a block of the kind ${kind} has no ${attribute}; name another block in the settings` },
  { says: /not enough parameters/, means: () => 'the block has channels; give its channel in the settings' },
  { says: /could not parse value|too many parameters/, means: () => 'the block has no channels, or takes another kind of value; leave the channel out of the settings' },
  { says: /Index out of range:?\s*\S* min:(\S+) max:(\S+) received:(\S+)/, means: ([, least = '', most = '', got = '']) => `the block has channels ${least} to ${most}, and not ${got}; correct the channel in the settings` },
  { says: /Value out of range: attr:(\S+) min:(\S+) max:(\S+) val:(\S+)/, means: ([, attribute = '', least = '', most = '', got = '']) => `its ${attribute} goes from ${least} to ${most}, and ${got} is outside` },
  { says: /ALREADY_SUBSCRIBED/, means: () => 'it tells its news already' },
  { says: /WRONG_STATE/, means: () => 'it is not in a state to do that now; see whether its audio is started' },
  { says: /CANNOT_DELIVER/, means: () => 'the server cannot reach the device that holds the block; check the network between them' },
  { says: /GENERAL_FAILURE/, means: () => 'it gives no reason; see the fault list in Tesira software' },
];

/** Takes a whole line that begins with a minus sign, and tells in plain words what to do. */
export function meaningOf(complaint: string): string {
  for (const { says, means } of COMPLAINTS) {
    const found = complaint.match(says);
    if (found !== null) return means(found);
  }
  return 'check tag and channel in the settings';
}

/** Said to a second subscription under the same name: the first one outlived our line. */
export const isSubscribedAlready = (complaint: string): boolean => complaint.includes('ALREADY_SUBSCRIBED');
