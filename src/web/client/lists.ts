/** Lists that come page by page, as one that grows while it is read. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** Nothing has come yet. */
  readonly isLoading: boolean;
  readonly isLoadingMore: boolean;
  readonly hasMore: boolean;
  readonly error: unknown;
  readonly loadMore: () => Promise<unknown>;
  readonly retry: () => void;
}

interface PageOf<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** `key`: all that the answer depends on. `load`: `(cursor) => client.GET(…).then(answered)` with the cursor in its query. */
export function useList<Row, Answer extends PageOf<Row> = PageOf<Row>>(
  key: readonly unknown[],
  load: (cursor: string | undefined) => Promise<Answer & PageOf<Row>>,
): Listed<Row> & { /** What came last, with what it says beside its entries. */ readonly lastPage: Answer | undefined } {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  return {
    rows,
    lastPage: query.data?.pages.at(-1),
    isLoading: query.isPending,
    isLoadingMore: query.isFetchingNextPage,
    hasMore: query.hasNextPage,
    error: query.error,
    loadMore: () => query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

/** What is there at once, as a list for a table. */
export function wholeList<Row>(query: {
  readonly data: readonly Row[] | undefined;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}): Listed<Row> {
  return {
    rows: query.data ?? [],
    isLoading: query.isPending,
    isLoadingMore: false,
    hasMore: false,
    error: query.error,
    loadMore: async () => undefined,
    retry: () => void query.refetch(),
  };
}

/** What is there already, as a list for a table. */
export function rowsOf<Row>(rows: readonly Row[]): Listed<Row> {
  return wholeList({ data: rows, isPending: false, error: null, refetch: () => undefined });
}
