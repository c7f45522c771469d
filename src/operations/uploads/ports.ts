/** Files that were sent over HTTP, for an operation that names them within a day. */

export interface Upload {
  /** Of the content: what it is named by. */
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
}

export interface UploadBooks {
  /** The same content again is the same upload, with the last name and a new day. `full`: the owner has as much as may be kept. */
  add(owner: string, name: string, content: Uint8Array): Promise<Upload | 'full'>;
  find(owner: string, sha256: string): Promise<{ readonly name: string; readonly content: Uint8Array } | undefined>;
  forget(owner: string, sha256: string): Promise<boolean>;
}

/** A body that is longer than memory should hold: on the disk, whole. */
export interface SentStream {
  readonly sha256: string;
  readonly bytes: number;
  /** It stays for work that is done later, of this purpose, whatever becomes of this process. Its name. */
  keep(purpose: string): Promise<string>;
  /** Unless it is kept. */
  drop(): Promise<void>;
}

/** Where such bodies are put. */
export interface StreamDesk {
  readonly mostBytes: number;
  /** What to do with what is longer. */
  readonly remedy: string;
  /** Reads it to its end, as fast as it is written down; when it fails, nothing stays. */
  receive(content: AsyncIterable<Buffer>): Promise<SentStream>;
}
