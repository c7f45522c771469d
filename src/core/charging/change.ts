/** Commands to an account: top-up, voucher, transfer, adjustment, plan, controls. All of a command, or a refusal and nothing. */
import { type Refusal, type Result, refuse } from '../refusals.ts';
import { type ChargingAccount, type ChargingSession, FOREVER, type SessionItem } from './account.ts';
import { addMoneyBucket, buyAddOn, giveAllowance, MOST_NANOS, mainBucket, takeMoney } from './add-ons.ts';
import type { AccountCommand } from './command.ts';
import { activeControl, isReached } from './controls.ts';
import type { AccountState, ChangeCause, Outcome } from './decision.ts';
import { Draft, planAt } from './draft.ts';
import { fallDue, renewalsUnder } from './due.ts';
import { least } from './least.ts';
import type { CompiledCatalog, CompiledControl } from './plan.ts';
import { changedCounters, policyCounters } from './policy-counters.ts';
import { releaseAt } from './reserve.ts';
import { raiseBucket, raiseCounter, resetBucket } from './thresholds.ts';
import type { WorkingBucket } from './working-account.ts';
import { WorkingSession } from './working-session.ts';

export function change(catalog: CompiledCatalog, { account, pools }: AccountState, command: AccountCommand, now: number): Result<Outcome> {
  const draft = new Draft(catalog, account, pools, now, undefined);
  if (account.status === 'closed') return refused('charging.account-closed', `account ${account.id} is closed`);
  if (account.dueMicros <= now) fallDue(draft, {});
  const refusal = carryOut(draft, command);
  if (refusal !== undefined) return { ok: false, refusals: [refusal] };
  tellSessions(draft, command);
  const outcome = draft.outcome();
  const after = outcome.accounts.find(({ id }) => id === account.id);
  if (after !== undefined) tellPolicy(draft, account, after, command);
  return { ok: true, value: { ...outcome, events: draft.events } };
}

/** Commands that change limits or plans change the status of policy counters without any use. */
function tellPolicy(draft: Draft, before: ChargingAccount, after: ChargingAccount, { kind }: AccountCommand): void {
  const { catalog, now } = draft;
  if (after.status === 'closed') draft.tell({ kind: 'account-closed', account: after.id });
  if (kind !== 'set-control' && kind !== 'change-plan') return;
  const told = draft.events.flatMap((event) => (event.kind === 'counter-status' ? [event.counter] : []));
  for (const { counter, status } of changedCounters(policyCounters(catalog, before, now), policyCounters(catalog, after, now), now))
    if (!told.includes(counter)) draft.tell({ kind: 'counter-status', account: after.id, counter, status });
}

/** Brings up to date what depends on the time alone. */
export function sweep(catalog: CompiledCatalog, { account, pools }: AccountState, now: number): Outcome {
  const draft = new Draft(catalog, account, pools, now, undefined);
  fallDue(draft, {});
  draft.own.recount = true;
  draft.own.next.dueMicros = account.dueMicros;
  return draft.outcome();
}

function refused(code: Refusal['code'], message: string): { readonly ok: false; readonly refusals: readonly Refusal[] } {
  return { ok: false, refusals: [refuse(code, message)] };
}

