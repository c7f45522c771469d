/** Whether a closed month is what the generator says, and whether the books prove themselves. */
import { verifyIssued } from '#app/invoicing/look-up.ts';
import { verifyLedger } from '#app/ledger/reports.ts';
import type { Database } from '#storage/database.ts';
import type { ClosedTruth } from './rolled-up-month.ts';

interface DocumentRow {
  readonly account: string;
  readonly kind: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
}

/** What differs of a month that was closed on a day, the first few; empty when nothing does. */
export async function differencesOf(
  { pool }: Database,
  month: string,
  on: string,
  truth: ReadonlyMap<string, ClosedTruth>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const { rows: documents } = await pool.query<DocumentRow>(
    `select account, kind, trim_scale(net_nanos) as net, trim_scale(tax_nanos) as tax, trim_scale(total_nanos) as total from invoice where issue_day = $1`,
    [on],
  );
  const byKey = Map.groupBy(documents, ({ account, kind }) => `${account} ${kind}`);
  for (const [account, { receivable, payable, selfBilled }] of truth)
    for (const [kind, said] of [['invoice', receivable] as const, ['self-billing', selfBilled ? payable : undefined] as const]) {
      const of = byKey.get(`${account} ${kind}`) ?? [];
      const [net, tax] = said ?? [0n, 0n];
      const wanted = said === undefined ? '' : `${net} ${tax} ${net + tax}`;
      const is = of.map((each) => `${each.net} ${each.tax} ${each.total}`).join(' and ');
      if (is !== wanted) found.push(`${account} ${kind} of ${month}: ${is}, and it must be ${wanted}`);
    }
  const { rows: expected } = await pool.query<{ agreement: string; nanos: string }>(
    `select agreement, trim_scale(sum(amount_nanos)) as nanos from ledger_posting join ledger_entry using (entry_id)
      where day = $1 and ledger_account = 'unbilled-payable' group by 1`,
    [on],
  );
  const expectedOf = new Map(expected.map(({ agreement, nanos }) => [agreement, -BigInt(nanos)]));
  for (const [agreement, { payableNanos, selfBilled }] of truth)
    if ((expectedOf.get(agreement) ?? 0n) !== (selfBilled ? 0n : payableNanos))
      found.push(`${agreement} is expected to invoice ${expectedOf.get(agreement)} for ${month}, and it must be ${payableNanos}`);
  const { rows: stated } = await pool.query<{ nanos: string }>(
    `select trim_scale(coalesce(sum(c.amount_nanos), 0)) as nanos from statement_charge c join statement_recorded using (statement_id) where label = $1`,
    [month],
  );
  const charged = [...truth.values()].reduce((sum, { receivableNanos, payableNanos }) => sum + receivableNanos + payableNanos, 0n);
  if (BigInt(stated[0]?.nanos ?? 0) !== charged) found.push(`${month}: ${stated[0]?.nanos} is stated, and ${charged} was charged`);
  return found.slice(0, 5);
}

/** Sums of zero in each currency, the chain, every document and number: as `ledger verify` and `invoice verify` prove them. */
export async function faultsOfBooks(database: Database): Promise<readonly string[]> {
  const { rows: off } = await database.pool.query<{ currency: string; nanos: string }>(
    'select currency, sum(amount_nanos) as nanos from ledger_posting group by 1 having sum(amount_nanos) <> 0',
  );
  const { chains, strayPostings, documents } = await verifyLedger(database);
  const { findings } = await verifyIssued(database, undefined);
  return [
    ...off.map(({ currency, nanos }) => `the ledger is off by ${nanos} in ${currency}`),
    ...chains.flatMap(({ fault }) => (fault === undefined ? [] : [fault.said])),
    ...(strayPostings === 0 ? [] : [`${strayPostings} postings without an entry`]),
    ...documents.map(({ document }) => `${document} is not booked as it says`),
    ...findings.map(({ what, message }) => `${what}: ${message}`),
  ].slice(0, 5);
}
