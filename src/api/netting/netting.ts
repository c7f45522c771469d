/** What both sides owe each other, set off: proposed, confirmed by both, booked. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { type NettingRow, type NettingSide, nettingSides } from '#operations/payments/ports.ts';
import { checkDays, listed, numberKey, ofLegalEntity } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, LocalDate, Name, Page, sortedQuery, Text } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const states = ['proposed', 'agreed', 'cancelled'] as const;
const on = Type.Optional(Type.String({ ...LocalDate, description: 'Day of the books; today (UTC) when left out.' }));

const Propose = Type.Object(
  {
    party: Name,
    currency: Type.Optional(Type.String({ ...Currency, description: 'Of the netting; that of the legal entity when left out.' })),
    dueBy: Type.Optional(Type.String({ ...LocalDate, description: 'Only what is due by this day.' })),
    accounts: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100 })),
    rates: Type.Optional(
      Type.Array(Type.Object({ currency: Currency, rate: Type.String({ pattern: '^[0-9]{1,12}(\\.[0-9]{1,12})?$' }) }, closed), {
        maxItems: 50,
        description: 'Agreed for it: units of its currency for one of the other.',
      }),
    ),
    remainderDue: Type.Optional(
      Type.String({ ...LocalDate, description: 'What remains becomes one item due on this day; it stays on its documents.' }),
    ),
    ...{ legalEntity: ofLegalEntity.legalEntity, on },
  },
  { ...closed, title: 'ProposeNetting' },
);
const ProposeDue = Type.Object(
  { dueBy: Type.Optional(LocalDate), legalEntity: ofLegalEntity.legalEntity, on },
  { ...closed, title: 'ProposeNettings' },
);
export type ProposeNettingBody = Static<typeof Propose>;
export type ProposeNettingsBody = Static<typeof ProposeDue>;
const why = Type.String({ ...Text, minLength: 1, description: 'Who of the party, when, by which mail; or why we do.' });

/** Methods throw RefusedError for what is refused. */
export interface NettingDesk {
  readonly list: (legalEntity: string | undefined) => Promise<readonly NettingRow[]>;
  readonly propose: (body: ProposeNettingBody, by: string) => Promise<NettingRow>;
  readonly proposeDue: (body: ProposeNettingsBody, by: string) => Promise<readonly NettingRow[]>;
  readonly confirm: (id: bigint, side: NettingSide, why: string, on: string | undefined, by: string) => Promise<NettingRow>;
  readonly cancel: (id: bigint, why: string, on: string | undefined, by: string) => Promise<NettingRow>;
  readonly note: (id: bigint) => Promise<Uint8Array>;
}

const Netting = Type.Object(
  {
    ...{
      netting: Type.String(),
      legalEntity: Type.String(),
      party: Type.String(),
      state: Type.Enum([...states]),
      day: LocalDate,
      by: Type.String(),
    },
    ...{ currency: Currency, receivable: Amount, payable: Amount, setOff: Amount },
    remainder: Type.String({ ...Amount, description: 'Above zero it is for us to get.' }),
    remainderDue: Type.Optional(LocalDate),
    items: Type.Array(
      Type.Object(
        {
          ...{ document: Type.String(), account: Type.String(), side: Type.String(), dueDay: Type.Optional(LocalDate), currency: Currency },
          ...{ open: Amount, worth: Amount, setOff: Amount },
        },
        closed,
      ),
    ),
    rates: Type.Array(Type.Object({ currency: Currency, rate: Type.String(), source: Type.String(), day: LocalDate }, closed)),
    confirmations: Type.Array(Type.Object({ side: Type.Enum([...nettingSides]), by: Type.String(), why: Type.String() }, closed)),
  },
  {
    ...closed,
    title: 'Netting',
    description: 'Worth and what is set off are in its currency; what is open in the document’s. Above zero is owed to us.',
  },
);

