import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const HELP = `
People with the role customer see the accounts of their party: balances, history, limits; they top up by voucher.
Without a party it is said whose the account is.

Examples:
  $ carillon charge party anna northwind
  $ carillon charge party anna --none
  $ carillon charge party anna`;

/** `carillon charge party`. */
export function registerParty(charge: Command): void {
  charge
    .command('party')
    .description('whose an account is: its customer sees it')
    .argument('<account>', 'name or identity')
    .argument('[party]', 'of the configuration')
    .option('--none', 'nobody’s any more')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (account: string, party: string | undefined, { none, json }: { none?: boolean; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { partyOfAccount }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/party.ts'),
      ]);
      const wanted = none === true ? null : party;
      const said = await withInstallation(installationOptions(self), ({ database }) =>
        partyOfAccount(database, account, wanted, userName()),
      );
      const line = said.party === undefined ? `${said.account} is nobody’s` : `${said.account} is ${said.party}’s`;
      process.stdout.write(json === true ? `${JSON.stringify(said)}\n` : `${line}\n`);
    });
}
