/** What the commands of online charging read from the command line. */
import { InvalidArgumentError } from 'commander';
import { parseQuantity, type Quantity } from '#core/catalog/quantity.ts';
import { type Identity, identityKinds } from '#core/charging/request.ts';
import { parseInstant } from '#core/time/zoned.ts';

/** `10.00` in nanos; below zero only where it may be. */
export function moneyArgument(text: string): bigint {
  const quantity = parseQuantity(text);
  if (quantity?.unit !== 'money') throw new InvalidArgumentError('an amount is written as 10.00');
  return quantity.amount;
}

export type { Quantity };

/** `10 GB`, `100 min` or `5.00`, in whole units. */
export function quantityArgument(text: string): Quantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new InvalidArgumentError('a quantity is written as 10 GB, 100 min, 50 messages or 5.00');
  return quantity;
}

export function instantArgument(text: string): number {
  const micros = parseInstant(text);
  if (micros === undefined) throw new InvalidArgumentError('an instant is written as 2026-12-31T00:00:00Z');
  return micros;
}

export function identityArgument(text: string): Identity {
  const [kind, ...rest] = text.split(':');
  const known = identityKinds.find((each) => each === kind);
  const value = rest.join(':');
  if (known === undefined || value === '')
    throw new InvalidArgumentError(`an identity is written as msisdn:491701234567; kinds are ${identityKinds.join(', ')}`);
  return { kind: known, value };
}

export function identitiesArgument(text: string, before: readonly Identity[] | undefined): readonly Identity[] {
  return [...(before ?? []), identityArgument(text)];
}

export function listArgument(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

/** `family-data=5GB`. */
export function capArgument(
  text: string,
  before: readonly { readonly definition: string; readonly most: bigint }[] | undefined,
): readonly { readonly definition: string; readonly most: bigint }[] {
  const [definition = '', most = ''] = text.split('=');
  if (definition === '') throw new InvalidArgumentError('a cap is written as family-data=5GB');
  return [...(before ?? []), { definition, most: quantityArgument(most).amount }];
}

export function countArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}
