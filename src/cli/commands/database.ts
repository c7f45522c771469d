import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';

/** `carillon database status|stop`. */
export function register(program: Command): void {
  const database = program.command('database').description('look at the database, or stop the embedded one');

  database
    .command('status')
    .description('say where the database is, whether it runs, and who is using it')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ carillon database status')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { databaseStatus, describeStatus } = await import('#app/database.ts');
      const status = await databaseStatus(installationOptions(command));
      process.stdout.write(options.json === true ? `${JSON.stringify(status)}\n` : describeStatus(status));
    });

  database
    .command('stop')
    .description('stop the embedded PostgreSQL; the next command starts it again')
    .option('--force', 'also while commands are using it; what they have not committed is undone')
    .addHelpText('after', '\nExample:\n  $ carillon database stop')
    .action(async (options: { force?: boolean }, command: Command) => {
      const { stopDatabase } = await import('#app/database.ts');
      const stopped = await stopDatabase(installationOptions(command), options.force === true);
      process.stdout.write(stopped ? 'stopped\n' : 'it was not running\n');
    });
}
