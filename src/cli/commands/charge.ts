import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { CommandWords, Identity } from '#app/charging/desk.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import { type Given, give, withGiven } from '../charge-given.ts';
import {
  capArgument,
  countArgument,
  identitiesArgument,
  identityArgument,
  instantArgument,
  moneyArgument,
  type Quantity,
  quantityArgument,
} from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { registerContact } from './charge-contact.ts';
import { registerControl } from './charge-control.ts';
import { registerParty } from './charge-party.ts';
import { registerVouchers } from './charge-vouchers.ts';

const HELP = `
Balances of online charging are kept by the engine that serves network elements (carillon serve). Commands go
to it; where none runs they are done at once. An account is named by its name or by an identity, msisdn:491701234567.

Examples:
  $ carillon apply examples/prepaid-mobile
  $ carillon charge open anna --plan mira --identity msisdn:491701234567
  $ carillon charge top-up anna 20.00
  $ carillon charge account msisdn:491701234567
  $ carillon charge history anna`;

/** `carillon charge …`: accounts of online charging. */
export function register(program: Command): void {
  const charge = program
    .command('charge')
    .description('accounts of online charging: balances, top-ups, vouchers, history')
    .addHelpText('after', HELP);
  registerOpen(charge);
  registerLooks(charge);
  registerMoney(charge);
  registerOffers(charge);
  registerLimits(charge);
  registerVouchers(charge);
  registerContact(charge);
  registerParty(charge);
}

function registerOpen(charge: Command): void {
  charge
    .command('open')
    .description('open an account under a plan')
    .argument('<account>', 'its name')
    .requiredOption('--plan <plan>', 'a plan of the configuration')
    .option('--identity <identity>', 'msisdn:…, imsi:…, nai:…, sip-uri:… or private:…; may be repeated', identitiesArgument)
    .option('--credit <amount>', 'what it may owe (the plan’s)', moneyArgument)
    .option('--pool <account>', 'draws from this account too')
    .option('--json', 'print the account as JSON')
    .addHelpText('after', '\nExample:\n  $ carillon charge open anna --plan mira --identity msisdn:491701234567')
    .action(
      async (
        account: string,
        options: { plan: string; identity?: readonly Identity[]; credit?: bigint; pool?: string; json?: boolean },
        self: Command,
      ) => {
        const [{ withInstallation }, { openChargingAccount }, { printAccount }] = await Promise.all([
          import('#app/installation.ts'),
          import('#app/charging/desk.ts'),
          import('../charge-tables.ts'),
        ]);
        const { plan, identity, credit, pool, json } = options;
        const opened = await withInstallation(installationOptions(self), ({ database }) =>
          openChargingAccount(database, {
            account,
            plan,
            identities: identity ?? [],
            ...(credit === undefined ? {} : { creditLimitNanos: credit }),
            ...(pool === undefined ? {} : { pool }),
          }),
        );
        process.stdout.write(printAccount(opened, json === true));
      },
    );
}

function registerLooks(charge: Command): void {
  charge
    .command('account')
    .description('balances, counters and running sessions of an account')
    .argument('<account>', 'name or identity')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon charge account anna')
    .action(async (account: string, { json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { accountWithCounters }, { printAccount }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/controls.ts'),
        import('../charge-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(self), ({ database }) => accountWithCounters(database, account));
      process.stdout.write(printAccount(found.account, json === true, found.counters));
    });
  charge
    .command('history')
    .description('every change of an account with its cause, newest first: balances, controls, plan, status')
    .argument('<account>', 'name or identity')
    .option('--most <count>', 'so many changes', countArgument, 50)
    .option('--json', 'print one JSON object for each change')
    .addHelpText('after', '\nExample:\n  $ carillon charge history anna --most 20')
    .action(async (account: string, { most, json }: { most: number; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { accountCommands, accountHistory }, { printHistory }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/trace.ts'),
        import('../charge-tables.ts'),
      ]);
      const [entries, commands] = await withInstallation(installationOptions(self), ({ database }) =>
        Promise.all([accountHistory(database, account, most), accountCommands(database, account, most)]),
      );
      process.stdout.write(printHistory(entries, commands, most, json === true));
    });
  charge
    .command('trace')
    .description('a session: what each request changed, and why its use costs what it costs')
    .argument('<session>', 'the peer’s id of it; of the HTTP API http:<client>/s/<reference>')
    .option('--json', 'print JSON')
    .addHelpText('after', traceHelp)
    .action(async (session: string, { json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { traceWhole }, { printTrace }, { printRoaming, roamingJson }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/charging/trace-roaming.ts'),
        import('../charge-tables.ts'),
        import('../roaming-trace-table.ts'),
      ]);
      const { account, roaming } = await withInstallation(installationOptions(self), (home) => traceWhole(home, session));
      if (json === true && roaming !== undefined) {
        const charged: object = account === undefined ? { session } : JSON.parse(printTrace(account, true));
        process.stdout.write(`${JSON.stringify({ ...charged, roaming: roamingJson(roaming) })}\n`);
        return;
      }
      if (account !== undefined) process.stdout.write(printTrace(account, json === true));
      if (roaming !== undefined) process.stdout.write(printRoaming(roaming));
    });
}

