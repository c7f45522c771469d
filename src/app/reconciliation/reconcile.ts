/** `carillon reconcile`: the use case wired to the database, and its result as JSON and CSV. */

import { formatSpreadsheetRow } from '#codecs/csv/spreadsheet.ts';
import { formatNanos } from '#core/money/amount.ts';
import { type Decimal, parseDecimal } from '#core/money/decimal.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { causeWords } from '#core/settlement/reconciliation/causes.ts';
import type { SideFigures, Tolerance } from '#core/settlement/reconciliation/reconcile.ts';
import type { Period } from '#core/time/period.ts';
import { type ReconciledDeclaration, reconcileAgreement } from '#operations/reconciliation/reconcile-agreement.ts';
import type { Database } from '#storage/database.ts';
import { reconciliationBooksOn } from '#storage/reconciliation/compared-usage.ts';
import { declarationStoreOn } from '#storage/reconciliation/declaration-store.ts';

export type { ReconciledDeclaration } from '#operations/reconciliation/reconcile-agreement.ts';

export interface ReconcileCommand {
  readonly agreement: string;
  readonly period: Period;
  /** Only this one. */
  readonly declaration?: bigint;
  /** `0.5%` or an amount such as `10.00`. */
  readonly tolerance?: string;
  /** `USD=0.92`, each: units of the agreement's currency for one of theirs. */
  readonly rates: readonly string[];
}

/** From one unchanging view of the books. Throws RefusedError. */
export async function reconcileBooks(
  database: Database,
  command: ReconcileCommand,
  onProgress?: (done: number, total: number) => void,
): Promise<readonly ReconciledDeclaration[]> {
  const { agreement, period, declaration } = command;
  const only = declaration === undefined ? {} : { declaration };
  const tolerance = command.tolerance === undefined ? {} : { tolerance: toleranceOf(command.tolerance) };
  const rates = new Map(command.rates.map(rateOf));
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const request = { agreement, period, rates, ...only, ...tolerance, ...(onProgress === undefined ? {} : { onProgress }) };
    return valueOrThrow(await reconcileAgreement(reconciliationBooksOn(client), declarationStoreOn(client), request));
  });
}

function toleranceOf(text: string): Tolerance {
  const value = parseDecimal(text.replace(/\s*%$/, ''));
  if (value === undefined || value.units < 0n || value.scale > 9)
    throw option('tolerance', text, 'expected a share such as 0.5% or an amount such as 10.00');
  const at = (unit: bigint): bigint => (value.units * unit) / 10n ** BigInt(value.scale);
  return text.endsWith('%') ? { amountNanos: 0n, basisPoints: Number(at(100n)) } : { amountNanos: at(1_000_000_000n), basisPoints: 0 };
}

/** `USD=0.92`. Throws RefusedError (`declaration.option`). */
export function rateOf(text: string): [string, Decimal] {
  const match = /^([A-Za-z]{3})=(.+)$/.exec(text);
  const value = parseDecimal(match?.[2] ?? '');
  if (match === null || value === undefined || value.units <= 0n) throw option('rate', text, 'expected a currency and a rate: USD=0.92');
  return [(match[1] ?? '').toUpperCase(), value];
}

function option(field: string, value: string, message: string): RefusedError {
  return new RefusedError(refuse('declaration.option', message, { field, value: value.slice(0, 120) }));
}

function sideJson({ calls, raw, billed, amountNanos }: SideFigures): object {
  return { calls: String(calls), raw: String(raw), billed: String(billed), amount: formatNanos(amountNanos, 2) };
}

export function reconciliationJson(found: readonly ReconciledDeclaration[]): string {
  const all = found.map(({ declaration, result }) => ({
    declaration: String(declaration.id),
    agreement: declaration.agreement,
    period: declaration.period,
    ...{ side: result.side, service: result.service, currency: result.currency },
    ...{ ours: sideJson(result.ours), theirs: sideJson(result.theirs), difference: formatNanos(result.differenceNanos, 2) },
    causes: result.causes.map(({ cause, said, amountNanos, calls, evidence }) => ({
      ...{ kind: cause.kind, words: causeWords(said), amount: formatNanos(amountNanos, 2), calls: String(calls) },
      evidence: causeWords([evidence]),
    })),
    unexplained: formatNanos(result.unexplainedNanos, 2),
    lines: result.lines.map(({ number, destination, time, state, ours, theirs, differenceNanos }) => ({
      ...{ number, destination, time, state, ours: sideJson(ours), theirs: sideJson(theirs), difference: formatNanos(differenceNanos, 2) },
    })),
  }));
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** One line a place of the grid: both sides, the difference, its state. */
export function reconciliationCsv(found: readonly ReconciledDeclaration[]): string {
  const head =
    'declaration,side,service,number,destination,time,state,our_calls,their_calls,our_raw,their_raw,our_billed,their_billed,our_amount,their_amount,difference,currency';
  const rows = found.flatMap(({ declaration, result: { side, service, currency, lines } }) =>
    lines.map(({ number, destination, time, state, ours, theirs, differenceNanos }) => {
      const names = [String(declaration.id), side, service, String(number), destination, time, state];
      const quantities = [ours.calls, theirs.calls, ours.raw, theirs.raw, ours.billed, theirs.billed];
      const amounts = [ours.amountNanos, theirs.amountNanos, differenceNanos].map((nanos) => formatNanos(nanos, 2));
      return formatSpreadsheetRow([...names, ...[...quantities, ...amounts].map((each) => ({ figure: String(each) })), currency]);
    }),
  );
  return `${[head, ...rows].join('\r\n')}\r\n`;
}
