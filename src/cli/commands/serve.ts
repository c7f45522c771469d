import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

const help = `
Peers and consumers are answered when what they are told is durable. Of several processes on
one database one serves the accounts, and another takes them over when it ends. SIGTERM and
Ctrl-C answer what was asked, take leave of the peers, and stop. A change of configuration
holds from the next request on.

Examples:
  $ carillon serve
  $ CARILLON_DIAMETER_LISTEN=127.0.0.1:3868 CARILLON_DIAMETER_HOST=ocs1.example.net \\
    CARILLON_DIAMETER_REALM=example.net CARILLON_DIAMETER_PEERS='*' carillon serve`;

/** `carillon serve`. */
export function register(program: Command): void {
  program
    .command('serve')
    .description('charge online: Diameter peers, 5G consumers and RADIUS clients, where the settings say')
    .option('--json', 'print one JSON object when it listens')
    .addHelpText('after', help)
    .action(async (options: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { serve }] = await Promise.all([import('#app/installation.ts'), import('#app/charging/serve.ts')]);
      const stop = new AbortController();
      const end = (): void => stop.abort();
      process.once('SIGTERM', end).once('SIGINT', end);
      await withInstallation(installationOptions(command), (installation) =>
        serve(installation, stop.signal, {
          started: (listening, plans) =>
            process.stdout.write(
              options.json === true
                ? `${JSON.stringify({ listening, plans })}\n`
                : `${listening.join('\n')}\n${plans === 1 ? '1 plan' : `${plans} plans`}. Stop with Ctrl-C.\n`,
            ),
        }),
      );
    });
}
