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

/** Throws RefusedError for what is refused. */
export type UndoRateSheet = (importId: number) => Promise<{ readonly importId: number; readonly taken: number; readonly restored: number }>;

export function undoRateSheetOperations(undo: UndoRateSheet): readonly Operation[] {
  return [
    operation({
      ...{ id: 'undoRateSheet', tag: 'Rates', method: 'POST', path: '/v1/rate-sheets/{rateSheet}/undoings', status: 201 },
      ...{ permission: 'rates:manage', repetition: 'key', audit: { subject: 'rate-sheet' } },
      summary: 'Take the last rate sheet of a tariff back, by a new one that restores what was in force',
      description: 'Charges already booked keep their price.',
      parameters: Type.Object({ rateSheet: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) }),
      answer: Type.Object(
        {
          rateSheet: Type.String({ description: 'The new one.' }),
          taken: Type.Integer({ description: 'Rates taken out.' }),
          restored: Type.Integer({ description: 'Rates in force again.' }),
        },
        { ...closed, title: 'UndoneRateSheet' },
      ),
      refusals: ['rate-sheet.import-unknown', 'rate-sheet.undo-not-last', 'rate-sheet.busy'],
      handle: async ({ parameters }) => {
        const { importId, taken, restored } = await undo(Number(parameters.rateSheet));
        return { body: { rateSheet: String(importId), taken, restored } };
      },
    }),
  ];
}

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
