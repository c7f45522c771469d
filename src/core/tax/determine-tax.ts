/** The tax on a supply, by rules that are given: the same question and rules give the same answer. */
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { isLocalDate } from '../time/zoned.ts';
import { percentFraction, shareOf, smallestUnitNanos } from './amounts.ts';
import { freeingCertificate } from './certificates.ts';
import { type DueTax, type TaxableGroup, taxLines } from './charge-lines.ts';
import { findRates, type RateInForce, sayPercent } from './find-rates.ts';
import { findRule, missingRegistrations, type Supply, supplyOf } from './find-rule.ts';
import { holdsOn, type TaxRule, type TaxRules } from './rules.ts';
import type { SelfAssessedTax, TaxAmount, TaxAnswer, TaxedService, TaxQuestion, TaxRounding } from './tax.ts';
import { withheld } from './withholding.ts';

export const usualRounding: TaxRounding = { by: 'document', mode: 'half-up' };

/**
 * What tax is due on the lines of one document, what the buyer accounts for itself, and what it withholds when it pays. Every
 * amount says which rule made it.
 *
 * Refused, all faults at once: `tax.rule-missing`, `tax.rules-overlap`, `tax.rate-missing`, `tax.rates-overlap`,
 * `tax.region-missing`, `tax.registration-missing`, `tax.withholding-missing`, `tax.withholding-overlaps`, `tax.question-broken`.
 */
export function determineTax(rules: TaxRules, question: TaxQuestion): Result<TaxAnswer> {
  const unitNanos = smallestUnitNanos(question.currency);
  const broken = brokenQuestion(question, unitNanos);
  if (broken.length > 0 || unitNanos === undefined) return { ok: false, refusals: broken };
  const known = knownSupply(rules, question);
  const { supply } = known;
  const faults: Refusal[] = [];
  const groups = groupsOf(rules, question, known, faults);
  const withholding = withheld(rules.withholding, question, supply, unitNanos);
  if (!withholding.ok) faults.push(...withholding.refusals);
  if (faults.length > 0 || !withholding.ok) return { ok: false, refusals: distinct(faults) };
  const taxed = taxLines(groups, question, unitNanos);
  const amounts = taxed.taxes.map((tax) => amountOf(tax, supply, question, unitNanos));
  return {
    ok: true,
    value: {
      taxes: amounts,
      taxNanos: amounts.reduce((sum, { taxNanos }) => sum + taxNanos, 0n),
      lines: taxed.lines,
      withholding: withholding.value,
    },
  };
}

/** What the rules say of supplies between two places on a day. */
interface KnownSupply {
  readonly supply: Supply;
  /** Where nothing was refused. */
  readonly taxed: Map<TaxedService, Pick<DueTax, 'rule' | 'selfAssessed'> & { readonly charged: readonly RateInForce[] }>;
}

/** Supplies that were asked about, of each set of rules: a month of thousands of documents is between the same few places. */
const knownSupplies = new WeakMap<TaxRules, Map<string, KnownSupply>>();
/** More than a run has; what is asked about on ever other days must not fill the memory. */
const MOST_SUPPLIES = 4_000;

function knownSupply(rules: TaxRules, question: TaxQuestion): KnownSupply {
  const { seller, buyer, taxDay } = question;
  const of = knownSupplies.get(rules) ?? new Map<string, KnownSupply>();
  knownSupplies.set(rules, of);
  const key = JSON.stringify([seller.country, seller.region, buyer.country, buyer.region, buyer.isBusiness, buyer.isReseller, taxDay]);
  const before = of.get(key);
  if (before !== undefined) return before;
  if (of.size >= MOST_SUPPLIES) of.clear();
  const known: KnownSupply = { supply: supplyOf(rules, question), taxed: new Map() };
  of.set(key, known);
  return known;
}

