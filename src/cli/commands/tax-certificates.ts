/** `carillon tax certificate add|end|list`. */
import type { Command } from 'commander';
import { formatInstant } from '#core/time/zoned.ts';
import { installationOptions } from '../global-options.ts';
import { formatTable } from '../table.ts';
import { userName } from '../user-name.ts';

interface AddOptions {
  readonly of: string;
  readonly from: string;
  readonly to?: string;
  readonly note?: string;
  readonly by?: string;
}

export function registerTaxCertificates(tax: Command): void {
  const certificate = tax.command('certificate').description('exemption certificates, and certificates of residence for treaties');
  certificate
    .command('add')
    .description('record a certificate')
    .argument('<party>', 'party or legal entity that holds it')
    .argument('<number>', 'its number, as the tax office gave it')
    .requiredOption(
      '--of <what>',
      'what it frees of: a rate (CA-QC-QST), a jurisdiction (US-CA), a tax of a country (CA-PST), a withholding rule',
    )
    .requiredOption('--from <day>', 'first day on which it holds')
    .option('--to <day>', 'first day on which it no longer holds')
    .option('--note <text>', 'where the paper is')
    .option('--by <name>', 'who records it; default: who runs the command')
    .addHelpText('after', '\nExample:\n  $ carillon tax certificate add northwind R-4711 --of US-CA --from 2026-01-01 --to 2027-01-01')
    .action(async (party: string, number: string, options: AddOptions, command: Command) => {
      const { of, from, to, note, by } = options;
      const { withInstallation, addCertificate } = await modules();
      const isNew = await withInstallation(installationOptions(command), ({ database }) =>
        addCertificate(database, {
          party,
          id: number,
          of,
          validFrom: from,
          ...(to === undefined ? {} : { validTo: to }),
          ...(note === undefined ? {} : { note }),
          recorded: { atMicros: Date.now() * 1000, by: by ?? userName() },
        }),
      );
      process.stdout.write(
        isNew
          ? `certificate ${number} of ${party} for ${of} recorded\n`
          : `certificate ${number} of ${party} for ${of} was recorded before\n`,
      );
    });
  certificate
    .command('end')
    .description('end a certificate before its time')
    .argument('<party>', 'party or legal entity that holds it')
    .argument('<number>', 'its number')
    .requiredOption('--of <what>', 'what it frees of')
    .requiredOption('--on <day>', 'first day on which it no longer holds')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who ends it; default: who runs the command')
    .addHelpText(
      'after',
      '\nExample:\n  $ carillon tax certificate end northwind R-4711 --of US-CA --on 2026-07-01 --reason "revoked by the state"',
    )
    .action(async (party: string, number: string, options: { of: string; on: string; reason: string; by?: string }, command: Command) => {
      const { withInstallation, endCertificate } = await modules();
      const recorded = { atMicros: Date.now() * 1000, by: options.by ?? userName() };
      const isNew = await withInstallation(installationOptions(command), ({ database }) =>
        endCertificate(database, { party, id: number, of: options.of }, options.on, options.reason, recorded),
      );
      process.stdout.write(
        isNew ? `certificate ${number} of ${party} ends on ${options.on}\n` : `certificate ${number} of ${party} was ended before\n`,
      );
    });
  certificate
    .command('list')
    .description('the certificates that are recorded')
    .option('--party <party>', 'only of this party or legal entity')
    .option('--json', 'print one JSON object a certificate')
    .addHelpText('after', '\nExample:\n  $ carillon tax certificate list --party northwind')
    .action(async (options: { party?: string; json?: boolean }, command: Command) => {
      const { withInstallation, listCertificates } = await modules();
      const held = await withInstallation(installationOptions(command), ({ database }) => listCertificates(database, options.party));
      if (options.json === true) {
        for (const { recorded, ended, ...one } of held) {
          const at = { recordedAt: formatInstant(recorded.atMicros), recordedBy: recorded.by };
          process.stdout.write(`${JSON.stringify({ ...one, ...at, ...(ended === undefined ? {} : { ended: ended.reason }) })}\n`);
        }
        return;
      }
      const rows = held.map(({ party, id, of, validFrom, validTo, ended, note }) => [
        party,
        id,
        of,
        validFrom,
        validTo ?? '',
        ended === undefined ? (note ?? '') : `ended: ${ended.reason}`,
      ]);
      const titles = ['party', 'number', 'frees of', 'from', 'until before', 'note'];
      process.stdout.write(
        held.length === 0
          ? 'no certificate is recorded\n'
          : `${formatTable(
              titles.map((title) => ({ title })),
              rows,
            )}\n`,
      );
    });
}

async function modules() {
  const [{ withInstallation }, { addCertificate, endCertificate, listCertificates }] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/tax/certificates.ts'),
  ]);
  return { withInstallation, addCertificate, endCertificate, listCertificates };
}
