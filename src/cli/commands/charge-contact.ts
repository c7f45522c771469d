import { type Command, InvalidArgumentError, Option } from 'commander';
import { installationOptions } from '../global-options.ts';
import { userName } from '../user-name.ts';

const HELP = `
Messages go to the account's own number (its first msisdn) by every way that a notice has, until something else is
said here. Of quiet hours and do-not-disturb only what is urgent is excepted. Nothing stated: what was said is shown.

Examples:
  $ carillon charge contact anna --language de --email anna@example.net
  $ carillon charge contact anna --quiet 21:00-08:00 --ways sms
  $ carillon charge contact anna`;

interface ContactOptions {
  readonly language?: 'en' | 'de' | 'fr' | 'es' | 'pt' | 'ar' | 'usual';
  readonly number?: string;
  readonly email?: string;
  readonly ways?: readonly ('sms' | 'email')[] | null;
  readonly quiet?: { readonly from: number; readonly to: number } | null;
  readonly doNotDisturb?: 'on' | 'off';
  readonly json?: boolean;
}

/** `carillon charge contact`. */
export function registerContact(charge: Command): void {
  charge
    .command('contact')
    .description('how an account is reached, and what it wants to hear')
    .argument('<account>', 'name or identity')
    .addOption(
      new Option('--language <language>', 'of messages; `usual`: as the settings say').choices([
        'en',
        'de',
        'fr',
        'es',
        'pt',
        'ar',
        'usual',
      ]),
    )
    .option('--number <digits>', 'SMS go there, 491701234567; `own`: to the account’s own')
    .option('--email <address>', 'mails go there; `none`: nowhere')
    .option('--ways <ways>', 'sms, email, both separated by a comma, `all` that a notice has, or `none`', waysArgument)
    .option('--quiet <hours>', 'nothing that is not urgent then, 22:00-07:00; `usual`: as the settings say', quietArgument)
    .addOption(new Option('--do-not-disturb <on>', 'nothing that is not urgent').choices(['on', 'off']))
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async (account: string, { json, ...options }: ContactOptions, self: Command) => {
      const [{ withInstallation }, { contactsShown, setContact }, { printContacts }] = await Promise.all([
        import('#app/installation.ts'),
        import('#app/notifications/overview.ts'),
        import('../notification-tables.ts'),
      ]);
      const { language, number, email, ways, quiet, doNotDisturb } = options;
      const change = {
        ...(language === undefined ? {} : { language: language === 'usual' ? null : language }),
        ...(number === undefined ? {} : { number: number === 'own' ? null : number }),
        ...(email === undefined ? {} : { email: email === 'none' ? null : email }),
        ...(ways === undefined ? {} : { ways }),
        ...(quiet === undefined ? {} : { quiet }),
        ...(doNotDisturb === undefined ? {} : { doNotDisturb: doNotDisturb === 'on' }),
      };
      const shown = await withInstallation(installationOptions(self), async ({ database, settings }) => {
        if (Object.keys(change).length > 0) await setContact(database, account, change, settings.notify.language, userName());
        return contactsShown(database, account);
      });
      process.stdout.write(printContacts(shown, json === true));
    });
}

function waysArgument(text: string): readonly ('sms' | 'email')[] | null {
  if (text === 'all') return null;
  if (text === 'none') return [];
  return text.split(',').map((way) => {
    if (way !== 'sms' && way !== 'email') throw new InvalidArgumentError('ways are sms and email');
    return way;
  });
}

function quietArgument(text: string): { readonly from: number; readonly to: number } | null {
  if (text === 'usual') return null;
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('quiet hours are written as 22:00-07:00');
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
}
