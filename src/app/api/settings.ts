/** What is behind the operations of settings: templates, calendars, currencies and their rates. */
import type { CalendarReader } from '#api/settings/calendars.ts';
import type { ExchangeDesk } from '#api/settings/exchange.ts';
import type { TemplateDesk, TemplateShown } from '#api/settings/templates.ts';
import { readCurrency } from '#core/money/currencies.ts';
import { shippedTemplates } from '#documents/invoice/invoice-document.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import { selectKeptRates, selectRateSources } from '#storage/exchange/exchange-rates.ts';
import { setRate } from '../exchange/rates.ts';
import { addTemplate, listTemplates, templateSample } from '../invoicing/print.ts';
import type { ApiHome } from './home.ts';
import { withUploads } from './uploaded.ts';

export function templatesOf({ database, uploads }: ApiHome): TemplateDesk {
  return {
    async list() {
      const [own, { book }] = await Promise.all([listTemplates(database), loadSetupWithoutRates(database, ['legalEntities'])]);
      const usedBy = (template: string): readonly string[] =>
        book.legalEntities.filter(({ invoicing }) => (invoicing?.template ?? 'classic') === template).map(({ id }) => id);
      return [
        ...shippedTemplates.map(
          (template): TemplateShown => ({ template, madeOf: 'shipped', logo: undefined, kept: undefined, usedBy: usedBy(template) }),
        ),
        ...own.map(
          ({ name, base, source, logo, by, keptMicros }): TemplateShown => ({
            ...{ template: name, madeOf: source === undefined ? base : 'own-source', logo: logo?.type },
            ...{ kept: { by, atMicros: keptMicros }, usedBy: usedBy(name) },
          }),
        ),
      ];
    },
    preview: (template, { language, ...sample }) =>
      templateSample(database, template, { sample: { ...sample, extras: true }, ...(language === undefined ? {} : { language }) }),
    keep: (name, { base = 'classic', source, logo }, owner, by) =>
      withUploads(
        uploads,
        owner,
        [source, logo].filter((each) => each !== undefined),
        async (paths) => {
          const [first, second] = paths;
          const file = source === undefined ? undefined : first;
          const picture = logo === undefined ? undefined : source === undefined ? first : second;
          await addTemplate(database, {
            ...{ name, base, by },
            ...(file === undefined ? {} : { file }),
            ...(picture === undefined ? {} : { logo: picture }),
          });
        },
      ),
  };
}

export function timesOf({ database }: ApiHome): CalendarReader {
  return async () => {
    const { book, origins } = await loadSetupWithoutRates(database, ['calendars', 'timeBands', 'tariffs']);
    const tariffsOf = (set: string): readonly string[] => book.tariffs.filter(({ timeBands }) => timeBands === set).map(({ id }) => id);
    return { calendars: book.calendars, origins: origins.calendars, timeBands: book.timeBands, tariffsOf };
  };
}

export function exchangeOf({ database }: ApiHome): ExchangeDesk {
  return {
    async currencies() {
      const { book } = await loadSetupWithoutRates(database, ['legalEntities', 'accounts', 'tariffs']);
      const used = new Set([...book.legalEntities, ...book.accounts, ...book.tariffs].map(({ currency }) => currency));
      return [...used].map((currency) => {
        const known = readCurrency(currency);
        return {
          currency,
          ...{
            name: known.kind === 'unknown' ? currency : known.currency.name,
            decimals: known.kind === 'current' ? known.currency.minorUnits : 2,
          },
          legalEntities: book.legalEntities.filter((each) => each.currency === currency).map(({ id }) => id),
          accounts: book.accounts.filter((each) => each.currency === currency).length,
          tariffs: book.tariffs.filter((each) => each.currency === currency).length,
        };
      });
    },
    sources: () => selectRateSources(database.pool),
    rates: (question, after, most) => selectKeptRates(database.pool, question, after, most),
    give: ({ source = 'manual', in: into, ...rest }, by) => setRate(database, { ...rest, source, into, by }),
  };
}
