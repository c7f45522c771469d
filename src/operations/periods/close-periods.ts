/**
 * Periods are closed: their traffic is looked at for what is missing, a statement of both sides is recorded for ever, their days
 * are closed, and documents are issued, or wait for who must approve. Many agreements a turn, each turn whole or not at all. While a turn is
 * written, the next is made, and the two behind it are read.
 */
import type { Refusal } from '#core/refusals.ts';
import { RefusedError } from '#core/refusals.ts';
import type { AgreementTerms } from '../settlement/books.ts';
import { statementId } from '../settlement/record-statement.ts';
import { issueSides, type SettledSide } from './issue-sides.ts';
import { nextPeriod } from './next-period.ts';
import type { Carried, Finding, PeriodReading, PeriodStore, PeriodTurn, Standing, TrunksOf } from './ports.ts';
import { lateMembers, refuseLate } from './settle-late.ts';
import type { Taxing } from './settle-statements.ts';
import { type LeftPeriod, type MadePeriod, type Member, type Stating, statePeriods } from './state-periods.ts';

export interface CloseRequest {
  /** Ids; undefined: all for which a period is due. */
  readonly agreements?: readonly string[];
  /** Only the period with this label, which must be the next. */
  readonly label?: string;
  /** The day of closing and issue: periods that ended before it are due. */
  readonly on: string;
  readonly nowMicros: number;
  readonly by: string;
  /** Why periods are closed though something blocks them. */
  readonly override?: string;
  /** Agreements a turn, where not the usual many. */
  readonly agreementsATurn?: number;
}

/** `late-refused`: traffic of a closed period came later than the agreement takes it; `sides` say how much. */
export type ClosedState = 'closed' | 'awaiting' | 'blocked' | 'refused' | 'late-refused';

export interface ClosedPeriod {
  readonly agreement: string;
  readonly label: string;
  readonly state: ClosedState;
  /** Of the recorded statement. */
  readonly statement?: string;
  readonly sides: readonly SettledSide[];
  readonly findings: readonly Finding[];
  readonly refusals: readonly Refusal[];
}

export interface Closing {
  readonly store: PeriodStore;
  /** All agreements known now. */
  readonly agreements: ReadonlyMap<string, AgreementTerms>;
  readonly tax: Taxing;
  readonly trunksOf: TrunksOf;
  readonly knownTrunks: ReadonlySet<string>;
  /** Where they stand, when that was read already. What has changed since is seen when a turn is read. */
  readonly standings?: ReadonlyMap<string, Standing>;
  onProgress?(lookedAt: number, of: number): void;
}

/** Agreements a turn: enough that a commit costs little, few enough that another command does not wait long. */
const TURN = 600;
/** In small runs fewer, so that one turn is read and another written while a third is made. */
const LEAST_TURN = 100;
const TURNS_A_RUN = 8;
/** Turns that are read before the one that is made. */
const READ_AHEAD = 2;

/** Closes what is due, period by period, until nothing is. What is blocked or refused is told and left open. */
export async function closePeriods(closing: Closing, request: CloseRequest): Promise<readonly ClosedPeriod[]> {
  const { store, agreements } = closing;
  let left = (request.agreements ?? [...agreements.keys()]).filter((id) => agreements.has(id));
  const done = [...(await closeLate(closing, left, request))];
  let announced = { day: '', watched: false };
  let standings = closing.standings ?? (await store.standings(left));
  while (left.length > 0) {
    const due = dueOf(closing, standings, left, request);
    const last =
      due
        .map(({ period }) => period.to)
        .sort()
        .at(-1) ?? '';
    if (last > announced.day) announced = { day: last, watched: await store.announce(last) };
    const { tax, trunksOf, knownTrunks } = closing;
    const stating: Stating = { ...request, tax, trunksOf, knownTrunks, watched: announced.watched };
    const results = await closeRound(closing, stating, turnsOf(due, request.agreementsATurn), done.length);
    done.push(...results.closed);
    left = request.label === undefined ? results.again : [];
    if (left.length > 0) standings = await store.standings(left);
  }
  return done;
}

