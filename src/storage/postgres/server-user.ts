/**
 * As whom PostgreSQL runs. It refuses to run as root, so root's server runs as the system user `postgres`,
 * which is made when it is missing. That user must be able to reach the programs and the data folder: below
 * a folder closed to others (/root, or one made by mktemp) it is given the capability to pass through.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Binaries } from './binaries.ts';
import type { Places } from './places.ts';

export interface ServerUser {
  /** To whom the cluster's files belong. Undefined: as whom we run ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** Put before the program and its arguments; it changes the user itself then. */
  readonly through: readonly string[];
}

const NAME = 'postgres';
/**
 * A statement of some hundred kilobytes takes its memory from the C library, which by itself gives it back to the system at the statement's end, to be given anew, page by page
 * and each full of zeros, for the next: a tenth of what a commit of charging cost. Up to so much each server process keeps. In octets; glibc reads these, others pass them over.
 */
const MALLOC = { MALLOC_MMAP_THRESHOLD_: '8388608', MALLOC_TRIM_THRESHOLD_: '16777216', MALLOC_TOP_PAD_: '1048576' };

export function serverUser(places: Places, binaries: Binaries): ServerUser {
  if (process.getuid?.() !== 0) return { owner: undefined, through: [] };
  const owner = ownerOfCluster(places) ?? systemUser() ?? makeSystemUser();
  const plain: ServerUser = { owner, through: [] };
  if (reaches(plain, places, binaries)) return plain;
  const passing: ServerUser = { owner, through: passingThrough(owner) };
  if (reaches(passing, places, binaries)) return passing;
  throw new RefusedError(
    refuse(
      'cluster.no-user',
      `PostgreSQL would run as user ${owner.uid}, who may not enter ${places.dataFolder} or ${binaries.postgres}; install and keep data below folders that others may enter (chmod o+x), or run as an ordinary user`,
    ),
  );
}

export interface Command {
  readonly file: string;
  readonly args: string[];
  /** For spawn. */
  readonly as: { readonly uid?: number; readonly gid?: number; readonly cwd: string; readonly env: NodeJS.ProcessEnv };
}

/** What to spawn to run a program as that user, with nothing of our environment that could change what it does. */
export function commandAs(user: ServerUser, program: string, args: readonly string[]): Command {
  const [file = program, ...rest] = [...user.through, program, ...args];
  const ids = user.through.length > 0 ? {} : user.owner;
  return { file, args: rest, as: { ...ids, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...MALLOC } } };
}

function ownerOfCluster(places: Places): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(places.cluster, { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  return uid === 0 ? undefined : { uid, gid };
}

function systemUser(): { uid: number; gid: number } | undefined {
  const uid = Number.parseInt(run('id', ['-u', NAME]).stdout, 10);
  const gid = Number.parseInt(run('id', ['-g', NAME]).stdout, 10);
  return Number.isNaN(uid) || Number.isNaN(gid) ? undefined : { uid, gid };
}

function makeSystemUser(): { uid: number; gid: number } {
  run('groupadd', ['--system', NAME]);
  const made = run('useradd', ['--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
  const ids = systemUser();
  if (ids !== undefined) return ids;
  const reason = made.error?.message ?? made.stderr.trim();
  throw new RefusedError(refuse('cluster.no-user', `the system user ${NAME} is missing and could not be made: ${reason}`));
}

/**
 * Of all that root may do the server keeps one thing: to pass folders that are closed to others. The secure bit is
 * for access(2), which otherwise asks as if the capability were not there.
 */
function passingThrough({ uid, gid }: { readonly uid: number; readonly gid: number }): readonly string[] {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  return ['setpriv', ...user, '--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'];
}

/** Whether the user can enter the data folder and run the programs, which look for each other and their files. */
function reaches(user: ServerUser, places: Places, binaries: Binaries): boolean {
  const script = 'cd "$1" && exec "$2" --show --pgdata="$1"';
  const probe = commandAs(user, '/bin/sh', ['-c', script, 'sh', places.dataFolder, binaries.initdb]);
  const result = spawnSync(probe.file, probe.args, { ...probe.as, stdio: 'ignore' });
  return result.status === 0;
}

function run(file: string, args: readonly string[]): { stdout: string; stderr: string; error?: Error } {
  return spawnSync(file, args, { encoding: 'utf8', cwd: '/' });
}
