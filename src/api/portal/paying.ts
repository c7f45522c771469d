/** Where a partner pays us: for each account of its own the legal entity behind it, with its bank accounts. */
import Type from 'typebox';
import type { BankAccount } from '#core/parties/bank-account.ts';
import { type Operation, operation } from '../operation.ts';
import { Currency } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());

export interface PaymentDetails {
  readonly account: string;
  readonly currency: string;
  readonly legalEntity: string;
  readonly name: string;
  readonly bankAccounts: readonly BankAccount[];
}

export interface PayingDesk {
  /** By account, of those that are the party's now. */
  readonly paymentDetails: () => Promise<readonly PaymentDetails[]>;
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
      ...{ tag: 'Portal', permission: 'portal:use', forParties: ['partner'], method: 'GET' },
      ...{ id: 'listPortalPaymentDetails', path: '/v1/portal/payment-details', summary: 'Where to pay us, by account' },
      answer: Type.Object({ items: Type.Array(Details) }, closed),
      handle: async () => ({
        body: {
          items: (await desk.paymentDetails()).map(({ bankAccounts, ...details }) => ({
            ...details,
            bankAccounts: bankAccounts.map((each) => ({ ...each })),
          })),
        },
      }),
    }),
  ];
}
