/** A rate by hand: looked at first, then written. */
import Type from 'typebox';
import { formatDecimal } from '#core/money/decimal.ts';
import type { Rate } from '#core/tariffs/tariff.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { AddedRate, RateByHand } from '#operations/rates/add-rate.ts';
import { type Operation, operation } from '../operation.ts';
import { Currency, Instant, LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export interface RateDesk {
  readonly add: (said: RateByHand, dryRun: boolean) => Promise<AddedRate & { readonly held: number }>;
}

const Shown = Type.Object(
  {
    ...{ code: Type.Optional(Type.String()), destination: Type.String(), price: Type.String({ description: 'Exact, for `per`.' }) },
    ...{ increments: Type.Optional(Type.String()), from: Instant },
  },
  { ...closed, title: 'RateShown' },
);
const Added = Type.Object(
  {
    ...{ tariff: Type.String(), currency: Currency, per: Type.Integer({ description: 'What a price is for: seconds, bytes, or 1.' }) },
    ...{ rate: Shown, before: Type.Optional(Shown) },
    isKnown: Type.Boolean({ description: 'The very rate was there.' }),
    held: Type.Integer({ description: 'Records that wait for it.' }),
    isWritten: Type.Boolean(),
  },
  { ...closed, title: 'AddedRate', description: '`before`: what numbers of the code were priced with on that day.' },
);

export function rateOperations(desk: RateDesk): readonly Operation[] {
  return [
    operation({
      ...{ id: 'addRate', tag: 'Rates', method: 'POST', path: '/v1/tariffs/{tariff}/rates', status: 201 },
      ...{ permission: 'rates:manage', repetition: 'key', audit: { subject: 'rate-sheet' } },
      summary: 'Add one rate to a tariff, or look at what it would do',
      description: `Rates that files keep: a new version of the configuration, as \`carillon apply\` writes it; write it into the folder, too (\`carillon export\`), as the
next apply of one without it takes it back. Rates of sheets: an amendment of one row. Nothing that is charged changes; what waits is taken up by a retry.`,
      parameters: Type.Object({ tariff: Name }),
      body: Type.Object(
        {
          code: Type.String({ maxLength: 40, description: 'Digits that called numbers begin with.' }),
          destination: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })),
          price: Type.String({ maxLength: 40, description: 'Exact, for `per` of the tariff: a minute of voice.' }),
          increments: Type.Optional(Type.String({ maxLength: 40, description: '`60/60`; left out: as the tariff’s other rates.' })),
          from: { ...LocalDate, description: 'In the zone of the agreement that uses the tariff.' },
          dryRun: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
      answer: Added,
      refusals: ['rate-sheet.tariff-unknown', 'rate-sheet.rate-wrong', 'rate-sheet.busy', 'configuration.busy'],
      handle: async ({ parameters, body: { dryRun = false, ...said } }) => {
        const { tariff, rate, before, isKnown, held } = await desk.add({ ...parameters, ...said }, dryRun);
        return {
          body: {
            ...{
              tariff: tariff.id,
              currency: tariff.currency,
              per: tariff.per,
              rate: shown(rate),
              isKnown,
              held,
              isWritten: !dryRun && !isKnown,
            },
            ...(before === undefined ? {} : { before: shown(before) }),
          },
        };
      },
    }),
  ];
}

function shown({ match: { code, destination }, terms: { price, firstSeconds, nextSeconds }, validFromMicros }: Rate) {
  return {
    ...{ destination, price: formatDecimal(price), from: formatInstant(validFromMicros) },
    ...(code === undefined ? {} : { code }),
    ...(firstSeconds === undefined ? {} : { increments: `${firstSeconds}/${nextSeconds ?? firstSeconds}` }),
  };
}
