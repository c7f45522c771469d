import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatRefusal } from '#core/refusals.ts';
import { installationOptions } from '../global-options.ts';
import { formatPairs } from '../table.ts';

interface Options {
  readonly side: 'receivable' | 'payable';
  readonly zone: string;
  readonly theirZone?: string;
  readonly map: readonly string[];
  readonly within: number;
  readonly keepClock?: boolean;
}

const EXAMPLES = `
Ours is a file, or calls of the books: an agreement and a period. The clock of the other side, with its drift, is found from calls that
both sides have once.

Examples:
  $ carillon reconcile cdrs northwind-2026@2026-10 theirs.csv.gz --side payable --out differences.csv
  $ carillon reconcile cdrs ours.csv theirs.csv --their-zone Europe/Berlin --within 5`;

export function registerReconcileCalls(reconcile: Command): void {
  reconcile
    .command('cdrs')
    .description('single calls of both sides against each other, by numbers and start')
    .argument('<ours>', 'CSV file, or agreement@period')
    .argument('<theirs>', 'CSV file of theirs')
    .addOption(
      new Option('--side <side>', 'of the books: calls they handed to us, or took').choices(['receivable', 'payable']).default('payable'),
    )
    .option('--zone <zone>', 'zone of times without an offset', 'UTC')
    .option('--their-zone <zone>', 'the same for their file, where it differs')
    .option(
      '--map <header=field>',
      'what a column holds: calling, called, start, duration',
      (value: string, before: readonly string[]): readonly string[] => [...before, value],
      [],
    )
    .option('--within <seconds>', 'starts may differ by so much once the clock is set right', seconds, 3)
    .option('--keep-clock', 'take both clocks as they are')
    .option('--out <file>', 'write calls without counterpart or of another duration to this CSV file')
    .addHelpText('after', '\n--json prints JSON.')
    .addHelpText('after', EXAMPLES)
    .action(async (ours: string, theirs: string, options: Options, command: Command) => {
      const [{ withInstallation }, { isOfTheBooks, reconcileCalls }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/reconciliation/call-files.ts'),
      ]);
      const { side, zone, theirZone, map, within, keepClock } = options;
      // Both are options of `reconcile` too, which takes them wherever they stand.
      const { out, json } = command.optsWithGlobals<{ out?: string; json?: boolean }>();
      const job = {
        ...{
          ours,
          theirs,
          side,
          map,
          ourZone: zone,
          theirZone: theirZone ?? zone,
          toleranceSeconds: within,
          keepClock: keepClock === true,
        },
        ...(out === undefined ? {} : { out }),
      };
      const found = isOfTheBooks(ours)
        ? await withInstallation(installationOptions(command), ({ database }) => reconcileCalls(job, database))
        : await reconcileCalls(job);
      for (const refusal of found.unreadable) process.stderr.write(`${formatRefusal(refusal)}\n`);
      if (json === true) {
        process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      const { clock, commonDifference } = found;
      const count = (value: number): string => value.toLocaleString('en-US');
      process.stdout.write(
        `${formatPairs([
          ['calls of ours', count(found.ours)],
          ['calls of theirs', count(found.theirs)],
          [
            'their clock',
            clock.pairs === 0
              ? 'taken as it is'
              : `${clock.seconds.toFixed(2)} s off, drifting ${clock.secondsPerDay.toFixed(3)} s a day (from ${count(clock.pairs)} calls)`,
          ],
          ['matched', count(found.matched)],
          ['  caller differs', count(found.callerDiffers)],
          ['  same duration', count(found.sameDuration)],
          [
            '  other duration',
            `${count(found.matched - found.sameDuration)}: theirs less ours ${found.durationOff} s${
              commonDifference === undefined ? '' : `, most often ${commonDifference.seconds} s (${count(commonDifference.calls)} calls)`
            }`,
          ],
          [
            'missing with them',
            `${count(found.missingWithThem)}${found.ourDuplicates === 0 ? '' : `, ${count(found.ourDuplicates)} of them repeat others of ours`}`,
          ],
          [
            'missing with us',
            `${count(found.missingWithUs)}${found.theirDuplicates === 0 ? '' : `, ${count(found.theirDuplicates)} of them repeat others of theirs`}`,
          ],
          ['rows that are no calls', count(found.unreadableCount)],
        ])}\n${out === undefined ? '' : `written: ${out}\n`}`,
      );
    });
}

function seconds(text: string): number {
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('It must be seconds such as 3 or 0.5.');
  return Number(text);
}
