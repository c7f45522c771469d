/** What the code made beside what the model expects: every difference as a sentence. None means that they agree to the last digit. */
import type { InvoiceContent } from '#core/invoicing/invoice.ts';
import { decimal } from '#core/money/decimal.ts';
import { compare, type Exact, exact, minus, ofDecimal, ofNanos, over, plus, times, whole, ZERO } from '../../oracle/exact.ts';
import { DECIMALS, factorOf } from './exchange.ts';
import type { Made, MadeStatement } from './outcome.ts';
import { lastDay } from './periods.ts';
import { type Expected, type ExpectedSide, type ExpectedStatement, expectedOf, paid } from './quarter.ts';
import { taxesDue } from './tax.ts';
import type { World } from './world.ts';

type Tell = (what: string, made: unknown, expected: unknown) => void;

export function differences(world: World, made: Made): readonly string[] {
  const expected = expectedOf(world);
  const told: string[] = made.refused.map((refused) => `refused: ${refused}`);
  const tell: Tell = (what, a, b) => {
    const [had, wanted] = [said(a), said(b)];
    if (had !== wanted) told.push(`${what}: ${had}, and the model has ${wanted}`);
  };
  const byId = new Map(made.statements.map((statement) => [statement.id, statement]));
  const ids = new Set(expected.statements.map(({ id }) => id));
  tell('statements', [...byId.keys()].filter((id) => !ids.has(id)).join(' '), [...ids].filter((id) => !byId.has(id)).join(' '));
  for (const statement of expected.statements) {
    const own = byId.get(statement.id);
    if (own !== undefined) compareStatement(world, made, statement, own, tell);
  }
  compareAccruals(made, expected, tell);
  compareEntries(world, made, tell);
  compareBalances(world, made, expected, tell);
  return told;
}

function said(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'n' in value && 'd' in value) {
    const { n, d } = value as Exact; // only fractions have both
    return 10n ** 30n % d === 0n ? `${Number(n) / Number(d)} (${n}/${d})` : `${n}/${d}`;
  }
  return String(value);
}

const sumOf = (amounts: readonly Exact[]): Exact => amounts.reduce(plus, ZERO);

function compareStatement(world: World, made: Made, statement: ExpectedStatement, own: MadeStatement, tell: Tell): void {
  for (const side of ['receivable', 'payable'] as const) {
    const expected = statement.sides.find((each) => each.side === side);
    const amounts = own.amounts.filter((each) => each.side === side);
    const what = `${statement.id} ${side}`;
    tell(`${what} charges`, sumOf(amounts.map(({ chargesNanos }) => ofNanos(chargesNanos))), expected?.usage ?? ZERO);
    tell(
      `${what} adjusted`,
      sumOf(amounts.map(({ adjustedNanos }) => ofNanos(adjustedNanos))),
      plus(expected?.late ?? ZERO, expected?.deals ?? ZERO),
    );
    tell(
      `${what} deals`,
      sumOf(own.deals.filter((each) => each.side === side).map(({ amountNanos }) => ofNanos(amountNanos))),
      expected?.deals ?? ZERO,
    );
    const outcome = own.outcomes.find((each) => each.side === side);
    // What is carried and comes to nothing on the whole stays carried by its services, or is gone: neither is ever seen.
    const unseen =
      magnitude(expected?.exact ?? ZERO, exact(1n, 1_000_000_000n)) < 0 && [outcome?.outcome, expected?.outcome].includes('carried');
    if (!unseen) tell(`${what} outcome`, outcome?.outcome ?? 'nothing', expected?.outcome ?? 'nothing');
    if (expected?.outcome !== 'issued' || outcome?.outcome !== 'issued') continue;
    const document = made.documents.get(`${placesOf(world, statement.agreement.id).entity?.id} ${outcome.document}`);
    if (document === undefined) tell(`${what} document`, 'none', outcome.document);
    else compareDocument(world, statement, expected, document, (field, a, b) => tell(`${what} ${document.kind} ${field}`, a, b));
  }
}

