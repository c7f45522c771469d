/** `carillon tax explain`: the tax on one amount, and why. */
import { minorUnits } from '#core/money/currencies.ts';
import { parseDecimal, unitsAtScale } from '#core/money/decimal.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { BuyerStatus } from '#core/tax/rules.ts';
import { type TaxAnswer, type TaxQuestion, type TaxRounding, taxedServices } from '#core/tax/tax.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import type { Settings } from '../settings.ts';
import { sideOf } from './sides.ts';
import { loadTaxRules, openTaxPort } from './tax-port.ts';

export interface TaxExplanationRequest {
  readonly seller: string;
  readonly buyer: string;
  readonly buyerIs?: BuyerStatus;
  readonly service: string;
  readonly amount: string;
  readonly currency: string;
  readonly day: string;
  readonly pricesIncludeTax: boolean;
  readonly rounding?: TaxRounding;
}

export interface ExplainedTax {
  readonly question: TaxQuestion;
  readonly answer: TaxAnswer;
}

/** Throws RefusedError: what `determineTax` refuses, `tax.party-unknown`, `tax.amount-unreadable`. */
export async function explainTax(
  database: Database,
  settings: Pick<Settings, 'tax'>,
  request: TaxExplanationRequest,
): Promise<ExplainedTax> {
  const [setup, certificates] = await Promise.all([loadSetup(database), taxStoreOn(database.pool).certificates()]);
  const port = await openTaxPort(settings, await loadTaxRules(database.pool, setup));
  const service = taxedServices.find((one) => one === request.service);
  if (service === undefined) throw unreadable(`the services are ${taxedServices.join(', ')}`, 'service', request.service);
  const question: TaxQuestion = {
    seller: sideOf(request.seller, setup.book, certificates),
    buyer: sideOf(request.buyer, setup.book, certificates, request.buyerIs),
    taxDay: request.day,
    currency: request.currency,
    lines: [{ line: 1, service, netNanos: amountOf(request) }],
    pricesIncludeTax: request.pricesIncludeTax,
    ...(request.rounding === undefined ? {} : { rounding: request.rounding }),
  };
  return { question, answer: valueOrThrow(await port.answer(question)) };
}

function amountOf({ amount, currency }: TaxExplanationRequest): bigint {
  const decimals = minorUnits(currency);
  if (decimals === undefined) throw unreadable('nothing is paid in this currency', 'currency', currency);
  const read = parseDecimal(amount);
  if (read === undefined || read.scale > decimals)
    throw unreadable(`an amount in ${currency} has at most ${decimals} decimals`, 'amount', amount);
  return unitsAtScale(read, 9);
}

function unreadable(message: string, field: string, value: string): RefusedError {
  return new RefusedError(refuse('tax.amount-unreadable', message, { field, value }));
}
