/** How commands to accounts of online charging are given: with a key, a note, and what is printed afterwards. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { CommandWords } from '#app/charging/desk.ts';
import { installationOptions } from './global-options.ts';
import { userName } from './user-name.ts';

const KEY_HELP = `
A command is done once for its key: with --key, repeating it after a crash finds what is done.`;

/** What every command to an account can be given. */
export interface Given {
  readonly key?: string;
  readonly note?: string;
  readonly json?: boolean;
}

export function withGiven(command: Command, example: string): Command {
  return command
    .option('--key <key>', 'name of this one command (a new one)')
    .option('--note <text>', 'for the history: who and why (the user of this machine)')
    .option('--json', 'print the account as JSON')
    .addHelpText('after', `${KEY_HELP}\n\nExample:\n  $ carillon charge ${example}`);
}

export async function give(self: Command, account: string, words: CommandWords, { key, note, json }: Given): Promise<void> {
  const [{ withInstallation }, { applyCommand }, { printAccount }] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/charging/desk.ts'),
    import('./charge-tables.ts'),
  ]);
  const command = { ...words, text: note ?? `by ${userName()}` };
  const after = await withInstallation(installationOptions(self), ({ database }) =>
    applyCommand(database, account, command, key ?? `cli:${randomUUID()}`),
  );
  process.stdout.write(printAccount(after, json === true));
}
