/**
 * Knows nothing of Carillon's code: from what peers asked and were told it says what every balance must be, and from the journal
 * it adds every balance up again. Money is counted in nanos; a byte costs ten.
 */
import assert from 'node:assert/strict';
import type { Answered, World } from './world.ts';

const NANOS_OF_A_BYTE = 10n;

export interface Books {
  readonly balances: ReadonlyMap<string, { readonly value: bigint; readonly reserved: bigint }>;
  /** In the order of their making. */
  readonly entries: readonly {
    readonly account: string;
    readonly before: bigint;
    readonly after: bigint;
    readonly of: string;
    readonly number: number;
  }[];
  readonly records: readonly { readonly id: string; readonly session: string; readonly charged: bigint }[];
}

/** Throws when the books are not what the peers' own record of events makes them. */
export function audit(world: World, answered: readonly Answered[], toppedUp: ReadonlySet<string>, books: Books): void {
  const payer = new Map(world.accounts.map(({ id, pool }) => [id, pool ?? id]));
  const expected = new Map(world.accounts.map(({ id, nanos }) => [id, nanos]));
  for (const { account, key, nanos } of world.topUps) if (toppedUp.has(key)) add(expected, account, nanos);
  const sessions = new Map<string, bigint>();
  for (const { account, request, answer } of answered) {
    const charged = costOf(request, answer);
    if (charged === undefined) continue;
    add(expected, payer.get(account) ?? '', -charged);
    sessions.set(request.session, (sessions.get(request.session) ?? 0n) + charged);
  }
  for (const [account, value] of expected) {
    const kept = books.balances.get(account);
    assert.equal(kept?.value, value, `balance of ${account}`);
    assert.ok(value >= 0n, `${account} is below nothing`);
    assert.equal(kept?.reserved, 0n, `all sessions are over, but something of ${account} is set aside`);
  }
  auditJournal(world, books);
  assert.equal(new Set(books.records.map(({ id }) => id)).size, books.records.length, 'a record is there twice');
  const recorded = new Map(books.records.map(({ session, charged }) => [session, charged]));
  assert.equal(recorded.size, books.records.length, 'a session has two records');
  assert.deepEqual(sorted(recorded), sorted(sessions), 'records of use');
}

/** What a request debits; undefined: there is no such session, or it was refused. */
function costOf({ operation, items }: Answered['request'], { result }: Answered['answer']): bigint | undefined {
  if (result !== 'granted' && !(result === 'credit-limit-reached' && operation === 'update')) return undefined;
  let bytes = 0n;
  for (const { used } of items) for (const each of used) bytes += each.bytes ?? 0n;
  return bytes * NANOS_OF_A_BYTE;
}

/** Use that the journal has otherwise than the peers: for people, when the books are wrong. */
export function differences(answered: readonly Answered[], books: Books): readonly string[] {
  const told = new Map<string, bigint>();
  for (const { request, answer } of answered) add(told, `${request.session} ${request.number}`, costOf(request, answer) ?? 0n);
  const kept = new Map<string, bigint>();
  for (const { of, number, before, after } of books.entries) add(kept, `${of} ${number}`, before - after);
  const wrong = [...new Set([...told.keys(), ...kept.keys()])].filter(
    (cause) => !cause.startsWith('top-up') && (told.get(cause) ?? 0n) !== (kept.get(cause) ?? 0n),
  );
  return wrong.map((cause) => {
    const answers = answered.filter(({ request }) => `${request.session} ${request.number}` === cause);
    const said = answers.map(({ account, request, answer }) => `${account} ${request.operation} ${answer.result} ${answer.detail ?? ''}`);
    return `${cause}: the journal has ${kept.get(cause) ?? 0n}, the peers ${told.get(cause) ?? 0n} (${said.join(', ')})`;
  });
}

function auditJournal({ accounts }: World, { entries, balances }: Books): void {
  const running = new Map(accounts.map(({ id, nanos }) => [id, nanos]));
  const debited = new Set<string>();
  for (const { account, before, after, of, number } of entries) {
    assert.equal(before, running.get(account), `the journal of ${account} has a gap before ${of}`);
    assert.ok(after >= 0n, `${of} brings ${account} below nothing`);
    const cause = `${account} ${of} ${number}`;
    assert.ok(!debited.has(cause), `${cause} is in the journal twice`);
    debited.add(cause);
    running.set(account, after);
  }
  for (const [account, value] of running)
    assert.equal(balances.get(account)?.value, value, `the journal of ${account} does not end at its balance`);
}

function add(sums: Map<string, bigint>, key: string, value: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + value);
}

function sorted(values: ReadonlyMap<string, bigint>): readonly (readonly [string, bigint])[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1));
}
