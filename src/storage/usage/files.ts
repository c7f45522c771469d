import type pg from 'pg';
import type { PassedOver } from '#pipeline/passed-over.ts';
import type { Counts, LoadedFile, ReasonCounts } from '#pipeline/ports.ts';

export interface FileToLoad {
  readonly source: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  readonly archivePath: string;
}

/** A file as the books know it. */
export interface KnownFile extends LoadedFile {
  readonly name: string;
  readonly source: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly archivePath: string;
  /** When the raw file left the archive (`archiveDays` of its source); undefined: it is there. */
  readonly archiveRemovedMicros: number | undefined;
  readonly startedAtMicros: number;
  readonly finishedAtMicros: number | undefined;
}

interface FileRow {
  readonly file_id: number;
  readonly source_id: number;
  readonly source: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly size_bytes: bigint;
  readonly archive_path: string;
  readonly state: LoadedFile['state'];
  readonly offset_bytes: bigint;
  readonly read: bigint;
  readonly rated: bigint;
  readonly held: bigint;
  readonly duplicate: bigint;
  readonly rejected: bigint;
  readonly reasons: ReasonCounts;
  readonly passed_over: PassedOver;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly archive_removed_at: number | null;
}

const SELECT = `select file_id, source_id, s.name as source, f.name, sha256, size_bytes, archive_path, state, offset_bytes, read, rated, held,
  duplicate, rejected, reasons, passed_over, started_at, finished_at, archive_removed_at from usage_file f join usage_source s using (source_id)`;

/** The file in the books of its source, found by its content, or entered there. One that was refused begins anew; one that was rolled back is not it. */
export async function openFile(client: pg.ClientBase, file: FileToLoad): Promise<KnownFile> {
  const known = await findFile(client, file);
  if (known !== undefined && known.state !== 'refused') return known;
  if (known === undefined) {
    await client.query('insert into usage_source (name) select $1 where not exists (select from usage_source where name = $1)', [
      file.source,
    ]);
    await client.query(
      `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state)
       select source_id, $2, $3, $4, $5, 'loading' from usage_source where name = $1`,
      [file.source, file.name, file.sha256, file.sizeBytes, file.archivePath],
    );
  } else {
    await client.query(
      `update usage_file set state = 'loading', started_at = now(), finished_at = null, archive_removed_at = null, name = $2, row_sum_a = 0, row_sum_b = 0
        where file_id = $1`,
      [known.fileId, file.name],
    );
  }
  const entered = await findFile(client, file);
  if (entered === undefined) throw new Error(`file ${file.name} was not entered`);
  return entered;
}

async function findFile(client: pg.ClientBase, { source, sha256 }: FileToLoad): Promise<KnownFile | undefined> {
  const { rows } = await client.query<FileRow>(`${SELECT} where s.name = $1 and sha256 = $2 and state <> 'rolled-back'`, [source, sha256]);
  return rows[0] === undefined ? undefined : fileOf(rows[0]);
}

/** The same for files of one source, each with another content, in two statements. In their order. */
export async function openFiles(
  client: pg.ClientBase,
  source: string,
  files: readonly Omit<FileToLoad, 'source'>[],
): Promise<readonly KnownFile[]> {
  await client.query('insert into usage_source (name) select $1 where not exists (select from usage_source where name = $1)', [source]);
  await client.query(
    `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state)
     select source_id, f.name, f.sha256, f.size_bytes, f.archive_path, 'loading'
       from unnest($2::text[], $3::bytea[], $4::bigint[], $5::text[]) with ordinality as f(name, sha256, size_bytes, archive_path, place), usage_source s
      where s.name = $1 and not exists (select from usage_file k where k.source_id = s.source_id and k.sha256 = f.sha256 and k.state <> 'rolled-back')
      order by place`,
    [
      source,
      files.map(({ name }) => name),
      files.map(({ sha256 }) => sha256),
      files.map(({ sizeBytes }) => sizeBytes),
      files.map(({ archivePath }) => archivePath),
    ],
  );
  const { rows: found } = await client.query<FileRow>(`${SELECT} where s.name = $1 and sha256 = any($2) and state <> 'rolled-back'`, [
    source,
    files.map(({ sha256 }) => sha256),
  ]);
  const known = new Map(found.map((row) => [row.sha256.toString('hex'), row]));
  const opened: KnownFile[] = [];
  for (const file of files) {
    const row = known.get(file.sha256.toString('hex'));
    if (row === undefined) throw new Error(`file ${file.name} was not entered`);
    opened.push(row.state === 'refused' ? await openFile(client, { source, ...file }) : fileOf(row));
  }
  return opened;
}

/** Nothing of it is in the books. */
export async function refuseFile(client: pg.ClientBase, fileId: number): Promise<void> {
  await client.query(`update usage_file set state = 'refused', finished_at = clock_timestamp() where file_id = $1 and offset_bytes = 0`, [
    fileId,
  ]);
}

/** All files, or those of a number, a name, or the end of a path; the last loaded first. */
export async function selectFiles(
  client: pg.ClientBase | pg.Pool,
  which: string | undefined,
  limit: number,
): Promise<readonly KnownFile[]> {
  const filter = which === undefined ? '' : `where f.name = $2 or right(f.name, length($2) + 1) = '/' || $2 or file_id::text = $2`;
  const { rows } = await client.query<FileRow>(
    `${SELECT} ${filter} order by file_id desc limit $1`,
    which === undefined ? [limit] : [limit, which],
  );
  return rows.map(fileOf);
}

export async function selectFile(client: pg.ClientBase | pg.Pool, fileId: number): Promise<KnownFile | undefined> {
  const { rows } = await client.query<FileRow>(`${SELECT} where file_id = $1`, [fileId]);
  return rows[0] === undefined ? undefined : fileOf(rows[0]);
}

function fileOf(row: FileRow): KnownFile {
  const counts: Counts = {
    read: Number(row.read),
    rated: Number(row.rated),
    held: Number(row.held),
    duplicate: Number(row.duplicate),
    rejected: Number(row.rejected),
  };
  return {
    fileId: row.file_id,
    sourceId: row.source_id,
    source: row.source,
    name: row.name,
    sha256: row.sha256.toString('hex'),
    sizeBytes: Number(row.size_bytes),
    archivePath: row.archive_path,
    archiveRemovedMicros: row.archive_removed_at ?? undefined,
    state: row.state,
    offsetBytes: Number(row.offset_bytes),
    counts,
    reasons: row.reasons,
    passedOver: row.passed_over,
    startedAtMicros: row.started_at,
    finishedAtMicros: row.finished_at ?? undefined,
  };
}
