/** Templates of users. Types here are those of documents, in plain words: storage does not know that room. */
import type pg from 'pg';

export interface StoredTemplate {
  readonly name: string;
  readonly base: 'classic' | 'modern' | 'compact';
  readonly source: string | undefined;
  readonly logo: { readonly type: 'svg' | 'png' | 'jpg'; readonly bytes: Uint8Array } | undefined;
  readonly by: string;
}

export interface KeptTemplate extends StoredTemplate {
  readonly keptMicros: number;
}

interface Row {
  readonly name: string;
  readonly base: StoredTemplate['base'];
  readonly source: string | null;
  readonly logo_type: 'svg' | 'png' | 'jpg' | null;
  readonly logo: Buffer | null;
  readonly added_by: string;
  readonly added_at: number;
}

export async function insertTemplate(client: pg.Pool, template: StoredTemplate): Promise<StoredTemplate> {
  const { name, base, source, logo, by } = template;
  await client.query('insert into invoice_template (name, base, source, logo_type, logo, added_by) values ($1, $2, $3, $4, $5, $6)', [
    ...[name, base, source ?? null, logo?.type ?? null],
    logo === undefined ? null : Buffer.from(logo.bytes),
    by,
  ]);
  return template;
}

/** The newest of the name. */
export async function findTemplate(client: pg.Pool, name: string): Promise<KeptTemplate | undefined> {
  const { rows } = await client.query<Row>('select * from invoice_template where name = $1 order by template_id desc limit 1', [name]);
  return rows.map(templateOf)[0];
}

/** The newest of each name. */
export async function selectTemplates(client: pg.Pool): Promise<readonly KeptTemplate[]> {
  const { rows } = await client.query<Row>('select distinct on (name) * from invoice_template order by name, template_id desc');
  return rows.map(templateOf);
}

function templateOf({ name, base, source, logo_type, logo, added_by, added_at }: Row): KeptTemplate {
  return {
    ...{ name, base, source: source ?? undefined, by: added_by, keptMicros: added_at },
    logo: logo_type === null || logo === null ? undefined : { type: logo_type, bytes: logo },
  };
}
