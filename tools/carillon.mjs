#!/usr/bin/env node
// Starts carillon under the Node that package.json pins, whatever Node the machine has.
// No dependencies, and nothing newer than Node 20: this file runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const program = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

// Compiled code is kept: a command starts in 0.06 s instead of 0.20 s.
const compileCache = fileURLToPath(new URL('../.build/compile-cache', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 26) {
  module.enableCompileCache(compileCache);
  const { main } = await import(pathToFileURL(program).href);
  await main();
} else if (!existsSync(pinned)) {
  process.stderr.write('Carillon is not installed completely: run npm ci in its folder (or npm run demo, which does it).\n');
  process.exit(1);
} else {
  const child = spawn(pinned, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  // A terminal sends these to the whole group; the child decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal === 'SIGTERM') child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => {
    if (signal !== null) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exit(code ?? 1);
  });
}
