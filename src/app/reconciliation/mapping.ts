/** How a partner's file is read: as the command says, else as the account declares, else as the partner's last file was mapped. */
import type pg from 'pg';
import type { Side } from '#core/agreements/agreements.ts';
import { type PartnerFile, partnerFileFor } from '#core/parties/partner-files.ts';
import { type DeclarationField, declarationFields } from '#core/settlement/reconciliation/declaration-fields.ts';
import type { RecordedDeclaration } from '#operations/reconciliation/ports.ts';
import { declarationStoreOn } from '#storage/reconciliation/declaration-store.ts';
import { selectAgreementTerms } from '#storage/settlement/agreement-terms.ts';

export interface FileReading extends Omit<PartnerFile, 'side' | 'service' | 'columns'> {
  /** Header to field; later entries go before earlier ones. */
  readonly columns: readonly (readonly [string, DeclarationField])[];
}

export async function readingFor(client: pg.ClientBase, agreement: string, side: Side, service: string | undefined): Promise<FileReading> {
  const terms = await selectAgreementTerms(client, agreement, undefined);
  const version = terms?.known.at(-1);
  const account = version === undefined ? undefined : terms?.accounts.get(version.account);
  const { columns = {}, side: _side, service: _service, ...declared } = partnerFileFor(account?.partnerFiles, side, service) ?? {};
  const earlier = (await declarationStoreOn(client).list({ agreement })).find(
    (each) => each.side === side && each.columns.length > 0 && (service === undefined || each.service === service),
  );
  return { ...declared, columns: [...mappingOf(earlier), ...Object.entries(columns)] };
}

function mappingOf(earlier: RecordedDeclaration | undefined): [string, DeclarationField][] {
  return (earlier?.columns ?? []).flatMap(([header, name]) => {
    const field = declarationFields.find((each) => each === name);
    return field === undefined ? [] : [[header, field] satisfies [string, DeclarationField]];
  });
}
