/** Partners and agreements for the command palette. */
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import type { Found } from '../../shell/subject.ts';

const MOST = 6;

export async function findPartners(text: string): Promise<readonly Found[]> {
  const wanted = text.toLowerCase();
  const [parties, agreements] = await Promise.all([
    client.GET('/v1/parties', { params: { query: { limit: 200 } } }).then(answered),
    client.GET('/v1/agreements', { params: { query: { limit: 200 } } }).then(answered, () => ({ items: [] })),
  ]);
  const hits = (...words: readonly string[]): boolean => words.some((word) => word.toLowerCase().includes(wanted));
  const known = new Map(agreements.items.map(({ agreement, name }) => [agreement, name]));
  return [
    ...parties.items
      .filter(({ party, name }) => hits(party, name))
      .map(({ party, name }) => ({ label: name, detail: party, href: `/partners/${encodeURIComponent(party)}` })),
    ...[...known]
      .filter(([agreement, name]) => hits(agreement, name))
      .map(([agreement, name]) => ({ label: name, detail: agreement, href: `/agreements/${encodeURIComponent(agreement)}` })),
  ].slice(0, MOST);
}
