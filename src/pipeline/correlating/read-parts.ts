/** Parts of calls, read again from the archive. */
import type { WaitingKind } from '#core/usage/correlation.ts';
import type { Source } from '#core/usage/source.ts';
import type { CorrectedFields } from '../correct-draft.ts';
import { type Normaliser, openNormaliser } from '../normalise.ts';
import type { RecordPlace } from '../ports.ts';
import { type Configuration, draftOf, shortKey } from '../read-record.ts';
import { textAgain } from '../record-again.ts';
import type { ReopenedFile } from '../retry-records.ts';
import type { ReadPart } from './merge-parts.ts';

export interface PartToRead extends RecordPlace {
  readonly fileId: number;
  readonly kind: WaitingKind;
  readonly corrected?: CorrectedFields;
}

export class PartReader {
  readonly #configuration: Configuration;
  readonly #reopen: (fileId: number) => Promise<ReopenedFile>;
  readonly #normalisers = new Map<Source, Normaliser>();

  constructor(configuration: Configuration, reopen: (fileId: number) => Promise<ReopenedFile>) {
    this.#configuration = configuration;
    this.#reopen = reopen;
  }

  /** Drafts by the numbers of their records, or why one cannot be read. In the order of the records, because neighbours are read together. */
  async read(parts: readonly PartToRead[]): Promise<ReadonlyMap<number, ReadPart | string>> {
    const read = new Map<number, ReadPart | string>();
    for (const part of [...parts].sort((a, b) => a.id - b.id)) {
      const { source, decoder, read: readBytes } = await this.#reopen(part.fileId);
      const normaliser = this.#normaliserOf(source);
      const text = await textAgain((from, length) => readBytes(from, length), source, part.byteFrom, part.byteLength);
      const draft = draftOf(text, decoder, part.corrected);
      read.set(
        part.id,
        typeof draft === 'string'
          ? `record ${part.id} cannot be read any more: ${draft}`
          : { kind: part.kind, source, normaliser, draft: { ...draft, key: shortKey(draft.key) } },
      );
    }
    return read;
  }

  #normaliserOf(source: Source): Normaliser {
    const normaliser = this.#normalisers.get(source) ?? openNormaliser(source, this.#configuration.compiled);
    this.#normalisers.set(source, normaliser);
    return normaliser;
  }
}