const traceHelp = `
Of a roamer whose network is billed (Nchf with nchf.roamingSource): each report that waits with its
containers, and the records that are booked, with their files; the name is the last part of the
Location that the SMF was given. It is known for an hour after its end.

Example:
  $ carillon charge trace "pgw1.example.net;1;17"`;

function registerMoney(charge: Command): void {
  withGiven(
    charge
      .command('top-up')
      .description('add money to an account')
      .argument('<account>', 'name or identity')
      .argument('<amount>', 'in the account’s currency: 20.00', moneyArgument)
      .option('--currency <code>', 'refused unless it is the account’s')
      .option('--until <instant>', 'the money ends then, 2026-12-31T00:00:00Z', instantArgument),
    'top-up anna 20.00',
  ).action(async (account: string, nanos: bigint, options: Given & { currency?: string; until?: number }, self: Command) => {
    const currency = options.currency ?? (await named(self, account)).currency;
    await give(
      self,
      account,
      { kind: 'top-up', nanos, currency, ...(options.until === undefined ? {} : { validToMicros: options.until }) },
      options,
    );
  });
  withGiven(
    charge
      .command('adjust')
      .description('add to or take from a balance, with a reason')
      .argument('<account>', 'name or identity')
      .argument('<amount>', 'quantity with its unit, below zero to take: "-5.00", "1 GB"', quantityArgument)
      .addOption(
        new Option('--bucket <number>', 'which bucket, as `charge account` numbers them (the account’s own money)').argParser(
          countArgument,
        ),
      ),
    'adjust anna --note "complaint 4711" -- 2.50',
  ).action(async (account: string, { amount, unit }: Quantity, options: Given & { bucket?: number }, self: Command) => {
    await give(
      self,
      account,
      { kind: 'adjust', amount, unit, ...(options.bucket === undefined ? {} : { bucket: options.bucket }) },
      options,
    );
  });
  withGiven(
    charge
      .command('transfer')
      .description('move money from one account to another')
      .argument('<from>', 'name or identity')
      .argument('<to>', 'name or identity')
      .argument('<amount>', 'in the currency of both', moneyArgument),
    'transfer anna bert 5.00',
  ).action(async (from: string, to: string, nanos: bigint, { key, note, json }: Given, self: Command) => {
    const [{ withInstallation }, { accountNamed, transfer }, { printAccount }] = await Promise.all([
      import('#app/installation.ts'),
      import('#app/charging/desk.ts'),
      import('../charge-tables.ts'),
    ]);
    const own = key ?? `transfer:${randomUUID()}`;
    if (key === undefined) process.stderr.write(`if this is interrupted, repeat it with --key ${own}\n`);
    const after = await withInstallation(installationOptions(self), async ({ database }) => {
      const { currency } = await accountNamed(database, from);
      return transfer(database, from, to, nanos, currency, note ?? `by ${userName()}`, own);
    });
    process.stdout.write(after.map((account) => printAccount(account, json === true)).join(json === true ? '' : '\n'));
  });
  withGiven(
    charge
      .command('convert')
      .description('turn units of a bucket into something else, as its allowance allows')
      .argument('<account>', 'name or identity')
      .argument('<bucket>', 'its number in `charge account`', countArgument)
      .argument('<amount>', 'how much of it: "300 events"', quantityArgument)
      .argument('<to>', '`main`, or an allowance'),
    'convert anna 4 "300 events" main',
  ).action(async (account: string, bucket: number, { amount, unit }: Quantity, to: string, options: Given, self: Command) => {
    await give(self, account, { kind: 'convert', bucket, amount, unit, to }, options);
  });
}

