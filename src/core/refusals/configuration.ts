import type { RefusalMeaning } from '../refusals.ts';

/** Why a folder of configuration files is not applied or not written. */
export const configurationRefusals = {
  'configuration.deal-incomplete': {
    meaning: 'A deal lacks what its kind needs, has what its kind does not know, or its days or tiers are not in order.',
    http: 422,
    remedy: 'See docs/reference/deals.md for what each kind of deal needs.',
  },
  'configuration.deal-overlaps': {
    meaning: 'Two deals of an agreement have one id, or both take the place of the charges of the same traffic.',
    http: 422,
    remedy: 'Give each its own id, and its own service, destinations or days.',
  },
  'configuration.period-start-wrong': {
    meaning: 'A settlement period cannot begin on the day: not every month has it.',
    http: 422,
    remedy: 'Choose one of the days 1 to 28 (months, quarters) or 1 to 13 (half-months, which begin again 15 days later).',
  },
  'configuration.relation-differs': {
    meaning: 'The agreement prices nothing of the relation that its settlement names, such as roaming without a roaming role.',
    http: 422,
    remedy: 'Correct `relation`, or the roles of the services; docs/reference/settlement-terms.md says which belong together.',
  },
  'configuration.name-reserved': {
    meaning: 'The name is one that Carillon uses itself.',
    http: 422,
    remedy: 'Choose another name.',
  },
  'configuration.folder-missing': {
    meaning: 'The folder does not exist, is no folder, or may not be read.',
    http: 422,
    remedy: 'Correct the path, or the permissions.',
  },
  'configuration.folder-empty': {
    meaning: 'The folder has no configuration file (.yaml or .yml), or its files hold nothing.',
    http: 422,
    remedy: 'Name the folder that holds the YAML files. To begin, copy one of examples/.',
  },
  'configuration.folder-too-large': {
    meaning: 'The folder has more files or deeper folders than a configuration has.',
    http: 422,
    remedy: 'Name the folder of the configuration itself, not one far above it.',
  },
  'configuration.link-loop': {
    meaning: 'A symbolic link in the folder leads back to a folder above it, or to nothing.',
    http: 422,
    remedy: 'Remove the link.',
  },
  'configuration.file-unreadable': {
    meaning: 'A file of the folder cannot be read.',
    http: 422,
    remedy: 'Correct its permissions.',
  },
  'configuration.file-too-large': {
    meaning: 'A file is larger than 16 MB (YAML) or 256 MB (CSV).',
    http: 422,
    remedy: 'Move long tables out of the YAML file into CSV files; split a CSV file over several tariffs.',
  },
  'configuration.encoding': {
    meaning: 'A file is not UTF-8 text.',
    http: 422,
    remedy: 'Save it as UTF-8.',
  },
  'configuration.yaml-broken': {
    meaning: 'A file is not YAML.',
    http: 422,
    remedy: 'Correct the line named. Often it is the indentation, a tab, or a missing quote.',
  },
  'configuration.yaml-feature': {
    meaning: 'A file uses an anchor, an alias, a tag or a merge key. Configuration is read plainly: what a line says, it says there.',
    http: 422,
    remedy: 'Write the value out; for terms that many rates share use "defaults" of the tariff.',
  },
  'configuration.yaml-depth': {
    meaning: 'A file nests lists or maps deeper than 32 levels.',
    http: 422,
    remedy: 'No configuration needs that: correct the file.',
  },
  'configuration.key-unknown': {
    meaning: 'A key (or a column of a table) has no meaning at this place.',
    http: 422,
    remedy: 'Correct its spelling; docs/reference/configuration.md lists all keys.',
  },
  'configuration.key-missing': {
    meaning: 'A key that must be there is not, or is empty.',
    http: 422,
    remedy: 'Add it.',
  },
  'configuration.key-repeated': {
    meaning: 'A key is given twice in one object, or a column twice in one table.',
    http: 422,
    remedy: 'Keep one of the two.',
  },
  'configuration.type-wrong': {
    meaning: 'A value is of another type than its key needs: a list, an object, or a plain value.',
    http: 422,
    remedy: 'See docs/reference/configuration.md for the form of the key.',
  },
  'configuration.value-wrong': {
    meaning: 'A value is not one of those its key can have, or is not written in the form it needs.',
    http: 422,
    remedy: 'Correct the value; the message says what is expected.',
  },
  'configuration.date-wrong': {
    meaning: 'A date or time does not exist or is not written as 2026-12-31 or 2026-12-31T00:00:00Z.',
    http: 422,
    remedy: 'Correct it.',
  },
  'configuration.zone-unknown': {
    meaning: 'A time zone is not in the IANA list.',
    http: 422,
    remedy: 'Use a name such as Europe/Berlin, America/New_York or UTC.',
  },
  'configuration.currency-unknown': {
    meaning: 'A currency is not in ISO 4217.',
    http: 422,
    remedy: 'Use a three-letter code such as USD.',
  },
  'configuration.currency-withdrawn': {
    meaning: 'A currency was withdrawn from ISO 4217; the message says when.',
    http: 422,
    remedy: 'Use the currency that followed it.',
  },
  'configuration.country-unknown': {
    meaning: 'A country is not in ISO 3166-1.',
    http: 422,
    remedy: 'Use a two-letter code such as DE.',
  },
  'configuration.holidays-unknown': {
    meaning: 'There is no holiday calendar for the country or region.',
    http: 422,
    remedy: 'Correct country and region, or give the calendar its dates.',
  },
  'configuration.id-repeated': {
    meaning: 'Two objects of one kind have the same id, or two versions of an agreement begin on the same day.',
    http: 422,
    remedy: 'Give one of them another id, or remove it.',
  },
  'configuration.notice-wrong': {
    meaning: 'A notice says something that there is not: a placeholder, an allowance or control, a subject.',
    http: 422,
    remedy: 'Correct the notice; docs/reference/notifications.md lists what may stand in its texts.',
  },
  'configuration.plan-wrong': {
    meaning: 'A plan, an allowance, an add-on or a control of spending names what is not there, or says what does not go together.',
    http: 422,
    remedy: 'Correct it as the message says; the reference of plans has every key.',
  },
  'configuration.reference-unknown': {
    meaning: 'A value names an object that the folder does not have.',
    http: 422,
    remedy: 'Correct the name, or add the object.',
  },
  'configuration.reference-foreign': {
    meaning:
      'A value names an object that exists but does not belong here: an agreement of another account, a tariff of another service, agreement versions of two accounts.',
    http: 422,
    remedy: 'Name one that belongs here.',
  },
  'configuration.validity-empty': {
    meaning: 'A validity ends before it begins, or on the day it begins.',
    http: 422,
    remedy: 'Correct one of the two dates. The end is the first day on which it no longer applies.',
  },
  'configuration.currency-differs': {
    meaning: 'An agreement prices a service with a tariff in another currency.',
    http: 422,
    remedy: 'Use a tariff in the agreement’s currency: conversion happens on statements, not on charges.',
  },
  'configuration.service-repeated': {
    meaning: 'An agreement prices the same service twice on the same side (receivable or payable).',
    http: 422,
    remedy: 'Keep one, or make two agreements and name the agreement at the trunks.',
  },
  'configuration.code-repeated': {
    meaning: 'A code deck or a list of prefixes gives one code twice or to two destinations.',
    http: 422,
    remedy: 'Keep one of the two rows.',
  },
  'configuration.rate-repeated': {
    meaning: 'Two rates of a tariff match the same and begin at the same time.',
    http: 422,
    remedy: 'Keep one of the two, or give one a later start.',
  },
  'configuration.trunk-name-repeated': {
    meaning: 'Two trunks have the same name in the switches of one source.',
    http: 422,
    remedy: 'Write the names as source/name, or keep one of the two.',
  },
  'configuration.table-missing': {
    meaning: 'A key names a CSV file that the folder does not have.',
    http: 422,
    remedy: 'Correct the path; it is relative to the file that names it.',
  },
  'configuration.table-broken': {
    meaning: 'A CSV file cannot be read to its end, has no header, or has rows with more fields than the header.',
    http: 422,
    remedy: 'Correct the line named; put a cell in quotes that has the separator in it.',
  },
  'configuration.busy': {
    meaning: 'Another command is changing the configuration at this moment.',
    http: 409,
    remedy: 'Wait until it has ended, then repeat.',
  },
  'configuration.target-not-empty': {
    meaning: 'The folder to export to has files in it.',
    http: 409,
    remedy: 'Name an empty or new folder, or use --force to write over the files of the same names.',
  },
} as const satisfies Record<string, RefusalMeaning>;