function carryOut(draft: Draft, command: AccountCommand): Refusal | undefined {
  const { own, catalog } = draft;
  const { base } = own;
  const cause = causeOf(command);
  switch (command.kind) {
    case 'top-up':
      return wrongMoney(draft, command) ?? addMoney(draft, command.nanos, command.validToMicros, cause);
    case 'voucher': {
      const missing = command.allowances.find((id) => !catalog.allowances.has(id));
      if (missing !== undefined) return unknownAllowance(missing);
      if (command.nanos > 0n || command.allowances.length === 0) {
        const refusal = wrongMoney(draft, command) ?? addMoney(draft, command.nanos, undefined, cause);
        if (refusal !== undefined) return refusal;
      }
      for (const id of command.allowances) give(draft, id, cause);
      return undefined;
    }
    case 'transfer-in':
      return wrongMoney(draft, command) ?? addMoney(draft, command.nanos, undefined, cause);
    case 'transfer-out':
      return wrongMoney(draft, command) ?? spend(draft, command.nanos, cause);
    case 'adjust':
      return adjust(draft, command, cause);
    case 'convert':
      return convert(draft, command, cause);
    case 'give-allowance':
      if (!catalog.allowances.has(command.allowance)) return unknownAllowance(command.allowance);
      give(draft, command.allowance, cause);
      return undefined;
    case 'buy-add-on': {
      const addOn = catalog.addOns.get(command.addOn);
      if (addOn === undefined)
        return refuse('charging.add-on-unknown', `there is no add-on ${command.addOn}`, { field: 'addOn', value: command.addOn });
      if (addOn.currency !== base.currency) return wrongCurrency(draft, addOn.currency);
      return buyAddOn(draft, command.addOn, cause) ? undefined : tooLittle(draft);
    }
    case 'stop-add-on':
      if (!own.get('addOns').some(({ addOn }) => addOn === command.addOn)) {
        return refuse('charging.add-on-unknown', `account ${base.id} has no add-on ${command.addOn} that renews`, {
          field: 'addOn',
          value: command.addOn,
        });
      }
      own.next.addOns = own.get('addOns').filter(({ addOn }) => addOn !== command.addOn);
      return undefined;
    case 'change-plan':
      return changePlan(draft, command.plan);
    case 'set-status':
      if (command.status === 'closed') for (const known of base.sessions) endSession(draft, known.id);
      own.next.status = command.status;
      return undefined;
    case 'set-credit-limit':
      return setLimit(draft, command.nanos);
    case 'set-control':
      return setControl(draft, command);
    case 'add-identity':
      if (base.identities.some(({ kind, value }) => kind === command.identity.kind && value === command.identity.value)) return undefined;
      own.next.identities = [...base.identities, command.identity];
      return undefined;
    case 'remove-identity':
      own.next.identities = base.identities.filter(({ kind, value }) => kind !== command.identity.kind || value !== command.identity.value);
      return undefined;
    case 'join-pool': {
      const { membership } = command;
      if (membership.pool === base.id) return refuse('charging.pool-of-itself', `account ${base.id} cannot draw from itself`);
      own.next.pools = [...base.pools.filter(({ pool }) => pool !== membership.pool), membership];
      return undefined;
    }
    case 'leave-pool':
      leavePool(draft, command.pool);
      return undefined;
    case 'close-session':
      return endSession(draft, command.session)
        ? undefined
        : refuse('charging.session-unknown', `account ${base.id} has no session ${command.session}`, {
            field: 'session',
            value: command.session,
          });
  }
}

function causeOf({ kind, key, text }: AccountCommand): ChangeCause {
  return { kind: 'command', command: kind, key, ...(text === undefined ? {} : { text }) };
}

function wrongMoney(draft: Draft, { nanos, currency }: { readonly nanos: bigint; readonly currency: string }): Refusal | undefined {
  if (currency !== draft.own.base.currency) return wrongCurrency(draft, currency);
  return nanos > 0n && nanos <= MOST_NANOS
    ? undefined
    : refuse('charging.amount-wrong', 'the amount is not above zero, or beyond 9.2 × 10⁹', { field: 'amount' });
}

function wrongCurrency(draft: Draft, currency: string): Refusal {
  const { id, currency: own } = draft.own.base;
  return refuse('charging.currency-differs', `account ${id} is kept in ${own}`, { field: 'currency', value: currency });
}

function unknownAllowance(allowance: string): Refusal {
  return refuse('charging.allowance-unknown', `there is no allowance ${allowance}`, { field: 'allowance', value: allowance });
}

function tooLittle(draft: Draft): Refusal {
  return refuse('charging.balance-too-low', `account ${draft.own.base.id} has too little money that is not set aside`, { field: 'amount' });
}

/** Pays debt first; the rest is the account's, in its bucket without an end or in one that ends. */
function addMoney(draft: Draft, nanos: bigint, validToMicros: number | undefined, cause: ChangeCause): Refusal | undefined {
  const { own, now } = draft;
  if (validToMicros !== undefined && validToMicros <= now)
    return refuse('charging.validity-over', 'the validity would be over already', { field: 'validTo' });
  const bucket =
    validToMicros === undefined || validToMicros >= FOREVER ? mainBucket(draft, own) : addMoneyBucket(draft, own, validToMicros, 0n);
  if (bucket.value + nanos > MOST_NANOS) return refuse('charging.amount-wrong', 'the balance would be beyond 4 × 10⁹', { field: 'amount' });
  draft.move(bucket, nanos, cause);
  payDebt(draft, bucket);
  bucket.filled = bucket.value;
  resetBucket(bucket);
  const by = cause.kind === 'command' ? cause.command : undefined;
  if (by === 'top-up' || by === 'voucher' || by === 'transfer-in')
    draft.tell({ kind: 'topped-up', account: own.base.id, by, nanos, left: bucket.value });
  fallDue(draft, { retry: true });
  return undefined;
}

