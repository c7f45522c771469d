/** Who sits here, and what they may. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { answered } from './problem.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => client.GET('/v1/me').then(answered),
  staleTime: 60_000,
  retry: false,
});

export function useMe() {
  return useSuspenseQuery(meQuery).data;
}

export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
