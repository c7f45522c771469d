/** Accounts and sessions of one scenario: steps in, answers and balances out. */
import assert from 'node:assert/strict';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { AnswerItem, ChargingAnswer } from '#core/charging/answer.ts';
import { openAccount } from '#core/charging/change.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { AccountState, BalanceChange, ChargingEvent, Outcome, UsageRecord } from '#core/charging/decision.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import type {
  AdviceWanted,
  ChargingOperation,
  ChargingRequest,
  RequestItem,
  ServiceFacts,
  Units,
  UsedUnits,
} from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { quantityOf, showAmount } from './plan-words.ts';
import { showAdvice } from './shown-advice.ts';

type CommandWords = AccountCommand extends infer C ? (C extends AccountCommand ? Omit<C, 'key'> : never) : never;

export class World {
  readonly catalog: CompiledCatalog;
  readonly accounts = new Map<string, ChargingAccount>();
  readonly records: UsageRecord[] = [];
  readonly changes: BalanceChange[] = [];
  events: ChargingEvent[] = [];
  now = Date.parse('2026-10-14T12:00:00Z') * 1000;
  readonly #numbers = new Map<string, number>();
  readonly #answered = new Map<string, ChargingAnswer>();
  #last: ChargingRequest | undefined;
  #keys = 0;

  constructor(catalog: CompiledCatalog) {
    this.catalog = catalog;
  }

  /** `1.00; min; min 40; pool: min 1000; capped min 400`. */
  open(text: string): void {
    this.#openOne('a');
    for (const said of text.split(';').map((part) => part.trim())) {
      if (said === '') continue;
      const pool = said.startsWith('pool: ');
      const words = pool ? said.slice(6) : said;
      if (pool && !this.accounts.has('pool')) {
        this.#openOne('pool');
        this.command('a', { kind: 'join-pool', membership: { pool: 'pool', caps: [] } });
      }
      const cap = /^capped (\w+) (.+)$/.exec(words);
      if (cap !== null) {
        const caps = [{ definition: cap[1] ?? '', most: quantityOf(cap[2] ?? '').amount }];
        this.command('a', { kind: 'join-pool', membership: { pool: 'pool', caps } });
        continue;
      }
      this.#fill(pool ? 'pool' : 'a', words);
    }
    this.events = [];
    this.changes.length = 0;
  }

