/** What like usage was charged lately, for estimates of what waits: read anew each time in small books, now and then in large ones. */
import { legRoles } from '#core/agreements/agreements.ts';
import { LatePrices } from '#operations/usage/money-at-stake.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { selectLateCharges } from '#storage/usage/suspense.ts';

/** The last days with charges, from which prices are averaged. */
export const LATE_DAYS = 30;

/** What is read within this is read each time. */
const QUICK_MS = 100;
/** Else it is kept for so many times the time that reading took: 3 s for 5 minutes, a hundredth of what PostgreSQL can do. */
const KEPT = 100;

interface Kept {
  readonly prices: LatePrices;
  readonly tookMs: number;
  readonly atMs: number;
}

interface Known {
  kept?: Kept;
  reading?: Promise<Kept>;
}

const known = new WeakMap<Database['pool'], Known>();

/** Averages of 30 days: where reading them is slow, those of some minutes ago are as good, and nobody waits for newer ones. */
export async function latePrices(database: Database): Promise<LatePrices> {
  const mine = known.get(database.pool) ?? {};
  known.set(database.pool, mine);
  const { kept } = mine;
  if (kept !== undefined && kept.tookMs > QUICK_MS) {
    if (performance.now() - kept.atMs > kept.tookMs * KEPT) void readOnce(database, mine).catch(() => undefined); // who asks next tries again
    return kept.prices;
  }
  return (await readOnce(database, mine)).prices;
}

/** Who comes while they are read gets the same, unless it is quick. */
function readOnce(database: Database, mine: Known): Promise<Kept> {
  if (mine.reading !== undefined && (mine.kept === undefined || mine.kept.tookMs > QUICK_MS)) return mine.reading;
  const reading = read(database).then((kept) => {
    mine.kept = kept;
    return kept;
  });
  mine.reading = reading;
  return reading.finally(() => {
    if (mine.reading === reading) delete mine.reading;
  });
}

async function read(database: Database): Promise<Kept> {
  const begun = performance.now();
  const { book } = await loadSetupWithoutRates(database, ['tariffs', 'codeDecks']);
  const tariffs = new Map(book.tariffs.map((tariff) => [tariff.id, tariff]));
  const decks = new Map(book.codeDecks.map(({ id, codes }) => [id, Map.groupBy(codes, ({ destination }) => destination)]));
  const prices = new LatePrices();
  for (const { role, tariff, code, destination, raw, nanos, ...rest } of await selectLateCharges(database.pool, LATE_DAYS)) {
    const { service, codeDeck = '' } = tariffs.get(tariff) ?? {};
    const codes = code === undefined ? (decks.get(codeDeck)?.get(destination) ?? []).map((each) => each.code) : [code];
    if (service !== undefined) prices.add({ ...rest, side: legRoles[role], service, codes, rawQuantity: raw, amountNanos: nanos });
  }
  const atMs = performance.now();
  return { prices, tookMs: atMs - begun, atMs };
}
