// node tools/bootstrap.mjs demo|test|generate [arguments]: makes a fresh clone ready and runs the task under the
// Node that package.json pins. Runs under Node 20 and later, before anything is installed: no dependencies.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InstallFailure, install } from './bootstrap/install.mjs';
import { explainFault, pinnedNode } from './bootstrap/installed.mjs';
import { withInstallLock } from './bootstrap/lock.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/** @type {Readonly<Record<string, string>>} */
const tasks = { demo: 'demo/main.ts', test: 'tools/test.ts', generate: 'tools/generate.ts' };

const OLDEST_NODE = 20;

async function main() {
  const [task, ...args] = process.argv.slice(2);
  const program = tasks[task ?? ''];
  if (program === undefined) fail(`usage: node tools/bootstrap.mjs ${Object.keys(tasks).join('|')} [arguments]`, 2);
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    fail(`Node ${OLDEST_NODE} or later is needed to install Carillon; this is ${process.version}.`, 1);
  }
  if (explainFault(root) !== undefined) {
    await withInstallLock(root, async () => {
      const fault = explainFault(root);
      if (fault !== undefined) await install(root, fault);
    });
  }
  run(program, args);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(program, args) {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(pinnedNode(root), [join(root, program), ...args], { stdio: 'inherit', env: { ...process.env, PATH: path } });
  // A terminal sends SIGINT to the child as well; it decides when to end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/**
 * @param {string} message
 * @param {number} status
 * @returns {never}
 */
function fail(message, status) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}

try {
  await main();
} catch (error) {
  if (error instanceof InstallFailure) fail(error.message, 1);
  throw error;
}
