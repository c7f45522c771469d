/** Where a partner pays us: for each account of its own the legal entity behind it, with its bank accounts. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import type { BankAccount } from '#core/parties/bank-account.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());

export interface PaymentDetails {
  readonly account: string;
  readonly currency: string;
  readonly legalEntity: string;
  readonly name: string;
  readonly bankAccounts: readonly BankAccount[];
}

/** Methods throw RefusedError for what is refused; a document of another does not exist. */
export interface PayingDesk {
  /** By account, of those that are the party's now. */
  readonly paymentDetails: () => Promise<readonly PaymentDetails[]>;
  /** Whether the installation takes payments by card. */
  readonly takesCards: boolean;
  /** What an app of a bank reads (EPC069-12), drawn as SVG; undefined where there is none: not in euro, no IBAN, nothing open. */
  readonly paymentCode: (document: string) => Promise<{ readonly content: Uint8Array } | undefined>;
  readonly cardLink: (
    document: string,
    by: string,
  ) => Promise<{ readonly url: string; readonly amountNanos: bigint; readonly currency: string; readonly expiresMicros?: number }>;
}

const Details = Type.Object(
  {
    ...{ account: Type.String(), currency: Currency, legalEntity: Type.String(), name: Type.String() },
    bankAccounts: Type.Array(
      Type.Object(
        {
          ...{ iban: text, accountNumber: text, clearing: text, bic: text, bank: text, holder: text },
          currency: Type.Optional({ ...Currency, description: 'Payments in it go here; without one those in any other.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'PortalPaymentDetails' },
);

export function payingOperations(desk: PayingDesk): readonly Operation[] {
  return [
    operation({
      ...{ tag: 'Portal', permission: 'portal:use', forParties: ['partner', 'customer'], method: 'GET' },
      ...{ id: 'listPortalPaymentDetails', path: '/v1/portal/payment-details', summary: 'Where to pay us, by account' },
      answer: Type.Object({ items: Type.Array(Details), takesCards: Type.Boolean() }, closed),
      handle: async () => ({
        body: {
          takesCards: desk.takesCards,
          items: (await desk.paymentDetails()).map(({ bankAccounts, ...details }) => ({
            ...details,
            bankAccounts: bankAccounts.map((each) => ({ ...each })),
          })),
        },
      }),
    }),
    fileOperation({
      ...{ tag: 'Portal', permission: 'portal:use', forParties: ['partner', 'customer'], method: 'GET', types: ['image/svg+xml'] },
      ...{ id: 'getPortalPaymentCode', path: '/v1/portal/documents/{number}/payment-code' },
      summary: 'A code that the app of a bank reads: what is open of a document in euro, less what is disputed',
      ...{ parameters: Type.Object({ number: Name }), refusals: ['invoice.unknown', 'api.resource-unknown'] },
      handle: async ({ parameters: { number } }) => {
        const code = await desk.paymentCode(number);
        if (code === undefined)
          throw new RefusedError(refuse('api.resource-unknown', `nothing of ${number} can be paid by such a code`, { value: number }));
        return { type: 'image/svg+xml', name: 'transfer.svg', ...code };
      },
    }),
    operation({
      ...{ tag: 'Portal', permission: 'portal:use', forParties: ['partner', 'customer'], method: 'POST', status: 201 },
      ...{ id: 'makePortalCardLink', path: '/v1/portal/documents/{number}/card-links', repetition: 'natural' },
      audit: { subject: 'document', ahead: true as const },
      summary: 'The page on which what is open of a document, less what is disputed, is paid by card',
      description: 'While a page for the same amount is open, it is the same page.',
      parameters: Type.Object({ number: Name }),
      answer: Type.Object({ url: Type.String(), amount: Amount, currency: Currency, expires: Type.Optional(Instant) }, closed),
      refusals: ['invoice.unknown', 'card.not-set-up', 'card.document-settled', 'card.amount-not-possible', 'card.provider-failed'],
      handle: async ({ parameters: { number }, principal }) => {
        const { url, amountNanos, currency, expiresMicros } = await desk.cardLink(number, actorOf(principal));
        const expires = expiresMicros === undefined ? {} : { expires: formatInstant(expiresMicros) };
        return { body: { url, amount: formatNanos(amountNanos, 2), currency, ...expires } };
      },
    }),
  ];
}
