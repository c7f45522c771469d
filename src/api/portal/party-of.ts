/** Whose portal it is. */
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Principal } from '../operation.ts';

/** Throws RefusedError (`api.permission-missing`): the house has no portal. */
export function partyOf({ view }: Principal): string {
  if (view === undefined) throw new RefusedError(refuse('api.permission-missing', 'this is for who is of a partner'));
  return view.party;
}
