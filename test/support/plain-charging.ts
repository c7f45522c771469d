/**
 * The plainest rules of charging that the engine can be tested with: money only, one price for each byte or second, the account's own bucket
 * or that of its pool. What the engine does with decisions is looked at; how real ones are made is core/charging's.
 */
import { type Bucket, type ChargingAccount, type ChargingSession, FOREVER } from '#core/charging/account.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountState, BalanceChange, ChangeCause, ChargingRules, Decision, Outcome, UsageRecord } from '#core/charging/decision.ts';
import type { ChargingRequest } from '#core/charging/request.ts';

export const PRICE_NANOS = 10n;
/** Sessions without a sign of life. */
export const SESSION_MICROS = 60_000_000;

export function plainAccount(id: string, nanos: bigint, pool?: string): ChargingAccount {
  return {
    id,
    version: 1,
    currency: 'EUR',
    status: 'active',
    plan: 'plain',
    identities: [{ kind: 'msisdn', value: id }],
    buckets: [mainBucket(nanos)],
    counters: [],
    sessions: [],
    pools: pool === undefined ? [] : [{ pool, caps: [] }],
    controls: [],
    addOns: [],
    renewals: [],
    debtNanos: 0n,
    nextBucket: 2,
    dueMicros: FOREVER,
  };
}

function mainBucket(nanos: bigint): Bucket {
  return {
    id: 1,
    definition: 'main',
    unit: 'money',
    value: nanos,
    filled: nanos,
    reserved: 0n,
    holders: 0,
    limit: 0n,
    priority: 0,
    validFromMicros: 0,
    validToMicros: FOREVER,
    raised: 0,
    rolled: 0,
  };
}

/** A request as a data session makes them. */
export function plainRequest(
  account: string,
  session: string,
  number: number,
  operation: ChargingRequest['operation'],
  used = 0n,
  wanted: bigint | undefined = operation === 'terminate' ? undefined : 1_000n,
): ChargingRequest {
  return {
    session,
    number,
    operation,
    identities: [{ kind: 'msisdn', value: account }],
    service: 'data',
    eventMicros: 0,
    facts: {},
    items: [{ ratingGroup: '1', ...(wanted === undefined ? {} : { requested: { bytes: wanted } }), used: [{ bytes: used }] }],
  };
}

/** One working copy of an account and the pool that pays for it. */
class Draft {
  account: ChargingAccount;
  readonly #payerId: string;
  #pool: ChargingAccount | undefined;
  readonly #changes: BalanceChange[] = [];
  readonly #records: UsageRecord[] = [];
  readonly #changed = new Set<string>();
  readonly #now: number;

  constructor({ account, pools }: AccountState, now: number) {
    this.account = account;
    this.#pool = pools[0];
    this.#payerId = this.#pool?.id ?? account.id;
    this.#now = now;
  }

  get payer(): ChargingAccount {
    return this.#pool ?? this.account;
  }

  get bucket(): Bucket {
    return this.payer.buckets[0] as Bucket; // plain accounts have one
  }

