/** Advice of charge as AoC-Information (TS 32.299 §7.2.14, TS 32.280 §6). */
import type { AvpDefinition, Dictionary } from '#codecs/diameter/dictionary.ts';
import { unixToNtp } from '#codecs/diameter/values.ts';
import type { MessageWriter } from '#codecs/diameter/writer.ts';
import type { AdvisedCost, AdvisedTariff, ChargeAdvice, RatedUnit, RateElement } from '#core/charging/answer.ts';
import { currencyNumber } from './read-item.ts';
import { NANO_EXPONENT, shortest } from './shortest.ts';

/** CC-Unit-Type (RFC 8506 §8.32). */
const unitTypes: Readonly<Record<RatedUnit | 'money', number>> = { seconds: 0, money: 1, bytes: 2, bytesUp: 3, bytesDown: 4, events: 5 };
/** Charge-Reason-Code. */
const reasons: Readonly<Record<RateElement['reason'], number>> = { use: 1, attempt: 2, 'set-up': 3, 'add-on': 4 };
const MOST_UNSIGNED_32 = 0xffff_ffffn;
const MICROS = 1_000_000;

export class AdviceWriter {
  readonly #writer: MessageWriter;
  readonly #avps: ReturnType<typeof definitionsOf>;

  constructor(dictionary: Dictionary, writer: MessageWriter) {
    this.#writer = writer;
    this.#avps = definitionsOf(dictionary);
  }

  /** In a message that was begun. What is in a currency without a number is not told. */
  write({ currency, cost, tariff }: ChargeAdvice): void {
    const number = currencyNumber(currency);
    if (number === undefined) return;
    this.#writer.open(this.#avps.service).open(this.#avps.information);
    if (cost !== undefined) this.#cost(cost, number);
    if (tariff !== undefined) this.#tariff(tariff, number);
    this.#writer.close().close();
  }

  #cost({ accumulatedNanos, incrementalNanos }: AdvisedCost, currency: number): void {
    const avps = this.#avps;
    this.#writer.open(avps.cost);
    this.#decimal(avps.accumulated, accumulatedNanos, NANO_EXPONENT);
    if (incrementalNanos !== undefined) this.#decimal(avps.incremental, incrementalNanos, NANO_EXPONENT);
    this.#writer.unsigned32(avps.currency, currency).close();
  }

  #tariff({ current, next }: AdvisedTariff, currency: number): void {
    const avps = this.#avps;
    this.#writer.open(avps.tariff);
    this.#elements(avps.current, current, currency);
    const change = next === undefined ? undefined : unixToNtp(Math.floor(next.fromMicros / MICROS));
    if (next !== undefined && change !== undefined) {
      this.#writer.unsigned32(avps.change, change);
      this.#elements(avps.next, next.elements, currency);
    }
    this.#writer.close();
  }

  #elements(group: AvpDefinition, elements: readonly RateElement[], currency: number): void {
    this.#writer.open(group).unsigned32(this.#avps.currency, currency);
    for (const element of elements) {
      this.#element(element);
      // Longer than can be said: what comes behind it is told when it is nearer.
      if (element.lasts !== undefined && element.lasts > MOST_UNSIGNED_32) break;
    }
    this.#writer.close();
  }

  #element({ reason, per, price, lasts }: RateElement): void {
    const avps = this.#avps;
    this.#writer
      .open(avps.element)
      .integer32(avps.unitType, unitTypes[per?.unit ?? 'money'])
      .integer32(avps.reason, reasons[reason]);
    if (per !== undefined) this.#decimal(avps.unitValue, per.amount, 0);
    this.#decimal(avps.unitCost, price.units, -price.scale);
    if (lasts !== undefined && lasts <= MOST_UNSIGNED_32) this.#writer.unsigned32(avps.threshold, Number(lasts));
    this.#writer.close();
  }

  #decimal(group: AvpDefinition, amount: bigint, exponent: number): void {
    const [digits, shorter] = shortest(amount, exponent);
    this.#writer.open(group).integer64(this.#avps.digits, digits).integer32(this.#avps.exponent, shorter).close();
  }
}

function definitionsOf(dictionary: Dictionary) {
  const named = (name: string): AvpDefinition => dictionary.named(name);
  return {
    service: named('Service-Information'),
    information: named('AoC-Information'),
    cost: named('AoC-Cost-Information'),
    accumulated: named('Accumulated-Cost'),
    incremental: named('Incremental-Cost'),
    currency: named('Currency-Code'),
    tariff: named('Tariff-Information'),
    current: named('Current-Tariff'),
    change: named('Tariff-Time-Change'),
    next: named('Next-Tariff'),
    element: named('Rate-Element'),
    unitType: named('CC-Unit-Type'),
    reason: named('Charge-Reason-Code'),
    unitValue: named('Unit-Value'),
    unitCost: named('Unit-Cost'),
    threshold: named('Unit-Quota-Threshold'),
    digits: named('Value-Digits'),
    exponent: named('Exponent'),
  };
}
