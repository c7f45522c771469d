/** What somebody likes about a table, kept in their browser: widths of columns, and views by name. */
import { useState } from 'react';

type Widths = Record<string, number>;

function read<T>(name: string, isIt: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return isIt(value) ? value : undefined;
  } catch {
    return undefined; // somebody wrote something else there
  }
}

const isRecordOf =
  (type: 'number' | 'string') =>
  (value: unknown): value is Record<string, never> =>
    typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === type);

export function useWidths(table: string): readonly [Widths, (next: Widths | ((before: Widths) => Widths)) => void] {
  const name = `carillon.widths.${table}`;
  const [widths, setWidths] = useState<Widths>(() => read<Widths>(name, isRecordOf('number')) ?? {});
  return [
    widths,
    (next) =>
      setWidths((before) => {
        const changed = typeof next === 'function' ? next(before) : next;
        localStorage.setItem(name, JSON.stringify(changed));
        return changed;
      }),
  ];
}

/** Addresses by the names that somebody gave them. */
export function useViews(table: string): readonly [Readonly<Record<string, string>>, (name: string, search: string | undefined) => void] {
  const kept = `carillon.views.${table}`;
  const [views, setViews] = useState<Readonly<Record<string, string>>>(
    () => read<Record<string, string>>(kept, isRecordOf('string')) ?? {},
  );
  return [
    views,
    (name, search) => {
      const { [name]: _before, ...others } = views;
      const changed = search === undefined ? others : { ...others, [name]: search };
      localStorage.setItem(kept, JSON.stringify(changed));
      setViews(changed);
    },
  ];
}
