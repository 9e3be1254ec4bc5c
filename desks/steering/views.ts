/** The room's views, as everybody may choose among them: the standard one of the settings first, then those that were saved. */
import type { SavedView, StoredState } from '../../config/state.js';

export const STANDARD_VIEW = 'standard';
export const STANDARD_NAME = 'Whole room';

export const viewsOf = ({ views = [], standardCovers = [] }: Pick<StoredState, 'views' | 'standardCovers'>): Pick<SavedView, 'id' | 'name' | 'covers'>[] =>
  [{ id: STANDARD_VIEW, name: STANDARD_NAME, covers: standardCovers }, ...views.map(({ id, name, covers }) => ({ id, name, covers }))];
