/** What the buyer holds back from what it pays, and pays to its own tax office. */
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { percentFraction, shareOf } from './amounts.ts';
import { sayPercent } from './find-rates.ts';
import { isAmong, type Supply } from './find-rule.ts';
import { holdsOn, percentsOn, type TaxPercent, type WithholdingRule } from './rules.ts';
import type { TaxAmount, TaxableLine, TaxedService, TaxQuestion } from './tax.ts';

interface Withheld {
  readonly rule: WithholdingRule;
  readonly percent: TaxPercent;
}

/**
 * The withholding taxes on a payment of these lines, on their net: nothing where no rule speaks of the payer's place. A rule that
 * names the payee's place (a treaty) goes before one for `any`; the user's own before both. Refused: `tax.withholding-overlaps`,
 * `tax.withholding-missing` (a rule speaks of the payment, but has no percentage on the day, though it had one before).
 */
export function withheld(
  rules: readonly WithholdingRule[],
  question: TaxQuestion,
  supply: Supply,
  unitNanos: bigint,
): Result<readonly TaxAmount[]> {
  if (rules.length === 0) return { ok: true, value: [] };
  const faults: Refusal[] = [];
  const byRule = new Map<string, { readonly found: Withheld; readonly lines: TaxableLine[] }>();
  const byService = new Map<TaxedService, Withheld | undefined>();
  for (const line of question.lines) {
    if (!byService.has(line.service)) byService.set(line.service, find(rules, question, supply, line.service, faults));
    const found = byService.get(line.service);
    if (found === undefined) continue;
    const group = byRule.get(found.rule.id) ?? { found, lines: [] };
    group.lines.push(line);
    byRule.set(found.rule.id, group);
  }
  if (faults.length > 0) return { ok: false, refusals: faults };
  const mode = question.rounding?.mode ?? 'half-up';
  return {
    ok: true,
    value: [...byRule.values()].map(({ found: { rule, percent }, lines }): TaxAmount => {
      const baseNanos = lines.reduce((sum, { netNanos }) => sum + netNanos, 0n);
      return {
        rule: rule.id,
        name: rule.tax,
        category: 'S',
        jurisdiction: supply.buyer.territory,
        percent: sayPercent(percent),
        lines: lines.map(({ line }) => line),
        baseNanos,
        taxNanos: shareOf(baseNanos, percentFraction(percent.percent), unitNanos, mode),
        explanation: `${rule.says} (rule ${rule.id}${rule.own ? ', a rule of your own' : ''}, ${rule.source}): ${rule.tax} at ${sayPercent(percent)} % since ${percent.validFrom}, withheld by the payer.`,
        ...(rule.reference === undefined ? {} : { legalReference: rule.reference }),
      };
    }),
  };
}

function find(
  rules: readonly WithholdingRule[],
  { seller }: TaxQuestion,
  supply: Supply,
  service: TaxedService,
  faults: Refusal[],
): Withheld | undefined {
  const speaking = rules.filter(
    (rule) =>
      rule.services.includes(service) &&
      isAmong(supply.buyer, rule.payer, []) &&
      isAmong(supply.seller, rule.payee, rule.payeeNot) &&
      (rule.percents[0]?.validFrom ?? '9') <= supply.day &&
      (!rule.needsCertificate ||
        (seller.certificates ?? []).some((certificate) => certificate.of === rule.id && holdsOn(certificate, supply.day))),
  );
  const tiers = [true, false].flatMap((own) =>
    [false, true].map((any) => speaking.filter((rule) => rule.own === own && rule.payee.includes('any') === any)),
  );
  const tier = tiers.find((candidates) => candidates.length > 0) ?? [];
  const [rule, second] = tier;
  if (rule === undefined) return undefined;
  const what = `${service} paid from ${supply.buyer.chain[0]} to ${supply.seller.chain[0]} on ${supply.day}`;
  const inForce = percentsOn(rule.percents, supply.day);
  const [percent] = inForce;
  if (second !== undefined || inForce.length > 1) {
    const who = tier.map(({ id }) => id).join(' and ');
    faults.push(refuse('tax.withholding-overlaps', `${who} give several percentages for ${what}`, { field: 'rule', value: who }));
    return undefined;
  }
  if (percent === undefined) {
    faults.push(refuse('tax.withholding-missing', `rule ${rule.id} has no percentage for ${what}`, { field: 'rule', value: rule.id }));
    return undefined;
  }
  return { rule, percent };
}
