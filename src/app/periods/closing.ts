/** `carillon period`: closing wired to the database, the rules of tax and the ledger. */
import type { Agreement } from '#core/agreements/agreements.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { suggestion } from '#operations/configuration/suggestion.ts';
import { type Accrued, accrueMonth } from '#operations/periods/accrue.ts';
import { type Approval, type Approved, approvePeriod } from '#operations/periods/approve-period.ts';
import { type CheckedPeriod, type CheckRequest, checkPeriods } from '#operations/periods/check-periods.ts';
import { type ClosedPeriod, type CloseRequest, type Closing, closePeriods } from '#operations/periods/close-periods.ts';
import { nextPeriod, nothingDue } from '#operations/periods/next-period.ts';
import type { RecordedState } from '#operations/periods/ports.ts';
import type { Taxing } from '#operations/periods/settle-statements.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { periodStore } from '#storage/periods/period-store.ts';
import { taxStoreOn } from '#storage/tax/tax-store.ts';
import type { Settings } from '../settings.ts';
import { loadTaxRules, openTaxPort } from '../tax/tax-port.ts';

export interface PeriodHome {
  readonly database: Database;
  readonly settings: Pick<Settings, 'tax'>;
}

/** Throws RefusedError: `statement.agreement-unknown`, and `period.nothing-due` or `period.not-next` for one asked for by name. */
export async function closeDue(
  home: PeriodHome,
  request: CloseRequest,
  onProgress?: (closed: number, of: number) => void,
): Promise<readonly ClosedPeriod[]> {
  const closing = await openClosing(home, request.agreements);
  const { agreements: known, store } = closing;
  const closed = await closePeriods({ ...closing, ...(onProgress === undefined ? {} : { onProgress }) }, request);
  const [only, ...others] = request.agreements ?? [];
  const terms = only === undefined ? undefined : known.get(only);
  if (closed.length === 0 && only !== undefined && others.length === 0 && terms !== undefined) {
    const next = nextPeriod(terms, (await store.standings([only])).get(only), request.on)?.period;
    throw new RefusedError(nothingDue(only, request.label, next));
  }
  return closed;
}

/** What closing would find and come to; nothing is written. Throws RefusedError (`statement.agreement-unknown`). */
export async function checkDue(home: PeriodHome, request: CheckRequest): Promise<readonly CheckedPeriod[]> {
  return checkPeriods(await openClosing(home, request.agreements), request);
}

/** Throws RefusedError (`statement.agreement-unknown`). */
async function openClosing(home: PeriodHome, asked: readonly string[] | undefined): Promise<Omit<Closing, 'onProgress'>> {
  const store = periodStore(home.database);
  const [{ tax, trunks }, known, standings] = await Promise.all([
    openTaxing(home),
    store.agreements(),
    asked === undefined ? store.standings() : undefined,
  ]);
  for (const id of asked ?? [])
    if (!known.has(id)) {
      const message = `there is no agreement ${JSON.stringify(id)}${suggestion(id, [...known.keys()])}`;
      throw new RefusedError(refuse('statement.agreement-unknown', message));
    }
  const namesOf = (of: readonly (typeof trunks)[number][]): ReadonlySet<string> => new Set(of.flatMap(({ id, names }) => [id, ...names]));
  const byAccount = Map.groupBy(trunks, ({ account }) => account ?? '');
  return {
    ...{ store, agreements: known, tax, ...(standings === undefined ? {} : { standings }) },
    trunksOf: ({ account }: Agreement) => namesOf(byAccount.get(account) ?? []),
    knownTrunks: namesOf(trunks.filter(({ account }) => account !== undefined)),
  };
}

/** Throws RefusedError: see approvePeriod. */
export async function approve(home: PeriodHome, approval: Approval): Promise<Approved> {
  return approvePeriod(periodStore(home.database), (await openTaxing(home)).tax, approval);
}

export function accrue({ database }: PeriodHome, on: string, by: string): Promise<Accrued> {
  return accrueMonth(periodStore(database), on, by);
}

export interface DuePeriod extends Holder {
  readonly agreement: string;
  readonly label: string;
}

/** Whose an agreement is. */
export interface Holder {
  readonly account: string;
  readonly party: string;
}

export interface PeriodBoard {
  readonly due: readonly DuePeriod[];
  readonly recorded: readonly RecordedState[];
  /** By agreement. */
  readonly holders: ReadonlyMap<string, Holder>;
}

/** What is due on a day, and where what was closed since a day stands. */
export async function periodBoard({ database }: PeriodHome, on: string, since: string, agreement?: string): Promise<PeriodBoard> {
  const store = periodStore(database);
  const known = [...(await store.agreements())].filter(([id]) => agreement === undefined || id === agreement);
  const standings = await store.standings(known.map(([id]) => id));
  const due = known.flatMap(([id, terms]) => {
    const next = nextPeriod(terms, standings.get(id), on);
    return next === undefined ? [] : [{ agreement: id, label: next.period.label, ...holderOf(terms) }];
  });
  return { due, recorded: await store.board(agreement, since), holders: new Map(known.map(([id, terms]) => [id, holderOf(terms)])) };
}

function holderOf({ known, accounts }: AgreementTerms): Holder {
  const account = known.at(-1)?.account ?? '';
  return { account, party: accounts.get(account)?.party ?? '' };
}

/** The recorded text, as its hash is of it; the latest version unless the label names one (`2026-10@1`). Throws RefusedError (`period.not-closed`). */
export async function recordedStatement(
  { database }: PeriodHome,
  agreement: string,
  asked: string,
): Promise<{ readonly content: string; readonly sha256: string }> {
  const [label = '', version] = asked.split('@');
  const found = await periodStore(database).content(
    agreement,
    label,
    version === undefined ? undefined : /^[0-9]{1,6}$/.test(version) ? Number(version) : 0,
  );
  if (found === undefined)
    throw new RefusedError(
      refuse('period.not-closed', `no statement of ${agreement} for ${asked} is recorded`, { field: 'period', value: asked }),
    );
  return found;
}

/** Who says what tax is due, and the trunks that are configured. */
export async function openTaxing({ database, settings }: PeriodHome) {
  const [setup, certificates] = await Promise.all([
    loadSetupWithoutRates(database, ['trunks', 'taxRules', 'taxRates', 'withholdingRules']),
    taxStoreOn(database.pool).certificates(),
  ]);
  const port = await openTaxPort(settings, await loadTaxRules(database.pool, setup));
  const held = Map.groupBy(certificates, ({ party }) => party);
  const tax: Taxing = { port, certificatesOf: (id) => held.get(id) ?? [] };
  return { tax, trunks: setup.book.trunks };
}
