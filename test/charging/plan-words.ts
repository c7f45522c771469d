/** Plans as the tables of scenarios write them (README.md), made into a compiled catalog. */
import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import type {
  AddOnDefinition,
  AllowanceDefinition,
  ControlDefinition,
  PlanDefinition,
  PlanServiceDefinition,
  ScopeDefinition,
  ThresholdDefinition,
} from '#core/catalog/plan.ts';
import { parseQuantity } from '#core/catalog/quantity.ts';
import type { BalanceUnit } from '#core/charging/answer.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { Book } from '#core/tariffs/book.ts';
import { parseScenario } from '../scenarios/terms.ts';

type Changing<T> = { -readonly [K in keyof T]: T[K] };

interface Words {
  readonly plan: Changing<PlanDefinition>;
  readonly service: Changing<Partial<PlanServiceDefinition>>;
  readonly allowances: AllowanceDefinition[];
  readonly addOns: AddOnDefinition[];
  readonly controls: ControlDefinition[];
}

/** `prices`: the terms of each service, apart by ` & `; `plan`: phrases apart by `;`. */
export function catalogOf(prices: string, plan: string): CompiledCatalog {
  const words: Words = {
    plan: {
      id: 'plan',
      versionId: 0,
      name: 'Plan',
      currency: 'EUR',
      zone: 'UTC',
      validFrom: '2020-01-01',
      rounding: { decimals: 9, mode: 'half-up' },
      seconds: 'as-given',
      bands: 'split',
      services: [],
      allowances: [],
      controls: [],
      thresholds: [],
      supervisionSeconds: 300,
    },
    service: {},
    allowances: [],
    addOns: [],
    controls: [],
  };
  for (const phrase of plan.split(';').map((part) => part.trim())) if (phrase !== '') readPhrase(words, phrase);
  const books: Book[] = [];
  const services: PlanServiceDefinition[] = prices.split(' & ').map((piece, index) => {
    const [, free, when, terms = ''] = /^(?:free (\w+)$)?(?:when (.*?): )?(.*)$/.exec(piece.trim()) ?? [];
    const usual = {
      freeGroups: [],
      validitySeconds: 3600,
      thresholdPercent: 0,
      finalUnit: { action: 'terminate' } as const,
      ...words.service,
    };
    if (free !== undefined) return { ...usual, service: free as 'sms' }; // a service of the tables
    const { book, service, zone } = parseScenario(terms);
    const tariff = book.tariffs.map((each) => ({ ...each, id: `tariff-${index}`, ...(each.timeBands && { timeBands: `bands-${index}` }) }));
    books.push({
      ...book,
      tariffs: tariff,
      timeBands: book.timeBands.map((set) => ({ ...set, id: `bands-${index}`, calendar: `calendar-${index}` })),
      calendars: book.calendars.map((each) => ({ ...each, id: `calendar-${index}` })),
    });
    const { rounding, seconds, bands, currency } = book.agreements[0] ?? words.plan;
    Object.assign(words.plan, {
      rounding,
      seconds,
      zone,
      currency,
      ...(terms.includes('split') || terms.includes('start') ? { bands } : {}),
    });
    return { ...usual, service, tariff: `tariff-${index}`, ...(when === undefined ? {} : { when: scopeOf(when) }) };
  });
  const book: Book = {
    legalEntities: [],
    parties: [],
    accounts: [],
    trunks: [],
    agreements: [],
    calendars: books.flatMap(({ calendars }) => calendars),
    timeBands: books.flatMap(({ timeBands }) => timeBands),
    originSets: books.flatMap(({ originSets }) => originSets),
    codeDecks: [],
    tariffs: books.flatMap(({ tariffs }) => tariffs),
  };
  const { allowances, addOns, controls } = words;
  const compiled = compileCatalog({ plans: [{ ...words.plan, services, controls }], allowances, addOns }, book);
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ message }) => message).join('\n'));
  return compiled.value;
}

const period = '(?: (?:a (day|week|month|quarter|year)|for (\\d+) days?))?';

