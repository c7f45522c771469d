// Runs npm ci without install scripts and does meanwhile what the two that we need would do at its end.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { explainFault, interruptedMark, lockedNode, missingLinks, NO_SCRIPTS, nodeVersion, pinnedNode } from './installed.mjs';

/** Told to the user without a stack. */
export class InstallFailure extends Error {}

/**
 * @param {string} root
 * @param {string} reason
 */
export async function install(root, reason) {
  const started = Date.now();
  say(`Installing the dependencies of Carillon with npm ci (${reason}) …`);
  if (reason === NO_SCRIPTS) {
    if (nodeVersion(root) !== lockedNode(root)) placeNode(root, await fetchNode(root));
  } else {
    writeFileSync(interruptedMark(root), '');
    placeNode(root, await bothOf(npm(root, ['ci', '--include=dev', '--include=optional', '--ignore-scripts']), fetchNode(root)));
  }
  completePostgres(root);
  rmSync(interruptedMark(root), { force: true });
  const fault = explainFault(root);
  if (fault !== undefined) throw new InstallFailure(`npm ci ended well, but ${fault}. Remove node_modules and run this again.`);
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 */
async function npm(root, args) {
  // Under `npm test` this is the npm that runs us; otherwise the one in the PATH.
  const own = process.env.npm_execpath;
  const [file, first] = own?.endsWith('.js') === true && existsSync(own) ? [process.execPath, [own]] : ['npm', []];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false', '--fetch-retry-mintimeout=1000'];
  const child = spawn(file, [...first, ...args, ...quiet], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-8000);
  });
  const status = await new Promise((resolve) => {
    child.on('error', (error) => {
      said = error.message;
      resolve(1);
    });
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  if (status !== 0) throw new InstallFailure(explainNpm(status, said.trim()));
}

const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH|FETCH_ERROR|E5\d\d)\b/;
const REJECTED = /\b(E401|E403|E407)\b|CERT|certificate/;

/**
 * @param {unknown} status
 * @param {string} said
 */
function explainNpm(status, said) {
  const indented = said === '' ? '' : `\n\nnpm said:\n${said.replace(/^/gm, '  ')}`;
  const unreachable = UNREACHABLE.exec(said);
  if (unreachable !== null) {
    return `The npm registry cannot be reached (${unreachable[1]}). Check the network, the proxy and "npm config get registry", and run this again.${indented}`;
  }
  if (REJECTED.test(said)) {
    return `The npm registry did not let npm in. Check "npm config get registry", the proxy and certificates, and run this again.${indented}`;
  }
  if (/\bEACCES|EPERM|EROFS\b/.test(said)) {
    return `npm may not write here. Run this as the user to whom the folder belongs.${indented}`;
  }
  if (/\bENOSPC\b/.test(said)) return `The disk is full; Carillon's dependencies take about 500 MB.${indented}`;
  if (/spawn npm ENOENT/.test(said)) return 'npm was not found. Install Node 20 or later with npm, and run this again.';
  return `npm ci failed (${status}). Run this again; if it fails again, remove node_modules first.${indented}`;
}

/**
 * What the second gives, when both have ended: neither npm is left writing where the other failed.
 * @template T
 * @param {Promise<void>} first
 * @param {Promise<T>} second
 * @returns {Promise<T>}
 */
async function bothOf(first, second) {
  await Promise.allSettled([first, second]);
  await first;
  return second;
}

/** @param {string} root */
const asideOf = (root) => join(root, '.build', 'node-program');

/**
 * The package `node` has no program; its install script fetches it, when npm has done everything else (10 s of 37). Its
 * platform's package has the program as a plain file: that is installed aside. Gives where the program is.
 * @param {string} root
 */
async function fetchNode(root) {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${process.platform}-${process.arch}`;
  const aside = asideOf(root);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  writeFileSync(join(aside, 'package.json'), '{"private": true}\n');
  await npm(aside, ['install', '--no-save', '--ignore-scripts', '--prefix', aside, `${name}@${lockedNode(root)}`]);
  return join(aside, 'node_modules', name, 'bin', 'node');
}

/**
 * Links the program to where the install script would have put it.
 * @param {string} root
 * @param {string} program
 */
function placeNode(root, program) {
  place(program, pinnedNode(root));
  const bin = join(root, 'node_modules', '.bin', 'node');
  mkdirSync(dirname(bin), { recursive: true });
  if (!existsSync(bin)) {
    rmSync(bin, { force: true });
    symlinkSync(join('..', 'node', 'bin', 'node'), bin);
  }
  rmSync(asideOf(root), { recursive: true, force: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
function place(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** @param {string} root */
function completePostgres(root) {
  for (const { link, target } of missingLinks(root)) {
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), target), link);
  }
}
