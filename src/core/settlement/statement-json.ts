/** A recorded statement as text. */
import { canonicalObject, sharedJson } from '../invoicing/canonical-fields.ts';
import type { LinePart, ServiceTotal, StatementLine } from './statement.ts';
import type { Statement } from './whole-statement.ts';

/** What is kept for ever: the statement with its id and version. */
export interface NamedStatement extends Statement {
  readonly id: string;
  readonly version: number;
}

/** The same text as canonicalJson, in a fraction of the time: lines are written by JSON.stringify, which takes fields as they stand. */
export function statementJson(statement: NamedStatement): string {
  return canonicalObject(statement, {
    account: sharedJson,
    party: sharedJson,
    entity: sharedJson,
    lines: linesJson,
    services: servicesJson,
  });
}

function linesJson(lines: readonly StatementLine[]): string {
  return JSON.stringify(lines.map(plainLine));
}

function servicesJson(services: readonly ServiceTotal[]): string {
  return JSON.stringify(services.map(plainService));
}

function plainService(total: ServiceTotal): Plain<ServiceTotal> {
  return {
    amountNanos: total.amountNanos.toString(),
    answered: total.answered.toString(),
    billed: total.billed.toString(),
    currency: total.currency,
    events: total.events.toString(),
    raw: total.raw.toString(),
    service: total.service,
    side: total.side,
    unit: total.unit,
  };
}

/** Every field, in the order of their code units, whole numbers as text; undefined ones are left out by who writes it. */
type Plain<T> = { readonly [K in keyof Required<T>]: unknown };

function plainLine(line: StatementLine): Plain<StatementLine> {
  const { days, rate, split } = line;
  return {
    amountNanos: line.amountNanos.toString(),
    answered: line.answered.toString(),
    band: line.band,
    billed: line.billed.toString(),
    condition: line.condition,
    currency: line.currency,
    days: days === undefined ? undefined : { from: days.from, to: days.to },
    deal: line.deal,
    destination: line.destination,
    events: line.events.toString(),
    explanation: line.explanation,
    kind: line.kind,
    number: line.number,
    parts: line.parts.map(plainPart),
    rate: rate === undefined ? undefined : { increments: rate.increments, price: rate.price, terms: rate.terms },
    raw: line.raw.toString(),
    role: line.role,
    service: line.service,
    side: line.side,
    split:
      split === undefined
        ? undefined
        : { amountNanos: split.amountNanos.toString(), billed: split.billed.toString(), events: split.events.toString() },
    tariff: line.tariff,
    unit: line.unit,
    validFrom: line.validFrom,
  };
}

function plainPart({ rateId, role, service, versionId }: LinePart): Plain<LinePart> {
  return { rateId, role, service, versionId };
}
