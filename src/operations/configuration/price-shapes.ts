/**
 * Price formulas with a structure. Each can be written as objects in YAML, or in one line of text,
 * which is also how a cell of a table says it.
 */
import { type Decimal, formatDecimal, parseDecimal } from '#core/money/decimal.ts';
import { type PriceStep, type Share, type SizeBand, type Tiers, tierMeasures, tierPeriods, type VolumeRule } from '#core/tariffs/tariff.ts';
import { amount, type Increments, identifier, increments, wholeNumber } from './scalar-shapes.ts';
import type { Shape } from './shapes.ts';
import { changed, defaulted, lastOf, listOf, mapOr, oneOf, optional, record, required, scalar } from './shapes.ts';

const MOST_SECONDS = 1_000_000_000;
const MOST_BYTES = 1_000_000_000_000_000;

/** Reads a list as the first shape, a plain value as the second. */
function listOrText<T>(list: Shape<T>, line: Shape<T>): Shape<T> {
  return {
    says: `${list.says}, or text`,
    schema: { anyOf: [list.schema, line.schema] },
    ...(list.inner === undefined ? {} : { inner: list.inner }),
    read: (tree, field, reading) => (tree.kind === 'text' ? line.read(tree, field, reading) : list.read(tree, field, reading)),
  };
}

/** `60: 0.10 1/1; 300: 0.05 6/6` into its parts; undefined when a part has another form. */
function parts(text: string): readonly { readonly from: string; readonly words: readonly string[] }[] | undefined {
  const read = text.split(';').map((part) => /^\s*([^:\s]+)\s*:\s*(\S.*?)\s*$/.exec(part));
  if (read.some((match) => match === null)) return undefined;
  return read.map((match) => ({ from: match?.[1] ?? '', words: (match?.[2] ?? '').split(/\s+/) }));
}

function ascending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}

const seconds = wholeNumber(1, MOST_SECONDS);

function step(fromSeconds: number, price: Decimal, by: Increments | undefined): PriceStep {
  return { fromSeconds, price, firstSeconds: by?.first ?? 1, nextSeconds: by?.next ?? 1 };
}

const stepList = changed(
  listOf(
    record('object', {
      from: required(seconds, 'Billed second from which it applies.', '60'),
      price: required(amount, 'Price for one `per` of the tariff.', '0.10'),
      increments: optional(increments, 'Increments of this step. Left out: 1/1.', '1/1'),
    }),
  ),
  (steps) => steps.map(({ from, price, increments: by }) => step(from, price, by)),
);

const stepText = scalar(
  '`60: 0.10 1/1; 300: 0.05 6/6`',
  'steps such as 60: 0.10 1/1; 300: 0.05 6/6',
  { type: 'string' },
  (text): readonly PriceStep[] | undefined => {
    const steps = parts(text)?.map(({ from, words }) => {
      const [price, by] = [parseDecimal(words[0] ?? ''), /^(\d{1,5})\/(\d{1,5})$/.exec(words[1] ?? '1/1')];
      if (!/^\d{1,9}$/.test(from) || price === undefined || by === null || words.length > 2) return undefined;
      return step(Number(from), price, { first: Number(by[1]), next: Number(by[2]) });
    });
    return steps?.every((one) => one !== undefined && one.firstSeconds > 0 && one.nextSeconds > 0)
      ? steps.filter((one) => one !== undefined)
      : undefined;
  },
);

export const stepsShape: Shape<readonly PriceStep[]> = changed(listOrText(stepList, stepText), (steps, tree, field, reading) =>
  steps.length > 0 && steps.every(({ fromSeconds }) => fromSeconds > 0) && ascending(steps.map(({ fromSeconds }) => fromSeconds))
    ? steps
    : reading.fault('configuration.value-wrong', `${lastOf(field)} must begin later from step to step`, tree, field),
);

export function formatSteps(steps: readonly PriceStep[]): string {
  return steps
    .map(({ fromSeconds, price, firstSeconds, nextSeconds }) => `${fromSeconds}: ${formatDecimal(price)} ${firstSeconds}/${nextSeconds}`)
    .join('; ');
}