function payDebt(draft: Draft, bucket: WorkingBucket): void {
  const debt = draft.own.get('debtNanos');
  const paid = least(debt, bucket.free);
  if (paid <= 0n) return;
  draft.move(bucket, -paid, { kind: 'debt', of: draft.own.base.id });
  draft.own.next.debtNanos = debt - paid;
}

function spend(draft: Draft, nanos: bigint, cause: ChangeCause): Refusal | undefined {
  return takeMoney(draft, draft.own, nanos, cause) ? undefined : tooLittle(draft);
}

function give(draft: Draft, id: string, cause: ChangeCause): void {
  const allowance = draft.catalog.allowances.get(id);
  if (allowance !== undefined) giveAllowance(draft, draft.own, allowance, undefined, cause);
}

function adjust(
  draft: Draft,
  { bucket: id, unit, amount, currency }: Extract<AccountCommand, { kind: 'adjust' }>,
  cause: ChangeCause,
): Refusal | undefined {
  const { own } = draft;
  if (currency !== undefined && currency !== own.base.currency) return wrongCurrency(draft, currency);
  const bucket =
    id === undefined && unit === 'money' ? mainBucket(draft, own) : own.buckets.find(({ base, removed }) => base.id === id && !removed);
  if (bucket === undefined || bucket.base.unit !== unit)
    return refuse('charging.bucket-unknown', `account ${own.base.id} has no bucket ${id ?? ''} of ${unit}`, { field: 'bucket' });
  if (amount === 0n || amount > MOST_NANOS || bucket.value + amount > MOST_NANOS)
    return refuse('charging.amount-wrong', 'the amount is zero or too large', { field: 'amount' });
  if (amount < 0n && bucket.free < -amount) return tooLittle(draft);
  draft.move(bucket, amount, cause);
  if (amount < 0n) raiseBucket(draft, bucket);
  else {
    if (bucket.value > bucket.filled) bucket.filled = bucket.value;
    resetBucket(bucket);
  }
  return undefined;
}

/** Whole multiples only, so that nothing is lost to rounding. */
function convert(
  draft: Draft,
  { bucket: id, unit, amount, to }: Extract<AccountCommand, { kind: 'convert' }>,
  cause: ChangeCause,
): Refusal | undefined {
  const { own, catalog } = draft;
  const bucket = own.buckets.find(({ base, removed }) => base.id === id && !removed && base.validToMicros > draft.now);
  if (bucket === undefined || (unit !== undefined && unit !== bucket.base.unit))
    return refuse('charging.bucket-unknown', `account ${own.base.id} has no bucket ${id}${unit === undefined ? '' : ` of ${unit}`}`, {
      field: 'bucket',
      value: String(id),
    });
  const rate = bucket.allowance?.converts.find((each) => each.to === to);
  if (rate === undefined)
    return refuse('charging.conversion-unknown', `${bucket.base.definition} is not converted to ${to}`, { field: 'to', value: to });
  if (amount <= 0n || amount % rate.from !== 0n)
    return refuse('charging.amount-wrong', `the amount is not a multiple of ${rate.from}`, { field: 'amount', value: String(amount) });
  if (bucket.free < amount) return tooLittle(draft);
  const target = catalog.allowances.get(to);
  draft.move(bucket, -amount, cause);
  raiseBucket(draft, bucket);
  const made = (amount / rate.from) * rate.into;
  const into = target === undefined ? mainBucket(draft, own) : giveAllowance(draft, own, { ...target, amount: made }, undefined, cause);
  if (target === undefined) {
    draft.move(into, made, cause);
    resetBucket(into);
  }
  return undefined;
}

/**
 * Allowances of the old plan that recur end with it; what was bought stays. For which periods fees were paid and allowances given stays known: who comes
 * back within them pays no fee again, and is given nothing again.
 */
