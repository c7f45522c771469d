/** Terms of rates as JSON, for the columns and bodies of the database: money as text, which keeps its decimals. */
import { type Decimal, decimal, formatDecimal } from '#core/money/decimal.ts';
import type { PriceStep, RateDefaults, RateTerms, Share, SizeBand, Tiers } from '#core/tariffs/tariff.ts';

/** The terms that are lists or objects. */
export interface StructuredTermsJson {
  readonly steps?: readonly (Omit<PriceStep, 'price'> & { readonly price: string })[];
  readonly tiers?: Omit<Tiers, 'tiers'> & { readonly tiers: readonly { readonly from: string; readonly price: string }[] };
  /** Without upToBytes: the rest. */
  readonly sizeBands?: readonly { readonly upToBytes?: number; readonly price: string }[];
  readonly share?: { readonly percent: string; readonly after: string };
}

export function structuredTermsJson({ steps, tiers, sizeBands, share }: Partial<RateTerms>): StructuredTermsJson {
  return present({
    steps: steps?.map((step) => ({ ...step, price: formatDecimal(step.price) })),
    tiers:
      tiers === undefined
        ? undefined
        : { ...tiers, tiers: tiers.tiers.map(({ from, price }) => ({ from: formatDecimal(from), price: formatDecimal(price) })) },
    sizeBands: sizeBands?.map(({ upToBytes, price }) => ({
      ...(Number.isFinite(upToBytes) ? { upToBytes } : {}),
      price: formatDecimal(price),
    })),
    share: share === undefined ? undefined : { percent: formatDecimal(share.percent), after: formatDecimal(share.after) },
  });
}

export function readStructuredTerms({ steps, tiers, sizeBands, share }: StructuredTermsJson): Partial<RateTerms> {
  return present<Partial<RateTerms>>({
    steps: steps?.map((step): PriceStep => ({ ...step, price: decimal(step.price) })),
    tiers:
      tiers === undefined
        ? undefined
        : { ...tiers, tiers: tiers.tiers.map(({ from, price }) => ({ from: decimal(from), price: decimal(price) })) },
    sizeBands: sizeBands?.map(
      ({ upToBytes, price }): SizeBand => ({ upToBytes: upToBytes ?? Number.POSITIVE_INFINITY, price: decimal(price) }),
    ),
    share: share === undefined ? undefined : shareOf(share),
  });
}

function shareOf({ percent, after }: { readonly percent: string; readonly after: string }): Share {
  return { percent: decimal(percent), after: decimal(after) };
}

type Fee = 'setupFee' | 'attemptFee' | 'disconnectFee' | 'surcharge' | 'minimumCharge' | 'maximumCharge';
type Seconds = 'firstSeconds' | 'nextSeconds' | 'graceSeconds' | 'freeSeconds';

/** `{"setupFee": "0.05", "firstSeconds": 60, "nextSeconds": 60}` */
export type RateDefaultsJson = Readonly<Partial<Record<Fee, string> & Record<Seconds, number>>> & StructuredTermsJson;

export function rateDefaultsJson(defaults: RateDefaults): RateDefaultsJson {
  const { firstSeconds, nextSeconds, graceSeconds, freeSeconds } = defaults;
  return {
    ...present({ firstSeconds, nextSeconds, graceSeconds, freeSeconds, ...fees(defaults, formatDecimal) }),
    ...structuredTermsJson(defaults),
  };
}

export function readRateDefaults(json: RateDefaultsJson): RateDefaults {
  const { firstSeconds, nextSeconds, graceSeconds, freeSeconds } = json;
  return {
    ...present({ firstSeconds, nextSeconds, graceSeconds, freeSeconds, ...fees<string, Decimal>(json, decimal) }),
    ...readStructuredTerms(json),
  };
}

function fees<A, B>(of: { readonly [fee in Fee]?: A }, change: (value: A) => B): { readonly [fee in Fee]: B | undefined } {
  const { setupFee, attemptFee, disconnectFee, surcharge, minimumCharge, maximumCharge } = of;
  const changed = (value: A | undefined): B | undefined => (value === undefined ? undefined : change(value));
  return {
    setupFee: changed(setupFee),
    attemptFee: changed(attemptFee),
    disconnectFee: changed(disconnectFee),
    surcharge: changed(surcharge),
    minimumCharge: changed(minimumCharge),
    maximumCharge: changed(maximumCharge),
  };
}

/** Drops what is undefined. The caller gives all that T requires. */
export function present<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T; // what T does not require may be absent, and the rest is the caller's word
}
