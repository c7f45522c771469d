/** Events back from their encoded rows, as far as screening and suspense need them. */
import { services, type UsageEvent } from '#core/usage/usage-event.ts';
import { AT, EPOCH_MICROS, FIXED_BYTES } from '../event-layout.ts';
import type { DayRows } from '../event-rows.ts';

const TWO_32 = 4_294_967_296;
const decoder = new TextDecoder();

/** `trunks`: names of the encoder's numbers, from 1. */
export function eventOfRow(day: DayRows, row: number, source: string, trunks: readonly string[]): UsageEvent {
  const { bytes, starts } = day;
  const at = starts[row] as number; // one for each row
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const eight = (offset: number): number => view.getInt32(at + offset) * TWO_32 + view.getUint32(at + offset + 4);
  let next = at + FIXED_BYTES;
  const text = (): string | undefined => {
    const length = view.getInt32(next);
    next += 4;
    if (length < 0) return undefined;
    next += length;
    return decoder.decode(bytes.subarray(next - length, next));
  };
  const id = text() ?? '';
  const called = text() ?? '';
  const calling = text();
  const cause = text();
  const trunkIn = trunks[(day.trunkIn[row] as number) - 1];
  const trunkOut = trunks[(day.trunkOut[row] as number) - 1];
  return {
    id,
    source,
    service: services[view.getInt16(at + AT.service)] ?? 'voice',
    startMicros: eight(AT.started_at) + EPOCH_MICROS,
    called,
    ...(calling === undefined ? {} : { calling }),
    ...(trunkIn === undefined ? {} : { trunkIn }),
    ...(trunkOut === undefined ? {} : { trunkOut }),
    answered: day.answered[row] === 1,
    durationMicros: eight(AT.duration_micros),
    quantity: 0,
    bytesUp: 0,
    bytesDown: 0,
    ...(cause === undefined ? {} : { cause }),
  };
}
