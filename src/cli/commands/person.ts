import { type Command, InvalidArgumentError } from 'commander';
import type { InstallationOptions } from '#app/installation.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const HELP = `
An identity is a number with its country code (491701234567), msisdn:…, imsi:…, sip:…, an address
of mail, or the name of an account of online charging; what belongs to the same account is taken
along. Every export is told in the audit trail.

Examples:
  $ carillon person export 491701234567 --out anna.zip
  $ carillon person erase 491701234567 --dry-run
  $ carillon person erase anna@mira.example --reason "asked for on 2026-11-20"`;

/** `carillon person …`: what is held of a person, given out and erased. */
export function register(program: Command): void {
  const person = program.command('person').description('what is held of a person: give it out, erase it').addHelpText('after', HELP);
  person
    .command('export')
    .description('everything that is held with an identity, as JSON')
    .argument('<identity>', 'number, msisdn:…, imsi:…, sip:…, address of mail, or account of charging')
    .requiredOption('--out <file>', 'a new file: .json, or .zip with a manifest and a file of lines for each section')
    .addHelpText('after', '\nExample:\n  $ carillon person export 491701234567 --out anna.zip')
    .action(async (identity: string, { out }: { out: string }, self: Command) => {
      const [{ withInstallation }, { exportPerson, writeExport }, { tellPersonSeen }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/person/export.ts'),
        import('#app/person/told.ts'),
      ]);
      const found = await withInstallation(unnamed(self), async ({ database }) => {
        const all = await exportPerson(database, identity, userName());
        await tellPersonSeen(database, userName(), all.identity);
        return all;
      });
      await writeExport(found, out);
      process.stdout.write(found.sections.map(({ name, rows }) => `${name}: ${rows}\n`).join(''));
      process.stdout.write(`written to ${out}\nnot looked into:\n${found.notSearched.map((each) => `  ${each}\n`).join('')}`);
    });
  person
    .command('erase')
    .description('delete what may go; where books must stay, a pseudonym stands for the person')
    .argument('<identity>', 'number, msisdn:…, imsi:…, sip:…, address of mail, or account of charging')
    .option('--reason <text>', 'kept with it; without who it was')
    .option('--dry-run', 'only tell what would become of what')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon person erase 491701234567 --dry-run')
    .action(async (identity: string, options: { reason?: string; dryRun?: boolean; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { approveErasure, askErasure, dryErasure }, { printErasure }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/person/erase.ts'),
        import('../person-tables.ts'),
      ]);
      const { reason, dryRun, json } = options;
      if (dryRun !== true && (reason === undefined || reason.trim() === ''))
        self.error('error: --reason is needed, or --dry-run', { exitCode: 2 });
      const text = await withInstallation(unnamed(self), async (home) => {
        if (dryRun === true) return printErasure(await dryErasure(home, identity), { json: json === true, isDry: true });
        const { erasure, waits } = await askErasure(home, identity, reason ?? '', userName());
        if (!waits) return printErasure(await approveErasure(home, erasure, userName()), { json: json === true, isDry: false });
        return json === true
          ? `${JSON.stringify({ erasure: String(erasure), state: 'waiting' })}\n`
          : `order ${erasure} waits for a second person: carillon person approve ${erasure}\n`;
      });
      process.stdout.write(text);
    });
  person
    .command('approve')
    .description('erase what somebody else asked for, where a legal entity wants four eyes')
    .argument('<order>', 'its number, as `carillon person erasures` shows it', orderNumber)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon person approve 3')
    .action(async (order: bigint, { json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { approveErasure }, { printErasure }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/person/erase.ts'),
        import('../person-tables.ts'),
      ]);
      const report = await withInstallation(installationOptions(self), (home) => approveErasure(home, order, userName()));
      process.stdout.write(printErasure(report, { json: json === true, isDry: false }));
    });
  person
    .command('refuse')
    .description('let an order to erase that waits be')
    .argument('<order>', 'its number', orderNumber)
    .addHelpText('after', '\nExample:\n  $ carillon person refuse 3')
    .action(async (order: bigint, _options: object, self: Command) => {
      const [{ withInstallation }, { refuseErasure }] = await Promise.all([import('#app/installation.ts'), import('#app/person/erase.ts')]);
      await withInstallation(installationOptions(self), ({ database }) => refuseErasure(database, order, userName()));
      process.stdout.write(`order ${order} is refused\n`);
    });
  person
    .command('erasures')
    .description('orders to erase, the newest first; whose they were is known while they wait only')
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon person erasures')
    .action(async ({ json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { erasures }, { printErasures }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/person/erase.ts'),
        import('../person-tables.ts'),
      ]);
      process.stdout.write(
        printErasures(await withInstallation(installationOptions(self), ({ database }) => erasures(database, 200)), json === true),
      );
    });
}

/** The command's entry in the audit trail does not say whom it is about: it would outlive the erasure. */
function unnamed(self: Command): InstallationOptions {
  const options = installationOptions(self);
  const { reason } = self.opts<{ reason?: string }>();
  return { ...options, by: { user: userName(), subject: { kind: 'person', id: '' }, asked: reason === undefined ? {} : { reason } } };
}

function orderNumber(text: string): bigint {
  if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('It must be the number of an order, such as 3.');
}
