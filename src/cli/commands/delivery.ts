import { type Command, InvalidArgumentError, Option } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const HELP = `
Documents go the way that their account declares (delivery: in the configuration), each once by each way: documents
issued since the way was declared, others when they are sent with \`delivery send\`. What is not answered is tried
again after 1, 5, 15 minutes and so on, for three days; what is refused waits for \`delivery retry\`.

Examples:
  $ carillon delivery run
  $ carillon delivery list --state failed
  $ carillon delivery bounces ~/Maildir/new
  $ carillon delivery batch --out letters.pdf`;

/** `carillon delivery run|list|show|send|retry|stop|bounces|batch`. */
export function register(program: Command): void {
  const delivery = program
    .command('delivery')
    .description('take documents to those whom they are for: by mail, SFTP, print, portal')
    .addHelpText('after', HELP);
  registerRun(delivery);
  registerList(delivery);
  registerShow(delivery);
  registerSend(delivery);
  registerRetry(delivery);
  registerStop(delivery);
  registerBounces(delivery);
  registerBatch(delivery);
}

function registerRun(delivery: Command): void {
  delivery
    .command('run')
    .description('plan what was issued, and deliver what is due')
    .option('--watch', 'stay, and look for new documents every minute')
    .option('--json', 'print one JSON object for each attempt')
    .addHelpText(
      'after',
      '\nThe exit status is 1 when an attempt was refused. Several may run at once.\n\nExample:\n  $ carillon delivery run',
    )
    .action(async (options: { watch?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { runDeliveries }, { attemptLine, printRun }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/run.ts'),
        import('../delivery-tables.ts'),
      ]);
      const stop = new AbortController();
      const end = (): void => stop.abort();
      process.once('SIGTERM', end).once('SIGINT', end);
      const outcome = await withInstallation(installationOptions(command), (installation) =>
        runDeliveries(installation, { by: userName(), watch: options.watch === true, stop: stop.signal }, (one) =>
          process.stdout.write(attemptLine(one, options.json === true)),
        ),
      );
      if (options.json !== true) process.stdout.write(printRun(outcome));
      if (outcome.refused > 0) process.exitCode = 1;
    });
}

interface ListOptions {
  readonly state?: string;
  readonly way?: string;
  readonly document?: string;
  readonly limit: number;
  readonly json?: boolean;
}

function registerList(delivery: Command): void {
  delivery
    .command('list')
    .description('deliveries, newest first, with what was said last')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'sending', 'sent', 'failed', 'bounced', 'stopped']))
    .addOption(new Option('--way <way>', 'only these').choices(['email', 'sftp', 'print', 'portal']))
    .option('--document <number>', 'only of this document')
    .option('--limit <number>', 'deliveries at most', wholeNumber, 50)
    .option('--json', 'print one JSON object for each delivery')
    .addHelpText('after', '\nExample:\n  $ carillon delivery list --state bounced')
    .action(async ({ json, ...filter }: ListOptions, command: Command) => {
      const [{ withInstallation }, { deliveriesShown }, { printDeliveries }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/overview.ts'),
        import('../delivery-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(command), ({ database }) => deliveriesShown(database, filter));
      process.stdout.write(printDeliveries(found, json === true));
    });
}

function registerShow(delivery: Command): void {
  delivery
    .command('show')
    .description('each attempt of a delivery, and what came back; or of all deliveries of a document')
    .argument('<delivery>', 'its number in `delivery list`, or the number of a document')
    .option('--json', 'print JSON, one object a delivery')
    .addHelpText('after', '\nExamples:\n  $ carillon delivery show 17\n  $ carillon delivery show INV-2026-000017')
    .action(async (which: string, options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { deliveriesOf }, { printHistory }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/overview.ts'),
        import('../delivery-tables.ts'),
      ]);
      const histories = await withInstallation(installationOptions(command), ({ database }) => deliveriesOf(database, which));
      process.stdout.write(
        histories.map((history) => printHistory(history, options.json === true)).join(options.json === true ? '' : '\n'),
      );
    });
}

