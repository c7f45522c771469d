/** Contracts: who owes whom for which service, by which tariff, rounded how. */
import { type LegRole, legRoles, settlementPeriods } from '#core/agreements/agreements.ts';
import { services } from '#core/usage/usage-event.ts';
import { currency, identifier, idOf, localDate, text, zone } from '../scalar-shapes.ts';
import { defaulted, listOf, oneOf, optional, record, required } from '../shapes.ts';
import { exchangePolicy } from './ledger.ts';
import { pricingVersion } from './pricing-version.ts';
import { settlement } from './settlement.ts';

// Object.keys gives strings; the keys of legRoles are the roles.
const roles = Object.keys(legRoles) as readonly LegRole[];

export const agreement = record('agreement version', {
  id: required(identifier, 'Name of the agreement. Versions of one agreement share it and differ in `validFrom`.', 'northwind-2026'),
  name: required(text, 'What people call it.', 'Northwind, wholesale voice 2026'),
  account: required(idOf('accounts'), 'The account it is billed on; the same in all versions.', 'northwind-usd'),
  zone: required(zone, 'Zone of its days, time bands and validity.', 'UTC'),
  currency: required(currency, 'Currency of its charges; its tariffs must be in it.', 'USD'),
  validFrom: required(localDate, 'First local day on which this version applies.', '2026-01-01'),
  ...pricingVersion,
  settlementPeriod: defaulted(oneOf(settlementPeriods), 'month', 'month', 'What a statement covers.', 'month'),
  services: required(
    listOf(
      record('object', {
        service: required(oneOf(services), 'What is priced.', 'voice'),
        role: required(
          oneOf(roles),
          'In which role: `incoming`, `retail`, `roaming-inbound`, `network-access` are owed to us; the others we owe.',
          'outgoing',
        ),
        tariff: required(idOf('tariffs'), 'By which tariff.', 'northwind-voice'),
      }),
    ),
    'What it prices. A service may stand once on each side (owed to us, owed by us).',
    '[{service: voice, role: outgoing, tariff: northwind-voice}]',
  ),
  exchange: optional(
    exchangePolicy,
    'By which rates its amounts are converted, where that is agreed. Left out: as its legal entity does.',
    '{source: ecb, by: month-average, fixed: [{of: EUR, in: USD, rate: 1.0850}]}',
  ),
  settlement: optional(
    settlement,
    'How it is settled: documents, payment, late traffic, deals. Left out: gross, both sides invoice what they are owed.',
    '{netting: netted}',
  ),
});
