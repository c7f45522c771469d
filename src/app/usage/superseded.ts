import { lastKnowledge } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { selectSupersededCharges } from '#storage/usage/superseded.ts';

/** Runs a change of configuration or rates, and says in sentences which booked charges it may concern; none when it changed nothing. */
export async function withSupersededCharges<T>(
  database: Database,
  change: () => Promise<T>,
): Promise<{ readonly value: T; readonly hints: string }> {
  const before = await lastKnowledge(database.pool);
  const value = await change();
  const after = await lastKnowledge(database.pool);
  const found = after === before ? [] : await selectSupersededCharges(database.pool, after);
  const hints = found.map(
    ({ tariff, charges, from, to }) =>
      `${charges.toLocaleString('en')} booked charges by tariff ${tariff} have rates that this replaced; see what differs: carillon usage rerate --tariff ${tariff} --from ${from} --to ${to}\n`,
  );
  return { value, hints: hints.join('') };
}
