import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { Collecting } from '#core/usage/collecting.ts';
import { formatsAmong } from '#operations/usage/formats/own-formats.ts';
import { parseSource } from '#operations/usage/source.ts';
import { loadFormats, loadSources } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';

export interface CollectedSource {
  readonly id: string;
  readonly collecting: Collecting;
}

/** Sources with `collect:` as known now. Throws RefusedError for a name that is none of them. */
export async function collectingSources(database: Database, wanted: readonly string[]): Promise<readonly CollectedSource[]> {
  const [declared, formats] = await Promise.all([loadSources(database), loadFormats(database)]);
  const known = formatsAmong(formats);
  const sources = declared.flatMap((source) => {
    const { id, collecting } = valueOrThrow(parseSource(source, { field: `sources ${source.id}` }, known));
    return collecting === undefined ? [] : [{ id, collecting }];
  });
  for (const name of wanted)
    if (!sources.some(({ id }) => id === name))
      throw new RefusedError(
        refuse(
          'collect.nothing-to-collect',
          `source ${name} has no collect: in its declaration; these have: ${sources.map(({ id }) => id).join(', ') || 'none'}`,
        ),
      );
  return wanted.length === 0 ? sources : sources.filter(({ id }) => wanted.includes(id));
}
