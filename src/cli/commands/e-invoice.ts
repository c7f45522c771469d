/** `carillon e-invoice check`. */
import { type Command, Option } from 'commander';
import type { EInvoiceRules } from '#core/invoicing/einvoice/check-einvoice.ts';
import { visibleText } from '#core/refusals.ts';

/** `carillon e-invoice`. */
export function register(program: Command): void {
  program
    .command('e-invoice')
    .description('electronic invoices: check a file of a partner, or one of ours')
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

/** Text of a partner's file drives no terminal. */
function visibleLine(line: string): string {
  return `${visibleText(line.trimEnd())}\n`;
}
