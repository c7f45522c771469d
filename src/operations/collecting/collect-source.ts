/** One look at the place of a source: what is complete is loaded, what is wrong raises an alarm. */
import { formatRefusal, type Refusal, RefusedError } from '#core/refusals.ts';
import type { Collecting } from '#core/usage/collecting.ts';
import { numberAt, positionOf, sequenceFinding, sequenceNumber } from '#core/usage/sequence.ts';
import {
  type Alarm,
  type AlarmKind,
  alarmsOf,
  type CollectedFile,
  type CollectingStore,
  type FetchedFile,
  type LoadedIntoBooks,
  type Place,
  type PlaceFile,
} from './ports.ts';
import { withFiles } from './with-files.ts';

const SECOND = 1_000_000;
const FIRST_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 3600;

/** Small files are put into the books together: so many, and so many bytes of them. A large one is alone. */
const MOST_TOGETHER = 100;
const MOST_BYTES_TOGETHER = 4 << 20;

/** A complete file that is not in the books as far as is known, and what is known of it. */
interface ReadyFile {
  readonly file: PlaceFile;
  readonly known: CollectedFile | undefined;
  readonly versions: readonly CollectedFile[];
}

export interface CollectingSource {
  readonly id: string;
  readonly collecting: Collecting;
}

export interface CollectingPorts {
  readonly place: Place;
  readonly store: CollectingStore;
  /** Puts complete local files into the books under the names they have at their place, in their order. When it throws, some of them may be there. */
  load(files: readonly FetchedFile[]): Promise<readonly LoadedIntoBooks[]>;
  now(): number;
  /** The first look of this process: what an earlier one did not come to is made up for. */
  first(): boolean;
  /** True when the collector shall stop: files not begun are left for the next time. */
  stopping(): boolean;
}

export interface CollectingResult {
  readonly loaded: number;
  readonly refused: number;
  /** Seen, and not complete yet or to be tried again. */
  readonly waiting: number;
  /** The place answered. */
  readonly reached: boolean;
  /** Raised now. */
  readonly alarms: readonly Alarm[];
}

/** Never throws for what one file or the place does: that is an alarm, and the file is tried again later. */
export async function collectSource(source: CollectingSource, ports: CollectingPorts): Promise<CollectingResult> {
  return new Round(source, ports).run();
}

class Round {
  readonly #source: CollectingSource;
  readonly #ports: CollectingPorts;
  readonly #alarms: Alarm[] = [];
  #loaded = 0;
  #refused = 0;
  #waiting = 0;

  constructor(source: CollectingSource, ports: CollectingPorts) {
    this.#source = source;
    this.#ports = ports;
  }

