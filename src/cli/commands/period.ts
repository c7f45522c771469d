/** `carillon period`: periods are closed, approved, looked at; what is not billed is accrued. */
import { type Command, Option } from 'commander';
import { RefusedError, refuse } from '#core/refusals.ts';
import { datedOption } from '../dated-option.ts';
import { installationOptions } from '../global-options.ts';
import { dayFrom } from '../period-options.ts';
import { userName } from '../user-name.ts';

/** `carillon period`. */
export function register(program: Command): void {
  const period = program.command('period').description('close settlement periods: statements, documents, approval, accruals');
  registerClose(period);
  registerApprove(period);
  registerStatus(period);
  registerShow(period);
  registerAccrue(period);
  registerReopen(period);
}

interface CloseOptions {
  readonly agreement: readonly string[];
  readonly due?: boolean;
  readonly period?: string;
  readonly dated?: string;
  readonly by?: string;
  readonly override?: string;
  readonly json?: boolean;
}

const closeHelp = `
Looks for what is missing, records a statement of both sides, closes its days and issues documents, or waits for who must
approve. What came late of closed periods is stated or refused before, as the agreements say. Periods are closed one after
another; a period that is closed is passed over, so the command may be given again, also after it was broken off, or from two
places. What is open and blocks is told, and that period stays open (status 1).

Examples:
  $ carillon period close --due --dated 2026-11-03
  $ carillon period close --agreement northwind-2026 --period 2026-10 --dated 2026-11-03
  $ carillon period close --agreement northwind-2026 --dated 2026-11-03 --override "gap confirmed by the switch team"`;

function registerClose(period: Command): void {
  const close = period.command('close').description('close what is over: completeness, statements, documents');
  datedOption(close, 'the day of closing and of the documents; default: today (UTC)', 'on')
    .option(
      '--agreement <id>',
      'this agreement; may be given several times',
      (value: string, all: readonly string[]) => [...all, value],
      [],
    )
    .option('--due', 'all agreements of which a period is due')
    .option('--period <period>', 'only this period, which must be the next: 2026-10')
    .option('--by <user>', 'who closes; default: the user of the system')
    .option('--override <reason>', 'close although something blocks, for this reason, which is kept')
    .option('--json', 'print one JSON object')
    .addHelpText('after', closeHelp)
    .action(async (options: CloseOptions, command: Command) => {
      if (options.agreement.length > 0 === (options.due === true))
        command.error('error: give --agreement, or --due for all', { exitCode: 2 });
      const [{ withInstallation }, { closeDue }, { closedJson, closedText }, { progressLine }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/periods/closing.ts'),
        import('../period-text.ts'),
        import('../progress-line.ts'),
      ]);
      const progress = progressLine('periods looked at');
      const closed = await withInstallation(installationOptions(command), (home) =>
        closeDue(
          home,
          {
            ...(options.agreement.length === 0 ? {} : { agreements: options.agreement }),
            ...(options.period === undefined ? {} : { label: options.period.toUpperCase() }),
            ...(options.override === undefined ? {} : { override: options.override }),
            on: dayFrom(options.dated, '--dated'),
            nowMicros: Date.now() * 1000,
            by: options.by ?? userName(),
          },
          (count, of) => progress.at(count, of),
        ),
      ).finally(() => progress.end());
      process.stdout.write(options.json === true ? closedJson(closed) : closedText(closed));
      if (closed.some(({ state }) => state === 'blocked' || state === 'refused')) process.exitCode = 1;
    });
}

function registerApprove(period: Command): void {
  const approval = period.command('approve').description('approve a closed period; with the last approval its documents are issued');
  datedOption(approval, 'the day of the documents; default: today (UTC)', 'on')
    .argument('<agreement>', 'id of the agreement')
    .requiredOption('--period <period>', 'the period: 2026-10')
    .option('--by <user>', 'who approves; default: the user of the system')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon period approve northwind-2026 --period 2026-10 --by ann')
    .action(async (agreement: string, options: { period: string; dated?: string; by?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { approve }, { approvedText }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/periods/closing.ts'),
        import('../period-text.ts'),
      ]);
      const request = {
        agreement,
        label: options.period.toUpperCase(),
        on: dayFrom(options.dated, '--dated'),
        by: options.by ?? userName(),
      };
      const approved = await withInstallation(installationOptions(command), (home) => approve(home, request));
      process.stdout.write(options.json === true ? `${JSON.stringify(approved)}\n` : approvedText(approved));
    });
}