function compareDocument(world: World, statement: ExpectedStatement, side: ExpectedSide, document: InvoiceContent, tell: Tell): void {
  const { agreement, days } = statement;
  const decimals = DECIMALS[side.currency] ?? 2;
  const taxes = taxFigures(world, statement, side, document);
  const credit = document.kind === 'credit-note' || document.kind === 'self-billing-credit';
  const sign = credit ? whole(-1) : whole(1);
  tell('kind', document.kind, kindOf(side, compare(plus(paid(side.exact, decimals), taxes.added), ZERO) < 0));
  tell('currency', document.currency, side.currency);
  tell('days', `${document.issueDay} ${document.dueDay} ${document.taxDay}`, `${side.issueDay} ${side.dueDay} ${lastDay(days)}`);
  // Lines: each what was charged, converted and rounded once to nanos; whole amounts less than a unit beside it, which add up.
  const factor = factorOf(world, agreement, agreement.currency, side.currency, lastDay(days));
  const unit = exact(1n, 10n ** BigInt(decimals));
  for (const { number, exactNanos, netNanos, original } of document.lines) {
    const charged = ofNanos(original?.exactNanos ?? exactNanos);
    const off = minus(ofNanos(exactNanos), times(charged, original === undefined ? whole(1) : factor));
    if (magnitude(off, exact(1n, 2_000_000_000n)) > 0) tell(`line ${number} converted`, off, 'half a nano at most');
    if (magnitude(minus(ofNanos(netNanos), ofNanos(exactNanos)), unit) >= 0)
      tell(`line ${number} net`, ofNanos(netNanos), ofNanos(exactNanos));
  }
  const charged = sumOf(document.lines.map(({ original, exactNanos }) => ofNanos(original?.exactNanos ?? exactNanos)));
  tell('charged', times(times(sign, charged), agreement.currency === side.currency ? whole(1) : factor), side.exact);
  const lines = sumOf(document.lines.map(({ exactNanos }) => ofNanos(exactNanos)));
  tell('net', ofNanos(document.netNanos), paid(lines, decimals));
  tell('sum of the lines', sumOf(document.lines.map(({ netNanos }) => ofNanos(netNanos))), ofNanos(document.netNanos));
  tell('tax', ofNanos(document.taxNanos), times(sign, taxes.added));
  tell('total', ofNanos(document.totalNanos), plus(ofNanos(document.netNanos), times(sign, taxes.added)));
  tell('withheld', sumOf((document.withholding ?? []).map(({ taxNanos }) => ofNanos(taxNanos))), times(sign, taxes.withheld));
  if (side.currency !== agreement.currency) {
    const [stated] = document.conversions ?? [];
    tell('stated rate of', stated?.currency, agreement.currency);
  }
}

function magnitude(value: Exact, than: Exact): number {
  return compare(compare(value, ZERO) < 0 ? minus(ZERO, value) : value, than);
}

function kindOf({ side }: ExpectedSide, negative: boolean): string {
  if (side === 'receivable') return negative ? 'credit-note' : 'invoice';
  return negative ? 'self-billing-credit' : 'self-billing';
}

/** From the net of the document, or of each line where the legal entity rounds so; as of an invoice, whatever it became. */
function taxFigures(world: World, { agreement }: ExpectedStatement, { side, currency }: ExpectedSide, document: InvoiceContent) {
  const { us, them, entity } = placesOf(world, agreement.id);
  const due = side === 'receivable' ? taxesDue(us, them) : taxesDue(them, us);
  const sign = document.kind.includes('credit') ? whole(-1) : whole(1);
  const net = times(sign, ofNanos(document.netNanos));
  const share = (base: Exact, percent: string): Exact =>
    paid(times(base, over(ofDecimal(decimal(percent)), whole(100))), DECIMALS[currency] ?? 2);
  const added = due.added.map((percent) =>
    entity?.taxRounding === 'line'
      ? sumOf(document.lines.map(({ netNanos }) => share(times(sign, ofNanos(netNanos)), percent)))
      : share(net, percent),
  );
  const own = side === 'payable' ? due.selfAssessed.map((percent) => share(net, percent)) : [];
  // India's tax deducted at source, where the world has it, on what is paid abroad.
  const [rule] = world.withholding;
  const withheld =
    side === 'payable' && rule !== undefined && us.startsWith('IN') && !them.startsWith('IN')
      ? share(net, rule.percents[0]?.percent ?? '0')
      : ZERO;
  return { added: sumOf(added), selfAssessed: sumOf(own), withheld };
}

function placesOf(world: World, id: string) {
  const agreement = world.agreements.find((each) => each.id === id);
  const account = world.accounts.find((each) => each.id === agreement?.account);
  const entity = world.entities.find((each) => each.id === account?.legalEntity);
  const party = world.parties.find((each) => each.id === account?.party);
  return { us: entity?.region ?? entity?.country ?? '', them: party?.region ?? party?.country ?? '', entity };
}

/** Unbilled at each month's end, and taken back with the first of the next, at the worth at which it was booked. */
function compareAccruals(made: Made, expected: Expected, tell: Tell): void {
  const of = (id: string, kind: string) => made.entries.find(({ cause }) => cause.kind === kind && cause.id === id);
  const ledger = (entry: Made['entries'][number] | undefined, account: string): Exact =>
    sumOf((entry?.postings ?? []).filter(({ ledgerAccount }) => ledgerAccount === account).map(({ amountNanos }) => ofNanos(amountNanos)));
  for (const { agreement, month, receivable, payable } of expected.accruals) {
    const id = `${agreement}@${month}@accrual`;
    const [entry, back] = [of(id, 'accrual'), of(id, 'accrual-reversal')];
    tell(`${id} receivable`, ledger(entry, 'unbilled-receivable'), receivable);
    tell(`${id} payable`, minus(ZERO, ledger(entry, 'unbilled-payable')), payable);
    tell(
      `${id} taken back`,
      back?.postings.map((each) => `${each.ledgerAccount} ${-each.amountNanos} ${-each.entityAmountNanos}`).join(),
      entry?.postings.map((each) => `${each.ledgerAccount} ${each.amountNanos} ${each.entityAmountNanos}`).join(),
    );
  }
}

