/** What a page shows is in its address, so that a link opens the same. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

type Values = Readonly<Record<string, string | undefined>>;

/** The address's values, and how to change some of them: undefined or empty takes one away. */
export function useUrl(): readonly [Values, (changed: Values) => void] {
  const search: Values = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (changed: Values) => void navigate({ to: '.', search: (before: Values) => merged(before, changed), replace: true, resetScroll: false }),
    [navigate],
  );
  return [search, change];
}

export function merged(before: Values, changed: Values): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...before, ...changed })) if (value !== undefined && value !== '') all[name] = value;
  return all;
}
