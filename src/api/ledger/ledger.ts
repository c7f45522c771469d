/** What the ledger says: balances, an account's movements, what is open. */
import Type from 'typebox';
import type { OpenItem } from '#core/ledger/ageing.ts';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import { formatNanos } from '#core/money/amount.ts';
import { checkDays, dayRange, listed, ofLegalEntity } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

interface Days {
  readonly from?: string;
  readonly to?: string;
}

export interface TrialBalanceShown {
  readonly legalEntity: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly ledgerAccount: LedgerAccount;
    readonly currency: string;
    readonly openingNanos: bigint;
    readonly debitNanos: bigint;
    readonly creditNanos: bigint;
    readonly closingNanos: bigint;
    readonly closingEntityNanos: bigint;
  }[];
}

export interface AccountMovesShown {
  readonly account: string;
  readonly party: string;
  readonly currencies: readonly {
    readonly currency: string;
    readonly openingNanos: bigint;
    readonly closingNanos: bigint;
    readonly moves: readonly {
      readonly day: string;
      readonly kind: string;
      readonly id: string;
      readonly description: string;
      readonly ledgerAccount: LedgerAccount;
      readonly document?: string;
      readonly dueDay?: string;
      readonly amountNanos: bigint;
      readonly balanceNanos: bigint;
    }[];
  }[];
}

/** Methods throw RefusedError for what is refused. */
export interface LedgerReports {
  readonly trialBalance: (question: Days & { readonly legalEntity?: string }) => Promise<readonly TrialBalanceShown[]>;
  readonly accountMoves: (account: string, range: Days) => Promise<AccountMovesShown>;
  readonly openItems: (question: {
    readonly legalEntity?: string;
    readonly account?: string;
    readonly on?: string;
  }) => Promise<readonly (OpenItem & { readonly legalEntity: string })[]>;
}

const TrialBalance = Type.Object(
  {
    ...{ legalEntity: Type.String(), currency: Currency },
    lines: Type.Array(
      Type.Object(
        {
          ...{ ledgerAccount: Type.String(), currency: Currency, opening: Amount, debit: Amount, credit: Amount, closing: Amount },
          closingInOwnCurrency: Amount,
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'TrialBalance' },
);
const AccountMoves = Type.Object(
  {
    ...{ account: Type.String(), party: Type.String() },
    currencies: Type.Array(
      Type.Object(
        {
          ...{ currency: Currency, opening: Amount, closing: Amount },
          moves: Type.Array(
            Type.Object(
              {
                ...{ day: LocalDate, kind: Type.String(), entry: Type.String(), description: Type.String(), ledgerAccount: Type.String() },
                ...{ document: Type.Optional(Type.String()), dueDay: Type.Optional(LocalDate), amount: Amount, balance: Amount },
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'AccountMoves' },
);
const OpenItemShown = Type.Object(
  {
    ...{ legalEntity: Type.String(), account: Type.String(), document: Type.String(), ledgerAccount: Type.Enum(['receivable', 'payable']) },
    ...{ currency: Currency, open: Amount, disputed: Amount, firstDay: LocalDate, dueDay: Type.Optional(LocalDate) },
  },
  { ...closed, title: 'OpenItem', description: 'Positive is owed to us.' },
);

export function ledgerOperations(reports: LedgerReports): readonly Operation[] {
  const common = { tag: 'Ledger', method: 'GET', permission: 'ledger:read' } as const;
  const unknown = ['ledger.legal-entity-unknown', 'ledger.option-wrong'] as const;
  return [
    operation({
      ...common,
      ...{ id: 'getTrialBalance', path: '/v1/ledger/trial-balance', summary: 'Every ledger account: opening, movements, closing' },
      query: Type.Object({ ...ofLegalEntity, ...dayRange }, closed),
      answer: Type.Object({ items: Type.Array(TrialBalance) }, closed),
      refusals: unknown,
      handle: async ({ query }) => {
        checkDays({ from: query.from, to: query.to });
        return { body: { items: (await reports.trialBalance(query)).map(balanceShown) } };
      },
    }),
    operation({
      ...common,
      forParties: ['partner', 'customer'],
      ...{ id: 'getAccountMoves', path: '/v1/accounts/{account}/moves', summary: 'Movements of an account with the running balance' },
      parameters: Type.Object({ account: Name }),
      query: Type.Object(dayRange, closed),
      answer: AccountMoves,
      refusals: ['ledger.account-unknown', 'ledger.option-wrong'],
      handle: async ({ parameters, query }) => {
        checkDays({ from: query.from, to: query.to });
        return { body: movesShown(await reports.accountMoves(parameters.account, query)) };
      },
    }),
    operation({
      ...common,
      forParties: ['partner', 'customer'],
      ...{ id: 'listOpenItems', path: '/v1/ledger/open-items', summary: 'Documents that are not settled' },
      query: Type.Object(
        {
          ...sortedQuery,
          ...ofLegalEntity,
          account: Type.Optional(Name),
          on: Type.Optional({ ...LocalDate, description: 'At the end of this day; now.' }),
        },
        closed,
      ),
      answer: Page(OpenItemShown),
      refusals: ['api.cursor-wrong', 'ledger.account-unknown', ...unknown],
      handle: async ({ query: { limit, cursor, ...question } }) => {
        checkDays({ on: question.on });
        const page = { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
        const key = (item: OpenItem & { readonly legalEntity: string }): string =>
          [item.legalEntity, item.account, item.document, item.ledgerAccount, item.currency].join(' ');
        return { body: listed(await reports.openItems(question), page, key, openItemShown) };
      },
    }),
  ];
}

function balanceShown({ legalEntity, currency, lines }: TrialBalanceShown) {
  return {
    ...{ legalEntity, currency },
    lines: lines.map((line) => ({
      ...{ ledgerAccount: line.ledgerAccount, currency: line.currency, opening: formatNanos(line.openingNanos, 2) },
      ...{ debit: formatNanos(line.debitNanos, 2), credit: formatNanos(line.creditNanos, 2), closing: formatNanos(line.closingNanos, 2) },
      closingInOwnCurrency: formatNanos(line.closingEntityNanos, 2),
    })),
  };
}

function movesShown({ account, party, currencies }: AccountMovesShown) {
  return {
    ...{ account, party },
    currencies: currencies.map(({ currency, openingNanos, closingNanos, moves }) => ({
      ...{ currency, opening: formatNanos(openingNanos, 2), closing: formatNanos(closingNanos, 2) },
      moves: moves.map(({ day, kind, id, description, ledgerAccount, document, dueDay, amountNanos, balanceNanos }) => ({
        ...{ day, kind, entry: id, description, ledgerAccount, amount: formatNanos(amountNanos, 2), balance: formatNanos(balanceNanos, 2) },
        ...(document === undefined ? {} : { document }),
        ...(dueDay === undefined ? {} : { dueDay }),
      })),
    })),
  };
}

function openItemShown(item: OpenItem & { readonly legalEntity: string }) {
  const { legalEntity, account, document, ledgerAccount, currency, openNanos, disputedNanos, firstDay, dueDay } = item;
  return {
    ...{ legalEntity, account, document, ledgerAccount, currency, firstDay },
    ...{ open: formatNanos(openNanos, 2), disputed: formatNanos(disputedNanos, 2) },
    ...(dueDay === undefined ? {} : { dueDay }),
  };
}