/** Each phrase: what it looks like and what it does. The first that matches is taken. */
const phrases: readonly (readonly [RegExp, (words: Words, ...groups: string[]) => void])[] = [
  [
    new RegExp(
      `^allowance (\\w+) = ([\\d.]+ ?\\w*?)(?: when (.*?))?${period}( prorated)?(?: reminds (\\d+ \\w+) before)?(?: priority (\\d+))?(?: rollover (.+?) (\\d+) times)?(?: becomes (\\w+) ([\\d.]+) for ([\\d.]+ ?\\w*?))?(?:, (.*))?$`,
    ),
    (words, id = '', amount = '', when, calendar, days, prorated, remind, priority, rollover, times, to, into, from, thresholds) => {
      words.allowances.push({
        id,
        name: id,
        amount,
        ...(when === undefined ? {} : { scope: scopeOf(when) }),
        ...(prorated === undefined ? {} : { prorate: true }),
        ...(remind === undefined ? {} : { remind: [remind] }),
        priority: priority === undefined ? 100 : Number(priority),
        ...periodOf('period', calendar, days),
        ...(rollover === undefined ? {} : { rollover: { most: rollover, times: Number(times) } }),
        thresholds: thresholdsOf(thresholds),
        converts: to === undefined ? [] : [{ to, into: into ?? '', from: from ?? '' }],
      });
    },
  ],
  [/^gives (.+)$/, (words, ids = '') => Object.assign(words.plan, { allowances: ids.split(' ') })],
  [
    new RegExp(`^add-on (\\w+) = ([\\d.]+) of (.+?)${period}$`),
    (words, id = '', price = '', allowances = '', calendar, days) =>
      words.addOns.push({ id, name: id, price, currency: 'EUR', allowances: allowances.split(' '), ...periodOf('renews', calendar, days) }),
  ],
  [
    new RegExp(
      `^control (\\w+): (?:at most |counting )?([\\d.]+ ?\\w*?|\\w+)( may be agreed)?(?: plus tax (\\d+) %)?${period}(?: customer up to ([\\d.]+ ?\\w*?))?(?: when (.*?))?(?:, (.*))?$`,
    ),
    (words, id = '', amount = '', mayAgree, tax, calendar, days, most, when, thresholds) => {
      const limited = /^\d/.test(amount);
      words.controls.push({
        id,
        name: id,
        ...(limited ? { limit: amount } : { measure: amount as BalanceUnit }), // a unit of the tables
        ...(tax === undefined ? {} : { plusTaxPercent: tax }),
        ...(most === undefined ? {} : { mostLimit: most }),
        ...(when === undefined ? {} : { scope: scopeOf(when) }),
        period: periodOf('period', calendar, days).period ?? 'month',
        mayAgree: mayAgree !== undefined,
        thresholds: thresholdsOf(thresholds),
        status: 'usual',
      });
    },
  ],
  [/^money (.+)$/, (words, thresholds) => Object.assign(words.plan, { thresholds: thresholdsOf(thresholds) })],
  [
    /^fee ([\d.]+) a (\w+)( prorated)?$/,
    (words, amount, every, prorated) => Object.assign(words.plan, { fee: { amount, every, prorate: prorated !== undefined } }),
  ],
  [/^reminds of money (\d+ \w+) before$/, (words, remind = '') => Object.assign(words.plan, { remind: [remind] })],
  [/^credit ([\d.]+)$/, (words, creditLimit) => Object.assign(words.plan, { creditLimit })],
  [/^supervision (\d+) s$/, (words, seconds) => Object.assign(words.plan, { supervisionSeconds: Number(seconds) })],
  [/^validity (\d+) s$/, (words, seconds) => Object.assign(words.service, { validitySeconds: Number(seconds) })],
  [/^grants (\d+ ?\w*)$/, (words, amount = '') => Object.assign(words.service, { usualGrant: amount })],
  [/^grants at most (\d+ ?\w*)$/, (words, amount = '') => Object.assign(words.service, { mostGrant: amount, usualGrant: amount })],
  [/^grants at least (\d+ ?\w*)$/, (words, amount = '') => Object.assign(words.service, { leastGrant: amount })],
  [/^time runs (\d+) s without use$/, (words, seconds) => Object.assign(words.service, { consumptionSeconds: Number(seconds) })],
  [/^free groups (.+)$/, (words, groups = '') => Object.assign(words.service, { freeGroups: groups.split(' ') })],
  [/^pool of (.+)$/, (words, groups = '') => Object.assign(words.service, { pool: { groups: groups.split(' ') } })],
  [/^asks again at (\d+) %$/, (words, percent) => Object.assign(words.service, { thresholdPercent: Number(percent) })],
  [/^redirect to (\S+)$/, (words, to) => Object.assign(words.service, { finalUnit: { action: 'redirect', to } })],
  [/^restrict to (\S+)$/, (words, filter) => Object.assign(words.service, { finalUnit: { action: 'restrict', filter } })],
];

