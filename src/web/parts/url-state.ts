/** What a page shows is in its address, so that a link opens the same. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { merged, type Values } from './merged.ts';

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
