import { parseLevel, parsePeriod, parseQuantity, parseTimeBefore, quantityUnits } from '#core/catalog/quantity.ts';
import { balanceUnits, type FinalUnit } from '#core/charging/answer.ts';
import { services } from '#core/usage/usage-event.ts';
import { currency, digits, flag, identifier, idOf, localDate, text, wholeNumber, zone } from '../scalar-shapes.ts';
import { defaulted, listOf, mapOr, oneOf, optional, record, required, type Shape, scalar } from '../shapes.ts';
import { pricingVersion } from './pricing-version.ts';

const few = <T>(shape: Shape<T>): Shape<readonly T[]> => listOf(shape, { lone: true });

const textOrNumber = { anyOf: [{ type: 'number' }, { type: 'string' }] };

const quantity = scalar(
  'quantity: `10 GB`, `100 min`, `50 messages`, `5.00`',
  `a quantity such as 10 GB, 100 min, 50 messages or 5.00 (units: ${quantityUnits.join(', ')}; none: money)`,
  textOrNumber,
  (value) => ((parseQuantity(value)?.amount ?? -1n) >= 0n ? value : undefined),
);

const moneyAmount = scalar('amount: `5.00`', 'an amount of at least zero such as 5.00', textOrNumber, (value) => {
  const read = parseQuantity(value);
  return read?.unit === 'money' && read.amount >= 0n ? value : undefined;
});

const percent = scalar('per cent: `19`', 'per cent such as 19 or 8.1', textOrNumber, (value) =>
  /^\d{1,3}(\.\d{1,4})?$/.test(value) ? value : undefined,
);

const prorated = optional(
  flag,
  'The first time, in the middle of a calendar period: only for its days that are left, today included, rounded down.',
  'true',
);

const level = scalar('`80 %`, or a quantity', 'per cent such as 80 %, or a quantity such as 1 GB or 5.00', textOrNumber, (value) =>
  parseLevel(value) === undefined ? undefined : value,
);

const period = scalar(
  '`day`, `week`, `month`, `quarter`, `year`, or `30 days`',
  'day, week, month, quarter or year of the calendar, or days such as 30 days',
  { type: 'string', pattern: '^(day|week|month|quarter|year|\\d{1,4} days?)$' },
  (value) => (parsePeriod(value) === undefined ? undefined : value),
);

const timeBefore = scalar(
  'time: `3 days`, `12 h`, `30 min`',
  'a time such as 3 days, 12 h or 30 min, at most a year',
  { type: 'string', pattern: '^\\d{1,6} (days?|h|min)$' },
  (value) => (parseTimeBefore(value) === undefined ? undefined : value),
);

const scope = record('object', {
  services: optional(few(oneOf(services)), 'Only these services.', '[voice, sms]'),
  destinations: optional(few(digits), 'Only called numbers that begin with one of these.', '[49, 43]'),
  except: optional(few(digits), 'But not those that begin with one of these.', '[49900]'),
  timeBands: optional(idOf('timeBands'), 'Time bands, of which `bands` names some; in the zone of the plan.', 'peak-offpeak'),
  bands: optional(few(identifier), 'Only in these.', '[off-peak]'),
  ratingGroups: optional(few(text), 'Only these rating groups.', '["10", "20"]'),
  apns: optional(few(text), 'Only on these APNs or DNNs.', '[internet]'),
  slices: optional(few(text), 'Only on these slices, `sst-sd`.', '[1-000001]'),
  roaming: optional(flag, '`true`: only abroad. `false`: only at home.', 'true'),
  visitedNetworks: optional(few(digits), 'Only in these networks, MCC and MNC.', '[26201, 20801]'),
  serviceClasses: optional(few(text), 'Only these classes of service.', '[premium]'),
  rats: optional(few(text), 'Only over these kinds of radio access.', '[NR]'),
});

const threshold = record('object', {
  id: required(identifier, 'Name of the threshold, for notices and reports.', 'at-80'),
  at: required(
    level,
    'Where it is: of a bucket or of money what is left, of a control what was used. Per cent of what it was filled to, or of the limit.',
    '80 %',
  ),
  notify: optional(text, 'Name of the notice that is sent when it is crossed.', 'data-low'),
  status: optional(text, 'Controls: the status that policy control (Sy, spending limits) hears from here on.', 'throttled'),
  block: optional(flag, 'Controls: what the control is for is denied from here on.', 'true'),
  slowTo: optional(text, 'Controls: it is slowed down to this profile from here on.', '1M'),
  redirectTo: optional(text, 'Controls: it is sent there from here on.', 'https://shop.example.net'),
  buy: optional(idOf('addOns'), 'An add-on that is bought when it is crossed, if there is money for it.', 'data-1gb'),
});

