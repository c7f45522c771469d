/** One reader for all who watch: figures are read once, however many consoles are open, written as text once for those who see the same, and sent when they are others. */
import type { EventFeed, StreamEvent } from '../event-stream.ts';
import { type Overview, partPermissions, partsFor } from './overview.ts';

const LOOK_MS = 1_000;

interface Watcher {
  readonly send: (event: StreamEvent) => boolean;
  readonly permissions: readonly string[];
  /** Watchers with the same one see the same. */
  readonly group: string;
  sent: string;
}

export class LiveFeed {
  readonly #read: () => Promise<Overview>;
  readonly #failed: (error: unknown) => void;
  readonly #watchers = new Set<Watcher>();
  #timer: NodeJS.Timeout | undefined;
  #isReading = false;

  /** `read`: what is true now; asked once a second while somebody watches. */
  constructor(read: () => Promise<Overview>, failed: (error: unknown) => void) {
    this.#read = read;
    this.#failed = failed;
  }

  watch(permissions: readonly string[]): EventFeed {
    const group = Object.values(partPermissions)
      .map((each) => (permissions.includes(each) ? 1 : 0))
      .join('');
    return {
      start: (send) => {
        const watcher: Watcher = { send, permissions, group, sent: '' };
        this.#watchers.add(watcher);
        this.#timer ??= setInterval(() => void this.#look(), LOOK_MS);
        void this.#look();
        return () => {
          this.#watchers.delete(watcher);
          if (this.#watchers.size === 0) this.close();
        };
      },
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const whole = await this.#read();
      const shown = new Map<string, { readonly data: Overview; readonly text: string }>();
      for (const watcher of this.#watchers) {
        let mine = shown.get(watcher.group);
        if (mine === undefined) {
          const data = partsFor(whole, watcher.permissions);
          mine = { data, text: JSON.stringify(data) };
          shown.set(watcher.group, mine);
        }
        if (mine.text === watcher.sent) continue;
        watcher.sent = mine.text;
        watcher.send({ event: 'overview', data: mine.data, json: mine.text });
      }
    } catch (error) {
      this.#failed(error); // the next look may do better
    } finally {
      this.#isReading = false;
    }
  }
}
