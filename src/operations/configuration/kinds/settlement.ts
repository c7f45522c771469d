/** How an agreement is settled: what its `settlement` may say. */
import { type Deal, dealCycles, dealKinds, dealMeasures, feeDues } from '#core/agreements/deals.ts';
import {
  approvals,
  bearers,
  checkLevels,
  closeChecks,
  dueRules,
  issuers,
  lateRules,
  nettingRules,
  relations,
  type SettlementTerms,
  usualChecks,
  usualSettlement,
} from '#core/agreements/settlement-terms.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { LATE_DAYS } from '#core/settlement/backdated.ts';
import { services } from '#core/usage/usage-event.ts';
import { amount, currency, identifier, idOf, localDate, text, wholeNumber } from '../scalar-shapes.ts';
import { changed, defaulted, lastOf, listOf, oneOf, optional, record, required, type Shape } from '../shapes.ts';
import { present } from '../terms-json.ts';
import { readDeal } from './deal-rules.ts';

const sides = ['receivable', 'payable'] as const;

/** A figure that is not negative, kept as it was written. */
const figure: Shape<string> = changed(amount, (value, tree, field, reading) =>
  value.units >= 0n
    ? formatDecimal(value)
    : reading.fault('configuration.value-wrong', `${lastOf(field)} must not be negative`, tree, field),
);

const dealTier = record('object', {
  from: required(figure, 'Quantity at which it begins.', '1000000'),
  price: optional(figure, '`graduated`, `retroactive`: price of one unit from there.', '0.009'),
  percent: optional(figure, '`discount`: per cent off.', '5'),
});

const dealRecord = record('object', {
  id: required(identifier, 'Name of the deal; unique in the agreement.', 'commit-2026'),
  name: optional(text, 'What stands on the statement. Left out: its id.', 'Commitment 2026'),
  kind: required(oneOf(dealKinds), 'What is agreed: see docs/reference/deals.md.', 'commitment'),
  side: optional(oneOf(sides), 'Who owes it: `receivable` is owed to us. Not with `swap`, which is about both.', 'receivable'),
  service: optional(oneOf(services), 'Only traffic of this service.', 'voice'),
  destinations: optional(
    listOf(text, { lone: true }),
    'Only these destinations of the rates; `Germany*` is all that begin so.',
    '["Germany*", France]',
  ),
  bins: optional(listOf(text, { lone: true }), 'Only events in these bins, `set/bin`.', '[sites/shared]'),
  from: required(localDate, 'First local day.', '2026-01-01'),
  to: optional(localDate, 'First local day on which it no longer holds.', '2027-01-01'),
  every: defaulted(
    oneOf([...dealCycles, 'period']),
    'month',
    'month',
    'How often it is settled, counted from its first day. `once`: at its end. A `fee` by the calendar, or each settlement `period`.',
    'year',
  ),
  measure: optional(oneOf(dealMeasures), 'What the quantity is counted in; MB and GB are 10⁶ and 10⁹ bytes.', 'minutes'),
  quantity: optional(figure, '`commitment`, `send-or-pay`: what is promised. `fee`: how many; left out: 1.', '1200000'),
  price: optional(
    figure,
    'Price of one unit: of what is missing, of what is promised, of what is balanced; of a `share`; of a `fee`, for a whole month, quarter …',
    '0.01',
  ),
  excessPrice: optional(figure, '`send-or-pay`, `swap`: price of one unit above.', '0.012'),
  tiers: optional(listOf(dealTier), '`graduated`, `retroactive`, `discount`: from small to large.', '[{from: 0, price: 0.01}]'),
  applies: optional(oneOf(['all', 'slices']), '`discount`: the percentage reached is of all, or each slice has its own.', 'all'),
  amount: optional(figure, '`minimum-revenue`: what is at least due.', '10000'),
  of: optional(idOf('agreements'), '`share`: of what is charged under this agreement.', 'northwind-2026'),
  ofSide: optional(oneOf(sides), '`share`: the side of that agreement.', 'payable'),
  cycleStart: optional(localDate, '`fee`: a day on which a month, quarter or year begins. Left out: the calendar’s.', '2026-03-15'),
  due: optional(
    oneOf(feeDues),
    '`fee`: with the statement of its last day, or with the one before its first. Left out: `arrears`.',
    'advance',
  ),
  percent: optional(figure, '`share`: per cent of those charges; or give `price` and `measure`.', '2.5'),
});