function registerSend(delivery: Command): void {
  delivery
    .command('send')
    .description('plan the deliveries of a document by the ways its account declares now, whenever it was issued')
    .argument('<document>', 'number of the issued document')
    .addHelpText('after', '\n`delivery run` then sends it.\n\nExample:\n  $ carillon delivery send INV-2026-000017')
    .action(async (document: string, _: object, command: Command) => {
      const [{ withInstallation }, { planSending }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/overview.ts'),
      ]);
      const added = await withInstallation(installationOptions(command), ({ database }) => planSending(database, document));
      process.stdout.write(
        added === 0
          ? `all deliveries of ${document} were planned before: see delivery list --document\n`
          : `${added} planned for ${document}\n`,
      );
    });
}

function registerRetry(delivery: Command): void {
  delivery
    .command('retry')
    .description('let deliveries wait again that failed, came back, or were stopped')
    .argument('<deliveries...>', 'their numbers', deliveryIds)
    .option('--again', 'also those that were sent: once more')
    .addHelpText('after', '\nExample:\n  $ carillon delivery retry 17 18')
    .action(async (ids: readonly bigint[], options: { again?: boolean }, command: Command) => {
      const [{ withInstallation }, { retryDeliveries }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/overview.ts'),
      ]);
      await withInstallation(installationOptions(command), ({ database }) => retryDeliveries(database, ids, options.again === true));
      process.stdout.write(`${ids.length === 1 ? 'one delivery waits' : `${ids.length} deliveries wait`} for delivery run\n`);
    });
}

function registerStop(delivery: Command): void {
  delivery
    .command('stop')
    .description('take deliveries out of what waits, failed or came back')
    .argument('<deliveries...>', 'their numbers', deliveryIds)
    .addHelpText('after', '\nExample:\n  $ carillon delivery stop 17')
    .action(async (ids: readonly bigint[], _: object, command: Command) => {
      const [{ withInstallation }, { stopDeliveries }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/overview.ts'),
      ]);
      await withInstallation(installationOptions(command), ({ database }) => stopDeliveries(database, ids));
      process.stdout.write(`${ids.length === 1 ? 'one delivery is' : `${ids.length} deliveries are`} stopped\n`);
    });
}

function registerBounces(delivery: Command): void {
  delivery
    .command('bounces')
    .description('record reports of mails that were not delivered, from message files or folders of them')
    .argument('<paths...>', 'files as they arrived (.eml), or folders such as a Maildir’s new')
    .option('--json', 'print one JSON object for each message')
    .addHelpText('after', '\nThe same message twice changes nothing.\n\nExample:\n  $ carillon delivery bounces ~/Maildir/new')
    .action(async (paths: readonly string[], options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { readBounces }, { printReports }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/bounces.ts'),
        import('../delivery-tables.ts'),
      ]);
      const reports = await withInstallation(installationOptions(command), ({ database }) =>
        readBounces(database, paths, Date.now() * 1000),
      );
      process.stdout.write(printReports(reports, options.json === true));
    });
}

interface BatchOptions {
  readonly out: string;
  readonly most: number;
  readonly simplex?: boolean;
  readonly json?: boolean;
}

function registerBatch(delivery: Command): void {
  delivery
    .command('batch')
    .description('one PDF of all that waits for the printer')
    .requiredOption('--out <file>', 'the PDF')
    .option('--most <number>', 'documents at most', wholeNumber, 1000)
    .option('--simplex', 'printed on one side: no empty pages between documents')
    .option('--json', 'print JSON: which document is on which pages')
    .addHelpText(
      'after',
      '\nA batch that was begun and not finished is made first.\n\nExample:\n  $ carillon delivery batch --out letters.pdf',
    )
    .action(async ({ out, most, simplex, json }: BatchOptions, command: Command) => {
      const [{ withInstallation }, { makeBatch }, { documentFiles }, { printBatch }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/delivery/batch.ts'),
        import('#app/delivery/document-files.ts'),
        import('../delivery-tables.ts'),
      ]);
      const request = { out, most, duplex: simplex !== true, by: userName(), nowMicros: Date.now() * 1000 };
      const batch = await withInstallation(installationOptions(command), (installation) =>
        makeBatch(installation.database, documentFiles(installation.database), request),
      );
      process.stdout.write(printBatch(batch, out, json === true));
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0');
  return Number(text);
}

function deliveryId(text: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new InvalidArgumentError('must be the number of a delivery, as delivery list shows it');
  return BigInt(text);
}

function deliveryIds(text: string, before: readonly bigint[] | undefined): readonly bigint[] {
  return [...(before ?? []), deliveryId(text)];
}
