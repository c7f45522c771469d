/** Legal entities, parties, accounts and agreements, as they are configured now. */
import Type from 'typebox';
import type { Agreement as CoreAgreement } from '#core/agreements/agreements.ts';
import { type Account as CoreAccount, type Party as CoreParty, type LegalEntity, partyKinds } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { listed } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Currency, LocalDate, Name, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** What is configured, without prices. */
export interface ConfiguredParties {
  readonly legalEntities: readonly LegalEntity[];
  readonly parties: readonly CoreParty[];
  readonly accounts: readonly CoreAccount[];
  /** Every version. */
  readonly agreements: readonly CoreAgreement[];
}

const Country = Type.String({ description: 'ISO 3166-1 alpha-2.' });
const LegalEntityShown = Type.Object(
  {
    ...{ legalEntity: Type.String(), name: Type.String(), country: Country, currency: Currency, zone: Type.String() },
    ...{ address: Type.Array(Type.String()), taxId: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'LegalEntity' },
);
const PartyShown = Type.Object(
  {
    ...{ party: Type.String(), name: Type.String(), kind: Type.Enum([...partyKinds]), country: Type.Optional(Country) },
    ...{ address: Type.Array(Type.String()), taxId: Type.Optional(Type.String()), email: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'Party' },
);
const AccountShown = Type.Object(
  {
    ...{ account: Type.String(), party: Type.String(), legalEntity: Type.String(), currency: Currency },
    paymentTermsDays: Type.Optional(Type.Integer()),
    creditLimit: Type.Optional(Type.String()),
  },
  { ...closed, title: 'Account' },
);
const AgreementShown = Type.Object(
  {
    ...{ agreement: Type.String(), name: Type.String(), account: Type.String(), zone: Type.String(), currency: Currency },
    ...{ validFrom: LocalDate, validTo: Type.Optional(LocalDate), settlementPeriod: Type.String() },
    services: Type.Array(Type.Object({ service: Type.String(), role: Type.String(), tariff: Type.String() }, closed)),
  },
  { ...closed, title: 'Agreement', description: 'One version of it.' },
);

export function partyOperations(configured: () => Promise<ConfiguredParties>): readonly Operation[] {
  const common = {
    tag: 'Parties',
    method: 'GET',
    permission: 'parties:read',
    refusals: ['api.cursor-wrong'],
    forParties: ['partner', 'customer'],
  } as const;
  const page = Type.Object(sortedQuery, closed);
  return [
    operation({
      ...common,
      ...{
        id: 'listLegalEntities',
        forParties: [],
        path: '/v1/legal-entities',
        summary: 'Our own companies',
        query: page,
        answer: Page(LegalEntityShown),
      },
      handle: async ({ query }) => ({ body: listed((await configured()).legalEntities, query, ({ id }) => id, legalEntityShown) }),
    }),
    operation({
      ...common,
      ...{ id: 'listParties', path: '/v1/parties', summary: 'Persons and companies dealt with', answer: Page(PartyShown) },
      query: Type.Object({ ...sortedQuery, kind: Type.Optional(Type.Enum([...partyKinds])) }, closed),
      handle: async ({ query }) => {
        const parties = (await configured()).parties.filter(({ kind }) => query.kind === undefined || kind === query.kind);
        return { body: listed(parties, query, ({ id }) => id, partyShown) };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'getParty',
        path: '/v1/parties/{party}',
        summary: 'A party with its accounts and agreements',
        refusals: ['api.resource-unknown'],
      },
      parameters: Type.Object({ party: Name }),
      answer: Type.Object({ party: PartyShown, accounts: Type.Array(AccountShown), agreements: Type.Array(AgreementShown) }, closed),
      handle: async ({ parameters }) => {
        const { parties, accounts, agreements } = await configured();
        const party = parties.find(({ id }) => id === parameters.party);
        if (party === undefined) throw unknown('party', parameters.party);
        const own = accounts.filter((account) => account.party === party.id);
        const theirs = agreements.filter(({ account }) => own.some(({ id }) => id === account));
        return { body: { party: partyShown(party), accounts: own.map(accountShown), agreements: theirs.map(agreementShown) } };
      },
    }),
    operation({
      ...common,
      ...{ id: 'listAccounts', path: '/v1/accounts', summary: 'What parties are billed on', answer: Page(AccountShown) },
      query: Type.Object({ ...sortedQuery, party: Type.Optional(Name) }, closed),
      handle: async ({ query }) => {
        const accounts = (await configured()).accounts.filter(({ party }) => query.party === undefined || party === query.party);
        return { body: listed(accounts, query, ({ id }) => id, accountShown) };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'listAgreements',
        path: '/v1/agreements',
        summary: 'Contracts, every version of each',
        permission: 'agreements:read',
        forParties: ['partner'],
        tag: 'Agreements',
      },
      query: Type.Object({ ...sortedQuery, account: Type.Optional(Name) }, closed),
      answer: Page(AgreementShown),
      handle: async ({ query }) => {
        const agreements = (await configured()).agreements.filter(
          ({ account }) => query.account === undefined || account === query.account,
        );
        return { body: listed(agreements, query, ({ id, validFrom }) => `${id} ${validFrom}`, agreementShown) };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'getAgreement',
        path: '/v1/agreements/{agreement}',
        summary: 'The versions of a contract',
        permission: 'agreements:read',
        forParties: ['partner'],
        tag: 'Agreements',
      },
      parameters: Type.Object({ agreement: Name }),
      answer: Type.Object({ versions: Type.Array(AgreementShown) }, closed),
      refusals: ['api.resource-unknown'],
      handle: async ({ parameters }) => {
        const versions = (await configured()).agreements.filter(({ id }) => id === parameters.agreement);
        if (versions.length === 0) throw unknown('agreement', parameters.agreement);
        return { body: { versions: versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).map(agreementShown) } };
      },
    }),
  ];
}

function unknown(what: string, id: string): RefusedError {
  return new RefusedError(refuse('api.resource-unknown', `there is no ${what} ${id}`, { value: id }));
}

const legalEntityShown = ({ id, name, country, currency, zone, address, taxId }: LegalEntity) => ({
  ...{ legalEntity: id, name, country, currency, zone, address: [...address] },
  ...(taxId === undefined ? {} : { taxId }),
});

const partyShown = ({ id, name, kind, country, address, taxId, email }: CoreParty) => ({
  ...{ party: id, name, kind, address: [...address] },
  ...(country === undefined ? {} : { country }),
  ...(taxId === undefined ? {} : { taxId }),
  ...(email === undefined ? {} : { email }),
});

const accountShown = ({ id, party, legalEntity, currency, paymentTermsDays, credit }: CoreAccount) => ({
  ...{ account: id, party, legalEntity, currency },
  ...(paymentTermsDays === undefined ? {} : { paymentTermsDays }),
  ...(credit === undefined ? {} : { creditLimit: credit.limit }),
});

const agreementShown = ({ id, name, account, zone, currency, validFrom, validTo, settlementPeriod, services }: CoreAgreement) => ({
  ...{ agreement: id, name, account, zone, currency, validFrom, settlementPeriod },
  ...(validTo === undefined ? {} : { validTo }),
  services: services.map(({ service, role, tariff }) => ({ service, role, tariff })),
});
