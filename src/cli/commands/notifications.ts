import { type Command, InvalidArgumentError, Option } from 'commander';
import { countArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';

const HELP = `
What happens to accounts of online charging becomes messages as the notices of the configuration say, by SMS and mail
as the settings say (sms.gateway, mail.server, notify.from). \`carillon serve\` sends them; \`notifications run\` does so
elsewhere, or once. What is not answered is tried again for a day.

Examples:
  $ carillon notifications list --state failed
  $ carillon notifications show 17
  $ carillon notifications retry 17 18
  $ carillon notifications run`;

/** `carillon notifications list|show|retry|run`. */
export function register(program: Command): void {
  const notifications = program
    .command('notifications')
    .description('messages to customers: thresholds, top-ups, roaming, and what became of them')
    .addHelpText('after', HELP);
  registerList(notifications);
  registerShow(notifications);
  registerRetry(notifications);
  registerRun(notifications);
}

interface ListOptions {
  readonly account?: string;
  readonly state?: string;
  readonly way?: string;
  readonly limit: number;
  readonly json?: boolean;
}

function registerList(notifications: Command): void {
  notifications
    .command('list')
    .description('messages, newest first, with what was answered last')
    .option('--account <account>', 'only to this one: name or identity')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'sending', 'sent', 'delivered', 'failed', 'suppressed']))
    .addOption(new Option('--way <way>', 'only these').choices(['sms', 'email']))
    .option('--limit <count>', 'messages at most', countArgument, 50)
    .option('--json', 'print one JSON object for each message')
    .addHelpText('after', '\nExample:\n  $ carillon notifications list --account anna')
    .action(async ({ json, ...filter }: ListOptions, self: Command) => {
      const [{ withInstallation }, { notificationsShown }, { printNotifications }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/notifications/overview.ts'),
        import('../notification-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(self), ({ database }) => notificationsShown(database, filter));
      process.stdout.write(printNotifications(found, json === true));
    });
}

function registerShow(notifications: Command): void {
  notifications
    .command('show')
    .description('a message with its text, each attempt, and the receipts of the network')
    .argument('<message>', 'its number in `notifications list`', numberArgument)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ carillon notifications show 17')
    .action(async (id: bigint, { json }: { json?: boolean }, self: Command) => {
      const [{ withInstallation }, { notificationShown }, { printNotification }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/notifications/overview.ts'),
        import('../notification-tables.ts'),
      ]);
      const found = await withInstallation(installationOptions(self), ({ database }) => notificationShown(database, id));
      process.stdout.write(printNotification(found, json === true));
    });
}

function registerRetry(notifications: Command): void {
  notifications
    .command('retry')
    .description('let messages wait again that failed or were suppressed')
    .argument('<messages...>', 'their numbers', numbersArgument)
    .addHelpText('after', '\nExample:\n  $ carillon notifications retry 17 18')
    .action(async (ids: readonly bigint[], _: object, self: Command) => {
      const [{ withInstallation }, { retryMessages }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/notifications/overview.ts'),
      ]);
      const count = await withInstallation(installationOptions(self), ({ database }) => retryMessages(database, ids));
      process.stdout.write(`${count === 1 ? 'one message waits' : `${count} messages wait`} to be sent\n`);
    });
}

function registerRun(notifications: Command): void {
  notifications
    .command('run')
    .description('make messages and webhooks of what happened, and send what is due')
    .option('--watch', 'stay, and look every second')
    .option('--json', 'print one JSON object for each attempt')
    .addHelpText('after', '\nSeveral may run at once, beside `carillon serve` too.\n\nExample:\n  $ carillon notifications run')
    .action(async ({ watch, json }: { watch?: boolean; json?: boolean }, self: Command) => {
      const [{ withInstallation }, { runTelling }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/notifications/tell.ts'),
      ]);
      const stop = new AbortController();
      const end = (): void => stop.abort();
      process.once('SIGTERM', end).once('SIGINT', end);
      const counts = { sent: 0, deferred: 0, refused: 0 };
      const line = (what: string, to: string, { outcome, answer }: { outcome: keyof typeof counts; answer: string }): void => {
        counts[outcome] += 1;
        process.stdout.write(
          json === true ? `${JSON.stringify({ what, to, outcome, answer })}\n` : `${what} to ${to}: ${outcome}, ${answer}\n`,
        );
      };
      const events = await withInstallation(installationOptions(self), (installation) =>
        runTelling(installation, {
          watch: watch === true,
          stop: stop.signal,
          screen: {
            sent: ({ message, outcome }) => line(`message ${message.notificationId}`, message.target, outcome),
            waiting: (way, count, setting) => {
              if (json === true) process.stdout.write(`${JSON.stringify({ what: 'waiting', way, count, setting })}\n`);
              else process.stdout.write(`${count} by ${way} wait for a process with ${setting}, which is empty here\n`);
            },
            told: ({ message, outcome }) => line(`webhook ${message.messageId}`, message.endpoint.id, outcome),
          },
        }),
      );
      if (json !== true)
        process.stdout.write(`${events} events; ${counts.sent} sent, ${counts.deferred} to be tried again, ${counts.refused} refused\n`);
    });
}

export function numberArgument(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError('a number');
  return BigInt(text);
}

export function numbersArgument(text: string, before: readonly bigint[] | undefined): readonly bigint[] {
  return [...(before ?? []), numberArgument(text)];
}
