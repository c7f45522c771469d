/** Who is dealt with, and where traffic enters and leaves. */
import { readLogo } from '#core/parties/brand.ts';
import { isHostPattern } from '#core/parties/hosts.ts';
import { partyKinds } from '#core/parties/parties.ts';
import { country, currency, digits, flag, identifier, idOf, text, wholeNumber, zone } from '../scalar-shapes.ts';
import { defaulted, listOf, mapOf, oneOf, optional, record, required, scalar } from '../shapes.ts';
import { bankAccounts } from './bank-accounts.ts';
import { creditTerms } from './credit.ts';
import { delivery, mailSender } from './delivery.ts';
import { dunningTerms } from './dunning.ts';
import { colour, invoicingTerms, language } from './invoicing.ts';
import { exchangePolicy, ledgerTerms } from './ledger.ts';
import { partnerFiles } from './partner-files.ts';
import { jurisdiction } from './tax.ts';

const address = defaulted(listOf(text, { lone: true }), [], 'none', 'Address, one line an entry.', '[1 Harbour Road, Dublin 1]');
const taxId = optional(text, 'Tax registration, as it stands on invoices.', 'IE6388047V');
const region = optional(jurisdiction, 'State or province, where taxes depend on it.', 'CA-ON');
const registrations = optional(
  mapOf({ says: 'country, region or `EU`', pattern: /^[A-Z]{2}(-[A-Z0-9]{1,12})?$/ }, text),
  'Tax registrations besides `taxId`: number by country; under `EU` that of the One Stop Shop.',
  '{DE: DE123456789}',
);
const companyNumber = optional(
  text,
  'Number in the register of companies; with the scheme of ISO 6523 before it where it has one, `0183:CHE123456788`.',
  'HRB 12345',
);
const electronicAddress = optional(
  scalar(
    'scheme and address',
    'a scheme of four digits and an address, such as 0088:7300010000001',
    { type: 'string', pattern: '^\\d{4}:\\S+$' },
    (value) => (/^\d{4}:\S{1,200}$/.test(value) ? value : undefined),
  ),
  'Where electronic invoices reach it (Peppol), with the scheme before it.',
  '"0088:7300010000001"',
);
const email = optional(
  scalar('e-mail address', 'an e-mail address', { type: 'string', format: 'email' }, (value) =>
    /^[^\s@]+@[^\s@]+$/.test(value) ? value : undefined,
  ),
  'Where statements go.',
  'billing@example.com',
);

const logo = scalar(
  'picture',
  'an SVG that loads and runs nothing, or a PNG or JPEG as data:image/png;base64,…, of 64 KiB at most',
  { type: 'string', minLength: 1, maxLength: 65_536 },
  (value) => (readLogo(value) === undefined ? undefined : value.trim()),
);

const brand = record('object', {
  name: optional(text, 'What it calls itself. Left out: its registered name.', 'Carillon'),
  logo: optional(
    logo,
    'Its mark: the text of an SVG, or a PNG or JPEG as `data:` address.',
    `'<svg viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'`,
  ),
  accent: optional(colour, 'Colour of what can be pressed. Made darker or lighter where it could not be read.', '"#0f4c6b"'),
});

const retentionTerms = record('object', {
  usageDays: optional(
    wholeNumber(0, 36_500),
    'Days for which each UTC day with traffic of its agreements stays whole, also when `retention.usageDays` of the settings is over; 0: for ever.',
    '1100',
  ),
});

export const legalEntity = record('legal entity', {
  id: required(identifier, 'Name of the entity in this configuration.', 'carillon-ie'),
  name: required(text, 'Registered name.', 'Carillon Telecom Ltd'),
  country: required(country, 'Country of registration.', 'IE'),
  currency: required(currency, 'Currency of its books.', 'EUR'),
  zone: required(zone, 'Zone of its business days.', 'Europe/Dublin'),
  address,
  taxId,
  region,
  registrations,
  companyNumber,
  electronicAddress,
  taxRounding: optional(
    oneOf(['document', 'line']),
    'Whether tax is rounded once on the sum of a document, or on each line. Left out: once.',
    'line',
  ),
  email,
  ledger: optional(ledgerTerms, 'How its ledger is kept.', '{fourEyes: true}'),
  exchange: optional(
    exchangePolicy,
    'By which rates it converts. Left out: those of source `ecb` over EUR, the last one of up to 7 days.',
    '{source: ecb, base: EUR, missingDay: previous}',
  ),
  invoicing: optional(invoicingTerms, 'How it invoices.', '{template: modern, language: en}'),
  dunning: optional(
    dunningTerms,
    'How it asks for what is overdue. Left out: it does not.',
    '{stages: [{name: reminder, afterDays: 7, tone: reminder}]}',
  ),
  retention: optional(retentionTerms, 'What its law asks to keep longer than the settings say.', '{usageDays: 1100}'),
  mail: optional(mailSender, 'Who sends its documents by mail.', '{from: billing@carillon.example}'),
  brand: optional(
    brand,
    'How sign-in and the portal look to its partners and customers; with several, sign-in has that of the first. Left out: a bell.',
    '{name: Carillon, accent: "#0f4c6b"}',
  ),
});

