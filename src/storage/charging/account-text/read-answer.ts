/** The last answer of a session of an account's text. */
import type { AnswerItem, ChargingAnswer, FinalUnit, UnitPoolReference } from '#core/charging/answer.ts';
import type { MoneyUnits, Units } from '#core/charging/request.ts';
import { type AsciiReader, NOT_AS_WRITTEN } from './ascii-reader.ts';
import { list, nameOrNothing, readName } from './read-list.ts';
import { tokens } from './tokens.ts';

type Open<Type> = { -readonly [Name in keyof Type]: Type[Name] };

export function readAnswer(from: AsciiReader, session: string, number: number, id: string): ChargingAnswer {
  from.open();
  const result = from.name() as ChargingAnswer['result']; // one of few, as read-account.ts says
  from.comma();
  const answer: Open<ChargingAnswer> = { session, number, result, items: list(from, id, readItem) };
  from.comma();
  if (!from.isNothing()) answer.account = from.own(id);
  from.comma();
  if (!from.isNothing()) answer.cost = readMoney(from);
  from.comma();
  // Answers with balances are none that a session keeps: such a text is not worth a reader.
  if (!from.isNothing()) throw NOT_AS_WRITTEN;
  from.comma();
  if (!from.isNothing()) answer.detail = from.own('');
  if (from.more()) {
    // Nor are those with advice of charge: few sessions have one.
    if (from.isNothing()) throw NOT_AS_WRITTEN;
    answer.fingerprint = from.own('');
    from.close();
  }
  return answer;
}

function readItem(from: AsciiReader, id: string): AnswerItem {
  from.open();
  const ratingGroup = nameOrNothing(from);
  from.comma();
  const services = from.isNothing() ? undefined : list(from, id, readName);
  from.comma();
  const item: Open<AnswerItem> = { result: from.name() as AnswerItem['result'] }; // likewise
  if (ratingGroup !== undefined) item.ratingGroup = ratingGroup;
  if (services !== undefined) item.services = services;
  from.comma();
  if (!from.isNothing()) item.granted = readUnits(from);
  from.comma();
  if (!from.isNothing()) item.validitySeconds = from.integer();
  from.comma();
  if (!from.isNothing()) item.holdingSeconds = from.integer();
  from.comma();
  if (!from.isNothing()) item.threshold = readUnits(from);
  from.comma();
  if (!from.isNothing()) item.tariffChangeMicros = from.integer();
  from.comma();
  if (!from.isNothing()) item.finalUnit = readFinalUnit(from);
  from.comma();
  if (!from.isNothing()) item.slowTo = from.name();
  from.comma();
  if (!from.isNothing()) item.detail = from.own('');
  if (from.more()) {
    if (!from.isNothing()) item.grantedInAll = readUnits(from);
    if (from.more()) {
      if (!from.isNothing()) item.consumptionSeconds = from.integer();
      if (from.more()) {
        item.unitPool = readPoolReference(from);
        from.close();
      }
    }
  }
  return item;
}

function readPoolReference(from: AsciiReader): UnitPoolReference {
  from.open();
  const number = from.integer();
  from.comma();
  const multiplier = from.amount();
  from.close();
  return { number, multiplier };
}

function readFinalUnit(from: AsciiReader): FinalUnit {
  from.octets(tokens.action);
  const action = from.name();
  if (action === 'redirect') {
    from.octets(tokens.to);
    const to = from.name();
    from.octets(tokens.end);
    return { action, to };
  }
  if (action === 'restrict') {
    from.octets(tokens.filter);
    const filter = from.name();
    from.octets(tokens.end);
    return { action, filter };
  }
  from.octets(tokens.end);
  if (action !== 'terminate') throw NOT_AS_WRITTEN;
  return { action };
}

export function readUnits(from: AsciiReader): Units {
  const units: Open<Units> = {};
  from.open();
  if (!from.isNothing()) units.seconds = from.amount();
  from.comma();
  if (!from.isNothing()) units.bytes = from.amount();
  from.comma();
  if (!from.isNothing()) units.bytesUp = from.amount();
  from.comma();
  if (!from.isNothing()) units.bytesDown = from.amount();
  from.comma();
  if (!from.isNothing()) units.events = from.amount();
  from.comma();
  if (!from.isNothing()) units.money = readMoney(from);
  from.close();
  return units;
}

function readMoney(from: AsciiReader): MoneyUnits {
  from.open();
  const nanos = from.amount();
  from.comma();
  const currency = from.name();
  from.close();
  return { nanos, currency };
}
