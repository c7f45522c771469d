import type { Charge } from '#core/rating/charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { RollupMove } from './ports.ts';

type Line = { -readonly [K in keyof RollupMove]: RollupMove[K] };

/** Adds charges up by agreement version, role, day, tariff, rate, destination and band. */
export class RollupSums {
  readonly #lines = new Map<string, Line>();

  add(event: UsageEvent, charge: Charge): void {
    const line = this.#line(charge);
    line.events += 1;
    if (event.answered) line.answered += 1;
    line.rawQuantity += BigInt(charge.rawQuantity);
    line.billedQuantity += BigInt(charge.billedQuantity);
    line.amountNanos += charge.amountNanos;
  }

  lines(): Iterable<RollupMove> {
    return this.#lines.values();
  }

  #line(charge: Charge): Line {
    const key = `${charge.agreementVersionId}|${charge.role}|${charge.day}|${charge.rateId ?? `none:${charge.tariff}`}|${charge.band ?? ''}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = {
        agreement: charge.agreement,
        versionId: charge.agreementVersionId,
        role: charge.role,
        day: charge.day,
        tariff: charge.tariff,
        rateId: charge.rateId,
        destination: charge.destination,
        band: charge.band ?? '',
        currency: charge.currency,
        events: 0,
        answered: 0,
        rawQuantity: 0n,
        billedQuantity: 0n,
        amountNanos: 0n,
      };
      this.#lines.set(key, line);
    }
    return line;
  }
}
