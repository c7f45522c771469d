import { type Command, InvalidArgumentError, Option } from 'commander';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { instantArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';
import { type Column, formatTable } from '../table.ts';

const HELP = `
Every change, by the API, by a page or by a command, leaves an entry in the transaction of the
change: who, when, from where, what was asked. Attempts that were refused and sights of personal
data leave one, too. Entries are chained by their hashes: what is altered later is found.

Examples:
  $ carillon audit-trail list --who ann@halyard.example --from 2026-11-01T00:00:00Z
  $ carillon audit-trail list --operation "carillon apply"
  $ carillon audit-trail verify`;

interface ListWords {
  readonly who?: string;
  readonly operation?: string;
  readonly kind?: string;
  readonly subject?: string;
  readonly stage?: 'begun' | 'changed' | 'done' | 'refused' | 'failed' | 'seen';
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly json?: boolean;
}

/** `carillon audit-trail …`: who changed what, and who saw personal data. */
export function register(program: Command): void {
  const trail = program.command('audit-trail').description('who changed what, and who saw personal data').addHelpText('after', HELP);
  trail
    .command('list')
    .description('entries, the newest first')
    .option('--who <name>', 'address of a person, name of a key, user of the system; or an id')
    .option('--operation <operation>', 'id of the API, or the command')
    .option('--kind <kind>', 'of what was changed, as the list names it')
    .option('--subject <id>', 'what was changed')
    .addOption(new Option('--stage <stage>', 'what the entry says').choices(['begun', 'changed', 'done', 'refused', 'failed', 'seen']))
    .option('--from <instant>', 'from this instant on', instantArgument)
    .option('--to <instant>', 'before this instant', instantArgument)
    .option('--limit <number>', 'at most so many', limitArgument, 100)
    .option('--json', 'print one JSON object for each entry')
    .addHelpText('after', '\nExample:\n  $ carillon audit-trail list --who ann@halyard.example')
    .action(async ({ kind, from, to, limit, json, ...filter }: ListWords, self: Command) => {
      const [{ withInstallation }, { auditTrail }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/audit-trail/audit-trail.ts'),
      ]);
      const found = await withInstallation(installationOptions(self), ({ database }) =>
        auditTrail(database, { ...filter, subjectKind: kind, fromMicros: from, toMicros: to }, limit),
      );
      process.stdout.write(json === true ? found.map((each) => `${JSON.stringify(entryJson(each))}\n`).join('') : listText(found));
    });
  trail
    .command('verify')
    .description('compute every hash again')
    .option('--expect <hash>', 'the head as it was kept elsewhere; it must be in the chain')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon audit-trail verify')
    .action(async ({ expect, json }: { expect?: string; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { checkAuditTrail, isInAuditTrail }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/audit-trail/audit-trail.ts'),
      ]);
      const check = await withInstallation(installationOptions(self), async ({ database }) => {
        const found = await checkAuditTrail(database);
        if (expect !== undefined && !(await isInAuditTrail(database, expect)))
          throw new RefusedError(refuse('audit.head-unknown', `no entry has the hash ${expect}`, { field: 'expect', value: expect }));
        return found;
      });
      const { entries, erased, head, faults } = check;
      if (json === true) {
        const shown = faults.map(({ sequence, said }) => ({ entry: String(sequence), said }));
        process.stdout.write(`${JSON.stringify({ entries, erased, head, faults: shown })}\n`);
      } else {
        const lines = faults.map(({ sequence, said }) => `entry ${sequence}: ${said}\n`);
        const ends = `${entries} entries, ${erased} of them with erased contents; the last hash is ${head}\n`;
        process.stdout.write(`${lines.join('')}${ends}`);
      }
      if (faults.length > 0) process.exitCode = 1;
    });
}

function limitArgument(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1 to 99999.');
  return Number(text);
}

/** What is shown of an entry. */
interface ShownEntry {
  readonly sequence: bigint;
  readonly atMicros: number;
  readonly stage: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string; readonly address?: string | undefined };
  readonly operation: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly code?: string | undefined;
  readonly follows?: bigint | undefined;
  readonly asked?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly hash: string;
}

function entryJson({ sequence, atMicros, follows, ...entry }: ShownEntry): object {
  return { entry: String(sequence), at: formatInstant(atMicros), ...entry, follows: follows?.toString() };
}

const columns: readonly Column[] = [
  { title: 'entry', align: 'right', cut: 'never' },
  { title: 'at', cut: 'never' },
  { title: 'who' },
  { title: 'from' },
  { title: 'what' },
  { title: 'of' },
  { title: 'stage', cut: 'never' },
  { title: 'asked' },
];

function listText(entries: readonly ShownEntry[]): string {
  if (entries.length === 0) return 'nothing was changed, seen or refused that fits\n';
  const rows = entries.map(({ sequence, atMicros, actor, operation, subject, stage, code, asked }) => [
    ...[String(sequence), formatInstant(atMicros), actor.name === '' ? actor.id : actor.name, actor.address ?? actor.kind, operation],
    ...[subject.id === '' ? subject.kind : `${subject.kind} ${subject.id}`, code ?? stage, asked ?? ''],
  ]);
  return `${formatTable(columns, rows)}\n`;
}