export function nettingOperations(desk: NettingDesk): readonly Operation[] {
  const read = { tag: 'Netting', method: 'GET', permission: 'payments:read' } as const;
  const change = { tag: 'Netting', method: 'POST', repetition: 'key', audit: { subject: 'netting' } } as const;
  const one = { parameters: Type.Object({ netting: Type.String({ pattern: '^NET-[1-9][0-9]{0,17}$' }) }) };
  const numberOf = (netting: string): bigint => BigInt(netting.slice(4));
  const ofNothing = [
    'netting.nothing',
    'netting.no-account',
    'exchange.rate-missing',
    'payment.unknown',
    'ledger.legal-entity-unknown',
  ] as const;
  return [
    operation({
      ...{ ...read, id: 'listNettings', path: '/v1/nettings', summary: 'Nettings by their number', answer: Page(Netting) },
      query: Type.Object(
        { ...sortedQuery, ...ofLegalEntity, state: Type.Optional(Type.Enum([...states])), party: Type.Optional(Name) },
        closed,
      ),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query }) => {
        const found = (await desk.list(query.legalEntity)).filter(
          ({ state, party }) => (query.state ?? state) === state && (query.party ?? party) === party,
        );
        return { body: listed(found, query, ({ id }) => numberKey(id), nettingShown) };
      },
    }),
    fileOperation({
      ...{
        ...read,
        ...one,
        id: 'getNettingNote',
        path: '/v1/nettings/{netting}/pdf',
        summary: 'The note for the party',
        types: ['application/pdf'],
      },
      refusals: ['payment.unknown'],
      handle: async ({ parameters: { netting } }) => ({
        ...{ type: 'application/pdf', name: `${netting}.pdf`, content: await desk.note(numberOf(netting)) },
      }),
    }),
    operation({
      ...{
        ...change,
        id: 'proposeNetting',
        path: '/v1/nettings',
        summary: 'Propose to set off with a party',
        permission: 'payments:manage',
      },
      ...{ status: 201, body: Propose, answer: Netting, refusals: ofNothing },
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on, dueBy: body.dueBy, remainderDue: body.remainderDue });
        return { body: nettingShown(await desk.propose(body, actorOf(principal))) };
      },
    }),
    operation({
      ...{
        ...change,
        id: 'proposeNettings',
        path: '/v1/nettings/proposals',
        summary: 'Propose wherever an agreement says so',
        permission: 'payments:manage',
      },
      description: 'For each account with an agreement whose settlement is netted, where both sides have something open.',
      ...{
        status: 201,
        body: ProposeDue,
        answer: Type.Object({ items: Type.Array(Netting) }, closed),
        refusals: ['exchange.rate-missing'],
      },
      handle: async ({ body, principal }) => {
        checkDays({ on: body.on, dueBy: body.dueBy });
        return { body: { items: (await desk.proposeDue(body, actorOf(principal))).map(nettingShown) } };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'confirmNetting',
        path: '/v1/nettings/{netting}/confirmations',
        summary: 'Confirm it for a side',
        permission: 'payments:approve',
      },
      description: 'With both sides the set-off is booked.',
      body: Type.Object({ side: Type.Enum([...nettingSides]), why, on }, closed),
      ...{
        answer: Netting,
        refusals: ['payment.unknown', 'netting.confirmed', 'netting.decided', 'payment.second-person', 'payment.items-changed'],
      },
      handle: async ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        return { body: nettingShown(await desk.confirm(numberOf(parameters.netting), body.side, body.why, body.on, actorOf(principal))) };
      },
    }),
    operation({
      ...{
        ...change,
        ...one,
        id: 'cancelNetting',
        path: '/v1/nettings/{netting}/cancellations',
        summary: 'Cancel it',
        permission: 'payments:manage',
      },
      ...{ body: Type.Object({ why, on }, closed), answer: Netting, refusals: ['payment.unknown', 'netting.decided'] },
      handle: async ({ parameters, body, principal }) => {
        checkDays({ on: body.on });
        return { body: nettingShown(await desk.cancel(numberOf(parameters.netting), body.why, body.on, actorOf(principal))) };
      },
    }),
  ];
}

function nettingShown({
  id,
  legalEntity,
  party,
  state,
  day,
  by,
  proposal,
  remainder,
  rates,
  confirmations,
}: NettingRow): Static<typeof Netting> {
  const { currency, receivableNanos, payableNanos, setOffNanos, remainderNanos, items } = proposal;
  return {
    ...{ netting: `NET-${id}`, legalEntity, party, state, day, by, currency, receivable: formatNanos(receivableNanos, 2) },
    ...{ payable: formatNanos(payableNanos, 2), setOff: formatNanos(setOffNanos, 2), remainder: formatNanos(remainderNanos, 2) },
    ...(remainder === undefined ? {} : { remainderDue: remainder.dueDay }),
    items: items.map(({ balance, worthNanos, setOffWorthNanos }) => ({
      ...{ document: balance.document, account: balance.account ?? '', side: balance.ledgerAccount, currency: balance.currency },
      ...(balance.dueDay === undefined ? {} : { dueDay: balance.dueDay }),
      ...{ open: formatNanos(balance.openNanos, 2), worth: formatNanos(worthNanos, 2), setOff: formatNanos(setOffWorthNanos, 2) },
    })),
    rates: rates.map(({ currency: of, rate, source, day: from }) => ({ currency: of, rate, source, day: from })),
    confirmations: confirmations.map(({ side, by: who, why: said }) => ({ side, by: who, why: said })),
  };
}
