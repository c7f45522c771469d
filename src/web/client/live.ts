/** Figures that move: one stream for all of a tab, whatever on the page listens. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { sessionFetch } from './session.ts';

type Listener = (data: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
/** The newest of each kind: who begins to listen need not wait for the next. */
const newest = new Map<string, unknown>();
let source: EventSource | undefined;
const AGAIN_MS = 5_000;
/** Lines that should bring figures and do not, since when, in milliseconds of the clock. */
const broken = new Map<EventSource, number>();
const watchers = new Set<() => void>();

/** What a line brings stands still from its first error until it is open again, or nobody wants it. */
export function watchLine(line: EventSource, ...before: readonly EventSource[]): void {
  const since = Math.min(...[line, ...before].map((each) => broken.get(each) ?? Number.POSITIVE_INFINITY));
  for (const each of before) broken.delete(each);
  if (Number.isFinite(since)) broken.set(line, since);
  line.addEventListener('open', () => forgetLine(line));
  line.addEventListener('error', () => {
    if (!broken.has(line)) broken.set(line, Date.now());
    tellWatchers();
  });
}

export function forgetLine(line: EventSource): void {
  if (broken.delete(line)) tellWatchers();
}

function tellWatchers(): void {
  for (const tell of watchers) tell();
}

function open(...before: readonly EventSource[]): EventSource {
  const opened = new EventSource('/v1/live');
  watchLine(opened, ...before);
  for (const kind of listeners.keys()) attach(opened, kind);
  opened.addEventListener('error', () => {
    // A browser comes again by itself when the line broke, and never after a no: the session is over, or the server begins.
    if (opened.readyState === EventSource.CLOSED) setTimeout(() => void reopen(opened), AGAIN_MS);
  });
  return opened;
}

/** Asks who sits here first: a session that is over is begun again there. */
async function reopen(ended: EventSource): Promise<void> {
  if (source !== ended) return;
  await sessionFetch(new Request(new URL('/v1/me', location.origin))).catch(() => undefined);
  if (source === ended) source = open(ended);
}

function attach(to: EventSource, kind: string): void {
  to.addEventListener(kind, (event) => {
    const data: unknown = JSON.parse(String(event.data));
    newest.set(kind, data);
    for (const tell of listeners.get(kind) ?? []) tell(data);
  });
}

/** What it returns ends that; with the last listener the stream ends. */
export function listen(kind: string, listener: Listener): () => void {
  const known = listeners.get(kind);
  const set = known ?? new Set<Listener>();
  set.add(listener);
  listeners.set(kind, set);
  if (source === undefined) source = open();
  else if (known === undefined) attach(source, kind);
  if (newest.has(kind)) listener(newest.get(kind));
  return () => {
    set.delete(listener);
    if ([...listeners.values()].some(({ size }) => size > 0)) return;
    if (source !== undefined) forgetLine(source);
    source?.close();
    source = undefined;
    listeners.clear();
    newest.clear();
  };
}

/** Since when figures on the page that should move stand still; undefined: they move, or there are none. */
export function useBrokenSince(): number | undefined {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => (broken.size === 0 ? undefined : Math.min(...broken.values())),
  );
}

/** The newest event of a kind of `/v1/live`; undefined until one came. `read` says undefined for what it does not know. */
export function useLive<T>(kind: string, read: (data: unknown) => T | undefined): T | undefined {
  const [value, setValue] = useState<T>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: read is a function of a module
  useEffect(
    () =>
      listen(kind, (data) => {
        const told = read(data);
        if (told !== undefined) setValue(() => told);
      }),
    [kind],
  );
  return value;
}
