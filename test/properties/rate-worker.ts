/** A worker thread that rates its share of the events, with the tables it was given or with a book it compiles itself. */
import { parentPort, workerData } from 'node:worker_threads';
import { type CompiledBook, openSharedBook, type SharedBook } from '#core/rating/compile-book.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { compileWithStates, rateByEngine, type States } from '../oracle/engine.ts';
import { plain } from './plain.ts';

export type Work = { readonly events: readonly UsageEvent[] } & (
  | { readonly shared: SharedBook }
  | { readonly book: Book; readonly states: States }
);

// What the test that starts this thread posts is a Work.
const work = workerData as Work;
if ('shared' in work) rateAll(openSharedBook(work.shared));
else {
  const compiled = compileWithStates(work.book, work.states);
  if (compiled.ok) rateAll(compiled.value);
}

function rateAll(compiled: CompiledBook): void {
  const counters = new Map<string, bigint>();
  parentPort?.postMessage(work.events.map((event) => plain(rateByEngine(compiled, event, counters))));
}
