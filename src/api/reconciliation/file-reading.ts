/** How a partner's table is to be read, where the account's configuration and the file itself do not say. */
import Type, { type Static } from 'typebox';
import { declarationFields, durationUnits } from '#core/settlement/reconciliation/declaration-fields.ts';
import { decimalMarks } from '#core/tariffs/rate-sheets/numbers.ts';
import { LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

export const fileReading = {
  columns: Type.Optional(
    Type.Array(Type.Object({ header: Name, field: Type.Enum([...declarationFields]) }, closed), {
      maxItems: 100,
      description: 'What columns hold; as the partner’s last file was mapped, and as their headers say, for those left out.',
    }),
  ),
  sheet: Type.Optional(Type.String({ ...Name, description: 'Of a workbook.' })),
  separator: Type.Optional(Type.String({ minLength: 1, maxLength: 1, pattern: '^[^\\u0000-\\u0008\\u000a-\\u001f]$' })),
  decimal: Type.Optional(Type.Enum([...decimalMarks])),
  dateFormat: Type.Optional(Type.Enum(['dd/mm/yyyy', 'mm/dd/yyyy', 'yyyy-mm-dd'])),
  unit: Type.Optional(Type.Enum([...durationUnits])),
};
const Reading = Type.Object(fileReading);
export type FileReadingBody = Static<typeof Reading>;

export const ColumnsShown = Type.Array(Type.Object({ header: Type.String(), field: Type.String() }, closed), {
  description: 'As the columns were read.',
});

/** Days of an agreement: `to` is the first behind them. */
export const DaysShown = Type.Object({ from: LocalDate, to: { ...LocalDate, description: 'First day after it.' } }, closed);
export const PeriodLabel = Type.String({
  ...Name,
  maxLength: 40,
  description: 'A day, ISO week, half-month, month or quarter: `2026-10`.',
});

export function columnsShown(columns: readonly (readonly [header: string, field: string])[]): { header: string; field: string }[] {
  return columns.map(([header, field]) => ({ header, field }));
}
