import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withFolder } from '../../test/support/cli.ts';
import { explainFault } from './installed.mjs';

const write = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
};

const packages = {
  '': { version: '0.1.0' },
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-pg' },
  'node_modules/node': { version: '26.0.0', integrity: 'sha512-node' },
  'node_modules/for-another-machine': { version: '1.0.0', optional: true, os: ['plan9'] },
};

/** A project with two installed packages, one of them a Node that says its version. */
async function withInstalled(work: (root: string) => Promise<void>): Promise<void> {
  await withFolder(async (root) => {
    await write(join(root, 'package-lock.json'), JSON.stringify({ packages }));
    const installed = { 'node_modules/pg': packages['node_modules/pg'], 'node_modules/node': packages['node_modules/node'] };
    await write(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    for (const place of Object.keys(installed)) await write(join(root, place, 'package.json'), '{}');
    const node = join(root, 'node_modules/node/bin/node');
    await write(node, '#!/bin/sh\necho v26.0.0\n');
    await chmod(node, 0o755);
    await work(root);
  });
}

test('a complete installation is taken as it is, without the packages of other machines', async () => {
  await withInstalled(async (root) => assert.equal(explainFault(root), undefined));
});

test('what a killed npm ci, a hand or a pull left is recognised', async () => {
  const faults: readonly (readonly [string, (root: string) => Promise<void>, RegExp])[] = [
    ['nothing installed', (root) => rm(join(root, 'node_modules'), { recursive: true }), /a fresh clone/],
    ['our npm ci was killed', (root) => write(join(root, '.build/installing'), ''), /interrupted/],
    ['npm did not finish', (root) => rm(join(root, 'node_modules/.package-lock.json')), /incomplete/],
    ['a package is gone', (root) => rm(join(root, 'node_modules/pg'), { recursive: true }), /node_modules\/pg is missing/],
    [
      'the lock is newer',
      (root) => write(join(root, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/pg': { version: '8.0.1' } } })),
      /has changed/,
    ],
    ['install scripts were off', (root) => rm(join(root, 'node_modules/node/bin'), { recursive: true }), /install scripts/],
    ['another Node', (root) => write(join(root, 'node_modules/node/bin/node'), '#!/bin/sh\necho v24.0.0\n'), /install scripts/],
  ];
  for (const [name, damage, expected] of faults) {
    await withInstalled(async (root) => {
      await damage(root);
      assert.match(explainFault(root) ?? 'no fault', expected, name);
    });
  }
});

/** Takes the lock in a process of its own and says when it has it and when it gives it back. */
function holdLock(root: string, ms: number, said: string[]): Promise<void> {
  const program = `import { withInstallLock } from ${JSON.stringify(new URL('lock.mjs', import.meta.url).href)};
    await withInstallLock(${JSON.stringify(root)}, async () => {
      process.stdout.write('in');
      await new Promise((resolve) => setTimeout(resolve, ${ms}));
      process.stdout.write('out');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', (chunk: Buffer) => said.push(...(chunk.toString().match(/in|out/g) ?? [])));
  return new Promise((resolve) => child.on('exit', () => resolve()));
}

test('two installations in one folder wait for each other', async () => {
  await withFolder(async (root) => {
    const said: string[] = [];
    await Promise.all([holdLock(root, 150, said), holdLock(root, 150, said), holdLock(root, 150, said)]);
    assert.deepEqual(said, ['in', 'out', 'in', 'out', 'in', 'out']);
  });
});

test('the lock of a killed installation is taken over', async () => {
  await withFolder(async (root) => {
    const { hostname } = await import('node:os');
    await write(join(root, '.build/bootstrap.lock'), `4194303 ${hostname()}\n`);
    const said: string[] = [];
    await holdLock(root, 0, said);
    assert.deepEqual(said, ['in', 'out']);
  });
});

test('a registry that cannot be reached is said in one sentence, and the next run installs again', async () => {
  await withFolder(async (root) => {
    const tools = fileURLToPath(new URL('..', import.meta.url));
    await cp(join(tools, 'bootstrap.mjs'), join(root, 'tools/bootstrap.mjs'));
    await cp(join(tools, 'bootstrap'), join(root, 'tools/bootstrap'), { recursive: true });
    await write(join(root, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { 'left-out': '1.0.0' } }));
    const lock = {
      lockfileVersion: 3,
      packages: { '': { dependencies: { 'left-out': '1.0.0' } }, 'node_modules/left-out': { version: '1.0.0' } },
    };
    await write(join(root, 'package-lock.json'), JSON.stringify(lock));
    const environment = {
      PATH: process.env.PATH,
      HOME: root,
      npm_config_cache: join(root, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    };
    const child = spawn(process.execPath, [join(root, 'tools/bootstrap.mjs'), 'test'], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
    assert.equal(await new Promise((resolve) => child.on('exit', resolve)), 1);
    assert.match(stderr, /^Installing .*\(a fresh clone\).*\nThe npm registry cannot be reached \(ECONNREFUSED\)\. Check /);
    assert.match(explainFault(root) ?? '', /fresh clone|interrupted/);
  });
});