const tierRecord = changed(
  record('object', {
    counter: required(identifier, 'Rates of one agreement and role that name the same counter count together.', 'all-voice'),
    kind: defaulted(
      oneOf(['graduated', 'volume']),
      'graduated',
      'graduated',
      'Each slice at its own price, or everything at the price reached.',
      'volume',
    ),
    measure: required(oneOf(tierMeasures), 'What is counted.', 'minutes'),
    period: defaulted(oneOf(tierPeriods), 'month', 'month', 'When counting begins again.', 'month'),
    tiers: required(
      listOf(
        record('object', { from: required(amount, 'Where the tier begins.', '1000'), price: required(amount, 'Its price.', '0.015') }),
      ),
      'The tiers behind the first, which is the rate’s own price.',
      '[{from: 1000, price: 0.015}]',
    ),
  }),
  ({ tiers, ...rest }): Tiers => ({ ...rest, tiers: tiers.map(({ from, price }) => ({ from, price })) }),
);

const tierText = scalar(
  '`all-voice graduated minutes month; 1000: 0.015`',
  'tiers such as all-voice graduated minutes month; 1000: 0.015',
  { type: 'string' },
  (text): Tiers | undefined => {
    const [head = '', ...rest] = text.split(';');
    const words = head.trim().split(/\s+/);
    const kind = words[1] === 'graduated' || words[1] === 'volume' ? words[1] : undefined;
    const measure = tierMeasures.find((word) => word === words[2]);
    const period = tierPeriods.find((word) => word === words[3]);
    const tiers = parts(rest.join(';'))?.map(({ from, words: [price, ...more] }) => ({
      from: parseDecimal(from),
      price: more.length > 0 ? undefined : parseDecimal(price ?? ''),
    }));
    if (
      words.length !== 4 ||
      words[0] === undefined ||
      !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(words[0]) ||
      kind === undefined ||
      measure === undefined ||
      period === undefined ||
      tiers === undefined
    )
      return undefined;
    const known = tiers.flatMap(({ from, price }) => (from === undefined || price === undefined ? [] : [{ from, price }]));
    return known.length === tiers.length ? { counter: words[0], kind, measure, period, tiers: known } : undefined;
  },
);

export const tiersShape: Shape<Tiers> = changed(mapOr(tierRecord, tierText), (tiers, tree, field, reading) => {
  const scale = Math.max(0, ...tiers.tiers.map(({ from }) => from.scale));
  const begins = tiers.tiers.map(({ from }) => from.units * 10n ** BigInt(scale - from.scale));
  const rising = begins.every((begin, index) => begin > (begins[index - 1] ?? 0n));
  return rising && begins.length > 0
    ? tiers
    : reading.fault('configuration.value-wrong', `${lastOf(field)} must begin above 0 and rise from tier to tier`, tree, field);
});

export function formatTiers({ counter, kind, measure, period, tiers }: Tiers): string {
  return [
    `${counter} ${kind} ${measure} ${period}`,
    ...tiers.map(({ from, price }) => `${formatDecimal(from)}: ${formatDecimal(price)}`),
  ].join('; ');
}

const REST = 'rest';
const upTo = scalar(
  'bytes, or `rest`',
  'a whole number of bytes, or "rest"',
  { anyOf: [{ type: 'integer', minimum: 1 }, { const: REST }] },
  (text) => (text === REST ? Number.POSITIVE_INFINITY : /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined),
);

const sizeBandList: Shape<readonly SizeBand[]> = listOf(
  record('object', {
    upToBytes: required(upTo, 'Messages of at most this size; the last must be `rest`.', '100000'),
    price: required(amount, 'Price of a message.', '0.05'),
  }),
);

const sizeBandText = scalar(
  '`100000: 0.05; rest: 0.10`',
  'size bands such as 100000: 0.05; rest: 0.10',
  { type: 'string' },
  (text): readonly SizeBand[] | undefined => {
    const bands = parts(text)?.map(({ from, words }) => ({
      upToBytes: from === REST ? Number.POSITIVE_INFINITY : /^[1-9]\d{0,14}$/.test(from) ? Number(from) : Number.NaN,
      price: words.length === 1 ? parseDecimal(words[0] ?? '') : undefined,
    }));
    const known = bands?.flatMap(({ upToBytes, price }) => (Number.isNaN(upToBytes) || price === undefined ? [] : [{ upToBytes, price }]));
    return known?.length === bands?.length ? known : undefined;
  },
);

