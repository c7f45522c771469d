/** What must hold between the objects of a configuration, whether all were read from one folder or some are in the database only. */
import { legRoles } from '#core/agreements/agreements.ts';
import { type Refusal, type RefusalCode, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Tariff } from '#core/tariffs/tariff.ts';
import { settlementFaults } from './check-settlement.ts';
import type { Kind } from './setup.ts';
import type { SourcePlace } from './source-tree.ts';
import { suggestion } from './suggestion.ts';

/** Where an object or its field was written; undefined for objects that are in the database only. */
export type PlaceOf = (object: object, field?: string) => SourcePlace | undefined;
/** Ids that exist, also of objects that were refused themselves: one fault should not show as many. */
export type KnownIds = (kind: Kind) => ReadonlySet<string>;

export function checkBook(book: Book, known: KnownIds, placeOf: PlaceOf): readonly Refusal[] {
  const check = new Check(known, placeOf);
  for (const account of book.accounts) {
    check.reference('parties', account.party, account, 'party', `account ${account.id}`);
    check.reference('legalEntities', account.legalEntity, account, 'legalEntity', `account ${account.id}`);
  }
  checkTrunks(book, check);
  checkAgreements(book, check);
  for (const set of book.timeBands) check.reference('calendars', set.calendar, set, 'calendar', `time bands ${set.id}`);
  for (const tariff of book.tariffs) {
    check.reference('timeBands', tariff.timeBands, tariff, 'timeBands', `tariff ${tariff.id}`);
    check.reference('codeDecks', tariff.codeDeck, tariff, 'codeDeck', `tariff ${tariff.id}`);
    checkRateTrunks(tariff, check);
  }
  return check.faults;
}

class Check {
  readonly faults: Refusal[] = [];
  readonly #known: KnownIds;
  readonly #placeOf: PlaceOf;

  constructor(known: KnownIds, placeOf: PlaceOf) {
    this.#known = known;
    this.#placeOf = placeOf;
  }

  fault(code: RefusalCode, message: string, object: object, field: string, value?: string): void {
    const place = this.#placeOf(object, field);
    const where = place === undefined ? '; it is in the database and not in the folder' : '';
    this.faults.push(
      refuse(code, `${message}${where}`, {
        ...(place === undefined ? {} : { file: place.file, line: place.line }),
        field,
        ...(value === undefined ? {} : { value }),
      }),
    );
  }

  /** ` (parties.yaml:12)` for messages that name a second place. */
  also(object: object, field?: string): string {
    const place = this.#placeOf(object, field);
    return place === undefined ? ' (in the database)' : ` (${place.file}:${place.line})`;
  }

  has(kind: Kind, id: string): boolean {
    return this.#known(kind).has(id);
  }

  reference(kind: Kind, id: string | undefined, object: object, field: string, who: string): void {
    const ids = this.#known(kind);
    if (id === undefined || ids.has(id)) return;
    this.fault(
      'configuration.reference-unknown',
      `${who} names ${id}, which is not among the ${kind}${suggestion(id, ids)}`,
      object,
      field,
      id,
    );
  }
}

/** Each unknown trunk is named once, at the first rate that has it. */
function checkRateTrunks(tariff: Tariff, check: Check): void {
  const seen = new Set<string>();
  for (const { match, place } of tariff.rates) {
    if (match.trunk === undefined || seen.has(match.trunk)) continue;
    seen.add(match.trunk);
    if (check.has('trunks', match.trunk)) continue;
    // A rate knows its own place: `rates.csv:17`.
    const [, file, line] = /^(.*):(\d+)$/.exec(place ?? '') ?? [];
    const at = file === undefined ? {} : { file, line: Number(line) };
    check.faults.push(
      refuse('configuration.reference-unknown', `a rate of tariff ${tariff.id} names ${match.trunk}, which is not among the trunks`, {
        ...at,
        field: 'trunk',
        value: match.trunk,
      }),
    );
  }
}

