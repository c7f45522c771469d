/** Which events are told to customers and to systems of others, and which only once. */
import type { ChargingEvent } from './decision.ts';

/** The others are for gateways alone. */
export const noticedKinds = [
  'threshold-crossed',
  'counter-status',
  'topped-up',
  'use-refused',
  'roaming-entered',
  'bucket-ending',
  'bucket-expired',
  'add-on-bought',
  'renewal-failed',
  'used-beyond-grant',
] as const satisfies readonly ChargingEvent['kind'][];

export type NoticedKind = (typeof noticedKinds)[number];
export type NoticedEvent = Extract<ChargingEvent, { readonly kind: NoticedKind }>;

const noticed: ReadonlySet<string> = new Set(noticedKinds);

export function isNoticed(event: ChargingEvent): event is NoticedEvent {
  return noticed.has(event.kind);
}

const MICROS_PER_HOUR = 3_600_000_000;

/** A phone that is refused asks again at once: it is told once an hour. Undefined: each event is told. */
export function onceKeyOf(event: NoticedEvent, micros: number): string | undefined {
  if (event.kind !== 'use-refused') return undefined;
  return `use-refused|${event.account}|${event.control ?? ''}|${event.service}|${Math.floor(micros / MICROS_PER_HOUR)}`;
}
