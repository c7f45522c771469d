import { type Command, InvalidArgumentError } from 'commander';
import { formatInstant } from '#core/time/zoned.ts';
import { instantArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';
import { type Column, formatTable } from '../table.ts';
import { userName } from '../user-name.ts';

const HELP = `
A key opens the operations of the HTTP API that its permissions name. It is shown once and kept
as a hash only; whoever loses it gets another. A key that is revoked is refused within five seconds.
docs/reference/http-api.md has the permissions with their operations.

Examples:
  $ carillon keys create "FreeSWITCH fs1" --permission charging:use
  $ carillon keys create Reporting --permission usage:read --permission settlement:read --expires 2027-01-01T00:00:00Z
  $ carillon keys list
  $ carillon keys revoke 3f2a9c1e5b7d8a60`;

/** `carillon keys …`: keys of the API. */
export function register(program: Command): void {
  const keys = program.command('keys').description('keys of the HTTP API: create, list, revoke').addHelpText('after', HELP);
  keys
    .command('create')
    .description('make a key, and show it once')
    .argument('<name>', 'whose it is, or for what', nameArgument)
    .requiredOption('--permission <permission>', 'what it may do; may be repeated', (each: string, before: readonly string[] = []) => [
      ...before,
      each,
    ])
    .option('--expires <instant>', 'refused from then on (never)', instantArgument)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon keys create "FreeSWITCH fs1" --permission charging:use')
    .action(async (name: string, options: { permission: readonly string[]; expires?: number; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { makeApiKey }] = await Promise.all([import('#app/installation.ts'), import('#app/access/keys.ts')]);
      const words = { name, permissions: options.permission, expiresMicros: options.expires, createdBy: userName() };
      const made = await withInstallation(installationOptions(self), ({ database }) => makeApiKey(database, words));
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(made)}\n`
          : `${made.key}\n\nThis is the only time that key ${made.id} is shown. Send it as Authorization: Bearer <key>.\n`,
      );
    });
  keys
    .command('list')
    .description('all keys, with what they may do and when they were last used')
    .option('--json', 'print one JSON object for each key')
    .addHelpText('after', '\nExample:\n  $ carillon keys list')
    .action(async ({ json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { apiKeys }] = await Promise.all([import('#app/installation.ts'), import('#app/access/keys.ts')]);
      const found = await withInstallation(installationOptions(self), ({ database }) => apiKeys(database));
      process.stdout.write(json === true ? found.map((key) => `${JSON.stringify(keyJson(key))}\n`).join('') : listText(found));
    });
  keys
    .command('revoke')
    .description('refuse a key from now on')
    .argument('<id>', 'of the list')
    .addHelpText('after', '\nExample:\n  $ carillon keys revoke 3f2a9c1e5b7d8a60')
    .action(async (id: string, _options: object, self: Command) => {
      const [{ withInstallation }, { revokeApiKey }] = await Promise.all([import('#app/installation.ts'), import('#app/access/keys.ts')]);
      await withInstallation(installationOptions(self), ({ database }) => revokeApiKey(database, id));
      process.stdout.write(`key ${id} is revoked\n`);
    });
}

function nameArgument(text: string): string {
  if (text.trim() === '' || text.length > 100 || /\p{Cc}/u.test(text)) throw new InvalidArgumentError('It must have 1 to 100 characters.');
  return text;
}

/** What is shown of a key. */
interface ShownKey {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly createdMicros: number;
  readonly createdBy: string;
  readonly expiresMicros: number | undefined;
  readonly revokedMicros: number | undefined;
  readonly lastUsedMicros: number | undefined;
}

function keyJson({ id, name, permissions, createdMicros, createdBy, expiresMicros, revokedMicros, lastUsedMicros }: ShownKey): object {
  const instant = (micros: number | undefined): string | undefined => (micros === undefined ? undefined : formatInstant(micros));
  return {
    ...{ id, name, permissions, created: formatInstant(createdMicros), createdBy },
    ...{ expires: instant(expiresMicros), revoked: instant(revokedMicros), lastUsed: instant(lastUsedMicros) },
  };
}

const columns: readonly Column[] = [
  { title: 'id', cut: 'never' },
  { title: 'name' },
  { title: 'may' },
  { title: 'made by' },
  { title: 'last used', cut: 'never' },
  { title: 'until', cut: 'never' },
];

function listText(keys: readonly ShownKey[]): string {
  if (keys.length === 0) return 'there are no keys yet\n';
  const rows = keys.map(({ id, name, permissions, createdBy, lastUsedMicros, expiresMicros, revokedMicros }) => [
    id,
    name,
    permissions.join(' '),
    createdBy,
    lastUsedMicros === undefined ? 'never' : formatInstant(lastUsedMicros),
    revokedMicros !== undefined ? 'revoked' : expiresMicros === undefined ? '' : formatInstant(expiresMicros),
  ]);
  return `${formatTable(columns, rows)}\n`;
}
