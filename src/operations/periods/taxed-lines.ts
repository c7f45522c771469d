/** The lines of a document with their taxes; where the payer bears what it withholds, with what it adds for that. */
import { wholeAmounts } from '#core/invoicing/draft-invoice.ts';
import type { InvoiceLine } from '#core/invoicing/invoice.ts';
import { formatNanos } from '#core/money/amount.ts';
import { groupThousands } from '#core/money/grouping.ts';
import type { Result } from '#core/refusals.ts';
import { say } from '#core/settlement/adjustment-texts.ts';
import { type GrossUp, grossUps } from '#core/tax/gross-up.ts';
import type { TaxAnswer, TaxQuestion } from '#core/tax/tax.ts';
import type { TaxPort } from '../tax/ports.ts';

export interface TaxedLines {
  readonly lines: readonly InvoiceLine[];
  readonly answer: TaxAnswer;
}

/** Refused: what tax refuses, and `tax.gross-up-impossible`. */
export async function taxedLines(
  port: TaxPort,
  about: Omit<TaxQuestion, 'lines'>,
  lines: readonly InvoiceLine[],
  borneBy: 'payer' | 'payee' | undefined,
): Promise<Result<TaxedLines>> {
  const question = questionOf(about, lines);
  const answer = await port.answer(question);
  if (!answer.ok) return answer;
  if (borneBy !== 'payer' || answer.value.withholding.length === 0) return { ok: true, value: { lines, answer: answer.value } };
  const added = grossUps(answer.value.withholding, question);
  if (!added.ok) return added;
  const whole = [...lines, ...added.value.map((each, at) => grossUpLine(each, lines.length + at + 1, lines[0], about.currency))];
  const again = await port.answer(questionOf(about, whole));
  return again.ok ? { ok: true, value: { lines: whole, answer: again.value } } : again;
}

function questionOf(about: Omit<TaxQuestion, 'lines'>, lines: readonly InvoiceLine[]): TaxQuestion {
  return { ...about, lines: lines.map(({ number, service, netNanos }) => ({ line: number, service: service ?? 'fee', netNanos })) };
}

function grossUpLine(
  { name, percent, service, baseNanos, addedNanos }: GrossUp,
  number: number,
  like: InvoiceLine | undefined,
  currency: string,
): InvoiceLine {
  const said = (nanos: bigint): string => groupThousands(formatNanos(nanos, 2));
  const values = { of: name, p: percent, m: said(baseNanos), n: said(addedNanos) };
  const own = service === 'fee' || service === 'interest' || service === 'commitment' ? {} : { service };
  const [netNanos = 0n] = wholeAmounts([addedNanos], currency);
  const one = { units: 1n, scale: 0 };
  return {
    ...{ number, kind: service === 'fee' ? 'fee' : 'other', ...own, description: say('grossUp', values) },
    ...(like?.agreement === undefined ? {} : { agreement: like.agreement }),
    ...{ quantity: one, unit: 'C62', priceQuantity: one, netNanos, exactNanos: addedNanos },
    ...(like?.period === undefined ? {} : { period: like.period }),
    explanation: `${say('grossUpMade', values)}.`,
  };
}
