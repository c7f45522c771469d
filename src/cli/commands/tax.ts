/** `carillon tax`: rules, explanation of one amount, check of the data. */
import { type Command, Option } from 'commander';
import type { CheckedTax } from '#app/tax/check.ts';
import { formatRefusal } from '#core/refusals.ts';
import { type BuyerStatus, buyerStatuses } from '#core/tax/rules.ts';
import { installationOptions } from '../global-options.ts';
import { explanationJson, explanationText, ratesTable, rulesJson, rulesTable } from '../tax-text.ts';
import { registerTaxCertificates } from './tax-certificates.ts';
import { registerTaxImport } from './tax-import.ts';

/** `carillon tax`. */
export function register(program: Command): void {
  const tax = program.command('tax').description('rules of tax: show, explain, check, load; exemption certificates');
  registerExplain(tax);
  registerRules(tax);
  registerCheck(tax);
  registerTaxImport(tax);
  registerTaxCertificates(tax);
}

interface ExplainOptions {
  readonly service: string;
  readonly currency: string;
  readonly on?: string;
  readonly buyerIs?: BuyerStatus;
  readonly pricesIncludeTax?: boolean;
  readonly json?: boolean;
}

function registerExplain(tax: Command): void {
  tax
    .command('explain')
    .description('the tax on an amount, which rule made it and why')
    .argument('<seller>', 'legal entity, party, or a place such as IE or CA-QC: then a registered business there')
    .argument('<buyer>', 'the same')
    .argument('<amount>', 'net amount, 100.00')
    .option('--currency <code>', 'currency of the amount', 'EUR')
    .option('--service <service>', 'voice, sms, mms, data, content, event, fee, interest or commitment', 'voice')
    .option('--on <day>', 'the day that decides which rules hold; default: today (UTC)')
    .addOption(new Option('--buyer-is <status>', 'how the buyer counts, whatever is declared').choices(buyerStatuses))
    .option('--prices-include-tax', 'the amount is what the buyer pays')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ carillon tax explain carillon-ie northwind 100.00\n  $ carillon tax explain CA-ON CA-QC 100.00 --currency CAD --on 2012-12-31',
    )
    .action(async (seller: string, buyer: string, amount: string, options: ExplainOptions, command: Command) => {
      const [{ withInstallation }, { explainTax }] = await Promise.all([import('#app/installation.ts'), import('#app/tax/explain.ts')]);
      const explained = await withInstallation(installationOptions(command), ({ database, settings }) =>
        explainTax(database, settings, {
          seller,
          buyer,
          amount,
          service: options.service,
          currency: options.currency,
          day: options.on ?? today(),
          pricesIncludeTax: options.pricesIncludeTax === true,
          ...(options.buyerIs === undefined ? {} : { buyerIs: options.buyerIs }),
        }),
      );
      process.stdout.write(options.json === true ? `${JSON.stringify(explanationJson(explained))}\n` : `${explanationText(explained)}\n`);
    });
}

interface RulesOptions {
  readonly on?: string;
  readonly place?: string;
  readonly own?: boolean;
  readonly rates?: boolean;
  readonly json?: boolean;
}

function registerRules(tax: Command): void {
  tax
    .command('rules')
    .description('the rules that say whose tax is due, or the rates that say what it comes to')
    .option('--rates', 'rates instead of rules')
    .option('--on <day>', 'only what holds on the day')
    .option('--place <place>', 'only what names this country, region or area')
    .option('--own', 'only your own and loaded ones')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', '\nExamples:\n  $ carillon tax rules --place DE --on 2026-10-31\n  $ carillon tax rules --rates --place CA-QC')
    .action(async (options: RulesOptions, command: Command) => {
      const [{ withInstallation }, { readTaxRules }] = await Promise.all([import('#app/installation.ts'), import('#app/tax/check.ts')]);
      const rules = await withInstallation(installationOptions(command), ({ database }) => readTaxRules(database));
      const wanted = { rates: options.rates === true, own: options.own === true, on: options.on, place: options.place };
      const shown =
        options.json === true ? rulesJson(rules, wanted) : options.rates === true ? ratesTable(rules, wanted) : rulesTable(rules, wanted);
      process.stdout.write(`${shown}\n`);
    });
}

function registerCheck(tax: Command): void {
  tax
    .command('check')
    .description('find gaps and overlaps in the data before anybody is billed')
    .option('--from <day>', 'first day in question; default: today (UTC)')
    .option('--to <day>', 'first day no longer in question; default: two years later')
    .option('--json', 'print one JSON object a finding')
    .addHelpText(
      'after',
      '\nThe rules are held against each other, and every account is asked about in both directions.\nExit status 1 when anything is found.\n\nExample:\n  $ carillon tax check --from 2026-01-01 --to 2027-01-01',
    )
    .action(async (options: { from?: string; to?: string; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { checkTax }] = await Promise.all([import('#app/installation.ts'), import('#app/tax/check.ts')]);
      const from = options.from ?? today();
      const to = options.to ?? `${Number(from.slice(0, 4)) + 2}${from.slice(4)}`;
      const checked = await withInstallation(installationOptions(command), ({ database }) => checkTax(database, from, to));
      process.stdout.write(options.json === true ? findingsJson(checked) : findingsText(checked, from, to));
      if (checked.findings.length > 0) process.exitCode = 1;
    });
}

function findingsJson({ findings }: CheckedTax): string {
  return findings
    .map(({ refusal, from, about }) => `${JSON.stringify({ code: refusal.code, about, from, message: refusal.message })}\n`)
    .join('');
}

function findingsText({ supplies, findings }: CheckedTax, from: string, to: string): string {
  const asked = `${supplies.toLocaleString('en')} ${supplies === 1 ? 'supply' : 'supplies'} between accounts asked about`;
  if (findings.length === 0) return `no gap and no overlap from ${from} until before ${to}; ${asked}\n`;
  const lines = findings.map(({ refusal, from: day, about }) => `${about}, from ${day}: ${formatRefusal(refusal)}\n`);
  return `${lines.join('')}${findings.length} found from ${from} until before ${to}; ${asked}\n`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