const finalUnit: Shape<FinalUnit> = {
  ...mapOr(
    record('object', {
      redirectTo: optional(text, 'Traffic is sent to this address.', 'https://shop.example.net'),
      restrictTo: optional(text, 'Only this filter stays open.', 'portal-only'),
    }),
    oneOf(['terminate']),
  ),
  read(tree, field, reading) {
    if (tree.kind !== 'map') return oneOf(['terminate']).read(tree, field, reading) === undefined ? undefined : { action: 'terminate' };
    const [redirectTo, restrictTo] = [tree.entries.get('redirectTo'), tree.entries.get('restrictTo')];
    const said = redirectTo ?? restrictTo;
    const to = said === undefined ? undefined : text.read(said, field, reading);
    if (tree.entries.size !== 1 || said === undefined) {
      return reading.fault(
        'configuration.value-wrong',
        'finalUnit is "terminate", or has either "redirectTo" or "restrictTo"',
        tree,
        field,
      );
    }
    if (to === undefined) return undefined;
    return redirectTo === undefined ? { action: 'restrict', filter: to } : { action: 'redirect', to };
  },
};

const SECONDS_A_DAY = 86_400;

export const plan = record('plan version', {
  id: required(identifier, 'Name of the plan. Versions of one plan share it and differ in `validFrom`.', 'mobile-s'),
  name: required(text, 'What people call it.', 'Mobile S'),
  currency: required(currency, 'Currency of the accounts that have it; its tariffs must be in it.', 'EUR'),
  zone: required(zone, 'Zone of its days, months and time bands.', 'Europe/Berlin'),
  validFrom: required(localDate, 'First local day on which this version applies.', '2026-01-01'),
  ...pricingVersion,
  services: required(
    listOf(
      record('object', {
        service: required(oneOf(services), 'What is priced.', 'data'),
        when: optional(scope, 'Only then: of the services that have the same name, the first that fits counts.', '{roaming: true}'),
        tariff: optional(idOf('tariffs'), 'By which tariff. Left out: it costs nothing and goes on without asking.', 'data-eu'),
        freeGroups: defaulted(few(text), [], '[]', 'Rating groups that cost nothing and go on without asking.', '["99"]'),
        usualGrant: optional(quantity, 'Granted when the network asks for no amount. Left out: 300 s, 10 MB, one message.', '10 MB'),
        mostGrant: optional(quantity, 'Granted at most. Left out: 3,600 s, 1 GB.', '100 MB'),
        leastGrant: optional(
          quantity,
          'Sessions that share what is left get no less at a time, while it is there. Left out: 10 s, 100 kB.',
          '100 kB',
        ),
        validitySeconds: defaulted(
          wholeNumber(1, SECONDS_A_DAY),
          3600,
          '3600',
          'The network asks again at the latest after so long.',
          '1800',
        ),
        holdingSeconds: optional(wholeNumber(1, SECONDS_A_DAY), 'Quota that is not used for so long is given back.', '300'),
        consumptionSeconds: optional(
          wholeNumber(1, SECONDS_A_DAY),
          'Granted time is counted for so long after the last use, then no more until there is use again. Only voice is counted in time; only Gy and Ro tell it.',
          '10',
        ),
        thresholdPercent: defaulted(wholeNumber(0, 99), 0, '0', 'The network asks again when so much of a grant is left.', '20'),
        finalUnit: defaulted(
          finalUnit,
          { action: 'terminate' },
          'terminate',
          'What happens when the last that can be paid is used up.',
          '{redirectTo: "https://shop.example.net"}',
        ),
        pool: optional(
          record('object', {
            groups: required(few(text), 'Rating groups that draw from it: two or more, at straight prices.', '["10", "20"]'),
          }),
          'Rating groups of a session draw from one pool of granted units, where the network knows pools (Gy, Ro).',
          '{groups: ["10", "20"]}',
        ),
      }),
    ),
    'What it prices. What is not there is denied.',
    '[{service: data, tariff: data-eu}]',
  ),
  allowances: defaulted(
    listOf(idOf('allowances')),
    [],
    '[]',
    'What it includes; given again in each period of the allowance.',
    '[data-10gb, minutes]',
  ),
  controls: defaulted(
    listOf(
      record('object', {
        id: required(identifier, 'Name of the control.', 'roaming-data'),
        name: required(text, 'What people call it.', 'Data abroad'),
        limit: optional(quantity, 'Nothing is granted beyond.', '50.00'),
        leastLimit: optional(quantity, 'The customer may set a limit of its own, not below this. Left out: from nothing.', '10.00'),
        mostLimit: optional(quantity, 'And not above this. Left out: the plan’s `limit`; without one, as high as it likes.', '200.00'),
        plusTaxPercent: optional(
          percent,
          'Money: `limit` and amounts of `thresholds` are without tax, while prices are with it; so many per cent are added.',
          '19',
        ),
        measure: optional(oneOf(balanceUnits), 'Without a limit: what is counted.', 'bytes'),
        scope: optional(scope, 'What it counts. Left out: all.', '{services: [data], roaming: true}'),
        period: required(period, 'When it begins again from nothing.', 'month'),
        mayAgree: defaulted(flag, false, 'false', 'The customer may agree to go beyond.', 'true'),
        thresholds: defaulted(
          listOf(threshold),
          [],
          '[]',
          'What happens on the way. All per cent, or all amounts.',
          '[{id: at-80, at: 80 %, notify: roaming-80}]',
        ),
        status: defaulted(text, 'normal', 'normal', 'The status that policy control hears below all thresholds.', 'normal'),
      }),
    ),
    [],
    '[]',
    'Limits on use or spending; the customer may set its own within `leastLimit` and `mostLimit`.',
    '[{id: roaming-data, name: Data abroad, limit: 50.00, period: month}]',
  ),
  thresholds: defaulted(
    listOf(threshold),
    [],
    '[]',
    'Of the account’s own money. All per cent, or all amounts.',
    '[{id: low, at: 2.00, notify: money-low}]',
  ),
  remind: optional(
    few(timeBefore),
    'Money that ends (a top-up with an end) is told so long before, while something is left.',
    '[3 days, 12 h]',
  ),
  creditLimit: optional(
    moneyAmount,
    'What an account may owe, unless it has a limit of its own. Left out: nothing, it is prepaid.',
    '100.00',
  ),
  fee: optional(
    record('object', {
      amount: required(moneyAmount, 'What is taken.', '9.99'),
      every: required(period, 'How often.', 'month'),
      prorate: prorated,
    }),
    'Taken from money before the allowances of a period are given. Left out: none, or billed elsewhere.',
    '{amount: 9.99, every: month}',
  ),
  supervisionSeconds: defaulted(
    wholeNumber(1, SECONDS_A_DAY),
    300,
    '300',
    'How long a session may be silent after its grants have ended, before it is closed.',
    '600',
  ),
});

