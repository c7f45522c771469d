/** What is open of a period's traffic, and whether that blocks its close. */
import { type SettlementTerms, usualChecks } from '#core/agreements/settlement-terms.ts';
import { saidOfFinding } from '#core/settlement/finding-sayings.ts';
import type { Finding, OpenTraffic } from './ports.ts';

export interface Completeness {
  readonly blocks: readonly Finding[];
  readonly warns: readonly Finding[];
}

/** `trunks`: those of the agreement's account; `known`: of all accounts; `more`: what else was found of the agreement. */
export function completenessOf(
  open: OpenTraffic,
  checks: SettlementTerms['checks'],
  trunks: ReadonlySet<string>,
  known: ReadonlySet<string>,
  more: readonly Finding[],
): Completeness {
  const mine = open.held.filter((each) => each.trunks.some((trunk) => trunks.has(trunk)));
  const nobodys = open.held.filter((each) => !each.trunks.some((trunk) => known.has(trunk)));
  const count = (held: OpenTraffic['held']): bigint => held.reduce((sum, { records }) => sum + records, 0n);
  const findings: Finding[] = [
    ...open.findings,
    ...(mine.length === 0 ? [] : [{ check: 'suspense' as const, ...saidOfFinding('finding.suspense', { records: String(count(mine)) }) }]),
    ...(nobodys.length === 0
      ? []
      : [{ check: 'unpriced' as const, ...saidOfFinding('finding.unpriced', { records: String(count(nobodys)) }) }]),
    ...more,
  ];
  // Terms that were stored before there was a check do not say it.
  const at = (level: string): readonly Finding[] => findings.filter(({ check }) => (checks[check] ?? usualChecks[check]) === level);
  return { blocks: at('block'), warns: at('warn') };
}
