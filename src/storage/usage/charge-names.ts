import type pg from 'pg';

/** What the numbers that a charge is stored with mean. */
export interface ChargeNames {
  readonly agreement: string;
  /** The version's first day. */
  readonly validFrom: string;
  readonly tariff: string;
  readonly destination: string;
  readonly currency: string;
  /** Of the rate; undefined where the charge has none, or its rate no code. */
  readonly code: string | undefined;
  /** As it was written. */
  readonly price: string | undefined;
}

interface NamesRow {
  readonly agreement: string;
  readonly valid_from: string;
  readonly tariff: string;
  readonly destination: string;
  readonly currency: string;
  readonly code: string | null;
  readonly price: string | null;
}

/** Every booked charge is part of a line of the rollup, which has the names; versions of plans stand below zero there. One for each charge, in their order. */
export async function selectChargeNames(
  client: pg.ClientBase | pg.Pool,
  charges: readonly { readonly versionId: number; readonly role: string; readonly rateId: number | undefined }[],
): Promise<readonly ChargeNames[]> {
  const names: ChargeNames[] = [];
  for (const { versionId, role, rateId } of charges) {
    const { rows } = await client.query<NamesRow>(
      `select l.agreement, v.body->>'validFrom' as valid_from, l.tariff, l.destination, l.currency, r.code, r.price::text as price
         from rollup_line l join config_version v on v.version_id = abs(l.version_id) left join rate r using (rate_id)
        where l.version_id = $1 and role = $2 and l.rate_id = $3 limit 1`,
      [versionId, role, rateId ?? 0],
    );
    const row = rows[0];
    if (row === undefined) throw new Error(`no line of the rollup has agreement version ${versionId}, ${role}, rate ${rateId ?? 'none'}`);
    const { valid_from: validFrom, code, price, ...rest } = row;
    names.push({ ...rest, validFrom, code: code ?? undefined, price: price ?? undefined });
  }
  return names;
}
