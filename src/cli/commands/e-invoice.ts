/** `carillon e-invoice`: UBL files of ours and of partners. */
import { type Command, Option } from 'commander';
import type { EInvoiceRules } from '#core/invoicing/einvoice/check-einvoice.ts';
import { visibleText } from '#core/refusals.ts';
import { installationOptions } from '../global-options.ts';

/** `carillon e-invoice`. */
export function register(program: Command): void {
  const eInvoice = program.command('e-invoice').description('electronic invoices: write one of ours, check a file of a partner');
  registerWrite(eInvoice);
  eInvoice
    .command('check')
    .description('hold a UBL invoice or credit note against the rules of EN 16931 and Peppol BIS Billing 3.0')
    .argument('<file>', 'UBL 2.1 Invoice or CreditNote')
    .addOption(new Option('--rules <rules>', 'the norm alone, or Peppol’s rules as well').choices(['en16931', 'peppol']).default('peppol'))
    .option('--json', 'print one JSON object a broken rule')
    .addHelpText(
      'after',
      '\nExit status 1 when a rule is broken. Nothing is stored.\n\nExample:\n  $ carillon e-invoice check invoice-4711.xml --rules en16931',
    )
    .action(async (file: string, options: { rules: EInvoiceRules; json?: boolean }) => {
      const { checkEInvoiceFile } = await import('#app/einvoice/e-invoice.ts');
      const findings = await checkEInvoiceFile(file, options.rules);
      if (findings.length > 0) process.exitCode = 1;
      if (options.json === true) {
        for (const finding of findings) process.stdout.write(`${JSON.stringify(finding)}\n`);
        return;
      }
      const lines = findings.map(
        ({ rule, field, message, value }) => `${rule} ${field}: ${message}${value === undefined ? '' : ` (${JSON.stringify(value)})`}\n`,
      );
      process.stdout.write(lines.length === 0 ? 'no rule is broken\n' : lines.map(visibleLine).join(''));
    });
}

function registerWrite(eInvoice: Command): void {
  eInvoice
    .command('write')
    .description('write an issued document as UBL (Peppol BIS Billing 3.0), checked before')
    .argument('<number>', 'number of the document')
    .option('--out <path>', 'file or folder', '.')
    .option('--legal-entity <id>', 'whose document, where several have the number')
    .option('--buyer-reference <text>', 'what the buyer finds its order by (BT-10); default: the account')
    .option('--order <number>', 'the buyer’s purchase order (BT-13)')
    .addHelpText(
      'after',
      '\nA document that breaks a rule of EN 16931 or Peppol is refused, each rule by its name, and no file is written.\n\nExample:\n  $ carillon e-invoice write INV-2026-000017 --out outbox/',
    )
    .action(async (number: string, options: WriteOptions, command: Command) => {
      const [{ withInstallation }, { writeEInvoice }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/einvoice/write-issued.ts'),
      ]);
      const { out, legalEntity, buyerReference, order } = options;
      const file = await withInstallation(installationOptions(command), ({ database }) =>
        writeEInvoice(database, number, {
          out,
          ...(legalEntity === undefined ? {} : { legalEntity }),
          ...(buyerReference === undefined ? {} : { buyerReference }),
          ...(order === undefined ? {} : { orderReference: order }),
        }),
      );
      process.stdout.write(`written: ${file}\n`);
    });
}

interface WriteOptions {
  readonly out: string;
  readonly legalEntity?: string;
  readonly buyerReference?: string;
  readonly order?: string;
}

/** Text of a partner's file drives no terminal. */
function visibleLine(line: string): string {
  return `${visibleText(line.trimEnd())}\n`;
}