const deal: Shape<Deal> = changed(dealRecord, readDeal);

const checks = record(
  'object',
  Object.fromEntries(
    closeChecks.map((check) => [
      check,
      defaulted(oneOf(checkLevels), usualChecks[check], usualChecks[check], `See docs/reference/periods.md.`, 'warn'),
    ]),
  ) as { [K in (typeof closeChecks)[number]]: ReturnType<typeof defaulted<(typeof checkLevels)[number]>> }, // one field for each check
);

const settlementRecord = record('object', {
  relation: defaulted(
    oneOf(relations),
    usualSettlement.relation,
    usualSettlement.relation,
    'What the parties are to each other.',
    'transit',
  ),
  periodStart: optional(
    localDate,
    'A local day on which a period begins: months from the 16th, weeks from Thursday. Left out: Monday, the 1st (and 16th), January.',
    '2026-01-16',
  ),
  from: optional(
    localDate,
    'First local day that is settled here; what was before was settled elsewhere. Left out: the first with charges, or of a deal.',
    '2026-10-01',
  ),
  graceDays: defaulted(wholeNumber(0, 365), 0, '0', 'Days after a period’s end before it is due to be closed.', '3'),
  currency: optional(currency, 'Currency of the documents, where it is not the agreement’s; converted as `exchange` says.', 'EUR'),
  paymentTermsDays: optional(wholeNumber(0, 3650), 'Days to pay. Left out: those of the account.', '30'),
  dueFrom: defaulted(oneOf(dueRules), usualSettlement.dueFrom, usualSettlement.dueFrom, 'From when they count.', 'end-of-month'),
  disputeWindowDays: optional(wholeNumber(0, 3650), 'Days after issue within which a document may be disputed.', '60'),
  tolerance: optional(
    record('object', {
      percent: optional(figure, 'Per cent of a line.', '1'),
      amount: optional(figure, 'Of the whole statement.', '50'),
    }),
    'Differences up to it are not argued.',
    '{percent: 1, amount: 50}',
  ),
  minimum: optional(figure, 'Below it nothing is invoiced: it is carried forward.', '100'),
  netting: defaulted(
    oneOf(nettingRules),
    usualSettlement.netting,
    usualSettlement.netting,
    'Whether only the difference is paid.',
    'netted',
  ),
  receivableBy: defaulted(oneOf(issuers), 'us', 'us', 'Who writes the document for what is owed to us.', 'them'),
  payableBy: defaulted(oneOf(issuers), 'them', 'them', 'Who writes the document for what we owe; `us` is self-billing.', 'us'),
  withholdingBorneBy: optional(
    oneOf(bearers),
    'Whose loss withholding tax is: with `payer` documents are grossed up, so that after it the payee has what was agreed. Left out: `payee`.',
    'payer',
  ),
  approval: defaulted(oneOf(approvals), 'none', 'none', 'Persons who approve before documents are issued.', 'two'),
  late: defaulted(
    oneOf(lateRules),
    usualSettlement.late,
    usualSettlement.late,
    'Where traffic is stated that comes after its days were closed: on the next statement, or on a further one of its own period.',
    'own-statement',
  ),
  lateDays: optional(
    wholeNumber(0, LATE_DAYS),
    'What is loaded for a period later than so many days after its last one is refused. Left out: nothing is.',
    '60',
  ),
  missingDays: optional(
    wholeNumber(0, 366),
    'So many days of a period may be without traffic that usually have some before the check `missing-days` tells. Left out: 0.',
    '2',
  ),
  checks: defaulted(checks, usualChecks, 'see docs/reference/periods.md', 'What blocks a close, and what is only told.', '{alarm: block}'),
  deals: defaulted(listOf(deal), [], 'none', 'Deals over a period.', '[]'),
});

export const settlement: Shape<SettlementTerms> = changed(settlementRecord, (said) => present<SettlementTerms>({ ...said }));
