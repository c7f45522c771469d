import { type Command, InvalidArgumentError, Option } from 'commander';
import { countArgument, instantArgument, listArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';
import { numberArgument, numbersArgument } from './notifications.ts';

const HELP = `
Each event is a POST of JSON, signed as https://www.standardwebhooks.com says: webhook-id, webhook-timestamp and
webhook-signature (HMAC-SHA256). Events of one account come in their order; one that is not taken (2xx) is sent
again for three days, and those of the same account wait behind it.

Examples:
  $ carillon webhooks add crm https://crm.example.net/hooks --secret env:CRM_SECRET --type 'charging.*'
  $ carillon webhooks test crm
  $ carillon webhooks messages --state failed
  $ carillon webhooks replay crm --from 2026-11-01T00:00:00Z`;

/** `carillon webhooks add|list|stop|messages|show|retry|replay|test`. */
export function register(program: Command): void {
  const webhooks = program.command('webhooks').description('events for systems of others, by signed HTTP').addHelpText('after', HELP);
  registerAdd(webhooks);
  registerList(webhooks);
  registerStop(webhooks);
  registerMessages(webhooks);
  registerShow(webhooks);
  registerRetry(webhooks);
  registerReplay(webhooks);
  registerTest(webhooks);
}

const opened = () =>
  Promise.all([import('#app/installation.ts'), import('#app/notifications/overview.ts'), import('../notification-tables.ts')]);

function registerAdd(webhooks: Command): void {
  webhooks
    .command('add')
    .description('send events to an address, or to another one under the same name')
    .argument('<name>', 'of the endpoint')
    .argument('<url>', 'https://…; http only to networks of the setting webhooks.allow')
    .requiredOption('--secret <reference>', 'with which it is signed: env:NAME or file:path')
    .option('--type <type>', 'charging.topped-up, charging.*, or * for all (*); may be repeated', listArgument)
    .addHelpText(
      'after',
      "\nExample:\n  $ carillon webhooks add crm https://crm.example.net/hooks --secret env:CRM_SECRET --type 'charging.*'",
    )
    .action(async (id: string, url: string, { secret, type = ['*'] }: { secret: string; type?: readonly string[] }, self: Command) => {
      const [{ withInstallation }, { addEndpoint, endpointsShown }, { printEndpoints }] = await opened();
      const all = await withInstallation(installationOptions(self), async (installation) => {
        await addEndpoint(installation, { id, url, secret, types: type }, userName());
        return endpointsShown(installation.database);
      });
      process.stdout.write(printEndpoints(all, false));
    });
}

function registerList(webhooks: Command): void {
  webhooks
    .command('list')
    .description('endpoints, and how many messages wait, were taken, and failed')
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon webhooks list')
    .action(async ({ json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { endpointsShown }, { printEndpoints }] = await opened();
      const all = await withInstallation(installationOptions(self), ({ database }) => endpointsShown(database));
      process.stdout.write(printEndpoints(all, json === true));
    });
}

function registerStop(webhooks: Command): void {
  webhooks
    .command('stop')
    .description('send nothing there any more; what waits is stopped')
    .argument('<name>', 'of the endpoint')
    .addHelpText('after', '\nExample:\n  $ carillon webhooks stop crm')
    .action(async (id: string, _: object, self: Command) => {
      const [{ withInstallation }, { stopWebhooks }] = await opened();
      await withInstallation(installationOptions(self), ({ database }) => stopWebhooks(database, id));
      process.stdout.write(`${id} is stopped\n`);
    });
}

interface MessageOptions {
  readonly endpoint?: string;
  readonly state?: string;
  readonly subject?: string;
  readonly limit: number;
  readonly json?: boolean;
}

function registerMessages(webhooks: Command): void {
  webhooks
    .command('messages')
    .description('the log: messages, newest first, with what was answered last')
    .option('--endpoint <name>', 'only there')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'sending', 'sent', 'failed', 'stopped']))
    .option('--subject <subject>', 'only about this: an account')
    .option('--limit <count>', 'messages at most', countArgument, 50)
    .option('--json', 'print one JSON object for each')
    .addHelpText('after', '\nExample:\n  $ carillon webhooks messages --endpoint crm --state failed')
    .action(async ({ json, ...filter }: MessageOptions, self: Command) => {
      const [{ withInstallation }, { webhookMessagesShown }, { printWebhookMessages }] = await opened();
      const found = await withInstallation(installationOptions(self), ({ database }) => webhookMessagesShown(database, filter));
      process.stdout.write(printWebhookMessages(found, json === true));
    });
}

function registerShow(webhooks: Command): void {
  webhooks
    .command('show')
    .description('a message with its body and each attempt')
    .argument('<message>', 'its number in `webhooks messages`', numberArgument)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon webhooks show 17')
    .action(async (id: bigint, { json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { webhookMessageShown }, { printWebhookMessage }] = await opened();
      const found = await withInstallation(installationOptions(self), ({ database }) => webhookMessageShown(database, id));
      process.stdout.write(printWebhookMessage(found, json === true));
    });
}

function registerRetry(webhooks: Command): void {
  webhooks
    .command('retry')
    .description('let messages wait again that failed or were stopped')
    .argument('<messages...>', 'their numbers', numbersArgument)
    .addHelpText('after', '\nExample:\n  $ carillon webhooks retry 17 18')
    .action(async (ids: readonly bigint[], _: object, self: Command) => {
      const [{ withInstallation }, { retryWebhooks }] = await opened();
      const count = await withInstallation(installationOptions(self), ({ database }) => retryWebhooks(database, ids));
      process.stdout.write(`${count === 1 ? 'one message waits' : `${count} messages wait`} to be sent\n`);
    });
}

function registerReplay(webhooks: Command): void {
  webhooks
    .command('replay')
    .description('send what went to an endpoint once more, with the same ids')
    .argument('<name>', 'of the endpoint')
    .requiredOption('--from <instant>', 'events since then, 2026-11-01T00:00:00Z', instantArgument)
    .option('--to <instant>', 'and before then (now)', instantArgument)
    .addHelpText('after', '\nExample:\n  $ carillon webhooks replay crm --from 2026-11-01T00:00:00Z')
    .action(async (id: string, { from, to }: { from: number; to?: number }, self: Command) => {
      if (to !== undefined && to <= from) throw new InvalidArgumentError('--to is not after --from');
      const [{ withInstallation }, { replayWebhooks }] = await opened();
      const count = await withInstallation(installationOptions(self), ({ database }) =>
        replayWebhooks(database, id, from, to ?? Date.now() * 1000),
      );
      process.stdout.write(`${count === 1 ? 'one event goes' : `${count} events go`} to ${id} once more\n`);
    });
}

function registerTest(webhooks: Command): void {
  webhooks
    .command('test')
    .description('send an event webhook.test to an endpoint')
    .argument('<name>', 'of the endpoint')
    .addHelpText('after', '\n`carillon serve` or `notifications run` sends it.\n\nExample:\n  $ carillon webhooks test crm')
    .action(async (id: string, _: object, self: Command) => {
      const [{ withInstallation }, { testWebhook }] = await opened();
      const message = await withInstallation(installationOptions(self), ({ database }) => testWebhook(database, id, userName()));
      process.stdout.write(`message ${message} waits; see webhooks show ${message}\n`);
    });
}
