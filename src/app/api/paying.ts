/** What is behind paying in the portal: the documents are seen with the party's eyes first. */
import type { PayingDesk } from '#api/portal/paying.ts';
import { epcQrText } from '#core/invoicing/epc-qr.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { drawCode } from '#documents/invoice/draw-code.ts';
import { openItems } from '#storage/ledger/reports.ts';
import { selectPaymentDetails } from '#storage/portal/payment-details.ts';
import { makeLink, openProvider } from '../cards/cards.ts';
import type { ApiHome } from './home.ts';
import { withDocumentSeen } from './seen.ts';

export function payingOf({ database, settings }: ApiHome): PayingDesk {
  return {
    paymentDetails: () => selectPaymentDetails(database),
    takesCards: settings.stripe.key !== '',
    async paymentCode(document) {
      const details = await selectPaymentDetails(database);
      const open = await withDocumentSeen(database, document, undefined, (legalEntity) =>
        database.transaction(async (client) =>
          (await openItems(client, {})).find(
            (item) => item.document === document && item.legalEntity === legalEntity && item.ledgerAccount === 'receivable',
          ),
        ),
      );
      if (open === undefined || open.currency !== 'EUR') return undefined;
      const { name, bankAccounts } = details.find(({ account }) => account === open.account) ?? { name: '', bankAccounts: [] };
      const payee = bankAccounts.find((each) => each.currency === 'EUR') ?? bankAccounts.find((each) => each.currency === undefined);
      if (payee?.iban === undefined) return undefined;
      const text = epcQrText({
        ...{ name: payee.holder ?? name, iban: payee.iban, amountNanos: open.openNanos - open.disputedNanos, remittance: document },
        ...(payee.bic === undefined ? {} : { bic: payee.bic }),
      });
      return text === undefined ? undefined : { content: new TextEncoder().encode(drawCode(text).svg()) };
    },
    cardLink: (document, by) =>
      withDocumentSeen(database, document, undefined, async () => {
        const { url, amountNanos, currency, expiresMicros } = await makeLink(database, await openProvider(settings.stripe), document, by);
        if (url === undefined) throw new RefusedError(refuse('card.provider-failed', 'the provider made no page'));
        return { url, amountNanos, currency, ...(expiresMicros === undefined ? {} : { expiresMicros }) };
      }),
  };
}
