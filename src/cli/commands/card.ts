import { once } from 'node:events';
import type { Command } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const HELP = `
Needs an account with Stripe and the settings stripe.key and stripe.webhookSecret. What is paid is booked on the account of the
document and settles it; more than is open stays on the account. Each event is worked on once, whether Stripe tells it
(card listen) or is asked for it (card fetch). What cannot be booked is held for a person: card events --held.

Examples:
  $ carillon card link INV-2026-000017
  $ carillon card fetch
  $ carillon card events --held`;

/** `carillon card link|listen|fetch|events|seen`. */
export function register(program: Command): void {
  const card = program.command('card').description('let parties pay by card or by link, over Stripe').addHelpText('after', HELP);
  card
    .command('link')
    .description('a page on which what is open of a document can be paid')
    .argument('<document>', 'its number')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWhile a page for the same amount is open, it is the same page.\n\nExample:\n  $ carillon card link INV-2026-000017',
    )
    .action(async (document: string, { json }: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { makeLink, openProvider }, { printLink }] = await loaded();
      const link = await withInstallation(installationOptions(command), async ({ database, settings }) =>
        makeLink(database, await openProvider(settings.stripe), document, userName()),
      );
      process.stdout.write(printLink(link, json === true));
    });
  card
    .command('listen')
    .description('take Stripe’s messages until it is stopped')
    .option('--json', 'print one JSON object for each event')
    .addHelpText(
      'after',
      '\nListens at stripe.listen for POST /stripe; put a proxy with TLS before it.\n\nExample:\n  $ carillon card listen',
    )
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { listenForCards }, { eventLine }] = await loaded();
      const stop = new AbortController();
      const ended = once(stop.signal, 'abort');
      process.once('SIGTERM', () => stop.abort()).once('SIGINT', () => stop.abort());
      await withInstallation(installationOptions(command), async ({ database, settings, log }) => {
        const listener = await listenForCards(database, settings.stripe, (event, taken) =>
          process.stdout.write(eventLine(event, taken, json === true)),
        );
        log.info({ port: listener.port }, 'Stripe’s messages are taken');
        await ended;
        await listener.close();
      });
    });
  card
    .command('fetch')
    .description('ask Stripe for events that were not told, of the last 30 days at most')
    .option('--json', 'print one JSON object for each event')
    .addHelpText('after', '\nExample:\n  $ carillon card fetch')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const [{ withInstallation }, { fetchEvents, openProvider }, { eventLine }] = await loaded();
      await withInstallation(installationOptions(command), async ({ database, settings }) =>
        fetchEvents(database, await openProvider(settings.stripe), (event, taken) =>
          process.stdout.write(eventLine(event, taken, json === true)),
        ),
      );
    });
  card
    .command('events')
    .description('what Stripe told, newest first')
    .option('--held', 'only what waits for a person')
    .option('--json', 'print one JSON object for each event')
    .addHelpText('after', '\nExample:\n  $ carillon card events --held')
    .action(async ({ held, json }: { held?: boolean; json?: boolean }, command: Command) => {
      const [{ withInstallation }, { cardEvents }, { printEvents }] = await loaded();
      const events = await withInstallation(installationOptions(command), ({ database }) => cardEvents(database, held === true));
      process.stdout.write(printEvents(events, json === true));
    });
  card
    .command('seen')
    .description('a person has seen to a held event')
    .argument('<event>', 'its number in `card events --held`')
    .addHelpText('after', '\nExample:\n  $ carillon card seen evt_1PgafTB7WZ01zgkW')
    .action(async (eventId: string, _: object, command: Command) => {
      const [{ withInstallation }, { seeCardEvent }] = await loaded();
      await withInstallation(installationOptions(command), ({ database }) => seeCardEvent(database, eventId, userName()));
      process.stdout.write(`${eventId} waits no more\n`);
    });
}

function loaded(): Promise<
  [typeof import('#app/installation.ts'), typeof import('#app/cards/cards.ts'), typeof import('../card-tables.ts')]
> {
  return Promise.all([import('#app/installation.ts'), import('#app/cards/cards.ts'), import('../card-tables.ts')]);
}
