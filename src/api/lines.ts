/** A list whole, one entry a line (application/x-ndjson), read page by page: memory stays that of a page. */
import { Readable } from 'node:stream';
import type { Operation } from './operation.ts';

export const LINES_TYPE = 'application/x-ndjson';
/** The most that lists give at once, unless they say otherwise. */
const PAGE = 200;

interface ListPage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** Lists have a cursor, and answer with items and the next. */
export function isList({ kind, method, query }: Operation): boolean {
  return kind === 'json' && method === 'GET' && Object.hasOwn(query?.properties ?? {}, 'cursor');
}

export function wantsLines(accept: string | undefined): boolean {
  return accept?.split(',').some((type) => type.trim().split(';')[0] === LINES_TYPE) === true;
}

/** Begins where the query does. What is refused of the first page is thrown; what fails later ends the stream unfinished. */
export async function linesOf(
  query: Readonly<Record<string, unknown>>,
  read: (query: Readonly<Record<string, unknown>>) => Promise<unknown>,
  atOnce = PAGE,
): Promise<Readable> {
  const page = async (cursor: object): Promise<ListPage> => (await read({ ...query, limit: atOnce, ...cursor })) as ListPage; // as a list declares it
  const first = await page({});
  async function* lines(): AsyncGenerator<string> {
    for (let { items, next } = first; ; { items, next } = await page({ cursor: next })) {
      if (items.length > 0) yield `${items.map((item) => JSON.stringify(item)).join('\n')}\n`;
      if (next === null) return;
    }
  }
  return Readable.from(lines());
}
