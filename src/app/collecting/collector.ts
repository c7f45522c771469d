/** What all sources of a collector share, and what one of them is to it. */
import type { CollectingResult } from '#operations/collecting/collect-source.ts';
import type { Alarm, Spool } from '#operations/collecting/ports.ts';
import type { UsageHome } from '../usage/home.ts';
import type { FileReport } from '../usage/load.ts';
import type { Turns } from './turns.ts';

export interface CollectEvents {
  onFile(source: string, report: FileReport): void;
  onAlarm(source: string, alarm: Alarm): void;
  onRound(source: string, result: CollectingResult): void;
}

export interface Collector {
  readonly home: UsageHome & { rejoin?(): Promise<void> };
  readonly spool: Spool;
  /** One file is put into the books at a time; fetching goes on meanwhile. */
  readonly loading: Turns;
  readonly events: CollectEvents;
}

/** Where the files of one source come from, opened when it is first needed. */
export interface SourceReader {
  /** One look. Throws only for faults of the database. */
  round(stopping: () => boolean): Promise<CollectingResult>;
  /** The next round opens anew. */
  close(): Promise<void>;
}
