import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

const folder = new URL('../../../bench/', import.meta.url);

/** Benchmarks are the files of bench/ but the harness. */
function benchmarks(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'harness.ts' && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
}

type Size =
  | 'records'
  | 'consoles'
  | 'lists'
  | 'others'
  | 'keep'
  | 'calls'
  | 'growth'
  | 'bare'
  | 'index'
  | 'agreements'
  | 'months'
  | 'shape';

/** `carillon bench <name>`: runs bench/<name>.ts in a process of its own. */
export function register(program: Command): void {
  program
    .command('bench')
    .description('measure, beside the limit measured in the same run')
    .argument('<name>', `one of: ${benchmarks().join(', ')}`)
    .option('--json', 'print one JSON object')
    .option('--calls <number>', 'pipeline: records of a run (3000000)')
    .option('--growth <number>', 'pipeline: one run each of a tenth, three tenths and all of so many records')
    .option('--bare', 'pipeline: without the sums and summaries that lists and the overview are read by')
    .option('--index', 'pipeline: index what was loaded after each run, and print what that takes')
    .option('--agreements <number>', 'close: how many accounts, and how many agreements, are closed (10000)')
    .option('--records <number>', 'search, console: how many are searched (10000000)')
    .option('--consoles <number>', 'console: how many watch (1000)')
    .option('--lists <number>', 'console: 0 leaves the lists out, and --consoles 0 those who watch (1)')
    .option('--keep <folder>', 'search, console: what is made stays there for the next time; what is killed goes on')
    .option('--others <number>', 'console: jobs, entries, documents and messages each (a tenth of the records)')
    .option('--shape <name>', 'close: bill (accounts with fees and usage) or settlement (agreements of both sides) only')
    .option('--months <number>', 'close: how many months, one after another (3)')
    .addHelpText('after', '\nExample:\n  $ carillon bench rating')
    .action(async (name: string, { json, ...sizes }: { json?: boolean } & Partial<Record<Size, string | true>>, command: Command) => {
      const file = new URL(`${name}.ts`, folder);
      if (!benchmarks().includes(name) || !existsSync(file)) {
        command.error(`error: no benchmark ${name}; there are ${benchmarks().join(', ')}`, { exitCode: 2 });
      }
      const passed = [
        ...(json === true ? ['--json'] : []),
        ...Object.entries(sizes).flatMap(([size, many]) => (many === true ? [`--${size}`] : [`--${size}`, many])),
      ];
      const child = spawn(process.execPath, [fileURLToPath(file), ...passed], { stdio: 'inherit' });
      process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
    });
}
