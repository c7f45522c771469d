/** Rate sheets that were taken in. */
import Type from 'typebox';
import { formatInstant } from '#core/time/zoned.ts';
import type { ImportRecord } from '#operations/rates/rate-store.ts';
import { listed, numberKey } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Instant, Name, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const RateSheet = Type.Object(
  {
    ...{ rateSheet: Type.String(), agreement: Type.String(), tariff: Type.String(), file: Type.String(), sha256: Type.String() },
    ...{ mode: Type.String(), takenIn: Instant },
    summary: Type.Record(Type.String(), Type.Unknown(), { description: 'How many rates came, changed and ended.' }),
  },
  { ...closed, title: 'RateSheet' },
);

export function rateSheetOperations(imports: (agreement: string | undefined) => Promise<readonly ImportRecord[]>): readonly Operation[] {
  return [
    operation({
      ...{
        id: 'listRateSheets',
        tag: 'Rates',
        method: 'GET',
        path: '/v1/rate-sheets',
        summary: 'Rate sheets that were taken in, first to last',
      },
      permission: 'rates:read',
      forParties: ['partner'],
      query: Type.Object({ ...sortedQuery, agreement: Type.Optional(Name) }, closed),
      answer: Page(RateSheet),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query }) => ({
        body: listed(
          await imports(query.agreement),
          query,
          ({ importId }) => numberKey(importId),
          ({ importId, agreement, tariff, fileName, sha256, mode, summary, knownFromMicros }) => ({
            ...{ rateSheet: String(importId), agreement, tariff, file: fileName, sha256, mode, takenIn: formatInstant(knownFromMicros) },
            summary: { ...summary },
          }),
        ),
      }),
    }),
  ];
}
