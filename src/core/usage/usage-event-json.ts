import { parseDecimal, unitsAtScale } from '../money/decimal.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { parseInstant } from '../time/zoned.ts';
import type { Enrichment } from './enrichment.ts';
import { MOST_PDD_MILLIS, type Service, services, type UsageEvent } from './usage-event.ts';
import { BIN, type UsageField, usageEventFields } from './usage-event-fields.ts';

/** The largest duration an event may state: 2^53 microseconds, some 285 years. */
const MAX_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/** One JSON line as an event. Refused with every fault: unknown fields, wrong forms, what the service needs and lacks. */
export function parseUsageEvent(text: string): Result<UsageEvent> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refused([refuse('usage.event-invalid', `not JSON: ${error instanceof Error ? error.message : 'unreadable'}`)]);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refused([refuse('usage.event-invalid', 'an event is a JSON object')]);
  }
  return readEvent(new FieldReader(json as Readonly<Record<string, unknown>>)); // an object without array: fields are read one by one
}

function refused(refusals: readonly Refusal[]): Result<never> {
  return { ok: false, refusals };
}

function readEvent(fields: FieldReader): Result<UsageEvent> {
  const service = fields.service();
  const durationMicros = fields.decimal('duration', 6, MAX_MICROS);
  const priceNanos = fields.decimal('price', 9, 2n ** 63n - 1n);
  const pddMicros = fields.decimal('pdd', 6, BigInt(MOST_PDD_MILLIS) * 1_000n);
  const answered = fields.boolean('answered') ?? true;
  const event = {
    id: fields.text('id') ?? '',
    source: fields.text('source') ?? 'json',
    service,
    startMicros: fields.instant('start'),
    called: fields.digits('called') ?? '',
    answered,
    durationMicros: Number(durationMicros ?? 0n),
    quantity: fields.count('quantity') ?? (service === 'voice' || service === 'data' ? 0 : 1),
    bytesUp: fields.count('bytesUp') ?? 0,
    bytesDown: fields.count('bytesDown') ?? 0,
    ...present('calling', fields.digits('calling') || undefined),
    ...present('priceNanos', priceNanos),
    ...present('trunkIn', fields.text('trunkIn')),
    ...present('trunkOut', fields.text('trunkOut')),
    ...present('priceCurrency', fields.text('priceCurrency')),
    ...present('serviceClass', fields.text('serviceClass')),
    ...present('ratingGroup', fields.text('ratingGroup')),
    ...present('apn', fields.text('apn')),
    ...present('cause', fields.text('cause')),
    ...present('pddMillis', pddMicros === undefined || service !== 'voice' ? undefined : Math.round(Number(pddMicros) / 1_000)),
    ...present('enriched', fields.enrichment()),
  };
  if ((service === 'voice' || service === 'sms' || service === 'mms') && event.called === '')
    fields.fault('called', `${service} needs a called number`);
  if (service === 'voice' && answered && durationMicros === undefined) fields.fault('duration', 'an answered call needs a duration');
  if ((service === 'sms' || service === 'mms') && event.quantity < 1) fields.fault('quantity', 'a message has at least one part');
  if (!Number.isSafeInteger(event.bytesUp + event.bytesDown)) fields.fault('bytesDown', 'with bytesUp it is more than 2^53 − 1');
  fields.checkRest();
  return fields.faults.length > 0 ? refused(fields.faults) : { ok: true, value: event };
}

function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  // The computed key is K by construction, which TypeScript widens to string.
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

type FieldName = keyof typeof usageEventFields;

/** Reads fields of one object and collects what is wrong with them. */
class FieldReader {
  readonly faults: Refusal[] = [];
  readonly #json: Readonly<Record<string, unknown>>;

  constructor(json: Readonly<Record<string, unknown>>) {
    this.#json = json;
  }

  fault(field: string, message: string, value?: unknown): void {
    const shown = value === undefined ? {} : { value: (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 120) };
    this.faults.push(refuse('usage.event-invalid', message, { field, ...shown }));
  }

  service(): Service {
    const value = this.#value('service');
    const service = services.find((name) => name === value);
    if (service === undefined && value !== undefined) this.fault('service', `a service is one of ${services.join(', ')}`, value);
    return service ?? 'voice';
  }

  text(name: FieldName): string | undefined {
    const value = this.#value(name);
    if (value === undefined || (typeof value === 'string' && value.length > 0 && value.length <= 256)) return value;
    this.fault(name, 'must be text of 1 to 256 characters', value);
    return undefined;
  }

  /** `routing` and `bins`. */
  enrichment(): Enrichment | undefined {
    const routing = this.digits('routing') || undefined;
    const bins = this.#bins();
    if (routing === undefined && bins === undefined) return undefined;
    return { ...present('routing', routing), ...(routing === undefined ? {} : { numberTable: 'json' }), ...present('bins', bins) };
  }

  #bins(): readonly string[] | undefined {
    const value = this.#value('bins');
    if (value === undefined) return undefined;
    const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
    const bins = items.flatMap((item) => (typeof item === 'string' && BIN.test(item) ? [item] : []));
    const sets = new Set(bins.map((bin) => bin.slice(0, bin.indexOf('/'))));
    if (bins.length === items.length && sets.size === bins.length) return bins;
    this.fault('bins', 'must be a list of bins such as circles/delhi, one of each set', value);
    return undefined;
  }

  digits(name: FieldName): string | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && /^\+?\d{0,32}$/.test(value)) return value.replace('+', '');
    this.fault(name, 'must be a string of up to 32 digits', value);
    return undefined;
  }

  boolean(name: FieldName): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    this.fault(name, 'must be true or false', value);
    return undefined;
  }

  count(name: FieldName): number | undefined {
    const value = this.#value(name);
    if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) return value;
    this.fault(name, 'must be a whole number from 0', value);
    return undefined;
  }

  instant(name: FieldName): number {
    const value = this.#value(name);
    const micros = typeof value === 'string' ? parseInstant(value) : undefined;
    if (micros !== undefined && Number.isSafeInteger(micros)) return micros;
    if (value !== undefined) this.fault(name, 'must be an instant with an offset, such as 2026-10-25T02:30:00+02:00', value);
    return 0;
  }

  /** A decimal from 0 at a scale; numbers are read by the text JSON would write for them. */
  decimal(name: FieldName, scale: number, most: bigint): bigint | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const parsed = typeof value === 'string' || typeof value === 'number' ? parseDecimal(String(value)) : undefined;
    const units = parsed === undefined || parsed.scale > scale || parsed.units < 0n ? undefined : unitsAtScale(parsed, scale);
    if (units !== undefined && units <= most) return units;
    this.fault(name, `must be a number from 0 with up to ${scale} decimals`, value);
    return undefined;
  }

  /** Missing required fields and unknown ones. */
  checkRest(): void {
    const known: Readonly<Record<string, UsageField>> = usageEventFields;
    for (const [name, { required }] of Object.entries(known)) {
      if (required && this.#value(name) === undefined) this.fault(name, `${name} is missing`);
    }
    for (const name of Object.keys(this.#json)) if (!Object.hasOwn(known, name)) this.fault(name, 'unknown field');
  }

  #value(name: string): unknown {
    return this.#json[name] ?? undefined;
  }
}