function changePlan(draft: Draft, id: string): Refusal | undefined {
  const { own, catalog, now } = draft;
  const plan = planAt(catalog, id, now);
  if (plan === undefined) return refuse('charging.plan-unknown', `no version of plan ${id} is in force`, { field: 'plan', value: id });
  if (plan.currency !== own.base.currency) return wrongCurrency(draft, plan.currency);
  if (plan.id === own.base.plan) return undefined;
  const ending = new Set(own.plan?.allowances.map((allowance) => allowance.id));
  for (const bucket of own.buckets) {
    if (!ending.has(bucket.base.definition) || plan.allowances.some((allowance) => allowance.id === bucket.base.definition)) continue;
    draft.move(bucket, bucket.reserved - bucket.value, { kind: 'expiry', of: bucket.base.definition });
    if (bucket.value === 0n) draft.removeBucket(bucket);
  }
  own.next.renewals = renewalsUnder(own.get('renewals'), own.base.plan, id);
  own.next.plan = id;
  own.plan = plan;
  fallDue(draft, { retry: true });
  return undefined;
}

function setLimit(draft: Draft, nanos: bigint): Refusal | undefined {
  if (nanos < 0n || nanos > MOST_NANOS) return refuse('charging.amount-wrong', 'a credit limit is not below zero', { field: 'amount' });
  const bucket = mainBucket(draft, draft.own);
  if (bucket.value - bucket.reserved + nanos < 0n) {
    return refuse('charging.limit-too-low', `account ${draft.own.base.id} owes more, or has more set aside, than the limit would allow`, {
      field: 'amount',
    });
  }
  bucket.limit = nanos;
  resetBucket(bucket);
  return undefined;
}

function setControl(
  draft: Draft,
  { control: id, limit, unit, agreedToMicros }: Extract<AccountCommand, { kind: 'set-control' }>,
): Refusal | undefined {
  const { own } = draft;
  const control = own.plan?.controls.find((each) => each.id === id);
  if (control === undefined)
    return refuse('charging.control-unknown', `plan ${own.base.plan} has no control ${id}`, { field: 'control', value: id });
  if (typeof limit === 'bigint' && unit !== undefined && unit !== control.measure)
    return refuse('charging.amount-wrong', `control ${id} counts ${control.measure}, not ${unit}`, { field: 'limit' });
  if (typeof limit === 'bigint' && (limit < control.leastLimit || (control.mostLimit !== undefined && limit > control.mostLimit))) {
    const most = control.mostLimit === undefined ? '' : ` to ${control.mostLimit}`;
    return refuse(
      'charging.limit-out-of-bounds',
      `the plan allows limits of ${id} from ${control.leastLimit}${most}, in ${measureOf(control)}`,
      {
        field: 'limit',
        value: String(limit),
      },
    );
  }
  if (agreedToMicros !== undefined && agreedToMicros !== 0 && !control.mayAgree) {
    return refuse('charging.control-fixed', `control ${id} cannot be gone beyond`, { field: 'control', value: id });
  }
  const known = own.get('controls').find((each) => each.control === id);
  const ownLimit = limit === undefined ? known?.limit : limit === 'plan' ? undefined : limit;
  const agreed =
    agreedToMicros === 'period' ? activeControl(draft, control).counter.toMicros : (agreedToMicros ?? known?.agreedToMicros ?? 0);
  const others = own.get('controls').filter((each) => each.control !== id);
  const setting = {
    control: id,
    ...(ownLimit === undefined ? {} : { limit: ownLimit }),
    ...(agreed === 0 ? {} : { agreedToMicros: agreed }),
  };
  own.next.controls = ownLimit === undefined && agreed === 0 ? others : [...others, setting];
  crossAgain(draft, control);
  return undefined;
}

/** Under another limit thresholds are crossed elsewhere: those that are not any more may be again, those that are now are told. */
function crossAgain(draft: Draft, control: CompiledControl): void {
  const { counter, limit } = activeControl(draft, control);
  const whole = limit ?? control.limit;
  const reached = control.thresholds.filter((threshold) => isReached(threshold, counter.value, whole)).length;
  if (counter.raised > reached) counter.raised = reached;
  raiseCounter(draft, control, counter, limit, undefined);
}

const measureOf = ({ measure }: CompiledControl): string => (measure === 'money' ? 'nanos' : measure);

/** What running sessions have set aside there is the pool's again: what they report from now on, the member pays. */
function leavePool(draft: Draft, left: string): void {
  const { own } = draft;
  own.next.pools = own.base.pools.filter(({ pool }) => pool !== left);
  const sessions = own.get('sessions');
  const isThere = ({ reservations }: Pick<SessionItem, 'reservations'>): boolean => reservations.some(({ account }) => account === left);
  const isHolder = ({ items, pooling }: ChargingSession): boolean =>
    items.some(isThere) || (pooling?.pool !== undefined && isThere(pooling.pool));
  if (!sessions.some(isHolder)) return;
  draft.setSessions(sessions.map((each) => (isHolder(each) ? withoutPool(draft, each, left) : each)));
}