/** Each entry sums to zero in each currency; its debits together are worth what they are at the rate of its day, rounded once. */
function compareEntries(world: World, made: Made, tell: Tell): void {
  for (const { legalEntity, day, cause, postings } of made.entries) {
    const what = `${cause.kind} ${cause.id}`;
    const own = world.entities.find(({ id }) => id === legalEntity)?.currency ?? '';
    for (const [currency, same] of Map.groupBy(postings, (posting) => posting.currency)) {
      tell(`${what} in ${currency}`, sumOf(same.map(({ amountNanos }) => ofNanos(amountNanos))), ZERO);
      if (currency === own || cause.kind === 'accrual-reversal') continue;
      const factor = factorOf(world, undefined, currency, own, day);
      for (const debit of [true, false]) {
        const part = same.filter(({ amountNanos }) => amountNanos > 0n === debit && amountNanos !== 0n);
        const worth = paid(times(sumOf(part.map(({ amountNanos }) => ofNanos(amountNanos))), factor), DECIMALS[own] ?? 2);
        tell(`${what} worth in ${own}`, sumOf(part.map(({ entityAmountNanos }) => ofNanos(entityAmountNanos))), worth);
      }
    }
  }
}

/** Balances by ledger account, billing account and currency: what all documents and expectations come to. Accruals are all taken back. */
function compareBalances(world: World, made: Made, expected: Expected, tell: Tell): void {
  const balances = new Map<string, Exact>();
  const add = (ledgerAccount: string, account: string, currency: string, amount: Exact): void => {
    const key = `${ledgerAccount} ${account} ${currency}`;
    balances.set(key, plus(balances.get(key) ?? ZERO, amount));
  };
  for (const statement of expected.statements)
    for (const side of statement.sides) {
      const { agreement } = statement;
      const payable = side.side === 'payable';
      const sign = payable ? whole(-1) : whole(1);
      const post = (ledgerAccount: string, amount: Exact): void =>
        add(ledgerAccount, agreement.account, side.currency, times(sign, amount));
      const own = made.statements.find(({ id }) => id === statement.id)?.outcomes.find((each) => each.side === side.side);
      const document = made.documents.get(`${placesOf(world, statement.agreement.id).entity?.id} ${own?.document}`);
      if (side.outcome === 'expected') {
        post(payable ? 'unbilled-payable' : 'unbilled-receivable', side.exact);
        post(payable ? 'cost' : 'revenue', minus(side.fees, side.exact));
        post(payable ? 'fee-cost' : 'fees', minus(ZERO, side.fees));
      }
      if (side.outcome !== 'issued' || document === undefined) continue;
      const net = paid(side.exact, DECIMALS[side.currency] ?? 2);
      const { added, selfAssessed, withheld } = taxFigures(world, statement, side, document);
      post(payable ? 'payable' : 'receivable', minus(plus(net, added), withheld));
      post(payable ? 'cost' : 'revenue', minus(side.fees, side.exact));
      post(payable ? 'fee-cost' : 'fees', minus(ZERO, side.fees));
      post('rounding', minus(side.exact, net));
      post(payable ? 'tax-input' : 'tax-output', minus(ZERO, added));
      post('tax-input', minus(ZERO, selfAssessed));
      post('tax-output', selfAssessed);
      post('tax-withholding', withheld);
    }
  const had = new Map<string, Exact>();
  for (const { cause, postings } of made.entries) {
    const agreement = world.agreements.find(({ id }) => postings.some((posting) => posting.agreement === id));
    if (cause.kind === 'accrual' && cause.id.endsWith('@accrual')) continue;
    if (cause.kind === 'accrual-reversal') continue;
    for (const { ledgerAccount, account, currency, amountNanos } of postings) {
      const key = `${ledgerAccount} ${account ?? agreement?.account ?? ''} ${currency}`;
      had.set(key, plus(had.get(key) ?? ZERO, ofNanos(amountNanos)));
    }
  }
  for (const key of new Set([...balances.keys(), ...had.keys()])) {
    const [a, b] = [had.get(key) ?? ZERO, balances.get(key) ?? ZERO];
    // Lines in another currency are rounded to nanos one by one: a cent is a thousand times what that comes to.
    if (magnitude(minus(a, b), exact(1n, 1_000_000n)) > 0) tell(`balance of ${key}`, a, b);
  }
}
