import { type Agreement, type AgreementService, type LegRole, legRoles } from '#core/agreements/agreements.ts';
import { type Result, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Tariff } from '#core/tariffs/tariff.ts';
import { localDate } from '#core/time/zoned.ts';
import { suggestion } from '../configuration/suggestion.ts';

/** Which rates are meant: one service of an agreement. */
export interface TargetQuestion {
  readonly agreement: string;
  readonly role?: string;
  readonly service?: string;
}

export interface RateTarget {
  readonly agreement: Agreement;
  readonly service: AgreementService;
  readonly tariff: Omit<Tariff, 'rates'>;
  /** Names of the tariff's time bands. */
  readonly bands: readonly string[];
}

/**
 * The tariff of one service of an agreement, in its version in force on the day, or else its last. Without a role or service
 * the only one that fits; among several, the only one whose rates come from sheets.
 */
export function findTarget(book: Book, question: TargetQuestion, nowMicros: number): Result<RateTarget> {
  const versions = book.agreements.filter(({ id }) => id === question.agreement).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const inForce = versions.findLast(
    ({ validFrom, validTo, zone }) =>
      validFrom <= localDate(zone, nowMicros) && (validTo === undefined || localDate(zone, nowMicros) < validTo),
  );
  const agreement = inForce ?? versions.at(-1);
  if (agreement === undefined) {
    const known = [...new Set(book.agreements.map(({ id }) => id))].sort();
    const message =
      known.length === 0
        ? 'there are no agreements: apply a configuration first'
        : `no such agreement${suggestion(question.agreement, known)}; there are ${known.slice(0, 20).join(', ')}${known.length > 20 ? ' …' : ''}`;
    return { ok: false, refusals: [refuse('rate-sheet.agreement-unknown', message, { field: 'agreement', value: question.agreement })] };
  }
  const service = findService(book, agreement, question);
  if (!service.ok) return service;
  const tariff = book.tariffs.find(({ id }) => id === service.value.tariff);
  if (tariff === undefined) throw new Error(`tariff ${service.value.tariff} of agreement ${agreement.id} is not in the book`);
  const bands = book.timeBands.find(({ id }) => id === tariff.timeBands)?.bands.map(({ name }) => name) ?? [];
  return { ok: true, value: { agreement, service: service.value, tariff, bands } };
}

function findService(book: Book, agreement: Agreement, { role, service }: TargetQuestion): Result<AgreementService> {
  if (role !== undefined && !(role in legRoles)) {
    const message = `no such direction; there are ${Object.keys(legRoles).join(', ')}`;
    return { ok: false, refusals: [refuse('rate-sheet.option', message, { field: 'direction', value: role })] };
  }
  const fitting = agreement.services.filter(
    (each) => (role === undefined || each.role === (role as LegRole)) && (service === undefined || each.service === service),
  );
  const [only, ...others] = fitting;
  const listed = agreement.services.map((each) => `${each.service} ${each.role} (tariff ${each.tariff})`).join(', ');
  if (only === undefined) {
    const message = `agreement ${agreement.id} has no such service; it has ${listed === '' ? 'none' : listed}`;
    return {
      ok: false,
      refusals: [
        refuse('rate-sheet.service-missing', message, {
          field: 'service',
          value: [service, role].filter((part) => part !== undefined).join(' '),
        }),
      ],
    };
  }
  if (others.length === 0 || new Set(fitting.map((each) => each.tariff)).size === 1) return { ok: true, value: only };
  const bySheets = fitting.filter((each) => book.tariffs.find(({ id }) => id === each.tariff)?.ratesBy === 'sheets');
  if (bySheets.length === 1 && bySheets[0] !== undefined) return { ok: true, value: bySheets[0] };
  const choices = fitting.map((each) => `--service ${each.service} ${optionOfRole(each.role)}`).join(', or ');
  const message = `agreement ${agreement.id} has several services (${listed}): give --service or --direction, here ${choices}`;
  return { ok: false, refusals: [refuse('rate-sheet.service-ambiguous', message)] };
}

function optionOfRole(role: LegRole): string {
  return role === 'incoming' || role === 'outgoing' ? `--direction ${role}` : `--role ${role}`;
}
