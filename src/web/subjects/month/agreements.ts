/** What many pages of the month ask for: partners and agreements by name, read once. */
import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';

const MOST = 200;

/** Names of partners by id; the id where it is not known. */
export function usePartyName(): (party: string) => string {
  const { data } = useQuery({
    queryKey: ['parties', 'names'],
    queryFn: () => client.GET('/v1/parties', { params: { query: { limit: MOST } } }).then(answered),
    staleTime: 300_000,
  });
  const names = new Map(data?.items.map(({ party, name }) => [party, name]));
  return (party) => names.get(party) ?? party;
}

export function useAgreements() {
  return useQuery({
    queryKey: ['agreements', 'ids'],
    queryFn: () => client.GET('/v1/agreements', { params: { query: { limit: MOST } } }).then(answered),
    staleTime: 300_000,
    select: ({ items }) => [...new Map(items.map((each) => [each.agreement, each])).values()],
  });
}