  setBucket(bucket: Partial<Bucket>, cause?: ChangeCause): void {
    const before = this.bucket;
    const after = { ...before, ...bucket };
    if (after.value !== before.value && cause !== undefined)
      this.#changes.push({
        account: this.#payerId,
        bucket: 1,
        definition: 'main',
        unit: 'money',
        before: before.value,
        after: after.value,
        atMicros: this.#now,
        cause,
      });
    const payer = { ...this.payer, buckets: [after] };
    if (this.#pool === undefined) this.account = payer;
    else this.#pool = payer;
    this.#changed.add(this.#payerId);
  }

  setSessions(sessions: readonly ChargingSession[]): void {
    const dueMicros = sessions.reduce((least, { expiresMicros }) => Math.min(least, expiresMicros), FOREVER);
    this.account = { ...this.account, sessions, dueMicros };
    this.#changed.add(this.account.id);
  }

  set(account: ChargingAccount): void {
    this.account = account;
    this.#changed.add(account.id);
  }

  record(session: string, chargedNanos: bigint, count: number): void {
    this.#records.push({
      id: `${session}|${count}`,
      account: this.account.id,
      session,
      event: {
        id: `${session}|${count}`,
        source: 'charging',
        service: 'data',
        startMicros: this.#now,
        called: '',
        answered: true,
        durationMicros: 0,
        quantity: 0,
        bytesUp: 0,
        bytesDown: Number(chargedNanos / PRICE_NANOS),
      },
      charge: undefined,
      chargedNanos,
      currency: 'EUR',
      plan: 'plain',
      planVersion: 1,
      planService: 0,
      covered: [],
      paid: [{ account: this.#payerId, bucket: 1, definition: 'main', nanos: chargedNanos }],
      unpaidNanos: 0n,
      continues: false,
    });
  }

  outcome(): Outcome {
    const accounts = [...(this.#pool === undefined ? [] : [this.#pool]), this.account]
      .filter(({ id }) => this.#changed.has(id))
      .map((account) => ({ ...account, version: account.version + 1 }));
    return { accounts, records: this.#records, changes: this.#changes, events: [] };
  }
}

const reservedOf = ({ items }: ChargingSession): bigint => items[0]?.reservations[0]?.amount ?? 0n;

function decide(state: AccountState | undefined, request: ChargingRequest, now: number): Decision {
  const answer = (result: ChargingAnswer['result'], granted?: bigint): ChargingAnswer => ({
    session: request.session,
    number: request.number,
    result,
    items: granted === undefined ? [] : [{ ratingGroup: '1', result, granted: { bytes: granted }, validitySeconds: 60 }],
  });
  const nothing = { accounts: [], records: [], changes: [], events: [], closed: false };
  // As the real rules have it: what was refused is over, and its repetition is refused with the same answer.
  const refused = { ...nothing, answer: answer('credit-limit-reached'), closed: true };
  if (state === undefined) return { ...nothing, answer: answer('user-unknown') };
  const open = state.account.sessions.find(({ id }) => id === request.session);
  if (open?.lastNumber === request.number) return { ...nothing, answer: open.lastAnswer };
  if (open !== undefined && request.number < open.lastNumber) return { ...nothing, answer: answer('out-of-order') };
  const draft = new Draft(state, now);
  if (request.operation === 'balance-check') return { ...nothing, answer: answer('granted', draft.bucket.value) };
  if (open === undefined && (request.operation === 'update' || request.operation === 'terminate'))
    return { ...nothing, answer: answer('unknown-session') };
  const used = request.items.flatMap((item) => item.used).reduce((sum, { bytes }) => sum + (bytes ?? 0n), 0n);
  const cost = used * PRICE_NANOS;
  if (request.operation === 'event-debit') {
    if (draft.bucket.value - draft.bucket.reserved < cost) return refused;
    draft.setBucket({ value: draft.bucket.value - cost }, { kind: 'use', session: request.session, number: request.number });
    draft.record(request.session, cost, 1);
    return { ...draft.outcome(), answer: answer('granted', used), closed: true };
  }
  const charged = (open?.closedNanos ?? 0n) + cost;
  const held = open === undefined ? 0n : reservedOf(open);
  // What was used is paid; what was set aside for it is free again.
  draft.setBucket(
    { value: draft.bucket.value - cost, reserved: draft.bucket.reserved - held },
    { kind: 'use', session: request.session, number: request.number },
  );
  const others = state.account.sessions.filter(({ id }) => id !== request.session);
  if (request.operation === 'terminate') {
    draft.setSessions(others);
    draft.record(request.session, charged, 1);
    return { ...draft.outcome(), answer: answer('granted'), closed: true };
  }
  const wanted = request.items[0]?.requested;
  const bytes = typeof wanted === 'object' ? (wanted.bytes ?? 0n) : 0n;
  const possible = (draft.bucket.value - draft.bucket.reserved) / PRICE_NANOS;
  const granted = bytes < possible ? bytes : possible;
  if (granted <= 0n && open === undefined) return refused;
  const reserved = granted > 0n ? granted * PRICE_NANOS : 0n;
  draft.setBucket({ reserved: draft.bucket.reserved + reserved });
  const reply = granted > 0n ? answer('granted', granted) : answer('credit-limit-reached');
  draft.setSessions([
    ...others,
    {
      id: request.session,
      service: 'data',
      identity: request.identities[0],
      facts: request.facts,
      startedMicros: open?.startedMicros ?? now,
      expiresMicros: now + SESSION_MICROS,
      lastNumber: request.number,
      lastAnswer: reply,
      items: [
        {
          ratingGroup: '1',
          services: undefined,
          unit: 'bytes',
          use: undefined,
          grant: undefined,
          reservations: [{ account: draft.payer.id, bucket: 1, amount: reserved }],
          counted: [],
        },
      ],
      closedNanos: charged,
      records: 0,
    },
  ]);
  return { ...draft.outcome(), answer: reply, closed: false };
}

function sweep(state: AccountState, now: number): Outcome {
  const draft = new Draft(state, now);
  const dead = state.account.sessions.filter(({ expiresMicros }) => expiresMicros <= now);
  if (dead.length === 0) return { accounts: [], records: [], changes: [], events: [] };
  for (const session of dead) {
    draft.setBucket({ reserved: draft.bucket.reserved - reservedOf(session) });
    draft.record(session.id, session.closedNanos, 1);
  }
  draft.setSessions(state.account.sessions.filter(({ expiresMicros }) => expiresMicros > now));
  const events = dead.map(({ id }) => ({ kind: 'session-closed' as const, account: state.account.id, session: id }));
  return { ...draft.outcome(), events };
}

export const plainRules: ChargingRules = {
  decide,
  sweep,
  change: (state, command, now) => {
    const draft = new Draft({ account: state.account, pools: [] }, now);
    const { account } = state;
    const cause: ChangeCause = { kind: 'command', command: command.kind, key: command.key };
    if (command.kind === 'top-up') draft.setBucket({ value: draft.bucket.value + command.nanos }, cause);
    else if (command.kind === 'add-identity') draft.set({ ...account, identities: [...account.identities, command.identity] });
    else if (command.kind === 'join-pool') draft.set({ ...account, pools: [...account.pools, command.membership] });
    else return { ok: false, refusals: [{ code: 'engine.fault', message: 'plain rules do not know this command' }] };
    const sessions = account.sessions.map(({ id }) => id);
    return { ok: true, value: { ...draft.outcome(), events: [{ kind: 'reauthorise', account: account.id, sessions }] } };
  },
  explain: () => [],
};
