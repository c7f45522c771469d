import { settlementOf } from '#core/agreements/agreements.ts';
import { type Decimal, parseDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { type Result, refuse } from '#core/refusals.ts';
import { type Reconciliation, reconcile, type Tolerance } from '#core/settlement/reconciliation/reconcile.ts';
import type { Period } from '#core/time/period.ts';
import { suggestion } from '../configuration/suggestion.ts';
import type { DeclarationStore, ReconciliationBooks, RecordedDeclaration } from './ports.ts';

export interface ReconcileAgreement {
  readonly agreement: string;
  readonly period: Period;
  /** Only what this invoice of theirs says; else the latest of each side and service. */
  readonly document?: string;
  /** Only this one, whether a later one came or not. */
  readonly declaration?: bigint;
  /** Instead of the agreement's. */
  readonly tolerance?: Tolerance;
  /** Units of ours for one of a currency of theirs. */
  readonly rates: ReadonlyMap<string, Decimal>;
  /** How many declarations are compared, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ReconciledDeclaration {
  readonly declaration: RecordedDeclaration;
  readonly result: Reconciliation;
}

/** Compares the latest declaration of each side and service of the period with our charges. Writes nothing. */
export async function reconcileAgreement(
  books: ReconciliationBooks,
  store: DeclarationStore,
  request: ReconcileAgreement,
): Promise<Result<readonly ReconciledDeclaration[]>> {
  const { agreement, period } = request;
  const terms = await books.findAgreement(agreement);
  const version = terms?.known.findLast(
    ({ validFrom, validTo }) => validFrom < period.to && (validTo === undefined || validTo > period.from),
  );
  if (terms === undefined || version === undefined) {
    const message = `there is no agreement ${JSON.stringify(agreement)} in force in the period${suggestion(agreement, await books.agreementIds())}`;
    return { ok: false, refusals: [refuse('statement.agreement-unknown', message)] };
  }
  const all = await store.list({ agreement, period });
  const asked = all.filter(
    ({ id, document }) =>
      (request.document === undefined || document === request.document) &&
      (request.declaration === undefined || id === request.declaration),
  );
  const latest = [...Map.groupBy(asked, ({ side, service }) => `${side} ${service}`).values()].flatMap(([first]) =>
    first === undefined ? [] : [first],
  );
  if (latest.length === 0)
    return {
      ok: false,
      refusals: [
        refuse('reconcile.no-declaration', `nothing of theirs is recorded for ${agreement} from ${period.from} to before ${period.to}`),
      ],
    };
  const found: ReconciledDeclaration[] = [];
  for (const declaration of latest) {
    request.onProgress?.(found.length, latest.length);
    const rate = declaration.currency === version.currency ? undefined : request.rates.get(declaration.currency);
    if (declaration.currency !== version.currency && rate === undefined) {
      const message = `they declare in ${declaration.currency}, the agreement is in ${version.currency}: give --rate ${declaration.currency}=…`;
      return { ok: false, refusals: [refuse('declaration.currency', message)] };
    }
    const { cells, rates, files } = await books.usage(terms, declaration.side, declaration.service, period);
    const convert = (nanos: bigint): bigint =>
      rate === undefined ? nanos : divideRounded(nanos * rate.units, 10n ** BigInt(rate.scale), 'half-up');
    const lines = (await store.lines(declaration.id)).map((line) =>
      line.amountNanos === undefined ? line : { ...line, amountNanos: convert(line.amountNanos) },
    );
    const stepNanos = convert(declaration.step.amountNanos);
    const step = { ...declaration.step, amountNanos: stepNanos < 1n ? 1n : stepNanos };
    const { side, service, kind } = declaration;
    const result = reconcile({
      ours: { cells, rates, rounding: version.rounding, zone: version.zone },
      declared: { agreement, side, service, kind, period, currency: version.currency, step, lines },
      tolerance: request.tolerance ?? agreedTolerance(settlementOf(version).tolerance),
      fileName: (id) => files.get(id) ?? `file ${id}`,
    });
    found.push({ declaration, result });
  }
  request.onProgress?.(found.length, latest.length);
  return { ok: true, value: found };
}

function agreedTolerance(agreed: { readonly percent?: string; readonly amount?: string } | undefined): Tolerance {
  const [amount, percent] = [parseDecimal(agreed?.amount ?? '0'), parseDecimal(agreed?.percent ?? '0')];
  const at = (value: Decimal | undefined, unit: bigint): bigint =>
    value === undefined ? 0n : (value.units * unit) / 10n ** BigInt(value.scale);
  return { amountNanos: at(amount, 1_000_000_000n), basisPoints: Number(at(percent, 100n)) };
}
