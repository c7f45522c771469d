/** `carillon dispute raise|offer|accept|reject|withdraw|settle|list|show`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DisputeOutcome, DisputeParty } from '#core/settlement/disputes/dispute.ts';
import { disputeOutcomes } from '#core/settlement/disputes/dispute.ts';
import { datedOption } from '../dated-option.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

interface Common {
  readonly dated?: string;
  readonly from: DisputeParty;
  readonly note?: string;
  readonly by?: string;
}

function dated(command: Command): Command {
  return datedOption(command, 'day of it (today)', 'on').option('--by <name>', 'who records it; default: who runs the command');
}

function sided(command: Command, otherwise: DisputeParty): Command {
  return dated(command)
    .addOption(new Option('--from <side>', 'which side does it').choices(['us', 'them']).default(otherwise))
    .option('--note <text>', 'what is said', '');
}

/** `carillon dispute`. */
export function register(program: Command): void {
  const dispute = program.command('dispute').description('what one side contests of a document: raised, offered, settled and booked');
  registerRaise(dispute);
  const steps = [
    ['accept', 'accepted', 'accept the offer of the other side', 'them'],
    ['reject', 'rejected', 'reject the offer of the other side: the dispute is open again', 'them'],
    ['withdraw', 'withdrawn', 'the side that raised it gives it up: the whole amount is payable', 'them'],
  ] as const;
  sided(dispute.command('offer').description('offer to give back, or give up, so much of what is contested'), 'us')
    .argument('<dispute>', 'number of the dispute')
    .argument('<amount>', 'without tax')
    .addHelpText('after', '\nExample:\n  $ carillon dispute offer 4 120.50 --from us --note "the increments were ours"')
    .action((id: string, amount: string, options: Common, command: Command) => make(id, 'offered', options, command, amount));
  for (const [name, kind, description, otherwise] of steps) {
    sided(dispute.command(name).description(description), otherwise)
      .argument('<dispute>', 'number of the dispute')
      .addHelpText('after', `\nExample:\n  $ carillon dispute ${name} 4 --from them`)
      .action((id: string, options: Common, command: Command) => make(id, kind, options, command));
  }
  registerSettle(dispute);
  registerRemind(dispute);
  registerReading(dispute);
}

function registerRaise(dispute: Command): void {
  dated(dispute.command('raise').description('contest an invoice of ours, or one of theirs that was taken in'))
    .argument('<document>', 'number of the invoice')
    .requiredOption('--reason <text>', 'why')
    .option('--amount <amount>', 'without tax; default: all of it that is not disputed')
    .option('--line <number>', 'line of our invoice', wholeNumber)
    .addOption(new Option('--from <side>', 'who contests it').choices(['us', 'them']).default('them'))
    .option('--legal-entity <id>', 'whose document it is, where several have the number')
    .option('--party <id>', 'of whom it is, where several have the number')
    .option('--respond-days <days>', 'days within which the other side is to answer', wholeNumber, 30)
    .option(
      '--evidence <file>',
      'a file to keep with it',
      (value: string, before: readonly string[]): readonly string[] => [...before, value],
      [],
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ carillon reconcile northwind-2026 --period 2026-10 --json > evidence.json\n  $ carillon dispute raise INV-2026-000017 --amount 120.50 --reason "60/60 was agreed" --evidence evidence.json',
    )
    .action(async (document: string, options: RaiseOptions, command: Command) => {
      const { reason, amount, line, from, legalEntity, party, respondDays, evidence, dated, by } = options;
      const [{ withInstallation }, { raise }] = await Promise.all([import('#app/installation.ts'), import('#app/disputes.ts')]);
      const id = await withInstallation(installationOptions(command), ({ database }) =>
        raise(database, {
          ...{ document, reason, by: from, day: dated ?? today(), respondDays, evidence, recorded: recorded(by) },
          ...(amount === undefined ? {} : { amount }),
          ...(line === undefined ? {} : { line }),
          ...(legalEntity === undefined ? {} : { legalEntity }),
          ...(party === undefined ? {} : { party }),
        }),
      );
      process.stdout.write(`dispute ${id} raised\n`);
    });
}

interface RaiseOptions {
  readonly reason: string;
  readonly amount?: string;
  readonly line?: number;
  readonly from: DisputeParty;
  readonly legalEntity?: string;
  readonly party?: string;
  readonly respondDays: number;
  readonly evidence: readonly string[];
  readonly dated?: string;
  readonly by?: string;
}