export const party = record('party', {
  id: required(identifier, 'Name of the party in this configuration.', 'northwind'),
  name: required(text, 'Registered name.', 'Northwind Telecom Inc.'),
  kind: required(oneOf(partyKinds), 'What the party is to the operator.', 'carrier'),
  country: optional(country, 'Country of registration.', 'US'),
  address,
  taxId,
  region,
  registrations,
  companyNumber,
  electronicAddress,
  business: optional(flag, 'For tax: a business, and no consumer. Left out: all but `customer` are.', 'true'),
  reseller: optional(
    flag,
    'For tax: buys telecommunication to sell it on. Left out: every business but `customer` and `content-provider` does.',
    'false',
  ),
  email,
  bankAccounts: optional(
    bankAccounts,
    'Where it is paid, and where its payments come from.',
    '[{iban: DE89 3704 0044 0532 0130 00, bic: COBADEFFXXX}]',
  ),
  language: optional(language, 'Of documents to it. Left out: that of the legal entity.', 'fr'),
});

export const account = record('account', {
  id: required(identifier, 'Name of the account.', 'northwind-usd'),
  party: required(idOf('parties'), 'Whose account it is.', 'northwind'),
  legalEntity: required(idOf('legalEntities'), 'Which of the operator’s companies bills it.', 'carillon-ie'),
  currency: required(currency, 'Currency it is billed in.', 'USD'),
  paymentTermsDays: optional(wholeNumber(0, 3650), 'Days from statement to due date.', '30'),
  allocation: optional(
    oneOf(['oldest-first', 'pro-rata']),
    'How payments settle what is open on it that name no document. Left out: a person allocates them, the oldest first unless told.',
    'oldest-first',
  ),
  credit: optional(
    creditTerms,
    'What may be owed on it, billed and unbilled. Left out: no limit.',
    '{limit: 50000.00, alarmsAt: [80, 100]}',
  ),
  partnerFiles: optional(
    partnerFiles,
    'How the party writes its declarations and invoices. The first that is of the side and service counts. Left out: found, and as mapped last.',
    '[{side: payable, columns: {Echtzeit: raw}, decimal: comma, unit: minutes}]',
  ),
  delivery: optional(
    delivery,
    'How its documents reach the party. Left out: they do not go out by themselves.',
    '[{by: email, to: [billing@northwind.example], attach: [pdf, ubl]}, {by: portal}]',
  ),
});

const dialled = scalar('digits, `*`, `#`', 'digits, * and #, at most 16', { type: 'string', pattern: '^[0-9*#+]{1,16}$' }, (value) =>
  /^[0-9*#+]{1,16}$/.test(value) ? value : undefined,
);

const digitsOrNone = scalar('digits, or `""`', 'digits', { type: 'string', pattern: '^\\d{0,32}$' }, (value) =>
  /^\d{0,32}$/.test(value) ? value : undefined,
);

const hostPattern = scalar(
  'host, realm or network',
  'a host, a realm, *.example.net, an IP address or an IPv4 network such as 192.0.2.0/24',
  { type: 'string' },
  (value) => (isHostPattern(value) ? value : undefined),
);

export const numbering = record('object', {
  countryCode: optional(digits, 'Country code that national numbers belong to.', '44'),
  nationalPrefix: optional(digitsOrNone, 'What national numbers begin with; `""` where they are written without a prefix.', '"0"'),
  internationalPrefix: optional(digits, 'What international numbers begin with. A plus is always understood.', '00'),
  stripPrefixes: optional(listOf(dialled, { lone: true }), 'Technical prefixes, removed first; the first that matches.', '["9911#"]'),
  technicalPrefixes: optional(
    listOf(
      record('object', {
        prefix: required(dialled, 'The prefix.', '"1234#"'),
        tag: required(identifier, 'What it says: bins and reports name it.', 'premium-route'),
      }),
    ),
    'Technical prefixes that say something: removed, and the event has the tag.',
    '[{prefix: "1234#", tag: premium-route}]',
  ),
  areaCode: optional(digitsOrNone, 'Stands before subscriber numbers (nature of address), behind the country code.', '"212"'),
  alphanumericSenders: optional(flag, 'SMS, MMS: a sender of letters is a name and no fault.', 'true'),
  subscriberDigits: optional(
    wholeNumber(3, 15),
    'Bare digits of exactly this many are a subscriber number, also without a nature of address.',
    '7',
  ),
});

export const trunk = record('trunk', {
  id: required(identifier, 'Name of the trunk: rates and events name it.', 'northwind-nyc'),
  account: optional(
    idOf('accounts'),
    'Whose traffic it carries. Left out for the operator’s own network: then it makes no charge.',
    'northwind-usd',
  ),
  agreement: optional(
    idOf('agreements'),
    'Which agreement prices it; only needed when the account has several for one service and side.',
    'northwind-2026',
  ),
  names: optional(
    listOf(text, { lone: true }),
    'What the switches call it: `source/name`, or `name` for every source. Left out: its id.',
    '[sbc-1/NORTHWIND_IN, "SIP/northwind"]',
  ),
  hosts: optional(
    listOf(hostPattern, { lone: true }),
    'Addresses behind it, for records that name a host or realm and no trunk: `sbc1.example.net`, `*.example.net`, `192.0.2.7`, `192.0.2.0/24`.',
    '[192.0.2.0/24, "*.north.example"]',
  ),
  numbering: optional(
    numbering,
    'How numbers are written on this trunk, where it differs from the source.',
    '{countryCode: 44, nationalPrefix: 0}',
  ),
});