export const allowance = record('allowance', {
  id: required(identifier, 'Name of the allowance.', 'data-10gb'),
  name: required(text, 'What people call it.', '10 GB in the EU'),
  amount: required(quantity, 'What is given.', '10 GB'),
  scope: optional(scope, 'What it may be used for. Left out: all that is counted in its unit.', '{services: [data]}'),
  priority: defaulted(
    wholeNumber(0, 9999),
    100,
    '100',
    'Lower is used first, then what ends first. An account’s own money has 1000.',
    '50',
  ),
  period: optional(period, 'How long it lasts, and in a plan how often it is given. Left out: until it is used up.', 'month'),
  prorate: prorated,
  rollover: optional(
    record('object', {
      most: required(quantity, 'Of what is left at the end, at most this.', '5 GB'),
      times: defaulted(wholeNumber(1, 100), 1, '1', 'Into how many further periods.', '1'),
    }),
    'What is left at the end is kept for the next period.',
    '{most: 5 GB}',
  ),
  thresholds: defaulted(
    listOf(threshold),
    [],
    '[]',
    'What happens as it is used up. All per cent of what it was filled to, or all amounts left.',
    '[{id: low, at: 20 %, notify: data-low}]',
  ),
  remind: optional(few(timeBefore), 'Its end is told so long before, while something is left.', '[3 days, 12 h]'),
  converts: defaulted(
    listOf(
      record('object', {
        to: required(identifier, '`main`, the account’s own money, or another allowance.', 'main'),
        from: required(quantity, 'So much of this …', '100 events'),
        into: required(quantity, '… becomes so much of that.', '1.00'),
      }),
    ),
    [],
    '[]',
    'What it can be turned into.',
    '[{to: main, from: 100 events, into: 1.00}]',
  ),
});

export const addOn = record('add-on', {
  id: required(identifier, 'Name of the add-on.', 'data-1gb'),
  name: required(text, 'What people call it.', '1 GB more'),
  price: required(moneyAmount, 'Taken from the account’s own money.', '2.00'),
  currency: required(currency, 'Currency of the price.', 'EUR'),
  allowances: required(
    listOf(idOf('allowances')),
    'What it gives. Those without a period of their own last as long as the add-on.',
    '[data-1gb]',
  ),
  renews: optional(period, 'It is bought again after each such period, until it is stopped or not paid.', '30 days'),
});
