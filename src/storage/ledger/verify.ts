/** Whether the ledger still is what was booked: every hash made again, every sum added again. */
import type pg from 'pg';
import { formatNanos } from '#core/money/amount.ts';
import type { LedgerFault, VerifiedChain } from '#operations/ledger/ports.ts';
import { chainHash } from './ledger-books.ts';
import { entriesBehind, type StoredEntry } from './read-entries.ts';

const PAGE = 2_000;

/** A head written down earlier: the chain must still have this entry. */
export interface Anchor {
  readonly legalEntity: string;
  readonly sequence: bigint;
  /** Hexadecimal. */
  readonly hash: string;
}

interface Walk {
  sequence: bigint;
  hash: Buffer;
  postings: number;
}

/** Every chain, each to its first bad entry. Run it in a transaction that sees one state (repeatable read). */
export async function verifyChains(client: pg.ClientBase, anchors: readonly Anchor[] = []): Promise<readonly VerifiedChain[]> {
  const { rows } = await client.query<{ legal_entity: string }>(
    `select legal_entity from ledger_chain union select distinct legal_entity from ledger_entry
     union select unnest($1::text[]) order by 1`,
    [anchors.map(({ legalEntity }) => legalEntity)],
  );
  const chains: VerifiedChain[] = [];
  for (const { legal_entity: legalEntity } of rows) {
    const own = anchors.filter((anchor) => anchor.legalEntity === legalEntity);
    chains.push(await verifyChain(client, legalEntity, own));
  }
  return chains;
}

async function verifyChain(client: pg.ClientBase, legalEntity: string, anchors: readonly Anchor[]): Promise<VerifiedChain> {
  const walk: Walk = { sequence: 0n, hash: Buffer.alloc(32), postings: 0 };
  const marks = [...anchors, ...(await closingMarks(client, legalEntity))];
  const fault = (await walkEntries(client, legalEntity, walk, marks)) ?? (await faultOfHead(client, legalEntity, walk, marks));
  const sound = { legalEntity, entries: walk.sequence, postings: walk.postings, hash: walk.hash.toString('hex') };
  return fault === undefined ? sound : { ...sound, entries: fault.sequence - 1n, fault };
}

async function walkEntries(
  client: pg.ClientBase,
  legalEntity: string,
  walk: Walk,
  marks: readonly Anchor[],
): Promise<LedgerFault | undefined> {
  let reading = entriesBehind(client, legalEntity, undefined, PAGE);
  for (;;) {
    const page = await reading;
    const last = page.length < PAGE ? undefined : page.at(-1);
    // While a page is looked at, the next one is read.
    reading = last === undefined ? Promise.resolve([]) : entriesBehind(client, legalEntity, last.sequence, PAGE);
    for (const entry of page) {
      const fault = faultOf(entry, walk) ?? marked(entry, marks);
      if (fault !== undefined) {
        await reading;
        return fault;
      }
      walk.sequence = entry.sequence;
      walk.hash = entry.hash;
      walk.postings += entry.postings.length;
    }
    if (last === undefined) return undefined;
  }
}

function faultOf(entry: StoredEntry, { sequence, hash }: Walk): LedgerFault | undefined {
  const expected = sequence + 1n;
  const fault = (what: LedgerFault['what'], said: string, at = entry.sequence): LedgerFault => ({
    what,
    sequence: at,
    ...(at === entry.sequence ? { cause: entry.cause } : {}),
    said,
  });
  if (entry.sequence < expected) return fault('inserted', `an entry with the number ${entry.sequence} was put before the first`);
  if (entry.sequence > expected) {
    const last = entry.sequence - 1n;
    return fault('missing', last === expected ? `entry ${expected} is missing` : `entries ${expected} to ${last} are missing`, expected);
  }
  if (!chainHash(hash, entry).equals(entry.hash))
    return fault('altered', 'it, its postings or its place is not what was booked: its hash does not follow from the entry before it');
  const sums = new Map<string, bigint>();
  let own = 0n;
  for (const { currency, amountNanos, entityAmountNanos } of entry.postings) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountNanos);
    own += entityAmountNanos;
  }
  const off = [...sums, ['the legal entity’s currency', own] as const].find(([, sum]) => sum !== 0n);
  return off === undefined ? undefined : fault('unbalanced', `it is off by ${formatNanos(off[1])} in ${off[0]}`);
}

function marked(entry: StoredEntry, marks: readonly Anchor[]): LedgerFault | undefined {
  const mark = marks.find(({ sequence, hash }) => sequence === entry.sequence && hash !== entry.hash.toString('hex'));
  if (mark === undefined) return undefined;
  const said = 'its hash is another than was written down: the chain up to it was made anew';
  return { what: 'rewritten', sequence: entry.sequence, cause: entry.cause, said };
}

/** Each closing wrote down where the chain stood. */
async function closingMarks(client: pg.ClientBase, legalEntity: string): Promise<readonly Anchor[]> {
  const { rows } = await client.query<{ sequence: bigint; hash: Buffer }>(
    'select sequence, hash from ledger_closing where legal_entity = $1 and sequence > 0',
    [legalEntity],
  );
  return rows.map(({ sequence, hash }) => ({ legalEntity, sequence, hash: hash.toString('hex') }));
}

async function faultOfHead(
  client: pg.ClientBase,
  legalEntity: string,
  walk: Walk,
  marks: readonly Anchor[],
): Promise<LedgerFault | undefined> {
  const { rows } = await client.query<{ sequence: bigint; hash: Buffer }>(
    'select sequence, hash from ledger_chain where legal_entity = $1',
    [legalEntity],
  );
  const last = [...marks, ...rows].reduce((most, { sequence }) => (sequence > most ? sequence : most), 0n);
  const next = walk.sequence + 1n;
  if (last > walk.sequence) {
    const said = last === next ? `entry ${next}, the last, is missing` : `the last entries, ${next} to ${last}, are missing`;
    return { what: 'missing', sequence: next, said };
  }
  const head = rows[0];
  if (head === undefined || head.sequence < walk.sequence || !head.hash.equals(walk.hash)) {
    return { what: 'inserted', sequence: (head?.sequence ?? 0n) + 1n, said: 'it was put behind the last entry that was booked' };
  }
  const late = await client.query<{ sequence: bigint; day: string }>(
    `select e.sequence, e.day from ledger_entry e
       join lateral (select first_open, sequence from ledger_closing l where l.legal_entity = e.legal_entity order by closing_id desc limit 1) l
         on e.sequence > l.sequence and e.day < l.first_open
      where e.legal_entity = $1 order by e.sequence limit 1`,
    [legalEntity],
  );
  const stray = late.rows[0];
  if (stray !== undefined) return { what: 'inserted', sequence: stray.sequence, said: `it was put into the closed period of ${stray.day}` };
  return undefined;
}

/** Postings whose entry is gone; they belong to no chain. */
export async function strayPostings(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::integer as n from ledger_posting p where not exists (select from ledger_entry e where e.entry_id = p.entry_id)',
  );
  return rows[0]?.n ?? 0;
}
