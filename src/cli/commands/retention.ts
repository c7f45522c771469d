import { type Command, InvalidArgumentError } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const HELP = `
The settings retention.* say for how many days each kind of record is kept; 0 is for ever. What
is due is deleted by carillon serve once a day, or by retention run. Statements, documents,
reports and the ledger stay as they are, and the audits still hold: they say what was deleted.
Nothing of an open period, an open dispute or a hold is deleted.

Examples:
  $ carillon retention show
  $ carillon retention run --dry-run
  $ carillon retention hold --party borealis --from 2026-01-01 --why "court order 7 O 12/26"`;

/** `carillon retention …`: what is deleted when its time is over. */
export function register(program: Command): void {
  const retention = program
    .command('retention')
    .description('what is deleted when its time is over, and what is held')
    .addHelpText('after', HELP);
  retention
    .command('show')
    .description('each kind of record: for how long it is kept, what is due now, and what stays all the same')
    .option('--json', 'print one JSON object for each kind')
    .addHelpText('after', '\nExample:\n  $ carillon retention show')
    .action((options: { json?: boolean }, self: Command) => show(options.json === true, self));
  retention
    .command('run')
    .description('delete what is due, day by day; stopped anywhere, the next run goes on')
    .option('--dry-run', 'only tell what would go')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon retention run --dry-run')
    .action(async (options: { dryRun?: boolean; json?: boolean }, self: Command) => {
      if (options.dryRun === true) return show(options.json === true, self);
      const [{ withInstallation }, { runRetention }, { printRun }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/retention/retention.ts'),
        import('../retention-tables.ts'),
      ]);
      const done = await withInstallation(installationOptions(self), (installation) =>
        runRetention(installation, {
          by: userName(),
          onWait: () => process.stderr.write('another process writes usage: waiting until it is done\n'),
        }),
      );
      process.stdout.write(printRun(done, options.json === true));
    });
  retention
    .command('deletions')
    .description('what was deleted, when, by which rule; the newest first')
    .option('--kind <kind>', 'usage, archive, journal …')
    .option('--limit <number>', 'at most so many', limit, 100)
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon retention deletions --kind usage')
    .action(async ({ kind, limit: most, json }: { kind?: string; limit: number; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { retentionDeletions }, { printDeletions }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/retention/retention.ts'),
        import('../retention-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(self), ({ database }) =>
        retentionDeletions(database, kind === undefined ? {} : { kind }, most),
      );
      process.stdout.write(printDeletions(found, json === true));
    });
  retention
    .command('hold')
    .description('let nothing of a time, or of a party in a time, be deleted or erased')
    .option('--party <party>', 'of one party; left out: of everybody')
    .requiredOption('--from <day>', 'first day')
    .option('--to <day>', 'last day, included; left out: until it is released')
    .requiredOption('--why <text>', 'the reason, kept with it')
    .addHelpText('after', '\nExample:\n  $ carillon retention hold --party borealis --from 2026-01-01 --why "court order 7 O 12/26"')
    .action(async ({ party, from, to, why }: { party?: string; from: string; to?: string; why: string }, self: Command) => {
      const [{ withInstallation }, { dayBehind, holdRetention }, { demandParty }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/retention/retention.ts'),
        import('#app/access/users.ts'),
      ]);
      const id = await withInstallation(installationOptions(self), async ({ database }) => {
        await demandParty(database, party);
        return holdRetention(database, { party, from, to: to === undefined ? undefined : dayBehind(to), why, by: userName() });
      });
      process.stdout.write(
        `hold ${id}: nothing ${party === undefined ? '' : `of ${party} `}is deleted from ${from}${to === undefined ? ' on' : ` to ${to}`}\n`,
      );
    });
  retention
    .command('release')
    .description('end a hold: what is due goes with the next run')
    .argument('<hold>', 'its number, as `carillon retention holds` shows it', holdNumber)
    .requiredOption('--why <text>', 'the reason, kept with it')
    .addHelpText('after', '\nExample:\n  $ carillon retention release 3 --why "order lifted"')
    .action(async (id: bigint, { why }: { why: string }, self: Command) => {
      const [{ withInstallation }, { releaseRetention }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/retention/retention.ts'),
      ]);
      await withInstallation(installationOptions(self), ({ database }) => releaseRetention(database, id, why, userName()));
      process.stdout.write(`hold ${id} is released\n`);
    });
  retention
    .command('holds')
    .description('holds in force')
    .option('--all', 'those that were released, too')
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon retention holds --all')
    .action(async ({ all, json }: { all?: boolean; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { retentionHolds }, { printHolds }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/retention/retention.ts'),
        import('../retention-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(self), ({ database }) => retentionHolds(database, all === true));
      process.stdout.write(printHolds(found, json === true));
    });
}

async function show(json: boolean, self: Command): Promise<void> {
  const [{ withInstallation }, { retentionDue }, { printDue }] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/retention/retention.ts'),
    import('../retention-tables.ts'),
  ]);
  process.stdout.write(printDue(await withInstallation(installationOptions(self), (installation) => retentionDue(installation)), json));
}

function limit(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
}

function holdNumber(text: string): bigint {
  if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('It must be the number of a hold, such as 3.');
}
