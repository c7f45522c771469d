/** Whose console and portal this is: said in the page itself, so that nothing jumps; for who is of a party, by the API. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client, type components } from '../client/client.ts';
import { meQuery } from '../client/me.ts';
import { answered } from '../client/problem.ts';

export type Brand = components['schemas']['Brand'];

/** As the server wrote it into the page; undefined: none is declared. */
export const operatorsBrand: Brand | undefined = readBrand(document.querySelector<HTMLMetaElement>('meta[name=brand]')?.content ?? '');

function readBrand(text: string): Brand | undefined {
  if (!text.startsWith('{')) return undefined;
  return JSON.parse(text) as Brand; // our own server wrote it, as its schema says
}

const ownBrandQuery = queryOptions({
  queryKey: ['brand'],
  queryFn: async () => (await client.GET('/v1/brand').then(answered)).brand ?? null,
  staleTime: 3_600_000,
});

/** Of whom one deals with; the operator's until that is known. */
export function useBrand(): Brand | undefined {
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const { data = operatorsBrand } = useQuery({ ...ownBrandQuery, enabled: me?.party !== undefined });
  return data ?? undefined;
}

let titled = operatorsBrand?.name ?? 'Carillon';

/** What stands behind the name of a page. */
export function brandTitle(): string {
  return titled;
}

export function setBrandTitle(name: string): void {
  titled = name;
}
