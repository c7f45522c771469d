/** The events of a document as Parquet, exact: amounts are decimals of nine places, instants microseconds. */
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { formatLocal } from '#core/time/zoned.ts';
import type { DetailRow } from '#operations/settlement/statement-detail.ts';
import { quantityUnit, rawMillionths } from '../statement-texts.ts';

/** Rows that are held in memory, and of which a row group is made. */
const GROUP = 50_000;

/** Two's complement of sixteen bytes: 38 digits. */
const DECIMAL = { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', precision: 38 } as const;
const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

/** Name, type, and the value of an event; names and order are those of the CSV. */
const COLUMNS = [
  ['line', { type: 'INT32' }, ({ line }) => line.number],
  ['direction', TEXT, ({ line }) => line.side],
  ['service', TEXT, ({ leg }) => leg.service],
  ['start_utc', { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, ({ leg }) => BigInt(leg.startMicros)],
  ['start_local', TEXT, ({ leg }, zone) => formatLocal(zone, leg.startMicros)],
  ['calling', TEXT, ({ leg }) => leg.calling ?? ''],
  ['called', TEXT, ({ leg }) => leg.called],
  ['destination', TEXT, ({ line }) => line.destination],
  ['band', TEXT, ({ line }) => line.band],
  ['trunk', TEXT, ({ leg }) => leg.trunk ?? ''],
  ['answered', { type: 'BOOLEAN' }, ({ leg }) => leg.answered],
  ['raw_quantity', { ...DECIMAL, scale: 6 }, ({ leg }) => rawMillionths(leg.service, leg.raw)],
  ['billed_quantity', { type: 'INT64' }, ({ leg }) => leg.billed],
  ['quantity_unit', TEXT, ({ leg }) => quantityUnit(leg.service)],
  ['rate', TEXT, ({ line }) => line.rate?.price ?? ''],
  ['rate_unit', TEXT, ({ line }) => (line.rate === undefined ? '' : line.unit)],
  ['amount', { ...DECIMAL, scale: 9 }, ({ leg }) => leg.amountNanos],
  ['currency', TEXT, ({ line }) => line.currency],
  ['source', TEXT, ({ leg }) => leg.source],
  ['record', TEXT, ({ leg }) => leg.sourceKey],
  ['event_id', { type: 'INT64' }, ({ leg }) => leg.eventId],
  ['split', { type: 'BOOLEAN' }, ({ leg }) => leg.split],
  ['note', TEXT, ({ leg }) => leg.correction ?? ''],
] as const satisfies readonly (readonly [string, object, (row: DetailRow, zone: string) => string | number | bigint | boolean])[];

/** The bytes of the file, a row group at a time. */
export async function* detailParquet(rows: AsyncIterable<DetailRow>, zone: string): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const schema = [
    { name: 'calls', num_children: COLUMNS.length },
    ...COLUMNS.map(([name, type]) => ({ name, ...type, repetition_type: 'REQUIRED' as const })),
  ];
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'carillon' });
  const taken = (): Uint8Array => {
    const bytes = new Uint8Array(writer.buffer.slice(0, writer.index));
    writer.index = 0;
    return bytes;
  };
  let group: DetailRow[] = [];
  const write = async (): Promise<void> => {
    const columnData = COLUMNS.map(([name, , cell]): ColumnSource => ({ name, data: group.map((row) => cell(row, zone)) }));
    await parquet.write({ columnData, rowGroupSize: GROUP });
    group = [];
  };
  for await (const row of rows) {
    group.push(row);
    if (group.length < GROUP) continue;
    await write();
    yield taken();
  }
  if (group.length > 0) await write();
  parquet.finish();
  yield taken();
}