function readPhrase(words: Words, phrase: string): void {
  const [pattern, act] = phrases.find(([regex]) => regex.test(phrase)) ?? [];
  if (pattern === undefined || act === undefined) throw new Error(`no such phrase in the plan: "${phrase}"`);
  act(words, ...(pattern.exec(phrase) ?? []).slice(1));
}

function periodOf(key: string, calendar: string | undefined, days: string | undefined): Record<string, string> {
  if (calendar !== undefined) return { [key]: calendar };
  return days === undefined ? {} : { [key]: `${days} days` };
}

/** `to 49 43, group 10, roaming, in night`. */
function scopeOf(text: string): ScopeDefinition {
  const scope: Changing<ScopeDefinition> = {};
  for (const condition of text.split(' and ')) {
    const [word = '', ...values] = condition.trim().split(' ');
    switch (word) {
      case 'to':
        scope.destinations = values;
        break;
      case 'not-to':
        scope.except = values;
        break;
      case 'group':
        scope.ratingGroups = values;
        break;
      case 'apn':
        scope.apns = values;
        break;
      case 'slice':
        scope.slices = values;
        break;
      case 'service':
        scope.services = values as ('voice' | 'data')[]; // services of the tables
        break;
      case 'visited':
        scope.visitedNetworks = values;
        break;
      case 'roaming':
        scope.roaming = true;
        break;
      case 'home':
        scope.roaming = false;
        break;
      case 'in':
        scope.timeBands = values[0] ?? '';
        scope.bands = values.slice(1);
        break;
      default:
        throw new Error(`no such condition: "${condition}"`);
    }
  }
  return scope;
}

/** `notify 80 %, block 100 %, slow to 1M at 90 %`. */
function thresholdsOf(text: string | undefined): readonly ThresholdDefinition[] {
  return (text ?? '')
    .split(', ')
    .filter((part) => part !== '')
    .map((part, index) => {
      const [, action = '', to, at = ''] = /^(notify|block|slow|redirect|buy|status)(?: (?:to )?(\S+))? at (.+)$/.exec(part) ?? [];
      if (action === '') throw new Error(`no such threshold: "${part}"`);
      return {
        id: `t${index + 1}`,
        at,
        ...(action === 'notify' ? { notify: to ?? 'sms' } : {}),
        ...(action === 'block' ? { block: true } : {}),
        ...(action === 'slow' && to !== undefined ? { slowTo: to } : {}),
        ...(action === 'redirect' && to !== undefined ? { redirectTo: to } : {}),
        ...(action === 'buy' && to !== undefined ? { buy: to } : {}),
        ...(action === 'status' && to !== undefined ? { status: to } : {}),
      };
    });
}

/** In which unit, and how much of it; nanos of money. */
export function quantityOf(text: string): { readonly unit: BalanceUnit; readonly amount: bigint } {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`no amount: "${text}"`);
  return quantity;
}

/** Money as 0.85, seconds as 40 s, bytes in the largest whole unit. */
export function showAmount(value: bigint, unit: BalanceUnit): string {
  switch (unit) {
    case 'money':
      return formatNanos(value, 2);
    case 'seconds':
      return `${value} s`;
    case 'bytes':
      for (const [name, size] of [
        ['GB', 1_000_000_000n],
        ['MB', 1_000_000n],
        ['kB', 1_000n],
      ] as const)
        if (value !== 0n && value % size === 0n) return `${value / size} ${name}`;
      return `${value} B`;
    case 'messages':
    case 'events':
      return `${value} ${unit}`;
  }
}