export const sizeBandsShape: Shape<readonly SizeBand[]> = changed(listOrText(sizeBandList, sizeBandText), (bands, tree, field, reading) =>
  bands.length > 0 && bands.at(-1)?.upToBytes === Number.POSITIVE_INFINITY && ascending(bands.map(({ upToBytes }) => upToBytes))
    ? bands.map(({ upToBytes, price }) => ({ upToBytes, price }))
    : reading.fault('configuration.value-wrong', `${lastOf(field)} must rise, and the last must be "rest"`, tree, field),
);

export function formatSizeBands(bands: readonly SizeBand[]): string {
  return bands
    .map(({ upToBytes, price }) => `${upToBytes === Number.POSITIVE_INFINITY ? REST : upToBytes}: ${formatDecimal(price)}`)
    .join('; ');
}

const ZERO: Decimal = { units: 0n, scale: 0 };

const shareRecord = record('object', {
  percent: required(amount, 'Percent of the price to the customer.', '45'),
  after: defaulted(amount, ZERO, '0', 'What comes off each price before the share is taken, such as costs of payment.', '0.10'),
});

const shareText = scalar('`45% after 0.10`', 'a share such as 45% after 0.10', { type: 'string' }, (text): Share | undefined => {
  const match = /^(\S+?)\s*%(?:\s+after\s+(\S+))?$/.exec(text);
  const [percent, after] = [parseDecimal(match?.[1] ?? ''), match?.[2] === undefined ? ZERO : parseDecimal(match[2])];
  return percent === undefined || after === undefined ? undefined : { percent, after };
});

export const shareShape: Shape<Share> = changed(mapOr(shareRecord, shareText), ({ percent, after }) => ({ percent, after }));

export function formatShare({ percent, after }: Share): string {
  return `${formatDecimal(percent)}%${after.units === 0n && after.scale === 0 ? '' : ` after ${formatDecimal(after)}`}`;
}

/** Names of quantities: of seconds for voice, of bytes for data. */
export const secondUnits: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
]);
export const byteUnits: ReadonlyMap<string, number> = new Map([
  ['byte', 1],
  ['kB', 1000],
  ['MB', 1_000_000],
  ['GB', 1_000_000_000],
  ['KiB', 1024],
  ['MiB', 1_048_576],
  ['GiB', 1_073_741_824],
]);

export interface Unit {
  readonly kind: 'seconds' | 'bytes' | 'plain';
  readonly size: number;
}

/** What one price is for; whether the unit fits the service is checked with the tariff. */
export const perUnit: Shape<Unit> = scalar(
  'unit',
  `a unit: ${[...secondUnits.keys(), ...byteUnits.keys()].join(', ')}, or a whole number`,
  { anyOf: [{ enum: [...secondUnits.keys(), ...byteUnits.keys()] }, { type: 'integer', minimum: 1 }] },
  (text) => {
    const [time, bytes] = [secondUnits.get(text), byteUnits.get(text)];
    if (time !== undefined) return { kind: 'seconds', size: time };
    if (bytes !== undefined) return { kind: 'bytes', size: bytes };
    return /^[1-9]\d{0,14}$/.test(text) && Number(text) <= MOST_BYTES ? { kind: 'plain', size: Number(text) } : undefined;
  },
);

const byteUnit = changed(perUnit, (unit, tree, field, reading) =>
  unit.kind === 'seconds'
    ? reading.fault('configuration.value-wrong', `${lastOf(field)} must be a number of bytes`, tree, field)
    : unit.size,
);

export const volumeShape: Shape<VolumeRule> = changed(
  record('object', {
    count: defaulted(oneOf(['both', 'up', 'down']), 'both', 'both', 'Bytes from the subscriber (`up`), to it (`down`), or both.', 'both'),
    roundUpTo: defaulted(byteUnit, 1, 'byte', 'Volume is rounded up to a multiple of this.', 'MB'),
    per: defaulted(
      oneOf(['session', 'day']),
      'session',
      'session',
      'What is rounded: each session, or the sum of a subscriber’s local day.',
      'day',
    ),
  }),
  ({ count, roundUpTo, per }) => ({ count, roundUpToBytes: roundUpTo, per }),
);
