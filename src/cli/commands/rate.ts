import { once } from 'node:events';
import type { Command } from 'commander';
import { parseInstant } from '#core/time/zoned.ts';
import { installationOptions } from '../global-options.ts';

interface Options {
  readonly config?: string;
  readonly events: string;
  readonly asKnownAt?: string;
  readonly explain: boolean;
}

const help = `
Each line of the input is one event (docs/reference/usage-event.md); each line of the output its charges, or
why it is held or rejected. Nothing is stored. Events that move counters (tiers, volume by day) come last, in the
order of their start; counters begin at zero.

Examples:
  $ carillon rate --config examples/small-voip-carrier --events examples/small-voip-carrier/events.ndjson
  $ carillon rate --events calls.ndjson --as-known-at 2026-10-01T00:00:00Z`;

/** `carillon rate`. */
export function register(program: Command): void {
  program
    .command('rate')
    .description('price events from a file and explain each charge, without storing anything')
    .requiredOption('--events <file>', 'events as NDJSON; - for standard input')
    .option('--config <folder>', 'price by the configuration files of a folder instead of the database')
    .option('--as-known-at <instant>', 'price by what the database knew then, 2026-10-01T00:00:00Z')
    .option('--no-explain', 'leave out the explanations: faster')
    .addHelpText('after', help)
    .action(async (options: Options, command: Command) => {
      const knownAtMicros = options.asKnownAt === undefined ? undefined : parseInstant(options.asKnownAt);
      if (options.asKnownAt !== undefined && knownAtMicros === undefined) {
        command.error(`error: --as-known-at takes an instant with an offset or Z, not ${options.asKnownAt}`, { exitCode: 2 });
      }
      if (options.asKnownAt !== undefined && options.config !== undefined) {
        process.stderr.write('--as-known-at changes nothing with --config: a folder is one state of knowledge, the one that it says\n');
      }
      const { rateEvents } = await import('#app/rate.ts');
      const { config, events, explain } = options;
      const onNotice = (notice: string): void => {
        process.stderr.write(`${notice}\n`);
      };
      const installation = installationOptions(command);
      const counts = await rateEvents({ config, events, explain, knownAtMicros, installation, onNotice }, async (line) => {
        if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
      });
      const { read, rated, held, rejected } = counts;
      process.stderr.write(`${read} read: ${rated} rated, ${held} held, ${rejected} rejected\n`);
      if (rejected > 0) process.exitCode = 1;
    });
}
