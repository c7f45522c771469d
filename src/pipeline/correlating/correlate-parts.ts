/** Looks at groups of waiting parts: what is complete, or whose time is out, is rated or held. Each page of groups is one transaction. */

import type { HeldReason } from '#core/rating/charge.ts';
import type { HoldReason } from '#core/refusals/usage.ts';
import { type Correlation, compareParts, judgeGroup, USUAL_CORRELATION, type Verdict } from '#core/usage/correlation.ts';
import type { HeldRecord } from '../ports.ts';
import { type CountedRecord, rateCounted } from '../rate-counted.ts';
import { type Configuration, rateFirst } from '../read-record.ts';
import type { ReopenedFile } from '../retry-records.ts';
import { RollupSums } from '../rollup-sums.ts';
import type { Screen } from '../screening/screen.ts';
import { writeScreening } from '../screening/write-screening.ts';
import { writeRated } from '../write-rated.ts';
import { mergeParts, type ReadPart } from './merge-parts.ts';
import type { ChangedHold, CorrelatedEvent, GroupName, PartStore, PartTransaction, Scope, StoredPart } from './ports.ts';
import { PartReader } from './read-parts.ts';

const GROUPS_AT_ONCE = 500;

export interface Correlating {
  readonly store: PartStore;
  readonly configuration: Configuration;
  readonly reopen: (fileId: number) => Promise<ReopenedFile>;
  /** Undefined where no rule is configured. */
  readonly screen?: Screen;
  /** The wall clock, against which the time-outs are measured. */
  readonly nowMicros: number;
  /** Only correlations of this source; all when left out. */
  readonly source?: string;
  /** Groups of one transaction at most; the default is for speed. */
  readonly groupsAtOnce?: number;
}

export interface CorrelateCounts {
  /** Events that were rated. */
  readonly events: number;
  /** Of what was looked at: parts that are in these events, go on waiting, wait in vain, came late, or are held for another reason. */
  readonly rated: number;
  readonly waiting: number;
  readonly missing: number;
  readonly late: number;
  readonly held: number;
}

const NOTHING: CorrelateCounts = { events: 0, rated: 0, waiting: 0, missing: 0, late: 0, held: 0 };

async function openPage(work: Correlating): Promise<{ readonly page: PageOfGroups; readonly scopes: readonly Scope[] }> {
  const { store, configuration, nowMicros, source } = work;
  const rules = new Map<string, Correlation>();
  const scopes = scopesOf(configuration.correlations, await store.sources(), nowMicros, rules).filter(({ name }) => {
    const { sources = [], bSources = [] } = rules.get(name) ?? {};
    return source === undefined || sources.includes(source) || bSources.includes(source);
  });
  return { page: new PageOfGroups(work, scopes, rules), scopes };
}

/** Parts whose calls are in the books without them, by the numbers of the events; of these files only, where they are named. */
export async function latePartsOf(
  work: Correlating,
  fileIds: readonly number[] | undefined,
): Promise<ReadonlyMap<number, readonly StoredPart[]>> {
  const { page, scopes } = await openPage(work);
  const late = new Map<number, StoredPart[]>();
  for (const verdict of await page.judge(await work.store.lateGroups(scopes, fileIds))) {
    if (verdict.kind !== 'late') continue;
    const parts = verdict.parts.filter(({ fileId }) => fileIds === undefined || fileIds.includes(fileId));
    if (parts.length > 0) late.set(verdict.eventId, [...(late.get(verdict.eventId) ?? []), ...parts]);
  }
  return late;
}

/** Looks at what is new, then at what has waited long enough. */
export async function correlateParts(work: Correlating): Promise<CorrelateCounts> {
  const { store, groupsAtOnce = GROUPS_AT_ONCE } = work;
  const { page, scopes } = await openPage(work);
  let total = NOTHING;
  for (;;) {
    const groups = await store.newGroups(scopes, groupsAtOnce);
    if (groups.length === 0) break;
    total = added(total, await page.correlate(groups));
  }
  for (let after: GroupName | undefined; ; ) {
    const groups = await store.overdueGroups(scopes, after, groupsAtOnce);
    after = groups.at(-1);
    if (after === undefined) return total;
    total = added(total, await page.correlate(groups));
  }
}

