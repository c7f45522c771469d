/** What the placeholders of a notice stand for in one event. */
import type { ChargingAccount } from '#core/charging/account.ts';
import { FOREVER } from '#core/charging/account.ts';
import type { NoticedEvent } from '#core/charging/notices.ts';
import { periodAt } from '#core/charging/periods.ts';
import type { CompiledCatalog, CompiledPlan } from '#core/charging/plan.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { writeCountry, writeDate, writeQuantity, writeTime } from './figures.ts';

export interface Telling {
  readonly account: ChargingAccount;
  readonly plan: CompiledPlan | undefined;
  readonly catalog: CompiledCatalog;
  readonly language: DocumentLanguage;
  /** Where the message goes. */
  readonly number: string;
  /** Of a network by its MCC and MNC. */
  readonly countryOf: (network: string) => string | undefined;
}

/** All of them, as `placeholdersOf` lists them for the event's occasion. */
export function valuesOf(event: NoticedEvent, atMicros: number, telling: Telling): Readonly<Record<string, string>> {
  const { account, plan, language, number } = telling;
  const zone = plan?.zone ?? 'UTC';
  const { id, currency } = account;
  const money = (nanos: bigint): string => writeQuantity(nanos, 'money', currency, language);
  const always = {
    account: id,
    plan: plan?.name ?? account.plan,
    number,
    date: writeDate(atMicros, zone, language),
    time: writeTime(atMicros, zone, language),
  };
  switch (event.kind) {
    case 'threshold-crossed': {
      const { of, value, unit } = event;
      const whole = event.whole ?? 0n;
      const isControl = plan?.controls.some((control) => control.id === of) === true;
      const [left, used] = isControl ? [whole - value, value] : [value, whole - value];
      const quantity = (amount: bigint): string => writeQuantity(amount < 0n ? 0n : amount, unit, currency, language);
      const percent = whole <= 0n ? '' : String((used * 100n) / whole);
      return {
        ...always,
        name: nameOf(of, telling),
        left: quantity(left),
        used: quantity(used),
        whole: quantity(whole),
        percent,
        until: untilOf(of, atMicros, telling),
      };
    }
    case 'topped-up':
      return { ...always, amount: money(event.nanos), left: money(event.left) };
    case 'use-refused':
      return {
        ...always,
        name: event.control === undefined ? '' : nameOf(event.control, telling),
        until: event.control === undefined ? '' : untilOf(event.control, atMicros, telling),
      };
    case 'roaming-entered': {
      const country = telling.countryOf(event.network);
      return { ...always, network: event.network, country: country === undefined ? event.network : writeCountry(country, language) };
    }
    case 'bucket-ending': {
      const { definition, left, unit, toMicros } = event;
      const until = `${writeDate(toMicros, zone, language)} ${writeTime(toMicros, zone, language)}`;
      return { ...always, name: nameOf(definition, telling), left: writeQuantity(left, unit, currency, language), until };
    }
    case 'bucket-expired':
      return { ...always, name: nameOf(event.definition, telling), lost: writeQuantity(event.lost, event.unit, currency, language) };
    case 'add-on-bought':
      return { ...always, name: nameOf(event.addOn, telling), price: money(event.nanos) };
    case 'renewal-failed':
      return { ...always, name: nameOf(event.of, telling) };
    case 'used-beyond-grant':
      return { ...always, amount: money(event.unpaidNanos) };
    case 'counter-status':
      return always;
  }
}

/** What people call it. */
function nameOf(id: string, { catalog, plan }: Telling): string {
  if (id === 'main') return '';
  return (
    catalog.allowances.get(id)?.name ??
    plan?.controls.find((control) => control.id === id)?.name ??
    catalog.addOns.get(id)?.name ??
    catalog.plans.get(id)?.[0]?.name ??
    id
  );
}

function untilOf(id: string, atMicros: number, { account, plan, language }: Telling): string {
  const zone = plan?.zone ?? 'UTC';
  const control = plan?.controls.find((each) => each.id === id);
  const end =
    control === undefined
      ? account.buckets.find(({ definition, validToMicros }) => definition === id && validToMicros > atMicros)?.validToMicros
      : (account.counters.find(({ key, toMicros }) => key === `control:${id}` && toMicros > atMicros)?.toMicros ??
        periodAt(control.period, zone, atMicros).toMicros);
  return end === undefined || end >= FOREVER ? '' : `${writeDate(end, zone, language)} ${writeTime(end, zone, language)}`;
}
