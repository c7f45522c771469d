import { collect } from '#app/collecting/collect.ts';
import type { TestHome } from '../usage/home.ts';

export interface Seen {
  readonly files: string[];
  readonly alarms: string[];
}

/** One look at every place. */
export async function round(home: TestHome): Promise<Seen> {
  const seen: Seen = { files: [], alarms: [] };
  await collect(
    home,
    { sources: [], once: true, stop: new AbortController().signal },
    {
      onFile: (_, { file, state, counts }) => seen.files.push(`${file} ${state} ${counts.rated}`),
      onAlarm: (_, { kind, subject }) => seen.alarms.push(`${kind} ${subject}`),
      onRound: () => undefined,
    },
  );
  return seen;
}
