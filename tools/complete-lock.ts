/**
 * node tools/complete-lock.ts: puts into package-lock.json the packages for other platforms that npm left out.
 *
 * npm drops an optional package from the lock when the registry it asked does not carry it, as mirrors do that hold
 * one platform only; then `npm ci` refuses the lock everywhere. What is added here has no checksum. Run it after
 * every `npm install`; a test looks whether the lock is complete.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

export type LockPackages = Readonly<Record<string, LockEntry>>;

/** Optional packages that a package of the lock names and that the lock does not have, by their place. */
export function missingOptionals(packages: LockPackages): Readonly<Record<string, LockEntry>> {
  const missing: Record<string, LockEntry> = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (packages[`${place}/node_modules/${name}`] !== undefined || packages[`node_modules/${name}`] !== undefined) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev === true ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'windows'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** From the words of a name such as cli-linux-arm64-musl, which is how such packages are called. */
function platformOf(name: string): { cpu: string[]; os: string[]; libc?: string[] } {
  const words = name.split(/[-/]/);
  const system = SYSTEMS.find((each) => words.includes(each));
  const processor = PROCESSORS.find((each) => words.includes(each));
  if (system === undefined || processor === undefined) throw new Error(`the platform of ${name} cannot be told from its name`);
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return { cpu: [processor], ...(libc === undefined ? {} : { libc: [libc] }), os: [system === 'windows' ? 'win32' : system] };
}

function completeLock(file: URL): void {
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(readFileSync(file, 'utf8'));
  const added = missingOptionals(lock.packages);
  const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  for (const place of Object.keys(added)) process.stdout.write(`added ${place}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) completeLock(new URL('../package-lock.json', import.meta.url));
