/** Whether a purpose can be read on the signs of a house, before anyone chooses it. */
import { MODES, type Audience } from '../../session/ports.js';
import { sentencesOf, type Place } from './faces.js';
import { refuseWhatDoesNotFit } from './layout.js';
import { sizesOf, type Panel } from './panels.js';
import { TextDoesNotFit } from './text-does-not-fit.js';
import { TYPEFACE } from './typeface.js';

const AUDIENCES: readonly Audience[] = ['only-me', 'colleagues-i-choose'];

/** Why these words cannot be shown on one of these panels, in a sentence for their author; null where they can, whatever mode and audience are chosen. */
export function whyNotOnSign(purposeWords: string, panels: readonly Panel[], place: Place): string | null {
  try {
    for (const panel of panels) {
      for (const mode of MODES) {
        for (const audience of AUDIENCES) {
          refuseWhatDoesNotFit(sentencesOf({ kind: 'recording', purpose: purposeWords, mode, audience }, place, sizesOf(panel).stateOnly), panel, TYPEFACE);
        }
      }
    }
    return null;
  } catch (error) {
    if (error instanceof TextDoesNotFit) return error.message;
    throw error;
  }
}