  #openOne(id: string): void {
    const opened = openAccount(
      this.catalog,
      { id, currency: 'EUR', plan: 'plan', identities: [{ kind: 'msisdn', value: '4930' }] },
      this.now,
    );
    if (!opened.ok) throw new Error(opened.refusals[0]?.message);
    this.#keep(opened.value);
  }

  #fill(account: string, words: string): void {
    const money = /^(-?[\d.]+)$/.exec(words);
    if (money !== null) {
      const amount = quantityOf(words).amount;
      if (amount > 0n) this.command(account, { kind: 'top-up', nanos: amount, currency: 'EUR' });
      else if (amount < 0n) this.command(account, { kind: 'adjust', unit: 'money', amount });
      return;
    }
    const until = /^([\d.]+) until (\S+)$/.exec(words);
    if (until !== null) {
      this.command(account, {
        kind: 'top-up',
        nanos: quantityOf(until[1] ?? '').amount,
        currency: 'EUR',
        validToMicros: this.timeOf(until[2] ?? ''),
      });
      return;
    }
    const [, definition = '', amount] = /^(\w+)(?: (.+))?$/.exec(words) ?? [];
    this.command(account, { kind: 'give-allowance', allowance: definition });
    if (amount === undefined) return;
    const bucket = this.account(account).buckets.findLast((each) => each.definition === definition);
    if (bucket === undefined) throw new Error(`no bucket ${definition}`);
    const difference = quantityOf(amount).amount - bucket.value;
    if (difference !== 0n) this.command(account, { kind: 'adjust', bucket: bucket.id, unit: bucket.unit, amount: difference });
  }

  account(id: string): ChargingAccount {
    const account = this.accounts.get(id);
    if (account === undefined) throw new Error(`no account ${id}`);
    return account;
  }

  state(id: string): AccountState {
    const account = this.account(id);
    return { account, pools: account.pools.map(({ pool }) => this.account(pool)) };
  }

  #keep(outcome: Outcome): void {
    for (const account of outcome.accounts) this.accounts.set(account.id, account);
    this.records.push(...outcome.records);
    this.changes.push(...outcome.changes);
    this.events.push(...outcome.events);
  }

  /** The refusal's code, or `done`. */
  command(account: string, words: CommandWords): string {
    const command = { key: `k${++this.#keys}`, ...words } as AccountCommand; // a command without its key
    const changed = chargingRules(this.catalog).change(this.state(account), command, this.now);
    if (!changed.ok) return changed.refusals[0]?.code ?? '';
    this.#keep(changed.value);
    return 'done';
  }

  /** `10:05`, `10:05:30` on the day of the scenario, or an instant. */
  timeOf(text: string): number {
    const instant = /^\d\d:\d\d/.test(text) ? `2026-10-14T${text.length === 5 ? `${text}:00` : text}Z` : text;
    return Date.parse(instant) * 1000;
  }

  send(request: ChargingRequest, account = 'a'): ChargingAnswer {
    this.#last = request;
    const first = this.#answered.get(`${request.session}|${request.number}`);
    if (first !== undefined) return first;
    const decision = chargingRules(this.catalog).decide(this.state(account), request, this.now);
    this.#keep(decision);
    // What the engine does: the answer of what is over is kept for repetitions.
    if (decision.closed) this.#answered.set(`${request.session}|${request.number}`, decision.answer);
    return decision.answer;
  }

  /** One step as the tables write it; what it came to, in the tables' words. */
  step(text: string): string {
    const time = / at (\S+)$/.exec(text);
    if (time !== null) this.now = this.timeOf(time[1] ?? '');
    const words = time === null ? text : text.slice(0, time.index);
    if (words === 'again' && this.#last !== undefined) return this.#shown(this.send(this.#last));
    return this.#command(words) ?? this.#request(words);
  }

  #command(words: string): string | undefined {
    const [verb = '', first = '', second = ''] = words.split(' ');
    switch (verb) {
      case 'top-up':
        return this.command('a', { kind: 'top-up', nanos: quantityOf(first).amount, currency: 'EUR' });
      case 'voucher':
        return this.command('a', {
          kind: 'voucher',
          serial: '1',
          nanos: quantityOf(first).amount,
          currency: 'EUR',
          allowances: second === '' ? [] : [second],
        });
      case 'pay-out':
        return this.command('a', { kind: 'transfer-out', to: 'b', nanos: quantityOf(first).amount, currency: 'EUR' });
      case 'buy':
        return this.command('a', { kind: 'buy-add-on', addOn: first });
      case 'give':
        return this.command('a', { kind: 'give-allowance', allowance: first });
      case 'adjust':
        return this.command('a', { kind: 'adjust', unit: 'money', amount: quantityOf(first).amount });
      case 'credit':
        return this.command('a', { kind: 'set-credit-limit', nanos: quantityOf(first).amount });
      case 'limit':
        return this.command('a', { kind: 'set-control', control: first, limit: second === 'plan' ? 'plan' : quantityOf(second).amount });
      case 'agree':
        return this.command('a', { kind: 'set-control', control: first, agreedToMicros: this.now + 86_400_000_000 });
      case 'agree-for-the-period':
        return this.command('a', { kind: 'set-control', control: first, agreedToMicros: 'period' });
      case 'withdraw':
        return this.command('a', { kind: 'set-control', control: first, agreedToMicros: 0 });
      case 'plan':
        return this.command('a', { kind: 'change-plan', plan: first });
      case 'status':
        return this.command('a', { kind: 'set-status', status: first as 'blocked' }); // a status of the tables
      case 'leave':
        return this.command('a', { kind: 'leave-pool', pool: 'pool' });
      case 'join':
        return this.command('a', { kind: 'join-pool', membership: { pool: 'pool', caps: [] } });
      case 'pool-status':
        return this.command('pool', { kind: 'set-status', status: first as 'blocked' }); // a status of the tables
      case 'convert': {
        const bucket = this.account('a').buckets.find(({ definition }) => definition === first);
        return this.command('a', {
          kind: 'convert',
          bucket: bucket?.id ?? 0,
          amount: quantityOf(words.split(' ').slice(2, -2).join(' ')).amount,
          to: words.split(' ').at(-1) ?? '',
        });
      }
      case 'sweep': {
        for (const id of this.accounts.keys()) {
          this.#keep(chargingRules(this.catalog).sweep(this.state(id), this.now));
          assert.ok(this.account(id).dueMicros > this.now, 'what was due is not due again at once');
        }
        return 'done';
      }
      default:
        return undefined;
    }
  }

  /** `B: initial 300 s group 10 + used 5 MB before, 10 MB roaming`. */
  #request(words: string): string {
    const [, session = 'A', verb = '', rest = ''] =
      /^(?:(\w+): )?(initial|update|end|event|refund|balance|price)(?: (.*))?$/.exec(words) ?? [];
    if (verb === '') throw new Error(`no such step: "${words}"`);
    const operation = operations[verb] as ChargingOperation; // the pattern has no other verbs
    const isEvent = !['initial', 'update', 'end'].includes(verb);
    const id = isEvent ? `${session}${this.#keys++}` : session;
    const number = verb === 'initial' || isEvent ? 0 : (this.#numbers.get(session) ?? 0) + 1;
    this.#numbers.set(session, number);
    const facts: { -readonly [K in keyof ServiceFacts]: ServiceFacts[K] } = {};
    const known = this.account('a').sessions.find((each) => each.id === id);
    let service: Service = known?.service ?? 'voice';
    const items =
      rest === ''
        ? []
        : rest
            .split(' + ')
            .map((part) =>
              this.#item(
                part.replaceAll(/\b(counting|begins|unasked|pooling|told-costs|told-tariff|told)( |$)/g, ''),
                facts,
                (found) => (service = found),
              ),
            );
    const totals = ['counting', 'begins', 'in-all', 'unasked'].some((word) => rest.split(/[ ,]+/).includes(word));
    const advised = /\btold(-costs|-tariff)?( |$)/.exec(rest);
    const sent: ChargingRequest = {
      session: id,
      number: totals && verb !== 'initial' ? -1 : number,
      ...(totals ? { totals: /\bunasked\b/.test(rest) ? 'opens' : 'known' } : {}),
      ...(advised === null ? {} : { advice: adviceWords[advised[1] ?? ''] ?? 'full' }),
      ...(/\bpooling\b/.test(rest) ? { knowsPools: true as const } : {}),
      ...(/\bbegins\b/.test(rest) ? { usedSinceMicros: this.now } : {}),
      operation,
      identities: [{ kind: 'msisdn', value: '4930' }],
      service,
      eventMicros: this.now,
      facts,
      items,
    };
    return this.#shown(this.send(sent));
  }

  #item(text: string, facts: { -readonly [K in keyof ServiceFacts]: ServiceFacts[K] }, found: (service: Service) => void): RequestItem {
    let ratingGroup: string | undefined;
    let requested: Units | 'any' | undefined;
    const used: UsedUnits[] = [];
    let usedInAll: Units | undefined;
    for (const phrase of text.split(', ').flatMap((each) => each.split(/ (?=group |to |roaming|home|apn |slice |visited )/))) {
      const [word = '', ...values] = phrase.trim().split(' ');
      if (word === '') continue;
      const value = values.join(' ');
      if (word === 'in-all') usedInAll = value === 'time' ? {} : { ...usedInAll, ...this.#units(value, found) };
      else if (word === 'group') ratingGroup = value;
      else if (word === 'to') facts.called = value;
      else if (word === 'roaming' || word === 'home') facts.roaming = word === 'roaming';
      else if (word === 'apn') facts.apn = value;
      else if (word === 'slice') facts.slice = value;
      else if (word === 'visited') facts.visitedNetwork = value;
      else if (word === 'any') {
        requested = 'any';
        if (value !== '') found(value as Service); // a service of the tables
      } else if (word === 'used') {
        const [, amount = '', change] = /^(.*?)( before| after)?$/.exec(value) ?? [];
        used.push({ ...this.#units(amount, found), ...(change === undefined ? {} : { change: change.trim() as 'before' }) });
      } else requested = this.#units(phrase.trim(), found);
    }
    return {
      ...(ratingGroup === undefined ? {} : { ratingGroup }),
      ...(requested === undefined ? {} : { requested }),
      used,
      ...(usedInAll === undefined ? {} : { usedInAll }),
    };
  }

  #units(text: string, found: (service: Service) => void): Units {
    const value = quantityOf(text).amount;
    switch (quantityOf(text).unit) {
      case 'seconds':
        found('voice');
        return { seconds: value };
      case 'bytes':
        found('data');
        return { bytes: value };
      case 'messages':
        found('sms');
        return { events: value };
      case 'events':
        found('event');
        return { events: value };
      case 'money':
        return { money: { nanos: value, currency: 'EUR' } };
    }
  }

  #shown(answer: ChargingAnswer): string {
    return `${this.#shownItems(answer)}${showAdvice(answer.advice)}`;
  }

  #shownItems({ result, items, cost }: ChargingAnswer): string {
    if (items.length === 0) return result;
    const shown = items.map((item) => showItem(item)).join(' + ');
    return result === 'granted' &&
      items.every(({ granted, finalUnit, result: each }) => each === 'granted' && granted === undefined && finalUnit === undefined)
      ? `cost ${showAmount(cost?.nanos ?? 0n, 'money')}`
      : shown;
  }

  /** `main 0.85; min 60 s (40 s held)`. */
  balances(): string {
    const shown = [...this.accounts.values()].flatMap((account) =>
      account.buckets.map(({ definition, value, reserved, unit }) => {
        const name = account.id === 'a' ? definition : `${account.id}/${definition}`;
        return `${name} ${showAmount(value, unit)}${reserved === 0n ? '' : ` (${showAmount(reserved, unit)} held)`}`;
      }),
    );
    const debt = this.account('a').debtNanos;
    return [...shown, ...(debt === 0n ? [] : [`owes ${showAmount(debt, 'money')}`])].join('; ');
  }
}