function checkTrunks(book: Book, check: Check): void {
  const accountsOf = new Map<string, Set<string>>();
  for (const { id, account } of book.agreements) accountsOf.set(id, (accountsOf.get(id) ?? new Set()).add(account));
  const names = new Map<string, (typeof book.trunks)[number]>();
  for (const trunk of book.trunks) {
    check.reference('accounts', trunk.account, trunk, 'account', `trunk ${trunk.id}`);
    check.reference('agreements', trunk.agreement, trunk, 'agreement', `trunk ${trunk.id}`);
    const accounts = trunk.agreement === undefined ? undefined : accountsOf.get(trunk.agreement);
    if (accounts !== undefined && !accounts.has(trunk.account ?? '')) {
      check.fault(
        'configuration.reference-foreign',
        `trunk ${trunk.id} names agreement ${trunk.agreement}, which is of account ${[...accounts].join(', ')}`,
        trunk,
        'agreement',
        trunk.agreement,
      );
    }
    for (const name of trunk.names) {
      const other = names.get(name);
      if (other === undefined) names.set(name, trunk);
      else if (other === trunk)
        check.fault('configuration.trunk-name-repeated', `trunk ${trunk.id} has the name ${name} twice`, trunk, 'names', name);
      else
        check.fault(
          'configuration.trunk-name-repeated',
          `trunks ${other.id}${check.also(other, 'names')} and ${trunk.id} have the same name`,
          trunk,
          'names',
          name,
        );
    }
  }
  for (const [name, trunk] of names) {
    const plain = name.slice(name.indexOf('/') + 1);
    const other = plain === name ? undefined : names.get(plain);
    if (other === undefined || other === trunk) continue;
    check.fault(
      'configuration.trunk-name-repeated',
      `trunk ${trunk.id} has the name ${name}, and trunk ${other.id}${check.also(other, 'names')} has ${plain} for every source`,
      trunk,
      'names',
      name,
    );
  }
}

function checkAgreements(book: Book, check: Check): void {
  const tariffs = new Map(book.tariffs.map((tariff) => [tariff.id, tariff]));
  const first = new Map<string, (typeof book.agreements)[number]>();
  for (const agreement of book.agreements) {
    const who = `agreement ${agreement.id} from ${agreement.validFrom}`;
    check.reference('accounts', agreement.account, agreement, 'account', who);
    if (agreement.validTo !== undefined && agreement.validTo <= agreement.validFrom) {
      check.fault('configuration.validity-empty', `${who} ends before or on the day it begins`, agreement, 'validTo', agreement.validTo);
    }
    const earlier = first.get(agreement.id);
    if (earlier === undefined) first.set(agreement.id, agreement);
    else if (earlier.account !== agreement.account) {
      check.fault(
        'configuration.reference-foreign',
        `${who} is of another account than its version from ${earlier.validFrom}${check.also(earlier, 'account')}`,
        agreement,
        'account',
        agreement.account,
      );
    }
    for (const { code, message, object, field, value } of settlementFaults(agreement, book.agreements))
      check.fault(code, message, object, field, value);
    const seen = new Set<string>();
    for (const service of agreement.services) {
      const side = `${service.service} ${legRoles[service.role]}`;
      if (seen.has(side))
        check.fault(
          'configuration.service-repeated',
          `${who} prices ${service.service} twice as ${legRoles[service.role]}`,
          service,
          'role',
          service.role,
        );
      seen.add(side);
      check.reference('tariffs', service.tariff, service, 'tariff', who);
      const tariff = tariffs.get(service.tariff);
      if (tariff === undefined) continue;
      if (tariff.currency !== agreement.currency) {
        check.fault(
          'configuration.currency-differs',
          `${who} is in ${agreement.currency}, its tariff ${tariff.id} in ${tariff.currency}${check.also(tariff, 'currency')}`,
          service,
          'tariff',
          tariff.id,
        );
      }
      if (tariff.service !== service.service) {
        check.fault(
          'configuration.reference-foreign',
          `${who} prices ${service.service} with tariff ${tariff.id}, which is for ${tariff.service}${check.also(tariff, 'service')}`,
          service,
          'tariff',
          tariff.id,
        );
      }
    }
  }
}