function registerSettle(dispute: Command): void {
  dated(dispute.command('settle').description('book what was agreed, once'))
    .argument('<dispute>', 'number of the dispute')
    .addOption(new Option('--outcome <outcome>', 'how').choices(disputeOutcomes).makeOptionMandatory())
    .option('--result <number>', 'number of their credit note, as it was taken in; or of a re-rating that is done already')
    .option('--note <text>', 'what is said', '')
    .addHelpText(
      'after',
      '\nA credit note, a debit note and a write-off are made and booked here; a re-rating is run over the days of the document. Their credit note is\ntaken in first (carillon partner-invoice import --kind credit-note) and booked here.\n\nExample:\n  $ carillon dispute settle 4 --outcome credit-note',
    )
    .action(
      async (
        id: string,
        options: { outcome: DisputeOutcome; result?: string; note: string; dated?: string; by?: string },
        command: Command,
      ) => {
        const { outcome, result, note, dated, by } = options;
        const [{ withInstallation }, { settle }] = await Promise.all([import('#app/installation.ts'), import('#app/disputes.ts')]);
        const settled = await withInstallation(installationOptions(command), (home) =>
          settle(home, {
            ...{ id, outcome, note, day: dated ?? today(), recorded: recorded(by) },
            ...(result === undefined ? {} : { result }),
          }),
        );
        if (settled.rerated !== undefined) {
          const { printRerate } = await import('../correction-tables.ts');
          process.stdout.write(printRerate(settled.rerated, false));
        }
        process.stdout.write(`dispute ${id} ${settled.isNew ? 'is settled' : 'was settled before'}: ${outcome} ${settled.result}\n`);
      },
    );
}

function registerRemind(dispute: Command): void {
  dated(dispute.command('remind').description('make letters to those who have not answered; `carillon delivery run` sends them'))
    .option('--days-before <days>', 'also where the answer is due within so many days', dayCount, 0)
    .addHelpText(
      'after',
      '\nOne letter for each step that waits, however often it is run.\n\nExample:\n  $ carillon dispute remind --dated 2026-12-01 --days-before 3',
    )
    .action(async (options: { dated?: string; by?: string; daysBefore: number }, command: Command) => {
      const [{ withInstallation }, { remind }] = await Promise.all([import('#app/installation.ts'), import('#app/dispute-reminders.ts')]);
      const { daysBefore, by } = options;
      const made = await withInstallation(installationOptions(command), ({ database }) =>
        remind(database, { day: options.dated ?? today(), daysBefore, by: by ?? userName() }),
      );
      const lines = made.map(
        ({ number, file: { dispute: of } }) => `${number}: dispute ${of.id} of ${of.document}, answer by ${of.respondBy}\n`,
      );
      process.stdout.write(lines.length === 0 ? 'nobody is to be reminded\n' : lines.join(''));
    });
}

function dayCount(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function registerReading(dispute: Command): void {
  dispute
    .command('list')
    .description('disputes, the latest first, and which are overdue')
    .option('--on <day>', 'as of this day (today)')
    .option('--open', 'only those that are not settled or withdrawn')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon dispute list --open --on 2026-12-01')
    .action(async (options: { on?: string; open?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { list }, { printDisputes, disputeJson }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/disputes.ts'),
        import('../dispute-tables.ts'),
      ]);
      const all = await withInstallation(installationOptions(command), ({ database }) => list(database));
      const found = options.open === true ? all.filter(({ state }) => state !== 'settled' && state !== 'withdrawn') : all;
      process.stdout.write(options.json === true ? disputeJson(found) : printDisputes(found, options.on ?? today()));
    });
  dispute
    .command('show')
    .description('a dispute with its history and evidence')
    .argument('<dispute>', 'number of the dispute')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon dispute show 4')
    .action(async (id: string, options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { show }, { printDispute, disputeJson }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/disputes.ts'),
        import('../dispute-tables.ts'),
      ]);
      const { file, summary } = await withInstallation(installationOptions(command), ({ database }) => show(database, id));
      process.stdout.write(
        options.json === true ? disputeJson({ ...summary, steps: file.steps, evidence: file.evidence }) : printDispute(file, summary),
      );
    });
}

async function make(
  id: string,
  kind: 'offered' | 'accepted' | 'rejected' | 'withdrawn',
  options: Common,
  command: Command,
  amount?: string,
): Promise<void> {
  const { from, note, dated, by } = options;
  const [{ withInstallation }, { step }] = await Promise.all([import('#app/installation.ts'), import('#app/disputes.ts')]);
  const { state } = await withInstallation(installationOptions(command), ({ database }) =>
    step(database, {
      ...{ id, kind, by: from, day: dated ?? today(), note: note ?? '', recorded: recorded(by) },
      ...(amount === undefined ? {} : { amount }),
    }),
  );
  process.stdout.write(`dispute ${id} is ${state}\n`);
}

function recorded(by: string | undefined) {
  return { atMicros: Date.now() * 1000, by: by ?? userName() };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
