import type { Command } from 'commander';
import { formatInstant } from '#core/time/zoned.ts';
import { installationOptions } from '../global-options.ts';
import { type Column, formatTable } from '../table.ts';
import { userName } from '../user-name.ts';

const HELP = `
People sign in at the address that the setting api.origin names, with a password that they choose
themselves by an invitation, and a second factor (TOTP) when they want one. A role, a block and a
lost second factor hold at once, for sessions that are open as well.

Examples:
  $ carillon users roles
  $ carillon users invite ann@halyard.example "Ann Hollis" --role finance
  $ carillon users invite carla@andina.example "Carla Ruiz" --role partner --party andina
  $ carillon users block ann@halyard.example`;

/** `carillon users …`: who may sign in. */
export function register(program: Command): void {
  const users = program.command('users').description('people who sign in: invite, roles, block, recover').addHelpText('after', HELP);
  users
    .command('invite')
    .description('somebody new; prints the invitation, which is taken once within seven days')
    .argument('<address>', 'of mail; what they sign in with')
    .argument('<name>', 'as others see it')
    .requiredOption('--role <role>', 'what they may do; `carillon users roles` lists them')
    .option('--party <party>', 'for partners and customers: whose figures they see')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon users invite ann@halyard.example "Ann Hollis" --role finance')
    .action(async (email: string, name: string, options: { role: string; party?: string; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { inviteUser }] = await Promise.all([import('#app/installation.ts'), import('#app/access/users.ts')]);
      const words = { email, name, role: options.role, party: options.party, by: userName() };
      const text = await withInstallation(installationOptions(self), async ({ database, settings }) =>
        invitationText(await inviteUser(database, words), settings.api.origin, options.json),
      );
      process.stdout.write(text);
    });
  users
    .command('recover')
    .description('a new invitation, for who lost the first or forgot the password')
    .argument('<address>', 'of mail')
    .option('--second-factor', 'take the second factor away as well, for who lost it; ends open sessions')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon users recover ann@halyard.example --second-factor')
    .action(async (email: string, options: { secondFactor?: boolean; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { dropUsersSecondFactor, recoverUser }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/access/users.ts'),
      ]);
      const text = await withInstallation(installationOptions(self), async ({ database, settings }) => {
        if (options.secondFactor === true) await dropUsersSecondFactor(database, email);
        return invitationText(await recoverUser(database, email), settings.api.origin, options.json);
      });
      process.stdout.write(text);
    });
  users
    .command('role')
    .description('give another role; holds at once')
    .argument('<address>', 'of mail')
    .argument('<role>', 'of the list that `carillon users roles` prints')
    .option('--party <party>', 'for partners and customers: whose figures they see')
    .addHelpText('after', '\nExample:\n  $ carillon users role ann@halyard.example auditor')
    .action(async (email: string, role: string, { party }: { party?: string }, self: Command) => {
      const [{ withInstallation }, { changeUserRole }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/access/users.ts'),
      ]);
      await withInstallation(installationOptions(self), ({ database }) => changeUserRole(database, email, role, party));
      process.stdout.write(`${email} is ${role} from now on\n`);
    });
  for (const [name, isBlocked, description] of [
    ['block', true, 'end all sessions of somebody, and let them in no more'],
    ['unblock', false, 'let somebody in again who was blocked, or locked out by wrong passwords'],
  ] as const) {
    users
      .command(name)
      .description(description)
      .argument('<address>', 'of mail')
      .addHelpText('after', `\nExample:\n  $ carillon users ${name} ann@halyard.example`)
      .action(async (email: string, _options: object, self: Command) => {
        const [{ withInstallation }, { blockUser }] = await Promise.all([import('#app/installation.ts'), import('#app/access/users.ts')]);
        await withInstallation(installationOptions(self), ({ database }) => blockUser(database, email, isBlocked));
        process.stdout.write(`${email} ${isBlocked ? 'is blocked' : 'may sign in'}\n`);
      });
  }
  users
    .command('list')
    .description('who may sign in, as what, and when they were last seen')
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon users list')
    .action(async ({ json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, app] = await Promise.all([import('#app/installation.ts'), import('#app/access/users.ts')]);
      const found = await withInstallation(installationOptions(self), ({ database }) => app.users(database));
      process.stdout.write(json === true ? found.map((user) => `${JSON.stringify(userJson(user))}\n`).join('') : listText(found));
    });
  users
    .command('roles')
    .description('all roles, with what each may do')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon users roles')
    .action(async ({ json }: { json?: boolean }) => {
      const { roles } = await import('#app/access/users.ts');
      const lines = Object.entries(roles).map(
        ([role, { meaning, permissions }]) => `${role}: ${meaning}\n  ${permissions.join(' ') || 'nothing of the whole house'}`,
      );
      process.stdout.write(json === true ? `${JSON.stringify(roles)}\n` : `${lines.join('\n')}\n`);
    });
}

/** What is shown of somebody. */
interface ShownUser {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly party: string | undefined;
  readonly hasSecondFactor: boolean;
  readonly isBlocked: boolean;
  readonly hasPassword: boolean;
  readonly invitedBy: string;
  readonly createdMicros: number;
  readonly seenMicros: number | undefined;
}

function invitationText(
  { person, token, untilMicros }: { readonly person: ShownUser; readonly token: string; readonly untilMicros: number },
  origin: string,
  json: boolean | undefined,
): string {
  const until = formatInstant(untilMicros);
  if (json === true) return `${JSON.stringify({ ...userJson(person), invitation: token, until })}\n`;
  const address = origin === '' ? 'the address that the setting api.origin will name (it is empty: nobody can sign in yet)' : origin;
  return `${person.name} <${person.email}> is ${person.role}.\n\nInvitation, taken once, until ${until}:\n  ${token}\n
With it a password is chosen: POST /v1/sign-in/reset-password at ${address}
This is the only time that it is shown. Give it to ${person.name} alone.\n`;
}

function userJson({
  email,
  name,
  role,
  party,
  hasSecondFactor,
  isBlocked,
  hasPassword,
  invitedBy,
  createdMicros,
  seenMicros,
}: ShownUser): object {
  return {
    ...{ email, name, role, party, secondFactor: hasSecondFactor, blocked: isBlocked, invitationTaken: hasPassword, invitedBy },
    created: formatInstant(createdMicros),
    ...(seenMicros === undefined ? {} : { seen: formatInstant(seenMicros) }),
  };
}

const columns: readonly Column[] = [
  { title: 'address', cut: 'never' },
  { title: 'name' },
  { title: 'role', cut: 'never' },
  { title: 'party' },
  { title: '2nd factor', cut: 'never' },
  { title: 'state', cut: 'never' },
  { title: 'seen', cut: 'never' },
];

function listText(users: readonly ShownUser[]): string {
  if (users.length === 0) return 'nobody may sign in yet\n';
  const rows = users.map(({ email, name, role, party, hasSecondFactor, isBlocked, hasPassword, seenMicros }) => [
    ...[email, name, role, party ?? '', hasSecondFactor ? 'yes' : 'no'],
    isBlocked ? 'blocked' : hasPassword ? '' : 'invited',
    seenMicros === undefined ? 'never' : formatInstant(seenMicros),
  ]);
  return `${formatTable(columns, rows)}\n`;
}
