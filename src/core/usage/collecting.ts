/** Where the files of a source come from, and what must hold of them. Declared as data at the source. */

export const collectingPlaces = ['directory', 'sftp', 's3', 'http', 'kafka'] as const;

/** A secret is never in the configuration: `env:NAME` or `file:/path`. */
export type SecretReference = `env:${string}` | `file:${string}`;

export type CollectingPlace =
  | { readonly kind: 'directory'; readonly path: string }
  | {
      readonly kind: 'sftp';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly path: string;
      /** `SHA256:…` as ssh-keygen -lf prints it: another host key is refused. */
      readonly hostKey: string;
      readonly password?: SecretReference;
      readonly privateKey?: SecretReference;
      /** Of the private key, when it is encrypted. */
      readonly passphrase?: SecretReference;
    }
  | {
      readonly kind: 's3';
      /** Undefined: Amazon's own for the region. */
      readonly endpoint?: string;
      readonly region: string;
      readonly bucket: string;
      readonly prefix: string;
      readonly accessKey: SecretReference;
      readonly secretKey: SecretReference;
    }
  /** Files are brought to us: `POST /usage/<source>/<name>`. */
  | { readonly kind: 'http'; readonly token: SecretReference }
  | {
      readonly kind: 'kafka';
      readonly brokers: readonly string[];
      readonly topic: string;
      readonly tls: boolean;
      /** Certificates (PEM) of who signed the brokers'. Undefined: those that Node knows. */
      readonly authority?: SecretReference;
      readonly user?: string;
      readonly password?: SecretReference;
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      /** Under this name the broker is told how far we are. Undefined: `carillon-` and the source. */
      readonly group?: string;
      /** Messages that become one file of the books at most. */
      readonly batchMessages: number;
    };

export interface Collecting {
  readonly place: CollectingPlace;
  /** A regular expression that the whole name (without folders) must fit; others are left alone. */
  readonly match: string;
  /** Names that end so are still being written. */
  readonly unfinished: readonly string[];
  /** A file is complete when its size and time have stood still for so long. 0: as soon as it is seen. */
  readonly stableSeconds: number;
  /** How often the place is looked at. */
  readonly everySeconds: number;
  /** An alarm is raised when no new file has come for so long. 0: never. */
  readonly silentMinutes: number;
  /** What becomes of a file at its place after it is in the books. */
  readonly after: 'keep' | 'delete' | 'move';
  /** Folder beside the files that `move` moves them to. */
  readonly moveTo: string;
  readonly sequence?: SequenceRule;
  readonly checks?: FileChecks;
  /** Days that raw files stay in the archive after they were loaded; 0: for ever. */
  readonly archiveDays: number;
}

/** Files are numbered: a missing number is a file that never came. */
export interface SequenceRule {
  /** A regular expression on the name; its first group is the number. */
  readonly pattern: string;
  /** Numbers go from here … */
  readonly from: number;
  /** … to here, and then begin anew. */
  readonly to: number;
}

/** What the file says of itself, compared with what was read. */
export interface FileChecks {
  /** A regular expression that a line at the file's beginning or end fits, with named groups `records`, `seconds`, `quantity` or those of `sums`: the line is no record. */
  readonly header?: string;
  readonly trailer?: string;
  /** Named groups with the total of a column, which is compared to the last decimal. */
  readonly sums?: Readonly<Record<string, string>>;
  /** What a difference does: the file is refused as a whole, or loaded and an alarm raised. */
  readonly onDifference: 'refuse' | 'alarm';
}
