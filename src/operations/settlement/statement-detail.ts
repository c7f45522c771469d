/** A statement taken apart into its events, adding up on the way whether they are all of it. */
import { type Refusal, refuse } from '#core/refusals.ts';
import type { LinePart, StatementLine } from '#core/settlement/statement.ts';
import type { ChargedLeg, SettlementBooks } from './books.ts';
import type { MadeStatement } from './make-statement.ts';

/** An event of a line. What belongs to none must come to nothing: charges that were all taken back. Else `differences` reports it. */
export interface DetailRow {
  readonly line: StatementLine;
  readonly leg: ChargedLeg;
}

export interface StatementDetail {
  /** The events, by start. May be run through once. */
  readonly rows: AsyncIterable<DetailRow>;
  /** After all rows were read: what does not add up, line by line. Empty when all does. */
  differences(): readonly Refusal[];
}

interface Sums {
  splitEvents: bigint;
  splitNanos: bigint;
  events: bigint;
  answered: bigint;
  raw: bigint;
  billed: bigint;
  amountNanos: bigint;
}

/** The events of all lines, or of one. Adjustments have no events of their own; what they are about are events of other lines. */
export function detailOf(books: SettlementBooks, { statement, query }: MadeStatement, only?: StatementLine): StatementDetail {
  const usage = statement.lines.filter((line) => line.kind === 'usage' && (only === undefined || line.number === only.number));
  const lineOf = new Map(usage.flatMap((line) => line.parts.map((part) => [partKey(part), line] as const)));
  const sums = new Map(usage.map((line) => [line.number, emptySums()]));
  const strays = emptySums();

  async function* rows(): AsyncGenerator<DetailRow> {
    for await (const leg of books.chargedLegs(query, only?.parts)) {
      const line = lineOf.get(partKey(leg));
      add(line === undefined ? strays : (sums.get(line.number) ?? strays), leg);
      if (line !== undefined) yield { line, leg };
    }
  }

  return {
    rows: only?.kind === 'adjustment' ? none() : rows(),
    differences: () => [
      ...usage.flatMap((line) => differencesOf(line, sums.get(line.number) ?? emptySums())),
      ...(strays.events === 0n && strays.amountNanos === 0n
        ? []
        : [refuse('statement.detail-differs', `${strays.events} charged events belong to no line of the statement`)]),
    ],
  };
}

async function* none(): AsyncGenerator<DetailRow> {}

/** Charges find their line by version, role and rate; those without a rate by service. */
function partKey(part: LinePart): string {
  return `${part.versionId} ${part.role} ${part.rateId ?? part.service}`;
}

function emptySums(): Sums {
  return { splitEvents: 0n, splitNanos: 0n, events: 0n, answered: 0n, raw: 0n, billed: 0n, amountNanos: 0n };
}

function add(sums: Sums, leg: ChargedLeg): void {
  sums.events += leg.events;
  if (leg.answered) sums.answered += leg.events;
  if (leg.split) {
    sums.splitEvents += leg.events;
    sums.splitNanos += leg.amountNanos;
  }
  sums.raw += leg.raw;
  sums.billed += leg.billed;
  sums.amountNanos += leg.amountNanos;
}

function differencesOf(line: StatementLine, sums: Sums): Refusal[] {
  const said: Sums = { ...line, splitEvents: line.split?.events ?? 0n, splitNanos: line.split?.amountNanos ?? 0n };
  return (['events', 'answered', 'raw', 'billed', 'amountNanos', 'splitEvents', 'splitNanos'] as const)
    .filter((field) => said[field] !== sums[field])
    .map((field) =>
      refuse(
        'statement.detail-differs',
        `line ${line.number} (${line.destination || 'no rate'}) says ${said[field]}, its events ${sums[field]}`,
        { field },
      ),
    );
}
