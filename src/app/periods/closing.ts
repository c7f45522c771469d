/** `carillon period`: closing wired to the database, the rules of tax and the ledger. */
import type { Agreement } from '#core/agreements/agreements.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { suggestion } from '#operations/configuration/suggestion.ts';
import { type Accrued, accrueMonth } from '#operations/periods/accrue.ts';
import { type Approval, type Approved, approvePeriod } from '#operations/periods/approve-period.ts';
import { type ClosedPeriod, type CloseRequest, closePeriods } from '#operations/periods/close-periods.ts';
import { nextPeriod, nothingDue } from '#operations/periods/next-period.ts';
import type { RecordedState } from '#operations/periods/ports.ts';
import type { Taxing } from '#operations/periods/settle-statements.ts';
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
  const store = periodStore(home.database);
  const { tax, trunks } = await openTaxing(home);
  const known = await store.agreements();
  for (const id of request.agreements ?? [])
    if (!known.has(id)) {
      const message = `there is no agreement ${JSON.stringify(id)}${suggestion(id, [...known.keys()])}`;
      throw new RefusedError(refuse('statement.agreement-unknown', message));
    }
  const namesOf = (of: readonly (typeof trunks)[number][]): ReadonlySet<string> => new Set(of.flatMap(({ id, names }) => [id, ...names]));
  const byAccount = Map.groupBy(trunks, ({ account }) => account ?? '');
  const closed = await closePeriods(
    {
      store,
      agreements: known,
      tax,
      trunksOf: ({ account }: Agreement) => namesOf(byAccount.get(account) ?? []),
      knownTrunks: namesOf(trunks.filter(({ account }) => account !== undefined)),
      ...(onProgress === undefined ? {} : { onProgress }),
    },
    request,
  );
  const [only, ...others] = request.agreements ?? [];
  const terms = only === undefined ? undefined : known.get(only);
  if (closed.length === 0 && only !== undefined && others.length === 0 && terms !== undefined) {
    const next = nextPeriod(terms, (await store.standings([only])).get(only), request.on)?.period;
    throw new RefusedError(nothingDue(only, request.label, next));
  }
  return closed;
}

/** Throws RefusedError: see approvePeriod. */
export async function approve(home: PeriodHome, approval: Approval): Promise<Approved> {
  return approvePeriod(periodStore(home.database), (await openTaxing(home)).tax, approval);
}

export function accrue({ database }: PeriodHome, on: string, by: string): Promise<Accrued> {
  return accrueMonth(periodStore(database), on, by);
}

export interface DuePeriod {
  readonly agreement: string;
  readonly label: string;
}

/** What is due on a day, and where what was closed since a day stands. */
export async function periodBoard(
  { database }: PeriodHome,
  on: string,
  since: string,
  agreement?: string,
): Promise<{ readonly due: readonly DuePeriod[]; readonly recorded: readonly RecordedState[] }> {
  const store = periodStore(database);
  const known = [...(await store.agreements())].filter(([id]) => agreement === undefined || id === agreement);
  const standings = await store.standings(known.map(([id]) => id));
  const due = known.flatMap(([id, terms]) => {
    const next = nextPeriod(terms, standings.get(id), on);
    return next === undefined ? [] : [{ agreement: id, label: next.period.label }];
  });
  return { due, recorded: await store.board(agreement, since) };
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
