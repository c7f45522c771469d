/** What is told of sessions of roamers, made durable: all that waits in one commit, with an array for each column. */
import type pg from 'pg';
import { mergedRoamingFacts, type RoamingFacts } from '#core/charging/roaming-session.ts';
import type { RoamingOpening, RoamingReport, RoamingSessions, RoamingTaken } from '#operations/charging/roaming-ports.ts';
import type { Database } from '../database.ts';

type Basis = RoamingOpening['basis'];
type Told = { readonly opening: RoamingOpening } | { readonly report: RoamingReport; readonly ends: boolean };

interface Waiting {
  readonly told: Told;
  readonly taken: (taken: RoamingTaken) => void;
  readonly failed: (reason: unknown) => void;
}

/** Of one commit: with more of them nobody would be answered sooner. */
const MOST_TOGETHER = 500;

export function roamingSessionsOn(database: Database): RoamingSessions {
  let waiting: Waiting[] = [];
  let isAtWork = false;

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const now: Waiting[] = [];
      const sessions = new Set<string>();
      // Of a session one after the other, as they came.
      waiting = waiting.filter((each) => {
        const session = sessionOf(each.told);
        if (sessions.has(session) || now.length === MOST_TOGETHER) {
          sessions.add(session);
          return true;
        }
        sessions.add(session);
        now.push(each);
        return false;
      });
      await answer(database, now);
    }
    isAtWork = false;
  };

  const tell = (told: Told): Promise<RoamingTaken> =>
    new Promise((taken, failed) => {
      waiting.push({ told, taken, failed });
      if (isAtWork) return;
      isAtWork = true;
      void work(); // it answers each, also of a fault
    });
  return {
    open: async (opening) => void (await tell({ opening })),
    report: (report, ends) => tell({ report, ends }),
  };
}

const sessionOf = (told: Told): string => ('opening' in told ? told.opening.session : told.report.session);

/** What PostgreSQL finds wrong with values: it is of one of them. */
const isOfValues = (error: unknown): boolean => error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));

/** What one of them makes fail must not fail the others: then each goes alone. */
async function answer(database: Database, all: readonly Waiting[]): Promise<void> {
  try {
    const taken = await commit(
      database,
      all.map(({ told }) => told),
    );
    for (const [at, each] of all.entries()) each.taken(taken[at] ?? 'unknown');
  } catch (error) {
    if (all.length > 1 && isOfValues(error)) for (const each of all) await answer(database, [each]);
    else for (const { failed } of all) failed(error);
  }
}

interface SessionRow {
  readonly session: string;
  readonly basis: Basis;
  readonly facts: RoamingFacts;
  readonly last: bigint;
  readonly ended: boolean;
}

/** Each of another session. */
function commit(database: Database, all: readonly Told[]): Promise<readonly RoamingTaken[]> {
  return database.transaction(async (client) => {
    const kept: Kept[] = [];
    const openings = all.flatMap((told) => ('opening' in told ? told.opening : [])).sort(bySession);
    const opened = await open(client, openings);
    for (const opening of openings)
      if (opened.has(opening.session)) kept.push({ report: opening, basis: opening.basis, facts: opening.facts });
    const known = await lock(
      client,
      all.flatMap((told) => ('opening' in told ? [] : told.report.session)),
    );
    const changed: Changed[] = [];
    const taken = all.map((told): RoamingTaken => {
      if ('opening' in told) return 'taken';
      const { report, ends } = told;
      const session = known.get(report.session);
      if (session === undefined) return 'unknown';
      // The last one may come again: the answer to it was lost.
      if (BigInt(report.number) === BigInt(session.last)) return 'taken';
      if (session.ended) return 'unknown';
      if (BigInt(report.number) < BigInt(session.last)) return 'out-of-order';
      // What was used until now was used under what was told before.
      kept.push({ report, basis: session.basis, facts: session.facts });
      changed.push({ report, ends, facts: mergedRoamingFacts(session.facts, report.facts) });
      return 'taken';
    });
    await keep(client, kept);
    await change(client, changed);
    return taken;
  });
}

/** Rows are taken in one order, so that two processes never wait for each other. */
const bySession = (one: RoamingReport, other: RoamingReport): number => (one.session < other.session ? -1 : 1);

/** Those that were not there. */
async function open(client: pg.ClientBase, openings: readonly RoamingOpening[]): Promise<ReadonlySet<string>> {
  if (openings.length === 0) return new Set();
  const { rows } = await client.query<{ session: string }>(
    `insert into roaming_session (session, direction, basis, facts, last_number)
     select session, direction, basis, facts::json, number from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
       as o(session, direction, basis, facts, number) on conflict (session) do nothing returning session`,
    [
      openings.map(({ session }) => session),
      openings.map(({ direction }) => direction),
      openings.map(({ basis }) => basis),
      openings.map(({ facts }) => JSON.stringify(facts)),
      openings.map(({ number }) => number),
    ],
  );
  return new Set(rows.map(({ session }) => session));
}

async function lock(client: pg.ClientBase, sessions: readonly string[]): Promise<ReadonlyMap<string, SessionRow>> {
  if (sessions.length === 0) return new Map();
  const { rows } = await client.query<SessionRow>(
    'select session, basis, facts, last_number as last, ended from roaming_session where session = any($1::text[]) order by session for update',
    [sessions],
  );
  return new Map(rows.map((row) => [row.session, row]));
}

interface Kept {
  readonly report: RoamingReport;
  readonly basis: Basis;
  readonly facts: RoamingFacts;
}

async function keep(client: pg.ClientBase, all: readonly Kept[]): Promise<void> {
  const counted = all.flatMap(({ report: { session, number, containers }, basis, facts }) => {
    const kind = basis === 'flows' ? 'flow' : 'group';
    const own = containers.filter((container) => container.kind === kind);
    return own.length === 0 ? [] : { session, number, facts: JSON.stringify(facts), containers: JSON.stringify(own) };
  });
  if (counted.length === 0) return;
  await client.query(
    `insert into roaming_report (session, number, facts, containers)
     select session, number, facts::json, containers::json from unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) as r(session, number, facts, containers)
       on conflict (session, number) do nothing`,
    [
      counted.map(({ session }) => session),
      counted.map(({ number }) => number),
      counted.map(({ facts }) => facts),
      counted.map(({ containers }) => containers),
    ],
  );
}

interface Changed {
  readonly report: RoamingReport;
  readonly ends: boolean;
  readonly facts: RoamingFacts;
}

async function change(client: pg.ClientBase, all: readonly Changed[]): Promise<void> {
  if (all.length === 0) return;
  await client.query(
    `update roaming_session s set facts = c.facts::json, last_number = c.number, ended = c.ended, heard_at = clock_timestamp()
       from unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[]) as c(session, facts, number, ended) where s.session = c.session`,
    [
      all.map(({ report }) => report.session),
      all.map(({ facts }) => JSON.stringify(facts)),
      all.map(({ report }) => report.number),
      all.map(({ ends }) => ends),
    ],
  );
}