  async run(): Promise<CollectingResult> {
    const { id, collecting } = this.#source;
    const { place, store, now } = this.#ports;
    let listed: readonly PlaceFile[];
    try {
      listed = await place.list();
    } catch (error) {
      // Who stops lets go of what hangs: that is no fault of the place.
      if (this.#ports.stopping()) return { loaded: 0, refused: 0, waiting: 0, reached: false, alarms: [] };
      const raised = await store.raise(id, [{ kind: 'failing', subject: '', detail: reasonOf(error) }], now());
      return { loaded: 0, refused: 0, waiting: 0, reached: false, alarms: raised };
    }
    await store.clear(
      id,
      ['failing'],
      listed.map(({ name }) => name),
      now(),
    );
    const files = this.#inOrder(listed.filter(({ name }) => isWanted(name, collecting)));
    const known = byName(
      await store.known(
        id,
        files.map(({ name }) => name),
      ),
    );
    let small: ReadyFile[] = [];
    for (const file of files) {
      if (this.#ports.stopping()) break;
      const ready = await this.#take(file, known.get(file.name) ?? []);
      if (ready === undefined) continue;
      const bytes = small.reduce((sum, each) => sum + each.file.sizeBytes, file.sizeBytes);
      if (small.length === MOST_TOGETHER || bytes > MOST_BYTES_TOGETHER) {
        await this.#loadTogether(small);
        small = [];
      }
      small.push(ready);
    }
    await this.#loadTogether(small);
    if (this.#loaded > 0 || this.#ports.first()) await this.#lookAtGaps();
    await this.#lookAtSilence();
    return { loaded: this.#loaded, refused: this.#refused, waiting: this.#waiting, reached: true, alarms: this.#alarms };
  }

  /** By sequence number where there is one, else by name: a switch's names follow time. */
  #inOrder(files: readonly PlaceFile[]): readonly PlaceFile[] {
    const { sequence } = this.#source.collecting;
    const byText = (a: PlaceFile, b: PlaceFile): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    if (sequence === undefined) return [...files].sort(byText);
    const numbers = new Map(files.map((file) => [file, sequenceNumber(file.name, sequence) ?? -1]));
    return [...files].sort((a, b) => a.modifiedMicros - b.modifiedMicros || (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0) || byText(a, b));
  }

  /** A file that can be loaded now; undefined when it is done, or not complete yet. */
  async #take(file: PlaceFile, versions: readonly CollectedFile[]): Promise<ReadyFile | undefined> {
    const { id, collecting } = this.#source;
    const { store, now } = this.#ports;
    const known = versions.find(({ version }) => version === file.version);
    if (known?.state === 'loaded' || known?.state === 'refused') {
      await this.#putAway(file, known);
      return undefined;
    }
    const at = now();
    if (known === undefined) {
      if (versions.some(({ state }) => state === 'loaded'))
        await this.#raise('changed', file.name, 'the file was loaded before and stands there with another content now: it is loaded again');
      await store.save(id, file, { state: 'growing' }, at);
    }
    const since = known?.changedAtMicros ?? at;
    const still = Math.min(at - since, at - file.modifiedMicros);
    const early = known?.nextAttemptAtMicros !== undefined && at < known.nextAttemptAtMicros;
    // Old when it is first seen: it was written before we came. Seen with another content before: it is still being written.
    const written = known !== undefined || versions.some(({ state }) => state === 'growing');
    const stable = (written ? still : at - file.modifiedMicros) >= collecting.stableSeconds * SECOND;
    if (stable && !early) return { file, known, versions };
    this.#waiting += 1;
    return undefined;
  }

  /** What goes wrong with one of them is found out one by one: those that are in the books already are recognised. */
  async #loadTogether(files: readonly ReadyFile[]): Promise<void> {
    let results: readonly LoadedIntoBooks[] | undefined;
    if (files.length > 1 && !this.#ports.stopping())
      results = await withFiles(
        this.#ports.place,
        files.map(({ file }) => file),
        this.#ports.load,
      ).catch(() => undefined);
    for (const [index, ready] of files.entries()) {
      const result = results?.[index];
      if (result !== undefined) await this.#booked(ready, result);
      else if (!this.#ports.stopping()) await this.#loadAlone(ready);
    }
  }

  async #loadAlone(ready: ReadyFile): Promise<void> {
    const { file, known } = ready;
    let result: LoadedIntoBooks | undefined;
    try {
      [result] = await withFiles(this.#ports.place, [file], this.#ports.load);
    } catch (error) {
      await this.#failed(file, known, error);
    }
    if (result !== undefined) await this.#booked(ready, result);
  }

  async #booked({ file, versions }: ReadyFile, result: LoadedIntoBooks): Promise<void> {
    const { id } = this.#source;
    const { store, now } = this.#ports;
    const position = await this.#position(file, result, versions);
    const failure = result.refusals[0] === undefined ? undefined : formatRefusal(result.refusals[0]);
    await store.save(id, file, { state: result.state, position, fileId: result.fileId, failure, nextAttemptAtMicros: undefined }, now());
    await store.settle(id, 'failing', file.name, now());
    if (result.state === 'refused') {
      this.#refused += 1;
      await this.#raise('refused', file.name, result.refusals.map(formatRefusal).join('; '));
      if (this.#source.collecting.place.kind === 'http') await this.#setAside(file);
      return;
    }
    this.#loaded += 1;
    await store.settle(id, 'refused', file.name, now());
    for (const { kind, subject, detail } of alarmsOf(file.name, result.differences)) await this.#raise(kind, subject, detail);
    await this.#putAway(file, undefined);
  }

  async #failed(file: PlaceFile, known: CollectedFile | undefined, error: unknown): Promise<void> {
    const { id } = this.#source;
    const { store, now } = this.#ports;
    this.#waiting += 1;
    if (this.#ports.stopping()) return;
    if (error instanceof RefusedError && error.refusals.every(({ code }: Refusal) => code === 'collect.file-changed')) return;
    const attempts = (known?.attempts ?? 0) + 1;
    const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(attempts - 1, 12));
    const failure = reasonOf(error);
    await store.save(id, file, { state: 'failing', attempts, nextAttemptAtMicros: now() + wait * SECOND, failure }, now());
    await this.#raise('failing', file.name, `${failure}; attempt ${attempts}, the next in ${wait} s`);
  }

  /** Where the file stands in the row of numbers, with the alarms that follow from it. */
  async #position(file: PlaceFile, result: LoadedIntoBooks, versions: readonly CollectedFile[]): Promise<number | undefined> {
    const { id, collecting } = this.#source;
    const { store } = this.#ports;
    const { sequence } = collecting;
    if (sequence === undefined) return undefined;
    // Another content of the file, such as one that is put right: its number came long ago.
    const before = versions.find((version) => version.position !== undefined)?.position;
    if (before !== undefined) return before;
    const number = sequenceNumber(file.name, sequence);
    const highest = await store.highestPosition(id);
    const position = number === undefined ? undefined : positionOf(number, highest, sequence);
    if (position === undefined) {
      await this.#raise('difference', file.name, `its name has no number from ${sequence.from} to ${sequence.to}`);
      return undefined;
    }
    const others = (await store.namesAt(id, position)).filter((name) => name !== file.name);
    const finding = sequenceFinding(position, highest, others.length > 0);
    if (finding.kind === 'repeat' && !result.before)
      await this.#raise('repeat', file.name, `number ${number} was that of ${others.join(', ')}, with another content`);
    if (finding.kind === 'late') await this.#raise('late', file.name, `number ${number} came after ${numberAt(highest ?? 0, sequence)}`);
    return position;
  }

  async #lookAtGaps(): Promise<void> {
    const { id, collecting } = this.#source;
    const { store, now } = this.#ports;
    const { sequence } = collecting;
    if (sequence === undefined) return;
    const subjects: string[] = [];
    for (const [first, last] of await store.gaps(id)) {
      const [from, to] = [numberAt(first, sequence), numberAt(last, sequence)];
      const subject = first === last ? `${from}` : `${from}–${to}`;
      subjects.push(subject);
      await this.#raise(
        'gap',
        subject,
        first === last ? `number ${from} never came` : `numbers ${from} to ${to} never came: ${last - first + 1} files`,
      );
    }
    await store.clear(id, ['gap'], subjects, now());
  }

  async #lookAtSilence(): Promise<void> {
    const { id, collecting } = this.#source;
    const { store, now } = this.#ports;
    if (collecting.silentMinutes === 0) return;
    const last = await store.lastSeen(id);
    const silent = last !== undefined && now() - last > collecting.silentMinutes * 60 * SECOND;
    if (silent)
      await this.#raise(
        'silent',
        '',
        `no new file for more than ${collecting.silentMinutes} ${collecting.silentMinutes === 1 ? 'minute' : 'minutes'}`,
      );
    else await store.clear(id, ['silent'], [], now());
  }

  /** Deletes or moves a file that is in the books, if the source wants that and it has not been done. Refused files stay where they are. */
  async #putAway(file: PlaceFile, known: CollectedFile | undefined): Promise<void> {
    const { id, collecting } = this.#source;
    const { place, store, now } = this.#ports;
    if (collecting.after === 'keep' || known?.state === 'refused' || known?.putAway === true) return;
    try {
      if (collecting.after === 'delete') await place.delete(file);
      else await place.move(file, collecting.moveTo);
      await store.save(id, file, { state: 'loaded', putAway: true }, now());
    } catch (error) {
      if (this.#ports.stopping()) return; // done with the next look
      await this.#raise('failing', file.name, `the file is in the books, but could not be put away: ${reasonOf(error)}`);
    }
  }

  /** Uploaded files have nobody else who looks at them: what is refused waits no more, and is kept for whoever asks. */
  async #setAside(file: PlaceFile): Promise<void> {
    await this.#ports.place.move(file, 'refused');
    await this.#ports.store.save(this.#source.id, file, { state: 'refused', putAway: true }, this.#ports.now());
  }

  async #raise(kind: AlarmKind, subject: string, detail: string): Promise<void> {
    this.#alarms.push(...(await this.#ports.store.raise(this.#source.id, [{ kind, subject, detail }], this.#ports.now())));
  }
}

/** Whether a source takes a file of this name. */
export function isWanted(name: string, { match, unfinished }: Pick<Collecting, 'match' | 'unfinished'>): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (last.startsWith('.') || unfinished.some((suffix) => last.endsWith(suffix))) return false;
  return new RegExp(`^(?:${match})$`).test(last);
}

function byName(files: readonly CollectedFile[]): ReadonlyMap<string, readonly CollectedFile[]> {
  return Map.groupBy(files, ({ name }) => name);
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedError) return error.refusals.map(formatRefusal).join('; ');
  return error instanceof Error ? error.message : String(error);
}
