import { settlementStore } from '#storage/settlement/settlement-store.ts';
import type { TestDatabase } from '../support/database.ts';

/** Groups of October's margins, in the order of their destinations. */
export function measureMarginOf(database: TestDatabase): Promise<readonly unknown[]> {
  return settlementStore(database).read(async (books) => {
    const groups = await books.margins(Date.parse('2026-10-01T00:00:00Z') * 1000, Date.parse('2026-11-01T00:00:00Z') * 1000, {
      kind: 'destination',
    });
    const key = (group: object): string =>
      JSON.stringify(group, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    return groups.map(key).sort();
  });
}