function withoutPool(draft: Draft, session: ChargingSession, left: string): ChargingSession {
  const { items, pooling } = session;
  const released = { ...session, items: items.map((item) => releaseAt(draft, item, left)) };
  return pooling?.pool === undefined ? released : { ...released, pooling: { ...pooling, pool: releaseAt(draft, pooling.pool, left) } };
}

function endSession(draft: Draft, id: string): boolean {
  const { own } = draft;
  const known = own.get('sessions').find((session) => session.id === id);
  if (known === undefined) return false;
  const { service, identity, facts } = known;
  new WorkingSession(draft, { id, account: own.base.id, service, identity, facts }, known).end();
  draft.tell({ kind: 'abort', account: own.base.id, sessions: [id], reason: 'closed by a command' });
  return true;
}

/** Running sessions ask again when what they were told is wrong by now: at more balance, those that were told it was the last. */
function tellSessions(draft: Draft, { kind }: AccountCommand): void {
  const { own } = draft;
  const account = own.base.id;
  const sessions = own.get('sessions');
  switch (kind) {
    case 'add-identity':
    case 'remove-identity':
    case 'stop-add-on':
    case 'close-session':
    case 'transfer-out':
      return;
    case 'set-status':
      if (own.get('status') === 'blocked' && sessions.length > 0) {
        draft.tell({ kind: 'abort', account, sessions: sessions.map(({ id }) => id), reason: 'the account is blocked' });
      }
      if (own.base.status !== own.get('status')) draft.tell({ kind: 'reauthorise', account, sessions: 'all-members' });
      return;
    case 'change-plan':
    case 'set-control':
    case 'join-pool':
    case 'leave-pool':
      if (sessions.length > 0) draft.tell({ kind: 'reauthorise', account, sessions: sessions.map(({ id }) => id) });
      return;
    case 'top-up':
    case 'voucher':
    case 'transfer-in':
    case 'adjust':
    case 'convert':
    case 'give-allowance':
    case 'buy-add-on':
    case 'set-credit-limit': {
      const waiting = sessions.filter(({ lastAnswer }) =>
        lastAnswer.items.some(({ finalUnit, result }) => finalUnit !== undefined || result !== 'granted'),
      );
      if (waiting.length > 0) draft.tell({ kind: 'reauthorise', account, sessions: waiting.map(({ id }) => id) });
      else if (sessions.length === 0) draft.tell({ kind: 'reauthorise', account, sessions: 'all-members' });
    }
  }
}

/** What a new account is opened with. */
export interface NewAccount extends Pick<ChargingAccount, 'id' | 'currency' | 'plan' | 'identities'> {
  /** Undefined: the plan's. */
  readonly creditLimitNanos?: bigint;
}

/** A new account under a plan in force, with nothing in it: what the plan gives falls due at once. */
export function newAccount(
  catalog: CompiledCatalog,
  { id, currency, plan, identities, creditLimitNanos }: NewAccount,
  now: number,
): Result<ChargingAccount> {
  const inForce = planAt(catalog, plan, now);
  if (inForce === undefined) return refused('charging.plan-unknown', `no version of plan ${plan} is in force`);
  if (inForce.currency !== currency) return refused('charging.currency-differs', `plan ${plan} is in ${inForce.currency}`);
  const empty: ChargingAccount = {
    id,
    version: 0,
    currency,
    status: 'active',
    plan,
    identities,
    buckets: [],
    counters: [],
    sessions: [],
    pools: [],
    controls: [],
    addOns: [],
    renewals: [],
    debtNanos: 0n,
    nextBucket: 1,
    dueMicros: 0,
  };
  const draft = new Draft(catalog, empty, [], now, undefined);
  addMoneyBucket(draft, draft.own, FOREVER, creditLimitNanos ?? inForce.creditLimitNanos);
  const account = draft.own.finish(now) ?? empty;
  return { ok: true, value: { ...account, version: 0, dueMicros: 0 } };
}

/** The same with what the plan gives. */
export function openAccount(catalog: CompiledCatalog, opened: NewAccount, now: number): Result<Outcome> {
  const account = newAccount(catalog, opened, now);
  return account.ok ? { ok: true, value: sweep(catalog, { account: account.value, pools: [] }, now) } : account;
}