function registerStatus(period: Command): void {
  period
    .command('status')
    .description('the board: what is due, what waits for approval, what is issued, what is settled')
    .option('--agreement <id>', 'only this agreement')
    .option('--on <day>', 'due on this day; default: today (UTC)')
    .option('--since <day>', 'closed periods that reach beyond this day; default: 100 days before')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon period status --on 2026-11-03')
    .action(async (options: { agreement?: string; on?: string; since?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { periodBoard }, { boardJson, boardText }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/periods/closing.ts'),
        import('../period-text.ts'),
      ]);
      const on = dayFrom(options.on, '--on');
      const since =
        options.since === undefined ? Temporal.PlainDate.from(on).subtract({ days: 100 }).toString() : dayFrom(options.since, '--since');
      const board = await withInstallation(installationOptions(command), (home) => periodBoard(home, on, since, options.agreement));
      process.stdout.write(options.json === true ? boardJson(board) : boardText(board));
    });
}

function registerShow(period: Command): void {
  period
    .command('show')
    .description('the recorded statement, as it was closed: canonical JSON whose SHA-256 documents name')
    .argument('<agreement>', 'id of the agreement')
    .requiredOption('--period <period>', 'the period: 2026-10; 2026-10@1 where late traffic has further statements')
    .addHelpText('after', '\nExample:\n  $ carillon period show northwind-2026 --period 2026-10')
    .action(async (agreement: string, options: { period: string }, command: Command) => {
      const [{ withInstallation }, { recordedStatement }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/periods/closing.ts'),
      ]);
      const { content, sha256 } = await withInstallation(installationOptions(command), (home) =>
        recordedStatement(home, agreement, options.period.toUpperCase()),
      );
      process.stdout.write(`${content}\n`);
      process.stderr.write(`sha256 ${sha256}\n`);
    });
}

function registerAccrue(period: Command): void {
  period
    .command('accrue')
    .description('book what is charged and not billed at the end of the last month, and take it back on the first of the next')
    .option('--on <day>', 'the month that ended last before this day; default: today (UTC)')
    .addOption(new Option('--dated <day>').hideHelp())
    .option('--by <user>', 'who books; default: the user of the system')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon period accrue --on 2026-11-02')
    .action(async (options: { on?: string; dated?: string; by?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { accrue }] = await Promise.all([import('#app/installation.ts'), import('#app/periods/closing.ts')]);
      const accrued = await withInstallation(installationOptions(command), (home) =>
        accrue(home, dayFrom(options.on ?? options.dated, '--on'), options.by ?? userName()),
      );
      const { month, agreements, booked } = accrued;
      const told = `${month}: ${agreements} agreements with unbilled charges, ${booked} entries booked${booked === 0 ? ' (all were booked before)' : ''}\n`;
      process.stdout.write(options.json === true ? `${JSON.stringify(accrued)}\n` : told);
    });
}

function registerReopen(period: Command): void {
  period
    .command('reopen')
    .description('refused: a closed period stays closed; says what to do instead')
    .argument('<agreement>', 'id of the agreement')
    .requiredOption('--period <period>', 'the period: 2026-10')
    .addHelpText('after', '\nExample:\n  $ carillon period reopen northwind-2026 --period 2026-10')
    .action((agreement: string, options: { period: string }) => {
      const message = `${options.period} of ${agreement} stays closed: what is loaded or corrected of it comes into the next statement`;
      throw new RefusedError(refuse('period.not-reopened', message, { field: 'period', value: options.period }));
    });
}
