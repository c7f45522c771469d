/** The source under which use of roamers is booked: it must be there before anything is taken that could not be booked. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { loadSources } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { findSource } from '../usage/configuration.ts';

/**
 * Of the setting `nchf.roamingSource`; empty: nothing is booked so. One that is removed while charging is served keeps what was told waiting
 * (`keepRoaming`). Throws RefusedError: `usage.source-unknown`, `usage.source-invalid`.
 */
export async function checkRoamingSource(database: Database, source: string): Promise<void> {
  if (source === '') return;
  const sources = await loadSources(database);
  if (sources.some(({ id }) => id === source)) await findSource(database, source);
  else {
    const known = sources.map(({ id }) => id).join(', ') || 'none';
    const at = { field: 'nchf.roamingSource', value: source };
    throw new RefusedError(refuse('usage.source-unknown', `there is no such source; configured: ${known}`, at));
  }
}
