/** Which columns of a partner's files hold what: as it is configured, and as it was mapped for the partner's last file. */
import type pg from 'pg';
import type { Side } from '#core/agreements/agreements.ts';
import { type DeclarationField, declarationFields } from '#core/settlement/reconciliation/declaration-fields.ts';
import type { RecordedDeclaration } from '#operations/reconciliation/ports.ts';
import { declarationStoreOn } from '#storage/reconciliation/declaration-store.ts';

/** What was mapped last; later entries go before earlier ones. */
export async function mappingFor(
  client: pg.ClientBase,
  agreement: string,
  side: Side,
  service: string | undefined,
): Promise<[string, DeclarationField][]> {
  const earlier = (await declarationStoreOn(client).list({ agreement })).find(
    (each) => each.side === side && each.columns.length > 0 && (service === undefined || each.service === service),
  );
  return mappingOf(earlier);
}

function mappingOf(earlier: RecordedDeclaration | undefined): [string, DeclarationField][] {
  return (earlier?.columns ?? []).flatMap(([header, name]) => {
    const field = declarationFields.find((each) => each === name);
    return field === undefined ? [] : [[header, field] satisfies [string, DeclarationField]];
  });
}
