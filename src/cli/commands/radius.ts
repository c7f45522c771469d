import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { Identity } from '#core/charging/request.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { identityArgument, listArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';
import { type NodeAddress, nodeAddress } from '../node-address.ts';

/** `carillon radius …`. */
export function register(program: Command): void {
  const radius = program
    .command('radius')
    .description('RADIUS, the protocol of access networks and SIP switches: passwords, and a client by hand');
  registerPassword(radius);
  registerSend(radius);
}

const passwordHelp = `
The password is read from the first line of standard input, so that it stands in no history. Without --chap only its hash is kept: enough where the
NAS sends the password itself (PAP, captive portals). With --chap it is kept encrypted under radius.passwordKey, so that CHAP and MS-CHAP can be checked with it.

Examples:
  $ echo 'correct horse' | carillon radius password nai:anna@example.net
  $ carillon radius password nai:anna@example.net --remove`;

function registerPassword(radius: Command): void {
  radius
    .command('password')
    .description('keep or remove the password of a subscriber’s identity')
    .argument('<identity>', 'nai:anna@example.net, msisdn:…, private:…', identityArgument)
    .option('--chap', 'so that CHAP and MS-CHAP can be checked with it')
    .option('--remove', 'forget it')
    .addHelpText('after', passwordHelp)
    .action(async (identity: Identity, { chap, remove }: { chap?: boolean; remove?: boolean }, self: Command) => {
      const [{ withInstallation }, { removePassword, setPassword }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/passwords.ts'),
      ]);
      const password = remove === true ? '' : (readFileSync(0, 'utf8').split(/\r?\n/)[0] ?? '');
      await withInstallation(installationOptions(self), async ({ database, settings }) => {
        if (remove === true) await removePassword(database, identity);
        const account = remove === true ? undefined : await setPassword(database, settings, identity, password, chap === true);
        process.stdout.write(account === undefined ? 'It is forgotten.\n' : `It is kept for account ${account}.\n`);
      });
    });
}

const sendHelp = `
Asks as a NAS does: an Access-Request, and with --use a Start, a report for each (the last is the Stop), and prints each packet with its answer.
Amounts are what was used since the report before; RADIUS is told totals. With --listen it takes Disconnect and CoA, prints them and agrees. The exit
status is 1 when an answer is missing or refuses.

Examples:
  $ RADIUS_SECRET=… carillon radius send 127.0.0.1 --secret env:RADIUS_SECRET --user anna --password 'correct horse' --use 5MB --use 1MB
  $ carillon radius send 127.0.0.1:1812 --secret file:secret --calling 491701234567 --called 4930123456 --use 61s
  $ carillon radius send ocs1.example.net --secret file:secret --user anna --attribute NAS-Port-Type=19 --json`;

interface SendFlags {
  readonly secret: string;
  readonly user?: string;
  readonly password?: string;
  readonly chap?: boolean;
  readonly msChap?: boolean;
  readonly calling?: string;
  readonly called?: string;
  readonly session?: string;
  readonly attribute?: readonly string[];
  readonly access: boolean;
  readonly use?: readonly string[];
  readonly port?: number;
  readonly accountingPort?: number;
  readonly listen?: number;
  readonly wait: number;
  readonly timeout: number;
  readonly tries: number;
  readonly json?: boolean;
}

function registerSend(radius: Command): void {
  radius
    .command('send')
    .description('be a NAS: ask for a user, report what was used')
    .argument('<node>', 'host:port of the server; without a port 1812', nodeAddress)
    .requiredOption('--secret <reference>', 'where the shared secret is: env:NAME or file:path')
    .option('--user <name>', 'User-Name')
    .option('--password <text>', 'its password; env:NAME and file:path are read')
    .option('--chap', 'prove it with CHAP')
    .option('--ms-chap', 'prove it with MS-CHAP version 2')
    .option('--calling <number>', 'Calling-Station-Id')
    .option('--called <number>', 'Called-Station-Id')
    .option('--session <id>', 'Acct-Session-Id; default: a new one')
    .option('--attribute <name=value>', 'of every request; can be repeated', listArgument)
    .option('--no-access', 'accounting only')
    .option('--use <amount>', 'what was used: 5MB, 60s; one report for each', listArgument)
    .option('--port <port>', 'for authentication; default: that of the node', numberOf)
    .option('--accounting-port <port>', 'for accounting; default: the next after that for authentication', numberOf)
    .option('--listen <port>', 'take Disconnect and CoA there', numberOf)
    .option('--wait <seconds>', 'stay so long before the Stop', numberOf, 0)
    .option('--timeout <seconds>', 'for each try', numberOf, 3)
    .option('--tries <count>', 'how often it is asked', numberOf, 3)
    .option('--json', 'print one JSON object for each packet')
    .addHelpText('after', sendHelp)
    .action(async ({ host, port }: NodeAddress, flags: SendFlags) => {
      const [{ sendRadius }, { packetText }] = await Promise.all([import('#app/radius-send.ts'), import('../radius-text.ts')]);
      const { user, calling, called, session, attribute, access, use, listen } = flags;
      const accessPort = flags.port ?? port ?? 1812;
      const password =
        flags.password === undefined
          ? undefined
          : ({ text: secretOf(flags.password), how: flags.msChap === true ? 'ms-chap-2' : flags.chap === true ? 'chap' : 'pap' } as const);
      for await (const event of sendRadius({
        ...{ host, accessPort, accountingPort: flags.accountingPort ?? accessPort + 1, secret: referenceOf(flags.secret) },
        ...{ user, password, calling, called, session, access, listen, use: use ?? [], attributes: attribute ?? [] },
        ...{ timeoutSeconds: flags.timeout, tries: flags.tries, waitSeconds: flags.wait },
      })) {
        if (event.kind === 'silence') {
          process.exitCode = 1;
          process.stderr.write(
            `no answer to ${event.request}: the server knows another secret, or not this address, or does not want to answer\n`,
          );
          continue;
        }
        if (event.packet.name === 'Access-Reject') process.exitCode = 1;
        if (flags.json === true) process.stdout.write(`${JSON.stringify(event)}\n`);
        else process.stdout.write(packetText(event));
      }
    });
}

function referenceOf(reference: string): string {
  if (/^(env|file):./.test(reference)) return secretOf(reference);
  throw new RefusedError(refuse('radius.secret-missing', 'it is written as env:NAME or file:path', { field: '--secret' }));
}

/** `env:NAME` and `file:path` are read; all else is what it says. */
function secretOf(text: string): string {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(text) ?? [];
  if (kind === undefined) return text;
  const missing = (message: string): RefusedError => new RefusedError(refuse('radius.secret-missing', message, { value: text }));
  try {
    const value = kind === 'env' ? (process.env[name] ?? '') : readFileSync(name, 'utf8').replace(/\r?\n$/, '');
    if (value !== '') return value;
  } catch (error) {
    throw missing(error instanceof Error ? error.message : String(error));
  }
  throw missing('it is not set, or empty');
}

function numberOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}