async function named(self: Command, name: string): Promise<ChargingAccount> {
  const [{ withInstallation }, { accountNamed }] = await Promise.all([import('#app/installation.ts'), import('#app/charging/desk.ts')]);
  return withInstallation(installationOptions(self), ({ database }) => accountNamed(database, name));
}

function registerOffers(charge: Command): void {
  const simple = [
    [
      'buy',
      '<add-on>',
      'buy an add-on with the account’s money',
      'buy anna data-1gb',
      (addOn: string): CommandWords => ({ kind: 'buy-add-on', addOn }),
    ],
    [
      'stop',
      '<add-on>',
      'an add-on is not bought again',
      'stop anna night-surf',
      (addOn: string): CommandWords => ({ kind: 'stop-add-on', addOn }),
    ],
    [
      'give',
      '<allowance>',
      'give an allowance for nothing',
      'give anna welcome',
      (allowance: string): CommandWords => ({ kind: 'give-allowance', allowance }),
    ],
    ['plan', '<plan>', 'change to another plan', 'plan anna mira-l', (plan: string): CommandWords => ({ kind: 'change-plan', plan })],
    [
      'close-session',
      '<session>',
      'end a running session with what it has reported',
      'close-session anna "pgw1;1;17"',
      (session: string): CommandWords => ({ kind: 'close-session', session }),
    ],
  ] as const;
  for (const [name, argument, description, example, words] of simple) {
    withGiven(
      charge.command(name).description(description).argument('<account>', 'name or identity').argument(argument, 'its name'),
      example,
    ).action(async (account: string, what: string, options: Given, self: Command) => give(self, account, words(what), options));
  }
}

function registerLimits(charge: Command): void {
  withGiven(
    charge
      .command('limit')
      .description('what an account may owe')
      .argument('<account>', 'name or identity')
      .argument('<amount>', '0 for prepaid', moneyArgument),
    'limit anna 50.00',
  ).action(async (account: string, nanos: bigint, options: Given, self: Command) =>
    give(self, account, { kind: 'set-credit-limit', nanos }, options),
  );
  registerControl(charge);
  const statuses = {
    activate: ['active', 'let an account be used'],
    block: ['blocked', 'nothing is granted any more, running sessions end'],
    close: ['closed', 'for ever; running sessions end'],
  } as const;
  for (const [name, [status, description]] of Object.entries(statuses)) {
    withGiven(charge.command(name).description(description).argument('<account>', 'name or identity'), `${name} anna`).action(
      async (account: string, options: Given, self: Command) => give(self, account, { kind: 'set-status', status }, options),
    );
  }
  withGiven(
    charge
      .command('pool')
      .description('draw from the buckets of another account, or no longer')
      .argument('<account>', 'name or identity of the member')
      .argument('<pool>', 'name or identity of the pool')
      .option('--cap <allowance=quantity>', 'the most that the member may take in a period; may be repeated', capArgument)
      .option('--leave', 'draw from it no longer'),
    'pool anna miller-family --cap family-data=5GB',
  ).action(
    async (account: string, pool: string, options: Given & { cap?: ReturnType<typeof capArgument>; leave?: boolean }, self: Command) => {
      const { id } = await named(self, pool);
      const words: CommandWords =
        options.leave === true
          ? { kind: 'leave-pool', pool: id }
          : { kind: 'join-pool', membership: { pool: id, caps: options.cap ?? [] } };
      await give(self, account, words, options);
    },
  );
  withGiven(
    charge
      .command('identity')
      .description('add an identity by which network elements know the account, or take it away')
      .argument('<account>', 'name or identity')
      .argument('<identity>', 'msisdn:491701234567', identityArgument)
      .option('--remove', 'take it away'),
    'identity anna imsi:262011234567890',
  ).action(async (account: string, identity: Identity, options: Given & { remove?: boolean }, self: Command) => {
    await give(self, account, { kind: options.remove === true ? 'remove-identity' : 'add-identity', identity }, options);
  });
}
