/**
 * The directory of the embedded cluster. It is made under another name and renamed when it is complete, so a
 * directory called `postgres` was once whole, and one called `postgres.making` never held data.
 */
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isFull } from '../data-folder.ts';
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts';
import type { Places } from './places.ts';
import { type Command, commandAs, type ServerUser } from './server-user.ts';

export const DATABASE_NAME = 'carillon';
export const DATABASE_USER = 'carillon';

/** Written when the cluster is complete. */
const MARK = 'carillon-cluster.json';

/** Files that initdb writes first and last; a cluster without one of them cannot be opened. */
const INDISPENSABLE = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];

export type ClusterState = 'none' | 'whole' | 'half-made';

/**
 * What is in the data folder. `half-made` was left by an initdb that was killed: it never held data.
 * Throws RefusedError for a cluster of another version and for one that lost files.
 */
export function inspectCluster(places: Places): ClusterState {
  if (existsSync(places.cluster)) {
    if (!heldData(places.cluster)) return 'half-made';
    const missing = INDISPENSABLE.filter((name) => !existsSync(join(places.cluster, name)));
    if (missing.length > 0) {
      throw new RefusedError(refuse('cluster.damaged', `${missing.join(', ')} missing in ${places.cluster}`));
    }
    const version = readFileSync(join(places.cluster, 'PG_VERSION'), 'utf8').trim();
    if (version !== POSTGRES_MAJOR) {
      throw new RefusedError(
        refuse('cluster.other-version', `${places.cluster} was made by PostgreSQL ${version}, and this is ${POSTGRES_MAJOR}`),
      );
    }
    return 'whole';
  }
  return existsSync(places.making) ? 'half-made' : 'none';
}

/**
 * A cluster of ours has the mark that it was whole. One without it, left by an initdb in place, held data when it
 * has objects of users: their numbers begin at 16384. In doubt it did.
 */
function heldData(cluster: string): boolean {
  if (existsSync(join(cluster, MARK))) return true;
  const base = join(cluster, 'base');
  const ofUsers = (name: string): boolean => Number.parseInt(name, 10) >= 16_384;
  if (!existsSync(base)) return existsSync(join(cluster, 'global', 'pg_control'));
  return readdirSync(base).some((name) => ofUsers(name) || readdirSync(join(base, name)).some(ofUsers));
}

/**
 * Makes the cluster with one empty database. What a killed attempt left is removed first: call it only when
 * inspectCluster said `none` or `half-made`.
 */
export async function makeCluster(
  places: Places,
  binaries: Binaries,
  user: ServerUser,
  durable: boolean,
  signal: AbortSignal,
): Promise<void> {
  const runProgram = (program: string, args: readonly string[], input?: string): Promise<void> =>
    run(commandAs(user, program, args), places, signal, input);
  rmSync(places.making, { recursive: true, force: true });
  rmSync(places.cluster, { recursive: true, force: true });
  mkdirSync(places.making, { mode: 0o700 });
  if (user.owner !== undefined) chownSync(places.making, user.owner.uid, user.owner.gid);
  await runProgram(binaries.initdb, [
    `--pgdata=${places.making}`,
    `--username=${DATABASE_USER}`,
    // The directory is closed to other users, and so is the socket in it.
    '--auth=trust',
    '--encoding=UTF8',
    // Sorting that is the same on every machine, whatever its locales.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync', '--no-data-checksums']),
  ]);
  await runProgram(binaries.postgres, ['--single', '-D', places.making, 'postgres'], `create database ${DATABASE_NAME}\n`);
  writeFileSync(join(places.making, MARK), `${JSON.stringify({ postgres: POSTGRES_MAJOR, madeAt: new Date().toISOString() })}\n`);
  renameSync(places.making, places.cluster);
}

async function run(command: Command, places: Places, signal: AbortSignal, input = ''): Promise<void> {
  const child = spawn(command.file, command.args, { ...command.as, signal });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const status = await new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, end) => resolve(code ?? end ?? 'unknown'));
  });
  if (status === 0) return;
  if (/No space left on device|Disk quota exceeded/.test(output) || isFull(places.dataFolder)) {
    throw new RefusedError(
      refuse(
        'data-folder.full',
        `the database cannot be made in ${places.dataFolder}: no space is left. Make room, then repeat the command`,
      ),
    );
  }
  throw new RefusedError(refuse('cluster.did-not-start', `${command.file} ended with ${status}: ${output.trim()}`));
}