/** Sources of one correlation belong together; those that none names, each to itself. */
function scopesOf(
  correlations: readonly Correlation[],
  sources: ReadonlyMap<number, string>,
  nowMicros: number,
  rules: Map<string, Correlation>,
): readonly Scope[] {
  const scopes = new Map<string, { name: string; sourceIds: number[]; arrivedBeforeMicros: number }>();
  for (const [sourceId, source] of sources) {
    const declared = correlations.find(({ sources: own, bSources }) => own.includes(source) || bSources?.includes(source));
    const name = declared?.id ?? `source/${source}`;
    const rule = declared ?? { ...USUAL_CORRELATION, id: name, sources: [source] };
    rules.set(name, rule);
    const scope = scopes.get(name) ?? { name, sourceIds: [], arrivedBeforeMicros: nowMicros - rule.timeoutMinutes * 60_000_000 };
    scope.sourceIds.push(sourceId);
    scopes.set(name, scope);
  }
  return [...scopes.values()];
}

interface Merged {
  readonly verdict: Extract<Verdict<StoredPart>, { kind: 'rate' }>;
  readonly record: CountedRecord;
  readonly fileId: number;
  /** Number of the record that begins the call. */
  readonly baseId: number;
}

class PageOfGroups {
  readonly #work: Correlating;
  readonly #scopes: readonly Scope[];
  readonly #rules: ReadonlyMap<string, Correlation>;
  readonly #reader: PartReader;

  constructor(work: Correlating, scopes: readonly Scope[], rules: ReadonlyMap<string, Correlation>) {
    this.#work = work;
    this.#scopes = scopes;
    this.#rules = rules;
    this.#reader = new PartReader(work.configuration, work.reopen);
  }

  async correlate(groups: readonly GroupName[]): Promise<CorrelateCounts> {
    const { store } = this.#work;
    const verdicts = await this.judge(groups);
    const holds: ChangedHold[] = [];
    const waiting: number[] = [];
    const complete: Merged[] = [];
    const drafts = await this.#reader.read(verdicts.flatMap((verdict) => (verdict.kind === 'rate' ? verdict.parts : [])));
    for (const verdict of verdicts) {
      const { parts } = verdict;
      if (verdict.kind === 'wait') waiting.push(...parts.map(({ id }) => id));
      else if (verdict.kind === 'missing') hold(holds, parts, 'usage.parts-missing', `there is no trace of ${verdict.missing}`);
      else if (verdict.kind === 'late') hold(holds, parts, 'usage.part-late', `its call was rated without it: event ${verdict.eventId}`);
      else this.#merge(verdict, drafts, complete, holds);
    }
    const counts = { missing: count(verdicts, 'missing'), late: count(verdicts, 'late') };
    return store.transaction(async (transaction) => {
      const booked = await this.#book(transaction, await this.#screened(transaction, complete, holds), holds);
      await transaction.changeHolds(holds);
      await transaction.markParts(
        holds.map(({ part }) => part.id),
        'done',
      );
      await transaction.markParts(waiting, 'waiting');
      return { ...booked, ...counts, waiting: waiting.length, held: holds.length - counts.missing - counts.late };
    });
  }

  async judge(groups: readonly GroupName[]): Promise<readonly Verdict<StoredPart>[]> {
    const { store, nowMicros } = this.#work;
    const parts = await store.parts(this.#scopes, groups);
    const rated = await store.rated(groups);
    return [...Map.groupBy(parts, ({ scope, group }) => `${scope}\n${group}`).values()].flatMap((some) => {
      const [{ scope: name, group } = { scope: '', group: '' }] = some;
      const rule = this.#rules.get(name);
      const scope = this.#scopes.find((each) => each.name === name);
      if (rule === undefined || scope === undefined) throw new Error(`no correlation ${name}`);
      const spans = rated.filter((span) => span.group === group && span.sourceIds.some((id) => scope.sourceIds.includes(id)));
      return judgeGroup(rule, some, spans, nowMicros);
    });
  }

  /** Rates what can be rated without counters, into `complete`; what cannot, into `holds`. */
  #merge(
    verdict: Extract<Verdict<StoredPart>, { kind: 'rate' }>,
    drafts: ReadonlyMap<number, ReadPart | string>,
    complete: Merged[],
    holds: ChangedHold[],
  ): void {
    const { parts } = verdict;
    const read: ReadPart[] = [];
    for (const { id } of [...parts].sort(compareParts)) {
      const draft = drafts.get(id) ?? `record ${id} was not read`;
      if (typeof draft === 'string') {
        hold(holds, parts, 'usage.parts-missing', draft);
        return;
      }
      read.push(draft);
    }
    const { event, hold: held } = mergeParts(read);
    const rated = held ?? rateFirst(this.#work.configuration.compiled, event);
    if ('reason' in rated) {
      hold(holds, parts, rated.reason, rated.detail);
      return;
    }
    const base = parts.find(({ kind }) => kind === 'start' || kind === 'a') ?? parts[0];
    if (base === undefined) throw new Error('no parts');
    const { byteFrom, byteLength, fileId } = base;
    complete.push({
      baseId: base.id,
      verdict,
      fileId,
      record: { id: 0, byteFrom, byteLength, event, charges: rated.rated.charges, counters: rated.counters },
    });
  }

  /** Those that screening lets pass. Flags are those of the record that begins the call, which is known before and after. */
  async #screened(transaction: PartTransaction, complete: readonly Merged[], holds: ChangedHold[]): Promise<readonly Merged[]> {
    const { screen } = this.#work;
    if (screen === undefined) return complete;
    const flags = await transaction.flagsOf(complete.map(({ baseId }) => baseId));
    const passed = complete.filter(({ baseId, record, verdict }) => {
      const known = flags.get(baseId);
      const found = known === undefined ? screen.judge(baseId, record.event) : screen.judgeAgain(known);
      if (found !== undefined) hold(holds, verdict.parts, found.reason, found.detail);
      return found === undefined;
    });
    await writeScreening(transaction, screen);
    return passed;
  }

