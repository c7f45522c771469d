/**
 * Streams of accounts: what the journal has, as soon as it has it. Changes in this process are heard at once; those of others are looked for
 * every two seconds, with one question for all accounts that are watched.
 */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { ChargingEvent } from '#core/charging/decision.ts';
import type { EventFeed, StreamEvent } from '../event-stream.ts';
import type { Shown } from '../usage/masking.ts';
import type { AccountDesk, ChargingService, Journal } from './ports.ts';
import { accountShown, entryShown, happened } from './show.ts';

const LOOK_MS = 2_000;
/** Who missed more is told how things stand instead. */
const MOST_MISSED = 1_000;
/** For gateways, not for people. */
const ours: ReadonlySet<ChargingEvent['kind']> = new Set(['reauthorise', 'abort']);

interface Watcher {
  readonly send: (event: StreamEvent) => boolean;
  readonly end: () => void;
  /** Of subscribers, as it may see them. */
  readonly numbers: Shown;
  /** The newest entry that it has; undefined: how things stand comes first. */
  last: number | undefined;
}

interface Watched {
  readonly currency: string;
  readonly watchers: Set<Watcher>;
  isReading: boolean;
  /** Something came while it was read. */
  again: boolean;
}

export class AccountFeeds {
  readonly #journal: Journal;
  readonly #desk: Pick<AccountDesk, 'find' | 'counters'>;
  readonly #failed: (error: unknown) => void;
  readonly #watched = new Map<string, Watched>();
  readonly #ends: readonly (() => void)[];
  readonly #timer: NodeJS.Timeout;

  constructor(charging: ChargingService, journal: Journal, desk: Pick<AccountDesk, 'find' | 'counters'>, failed: (error: unknown) => void) {
    this.#journal = journal;
    this.#desk = desk;
    this.#failed = failed;
    this.#ends = [
      charging.onChange((accounts) => {
        if (this.#watched.size === 0) return;
        for (const account of accounts) if (this.#watched.has(account)) void this.#read(account);
      }),
      charging.on((event) => this.#tell(event)),
    ];
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** `lastEventId`: of the newest entry that the client has; anything else begins with how things stand. */
  watch({ id: account, currency }: Pick<ChargingAccount, 'id' | 'currency'>, lastEventId: string | undefined, numbers: Shown): EventFeed {
    const last = lastEventId !== undefined && /^\d{1,16}$/.test(lastEventId) ? Number(lastEventId) : undefined;
    return {
      start: (send, end) => {
        const watcher: Watcher = { send, end, numbers, last };
        const watched = this.#watched.get(account) ?? { currency, watchers: new Set(), isReading: false, again: false };
        watched.watchers.add(watcher);
        this.#watched.set(account, watched);
        void this.#read(account);
        return () => {
          watched.watchers.delete(watcher);
          if (watched.watchers.size === 0) this.#watched.delete(account);
        };
      },
    };
  }

  close(): void {
    clearInterval(this.#timer);
    for (const end of this.#ends) end();
  }

  async #read(account: string): Promise<void> {
    const watched = this.#watched.get(account);
    if (watched === undefined) return;
    if (watched.isReading) {
      watched.again = true;
      return;
    }
    watched.isReading = true;
    try {
      do {
        watched.again = false;
        await this.#bring(account, watched);
      } while (watched.again && watched.watchers.size > 0);
    } catch (error) {
      // PostgreSQL away: the next look tries again, and nobody is left without an entry.
      this.#failed(error);
    } finally {
      watched.isReading = false;
    }
  }

  async #bring(account: string, { watchers }: Watched): Promise<void> {
    // Read before the account, so that what comes in between is sent as a change.
    const newest = (await this.#journal.newest([account])).get(account) ?? 0;
    const known = [...watchers].flatMap(({ last }) => (last === undefined ? [] : [last]));
    const oldest = known.length === 0 ? newest : Math.min(...known);
    const { entries, before } =
      oldest >= newest ? { entries: [], before: 0 } : await this.#journal.entries(account, undefined, oldest, MOST_MISSED);
    for (const watcher of watchers) {
      const missed = watcher.last !== undefined && before > watcher.last;
      if (watcher.last === undefined || missed) await this.#begin(account, watcher, newest);
    }
    for (const entry of [...entries].reverse()) {
      for (const watcher of watchers) {
        if (watcher.last === undefined || entry.entryId <= watcher.last) continue;
        watcher.last = entry.entryId;
        watcher.send({ id: String(entry.entryId), event: 'balance', data: entryShown(entry, watcher.numbers) });
      }
    }
  }

  async #begin(account: string, watcher: Watcher, newest: number): Promise<void> {
    const found = await this.#desk.find(account);
    watcher.last = newest;
    watcher.send({ id: String(newest), event: 'account', data: accountShown(found, this.#desk.counters(found), watcher.numbers) });
  }

  #tell(event: ChargingEvent): void {
    const watched = this.#watched.get(event.account);
    if (watched === undefined || ours.has(event.kind)) return;
    const { kind, ...told } = event;
    const data = happened(told, watched.currency);
    for (const watcher of watched.watchers) watcher.send({ event: kind, data });
  }

  async #look(): Promise<void> {
    if (this.#watched.size === 0) return;
    try {
      const newest = await this.#journal.newest([...this.#watched.keys()]);
      for (const [account, { watchers }] of this.#watched) {
        const now = newest.get(account) ?? 0;
        if ([...watchers].some(({ last }) => last === undefined || last < now)) void this.#read(account);
      }
    } catch (error) {
      this.#failed(error);
    }
  }
}