/** Lines with the same rule, rates and certificates, in the order of the lines. */
function groupsOf(rules: TaxRules, question: TaxQuestion, known: KnownSupply, faults: Refusal[]): readonly TaxableGroup[] {
  const groups = new Map<string, { due: readonly DueTax[]; lines: TaxQuestion['lines'][number][] }>();
  const byService = new Map<string, readonly DueTax[] | undefined>();
  for (const line of question.lines) {
    if (!byService.has(line.service)) byService.set(line.service, dueOn(rules, question, known, line.service, faults));
    const due = byService.get(line.service);
    if (due === undefined) continue;
    const key = due.map((one) => one.key).join(' ');
    const group = groups.get(key) ?? { due, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The taxes due on a service; undefined when refused. */
function dueOn(
  rules: TaxRules,
  question: TaxQuestion,
  known: KnownSupply,
  service: TaxQuestion['lines'][number]['service'],
  faults: Refusal[],
): readonly DueTax[] | undefined {
  const { supply } = known;
  const before = known.taxed.get(service);
  const rule = before?.rule ?? findRule(rules, supply, service);
  if ('code' in rule) {
    faults.push(rule);
    return undefined;
  }
  const unregistered = missingRegistrations(rule, supply, question);
  faults.push(...unregistered);
  const selfAssessed = before?.selfAssessed ?? selfAssessedBy(rules, rule, supply, service, faults);
  const charged = before?.charged ?? (rule.taxedAt === undefined ? [] : ratesAt(rules, rule.taxes, supply, rule.taxedAt, service, faults));
  if (charged === undefined || selfAssessed === undefined) return undefined;
  known.taxed.set(service, { rule, selfAssessed, charged });
  if (unregistered.length > 0) return undefined;
  if (rule.taxedAt === undefined) return [{ key: rule.id, rule, selfAssessed }];
  return charged.map((inForce): DueTax => {
    const certificate = freeingCertificate(question.buyer, inForce.rate, question.taxDay);
    const key = `${rule.id}/${inForce.rate.id}/${inForce.percent.validFrom}${certificate === undefined ? '' : `/${certificate.id}`}`;
    return { key, rule, inForce, selfAssessed, ...(certificate === undefined ? {} : { certificate }) };
  });
}

/** What the buyer accounts for itself: nothing for a consumer, or where its country does not ask for it. */
function selfAssessedBy(
  rules: TaxRules,
  rule: TaxRule,
  supply: Supply,
  service: TaxQuestion['lines'][number]['service'],
  faults: Refusal[],
): readonly RateInForce[] | undefined {
  if (!rule.selfAssessed || supply.buyerStatus === 'consumer') return [];
  const asked = rules.selfAssessment.filter((one) => supply.buyer.names.has(one.place) && holdsOn(one, supply.day));
  return asked.length === 0
    ? []
    : ratesAt(
        rules,
        asked.flatMap(({ taxes }) => taxes),
        supply,
        'buyer',
        service,
        faults,
      );
}

function ratesAt(
  { rates }: TaxRules,
  taxes: TaxRule['taxes'],
  supply: Supply,
  side: 'seller' | 'buyer',
  service: TaxQuestion['lines'][number]['service'],
  faults: Refusal[],
): readonly RateInForce[] | undefined {
  const found = findRates(rates, supply[side], service, supply.day, taxes);
  const refused = found.filter((one) => 'code' in one);
  faults.push(...refused);
  return refused.length > 0 ? undefined : found.filter((one) => 'rate' in one);
}

function amountOf(
  { due, lines, baseNanos, taxNanos }: ReturnType<typeof taxLines>['taxes'][number],
  supply: Supply,
  question: TaxQuestion,
  unitNanos: bigint,
): TaxAmount {
  const { rule, inForce, certificate } = due;
  const { mode } = question.rounding ?? usualRounding;
  const isFree = inForce === undefined || certificate !== undefined;
  const percent = isFree ? '0' : sayPercent(inForce.percent);
  const category = certificate !== undefined ? 'E' : inForce !== undefined && percent === '0' ? 'Z' : rule.category;
  const notes = [...new Set([...supply.seller.notes, ...supply.buyer.notes])];
  const selfAssessed = due.selfAssessed.map(
    ({ rate, percent: own }): SelfAssessedTax => ({
      rate: rate.id,
      name: rate.tax,
      jurisdiction: rate.jurisdiction,
      percent: sayPercent(own),
      taxNanos: shareOf(baseNanos, percentFraction(own.percent), unitNanos, mode),
    }),
  );
  return {
    rule: rule.id,
    name: inForce?.rate.tax ?? rule.taxes?.[0] ?? 'VAT',
    category,
    jurisdiction: inForce?.rate.jurisdiction ?? (due.selfAssessed.length > 0 ? supply.buyer : supply.seller).territory,
    percent,
    lines,
    baseNanos,
    taxNanos,
    explanation: [explanationOf(due), ...notes].join(' '),
    ...(rule.reference === undefined ? {} : { legalReference: rule.reference }),
    ...(rule.exemptionCode === undefined || certificate !== undefined ? {} : { exemptionCode: rule.exemptionCode }),
    ...(rule.wording === undefined ? {} : { wording: rule.wording }),
    ...(selfAssessed.length === 0 ? {} : { selfAssessed }),
  };
}

function explanationOf({ rule, inForce, certificate, selfAssessed }: DueTax): string {
  const own = rule.own ? ', a rule of your own' : '';
  const begin = `${rule.says} (rule ${rule.id}${own}, ${rule.source})`;
  const by = selfAssessed.map(({ rate, percent }) => `${rate.tax} at ${sayPercent(percent)} % in ${rate.jurisdiction}`);
  if (inForce === undefined) return by.length === 0 ? `${begin}: no tax.` : `${begin}: no tax; the buyer accounts for ${by.join(' and ')}.`;
  const { rate, percent } = inForce;
  const rated = `${rate.tax} of ${rate.jurisdiction}`;
  if (certificate !== undefined) {
    const until = certificate.validTo === undefined ? '' : ` until before ${certificate.validTo}`;
    return `${begin}: no ${rated}, by certificate ${certificate.id} for ${certificate.of}, valid from ${certificate.validFrom}${until}.`;
  }
  const base = percent.onTopOf.length === 0 ? '' : ` on the net with ${percent.onTopOf.join(' and ')}`;
  return `${begin}: ${rated} at ${sayPercent(percent)} %${base} since ${percent.validFrom} (rate ${rate.id}, ${rate.source}).`;
}

function brokenQuestion({ taxDay, currency, lines, seller, buyer }: TaxQuestion, unitNanos: bigint | undefined): readonly Refusal[] {
  const broken = (message: string, field: string, value: string): Refusal => refuse('tax.question-broken', message, { field, value });
  const numbers = new Set(lines.map(({ line }) => line));
  return [
    ...(isLocalDate(taxDay) ? [] : [broken('the tax day is no date', 'taxDay', taxDay)]),
    ...(unitNanos === undefined ? [broken('nothing is paid in this currency', 'currency', currency)] : []),
    ...[seller.country, buyer.country].flatMap((country, index) =>
      /^[A-Z]{2}$/.test(country)
        ? []
        : [broken('a country has two capital letters', index === 0 ? 'seller.country' : 'buyer.country', country)],
    ),
    ...(numbers.size === lines.length ? [] : [broken('two lines have the same number', 'lines', String(lines.length))]),
    ...lines.flatMap(({ line, netNanos }) =>
      unitNanos === undefined || netNanos % unitNanos === 0n
        ? []
        : [broken(`the amount of line ${line} is not whole in the smallest unit of ${currency}`, 'lines', String(netNanos))],
    ),
  ];
}

function distinct(faults: readonly Refusal[]): readonly Refusal[] {
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.message}`, fault])).values()];
}