/** What came late of closed periods, before others are closed: nothing of it is to be on their statements that belongs elsewhere. */
async function closeLate(closing: Closing, ids: readonly string[], request: CloseRequest): Promise<readonly ClosedPeriod[]> {
  const { store, tax, trunksOf, knownTrunks } = closing;
  const wanted = new Set(ids);
  const isAll = wanted.size === closing.agreements.size;
  const agreements = isAll ? closing.agreements : new Map([...closing.agreements].filter(([id]) => wanted.has(id)));
  const refused = await refuseLate(store, agreements, request);
  let left = await lateMembers(store, agreements, request.on);
  const stating: Stating = { ...request, tax, trunksOf, knownTrunks, watched: false };
  const closed: ClosedPeriod[] = [];
  while (left.length > 0) {
    // A turn is read before the one ahead of it is written: one period of an agreement at a time.
    const due = [...new Map(left.toReversed().map((member) => [member.id, member])).values()];
    left = left.filter((member) => !due.includes(member));
    closed.push(...(await closeRound(closing, stating, turnsOf(due, request.agreementsATurn), closed.length)).closed);
  }
  return [...refused.map((each): ClosedPeriod => ({ ...each, state: 'late-refused', findings: [], refusals: [] })), ...closed];
}

/** One period of each agreement for which one is due. */
function dueOf(
  { agreements }: Closing,
  standings: ReadonlyMap<string, Standing>,
  ids: readonly string[],
  { on, label }: CloseRequest,
): readonly Member[] {
  return ids.flatMap((id): Member[] => {
    const terms = agreements.get(id);
    const standing = standings.get(id);
    const next = terms === undefined ? undefined : nextPeriod(terms, standing, on);
    if (terms === undefined || next === undefined || (label !== undefined && next.period.label !== label)) return [];
    return [{ id, terms, standing, ...next, statementVersion: 1 }];
  });
}

interface Round {
  readonly closed: readonly ClosedPeriod[];
  /** Agreements of which another period may be due. */
  readonly again: string[];
}

async function closeRound(closing: Closing, stating: Stating, turns: readonly (readonly Member[])[], before: number): Promise<Round> {
  const { store } = closing;
  const due = turns.reduce((sum, { length }) => sum + length, 0);
  const closed: ClosedPeriod[] = [];
  const again: string[] = [];
  const write = async (made: readonly MadePeriod[], left: readonly LeftPeriod[]): Promise<void> => {
    const written = await writeOrSplit(store, made, stating);
    closed.push(...written.closed, ...left.map(leftOpen));
    again.push(...written.again);
    closing.onProgress?.(before + closed.length, before + due);
  };
  const reads = turns.slice(0, READ_AHEAD).map((members) => readTurn(store, members));
  /** The turn before, and the one that is made now's own. */
  let [last, writing]: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
  try {
    for (const at of turns.keys()) {
      const books = await reads[at];
      if (books === undefined) throw new Error('a turn without members was read');
      if (turns[at + READ_AHEAD] !== undefined) reads.push(readTurn(store, turns[at + READ_AHEAD]));
      const { made, left } = await statePeriods(stating, books, turns[at] ?? []).finally(() => books.end());
      await last; // one is written, one waits for it
      last = writing;
      writing = settled(last.then(() => write(made, left)));
    }
    await writing;
    return { closed, again };
  } finally {
    // After a fault nothing may go on behind the caller's back.
    await writing.catch(() => undefined);
    for (const read of reads) await read.then((books) => books?.end()).catch(() => undefined);
  }
}

/** A rejection is met where it is awaited, which may be later. */
function settled<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** Agreements of a turn are closed for the same days. The first turns are small, so that what comes behind them need not wait long to begin. */
function turnsOf(due: readonly Member[], asked: number | undefined): readonly (readonly Member[])[] {
  const most = asked ?? Math.min(TURN, Math.max(LEAST_TURN, Math.ceil(due.length / TURNS_A_RUN)));
  const turns: (readonly Member[])[] = [];
  for (const group of Map.groupBy(due, ({ period }) => period.label).values()) {
    let many = asked ?? LEAST_TURN;
    for (let at = 0; at < group.length; at += turns.at(-1)?.length ?? most) {
      turns.push(group.slice(at, at + many));
      many = Math.min(most, 2 * many);
    }
  }
  return turns;
}

