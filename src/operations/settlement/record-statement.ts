/** A statement as it is kept for ever: canonical JSON, and its hash. */
import { hash } from 'node:crypto';
import type { StatementLine } from '#core/settlement/statement.ts';
import { statementJson } from '#core/settlement/statement-json.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import type { StatedAmount } from '../periods/ports.ts';

export interface RecordedContent {
  readonly id: string;
  readonly content: string;
  readonly sha256: string;
  readonly amounts: readonly StatedAmount[];
}

/** `agreement@period@version`: what the ledger and documents call it. */
export function statementId(agreement: string, label: string, version: number): string {
  return `${agreement}@${label}@${version}`;
}

/** The rooms of a statement that say how it was made now (which day it is) stay as they were at the close. */
export function recordStatement(statement: Statement, version: number): RecordedContent {
  const id = statementId(statement.agreement.id, statement.period.label, version);
  const content = statementJson({ id, version, ...statement });
  return { id, content, sha256: hash('sha256', content), amounts: amountsOf(statement.lines) };
}

/** Lines of recorded content, as they were. */
export function recordedLines(content: string): readonly StatementLine[] {
  const quantities = new Set(['events', 'answered', 'raw', 'billed']);
  const { lines } = JSON.parse(content, (key, value: unknown) =>
    typeof value === 'string' && (key.endsWith('Nanos') || quantities.has(key)) ? BigInt(value) : value,
  ) as { readonly lines: readonly StatementLine[] }; // only recordStatement wrote it, and its hash is kept beside it
  return lines;
}

/** By side, currency and service, of which a statement has a few. */
function amountsOf(lines: readonly StatementLine[]): readonly StatedAmount[] {
  const sums: { -readonly [K in keyof StatedAmount]: StatedAmount[K] }[] = [];
  for (const { side, currency, service, kind, amountNanos } of lines) {
    let sum = sums.find((each) => each.service === service && each.side === side && each.currency === currency);
    if (sum === undefined) {
      sum = { side, currency, service, chargesNanos: 0n, adjustedNanos: 0n };
      sums.push(sum);
    }
    if (kind === 'usage') sum.chargesNanos += amountNanos;
    else sum.adjustedNanos += amountNanos;
  }
  return sums;
}