  async #book(transaction: PartTransaction, complete: readonly Merged[], holds: ChangedHold[]): Promise<{ events: number; rated: number }> {
    if (complete.length === 0) return { events: 0, rated: 0 };
    const { configuration, nowMicros } = this.#work;
    const first = await transaction.takeNumbers(complete.length);
    const merged = new Map(complete.map((each, index) => [first + index, each]));
    const numbered = [...merged].map(([id, { record }]): CountedRecord => ({ ...record, id }));
    const unrated: HeldRecord[] = [];
    const rated = await rateCounted(transaction, { rated: numbered, held: unrated }, configuration);
    for (const { id, reason, detail } of unrated) hold(holds, merged.get(id)?.verdict.parts ?? [], reason, detail);
    const events = rated.flatMap(({ id, event }): CorrelatedEvent[] => {
      const verdict = merged.get(id)?.verdict;
      const [part] = verdict?.parts ?? [];
      const scope = this.#scopes.find(({ name }) => name === part?.scope);
      if (verdict === undefined || part === undefined || scope === undefined) return [];
      const { parts, missing } = verdict;
      const endMicros = parts.reduce(
        (end, { startMicros, durationMicros }) => Math.max(end, startMicros + durationMicros),
        event.startMicros,
      );
      return [{ eventId: id, scope, group: part.group, startMicros: event.startMicros, endMicros, missing, parts }];
    });
    const parts = events.flatMap(({ eventId }) => merged.get(eventId)?.verdict.parts ?? []);
    await transaction.remove(
      'held',
      parts.map(({ id }) => id),
    );
    const sums = new RollupSums();
    for (const [fileId, records] of Map.groupBy(rated, ({ id }) => merged.get(id)?.fileId ?? 0))
      await writeRated(transaction, fileId, records, configuration.knownAtMicros, sums);
    await transaction.addToRollup(sums);
    await transaction.writeCorrelated(events, nowMicros);
    for (const [fileId, some] of Map.groupBy(parts, (part) => part.fileId)) {
      const reasons: Record<string, number> = {};
      for (const { reason } of some) reasons[reason] = (reasons[reason] ?? 0) - 1;
      await transaction.amendFile(fileId, { read: 0, rated: some.length, held: -some.length, duplicate: 0, rejected: 0 }, reasons);
    }
    return { events: events.length, rated: parts.length };
  }
}

function hold(holds: ChangedHold[], parts: readonly StoredPart[], reason: HoldReason | HeldReason, detail: string): void {
  for (const part of parts) holds.push({ part, reason, detail });
}

function count(verdicts: readonly Verdict<StoredPart>[], kind: 'missing' | 'late'): number {
  return verdicts.reduce((sum, verdict) => sum + (verdict.kind === kind ? verdict.parts.length : 0), 0);
}

function added(a: CorrelateCounts, b: CorrelateCounts): CorrelateCounts {
  return {
    events: a.events + b.events,
    rated: a.rated + b.rated,
    waiting: a.waiting + b.waiting,
    missing: a.missing + b.missing,
    late: a.late + b.late,
    held: a.held + b.held,
  };
}
