import { RefusedError, refuse } from '#core/refusals.ts';

/** What the system says when a file cannot be used, in words, and what helps. */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk; make room',
  EDQUOT: 'the quota of this user is used up; make room or raise it',
  EROFS: 'the file system can only be read; write elsewhere, or mount it for writing',
  EACCES: 'this user has no right to it; run as its owner, or change its permissions',
  EPERM: 'this user has no right to it; run as its owner, or change its permissions',
  EIO: 'the disk reports an error; look at the log of the machine',
  EMFILE: 'this process may open no more files; raise ulimit -n',
  ENFILE: 'the machine has too many files open',
  ENAMETOOLONG: 'the path is too long; choose a shorter one',
  ENOTDIR: 'a part of the path is a file and no folder',
  EISDIR: 'it is a folder and no file',
  ELOOP: 'links lead back to themselves',
  ENOENT: 'there is no such file or folder; correct the path',
};

/** A socket or program that is not there is no file that somebody named wrong. */
const OF_FILES: ReadonlySet<string> = new Set(['open', 'stat', 'lstat', 'scandir', 'access']);

/** An error of the file system as a refusal that says what to do; anything else as it is. */
export function nameFileFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RefusedError || !('code' in error) || !('syscall' in error)) return error;
  const words = WORDS[String(error.code)];
  if (words === undefined || (error.code === 'ENOENT' && !OF_FILES.has(String(error.syscall)))) return error;
  const file = 'path' in error && typeof error.path === 'string' ? { file: error.path } : undefined;
  return new RefusedError(refuse('file.not-usable', `${words} (${error.message})`, file));
}
