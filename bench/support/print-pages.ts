/** Pages a second of one core, beside Typst alone: the same words, weights and code of the same documents, ready, in a template that places nothing. */
import { documentPrinter } from '#app/invoicing/print.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { parseInvoice } from '#core/invoicing/invoice-json.ts';
import { layOutInvoice } from '#documents/invoice/lay-out-invoice.ts';
import { requestOf } from '#documents/invoice/render-invoice.ts';
import { renderTypst, type TypstRequest } from '#documents/typst.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { TEXT_COLUMNS, type TextRow, textsOf } from '#storage/text-blocks.ts';

/** Documents of a run. */
const PRINTED = 200;
const RUNS = 4;

export interface PrintedPages {
  readonly pages: readonly number[];
  readonly limit: readonly number[];
}

/** By the clock, or by the processor time of all threads where that is more; other documents in each run. */
export async function printRuns(database: Database): Promise<PrintedPages> {
  const { rows } = await database.pool.query<TextRow & { sha256: string }>(
    `select ${TEXT_COLUMNS}, sha256 from invoice order by md5(number) limit $1`,
    [PRINTED * RUNS],
  );
  const texts = await textsOf(database.pool, rows);
  const invoices = rows.map(({ sha256 }, at) => parseInvoice(texts[at] ?? '', sha256));
  const print = documentPrinter(database);
  const ready = await readyRequests(database, invoices);
  const pages: number[] = [];
  const limit: number[] = [];
  for (let from = 0; from < invoices.length; from += PRINTED) {
    const to = from + PRINTED;
    pages.push(await perSecond(invoices.slice(from, to), async (invoice) => (await print(invoice)).pages));
    limit.push(await perSecond(ready.slice(from, to), async (request) => renderTypst(request).pages));
  }
  // The first warms up.
  return { pages: pages.slice(1), limit: limit.slice(1) };
}

async function perSecond<T>(items: readonly T[], pagesOf: (item: T) => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  let pages = 0;
  for (const item of items) {
    pages += await pagesOf(item);
    await new Promise(setImmediate);
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(before);
  return pages / Math.max(seconds, (user + system) / 1e6);
}

const MINIMAL = `#let data = json("data.json")
#set document(title: data.title)
#set page(paper: "a4", margin: 15mm)
#set text(font: ("Source Sans 3", "Noto Sans Arabic"), fallback: false, size: 8pt, number-width: "tabular", hyphenate: false)
#text(weight: 600, data.title + " " + data.names)

#data.words
#if data.code > 0 { image(read("code.luma", encoding: none), format: (encoding: "luma8", width: data.code, height: data.code), scaling: "pixelated", width: 26mm) }`;

async function readyRequests(database: Database, invoices: readonly Invoice[]): Promise<readonly TypstRequest[]> {
  const { book } = await loadSetupWithoutRates(database);
  return invoices.map((invoice) => {
    const entity = book.legalEntities.find(({ id }) => id === invoice.legalEntity);
    const party = book.parties.find(({ id }) => id === invoice.party);
    if (entity === undefined || party === undefined) throw new Error(`${invoice.number}: whose is it?`);
    const document = { invoice, entity, party, language: 'en' } as const;
    const { title, number, seller, buyer, payment, ...others } = layOutInvoice(document);
    const { data: shown, files } = requestOf(document);
    const words: string[] = [];
    JSON.stringify({ ...others, lines: [seller.lines, buyer.lines], paid: [payment?.sentence, payment?.rows] }, (_, value: unknown) => {
      if (typeof value === 'string') words.push(value);
      return value;
    });
    const data = {
      title: `${title} ${number}`,
      names: `${seller.name} ${buyer.name}`,
      words: words.join(' '),
      code: shown.payment?.code ?? 0,
    };
    return { folder: import.meta.dirname, source: MINIMAL, name: 'minimal.typ', files, data, createdSeconds: 0 };
  });
}