function readTurn(store: PeriodStore, members: readonly Member[] = []): Promise<PeriodReading | undefined> {
  const [first] = members;
  if (first === undefined) return Promise.resolve(undefined);
  return settled(store.read(new Map(members.map(({ id, terms }) => [id, terms])), first.period, first.statementVersion > 1));
}

interface Written {
  readonly closed: readonly ClosedPeriod[];
  readonly again: readonly string[];
}

/** What is refused to one alone (a rate that is missing, a closed ledger) must not keep the others of its turn from closing. */
async function writeOrSplit(store: PeriodStore, made: readonly MadePeriod[], stating: Stating): Promise<Written> {
  try {
    return made.length === 0 ? { closed: [], again: [] } : await store.turn((turn) => writeTurn(turn, made, stating));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [first] = made;
    if (made.length === 1 && first !== undefined)
      return { closed: [leftOpen({ member: first.member, state: 'refused', findings: [], refusals: error.refusals })], again: [] };
    const middle = made.length >> 1;
    const parts = [await writeOrSplit(store, made.slice(0, middle), stating), await writeOrSplit(store, made.slice(middle), stating)];
    return { closed: parts.flatMap(({ closed }) => closed), again: parts.flatMap(({ again }) => again) };
  }
}

async function writeTurn(turn: PeriodTurn, all: readonly MadePeriod[], { on, by }: Stating): Promise<Written> {
  const ids = all.map(({ member }) => member.id);
  const closedUntil = await turn.closedUntil(ids);
  const carried = Map.groupBy(await turn.carried(ids), ({ agreement }) => agreement);
  // Another process may have closed or approved between the reading and this turn: such periods are looked at again.
  const unchanged = all.filter(
    ({ member, closedUntil: before, carried: known }) =>
      closedUntil.get(member.id) === before && keysOf(carried.get(member.id) ?? []) === keysOf(known),
  );
  const made: MadePeriod[] = [];
  for (const each of unchanged) if (await isNextVersion(turn, each)) made.push(each);
  const numbers = await turn.number(made.length);
  const records = made.map(({ record }) => record);
  const now = made.flatMap(({ record, plans }, at) => (record.approvals === 0 ? [{ plans, statementId: numbers[at] ?? 0 }] : []));
  const documents = await issueSides(turn, now, on, by, () => turn.record(records, numbers));
  const closed = made.map(
    ({ member, record }, at): ClosedPeriod => ({
      ...{ agreement: member.id, label: member.period.label, statement: record.id, findings: record.findings, refusals: [] },
      state: record.approvals === 0 ? 'closed' : 'awaiting',
      sides: documents.get(numbers[at] ?? 0) ?? [],
    }),
  );
  const isOver = new Set(made.flatMap(({ member }) => (isLast(member, on) ? [member.id] : [])));
  return { closed, again: ids.filter((id) => !isOver.has(id)) };
}

/** Whether no further period of an agreement is due once this one is closed. */
function isLast({ terms, period, standing }: Member, on: string): boolean {
  return nextPeriod(terms, { closedUntil: period.to, firstDay: standing?.firstDay }, on) === undefined;
}

/** Of a further statement: whether nobody has recorded it meanwhile. */
async function isNextVersion(turn: PeriodTurn, { member: { id, period, statementVersion } }: MadePeriod): Promise<boolean> {
  return statementVersion === 1 || (await turn.find(id, period.label))?.id === statementId(id, period.label, statementVersion - 1);
}

function keysOf(carried: readonly Carried[]): string {
  return carried.map(({ statementId, side, currency }) => `${statementId} ${side} ${currency}`).join('\n');
}

function leftOpen({ member, state, findings, refusals }: LeftPeriod): ClosedPeriod {
  return { agreement: member.id, label: member.period.label, state, sides: [], findings, refusals };
}