const adviceWords: Readonly<Record<string, AdviceWanted>> = { '-costs': 'cost', '-tariff': 'tariff' };
const operations: Readonly<Record<string, ChargingOperation>> = {
  initial: 'initial',
  update: 'update',
  end: 'terminate',
  event: 'event-debit',
  refund: 'event-refund',
  balance: 'balance-check',
  price: 'price-enquiry',
};

function showItem({
  result,
  granted,
  grantedInAll,
  finalUnit,
  slowTo,
  tariffChangeMicros,
  threshold,
  consumptionSeconds,
  unitPool,
}: AnswerItem): string {
  const what = granted === undefined ? (result === 'granted' ? 'nothing' : result) : showUnits(granted);
  const change = tariffChangeMicros === undefined ? '' : `, changes ${new Date(tariffChangeMicros / 1000).toISOString().slice(11, 16)}`;
  const last =
    finalUnit === undefined || result === 'credit-limit-reached'
      ? ''
      : finalUnit.action === 'terminate'
        ? ', last'
        : finalUnit.action === 'redirect'
          ? `, then to ${finalUnit.to}`
          : `, then only ${finalUnit.filter}`;
  const asks = threshold === undefined ? '' : `, asks again at ${showUnits(threshold)}`;
  const inAll = grantedInAll === undefined || showUnits(grantedInAll) === what ? '' : ` up to ${showUnits(grantedInAll)}`;
  const runs = consumptionSeconds === undefined ? '' : `, time runs ${consumptionSeconds} s without use`;
  const drawn = unitPool === undefined ? '' : ` of pool ${unitPool.number} × ${unitPool.multiplier}`;
  return `${what}${drawn}${inAll}${asks}${runs}${change}${last}${slowTo === undefined ? '' : `, slow ${slowTo}`}`;
}

function showUnits({ seconds, bytes, events, money }: Units): string {
  if (seconds !== undefined) return showAmount(seconds, 'seconds');
  if (bytes !== undefined) return showAmount(bytes, 'bytes');
  if (money !== undefined) return showAmount(money.nanos, 'money');
  return String(events ?? 0n);
}
