/** Puts the engine's answer beside the oracle's and says in words where they differ. */
import type { Charge, RatedEvent } from '#core/rating/charge.ts';
import { compare, exact } from './exact.ts';
import type { OracleCharge, OracleOutcome } from './oracle.ts';
import { recalculate } from './pencil.ts';
import { readsAs } from './written.ts';

/** The engine's counter keys and the oracle's are written differently; each must stand for one of the other. */
export interface KeyPairs {
  readonly engineOf: Map<string, string>;
  readonly oracleOf: Map<string, string>;
}

export function keyPairs(): KeyPairs {
  return { engineOf: new Map(), oracleOf: new Map() };
}

/** Undefined when they agree in everything. */
export function difference(engine: RatedEvent, oracle: OracleOutcome, pairs: KeyPairs): string | undefined {
  if (engine.kind === 'held' || oracle.kind === 'held') {
    const inWords = (one: RatedEvent | OracleOutcome): string =>
      one.kind === 'held'
        ? `held ${one.reason} (${one.leg ?? 'no leg'})`
        : `rated ${one.charges.map((charge) => charge.rateId ?? 'no rate').join(', ')}`;
    return inWords(engine) === inWords(oracle) ? undefined : `engine: ${inWords(engine)}; oracle: ${inWords(oracle)}`;
  }
  if (engine.charges.length !== oracle.charges.length)
    return `engine has ${engine.charges.length} charges, the oracle ${oracle.charges.length}`;
  for (const [index, expected] of oracle.charges.entries()) {
    const given = engine.charges[index];
    if (given === undefined) return 'a charge is missing';
    const found = chargeDifference(given, expected, pairs);
    if (found !== undefined) return `${expected.leg} leg: ${found}`;
  }
  return undefined;
}

function chargeDifference(engine: Charge, oracle: OracleCharge, pairs: KeyPairs): string | undefined {
  const plain = [
    'leg',
    'role',
    'side',
    'account',
    'agreement',
    'agreementValidFrom',
    'day',
    'tariff',
    'currency',
    'rateId',
    'band',
    'amountNanos',
  ] as const;
  for (const field of plain) {
    if (engine[field] !== oracle[field]) return `${field} is ${engine[field]} by the engine and ${oracle[field]} by the oracle`;
  }
  if (oracle.rateId !== undefined && (engine.code !== oracle.code || engine.destination !== oracle.destination)) {
    return `code ${engine.code} ${engine.destination} by the engine and ${oracle.code} ${oracle.destination} by the oracle`;
  }
  if (compare(exact(BigInt(engine.billedQuantity)), oracle.billed) !== 0)
    return `billed ${engine.billedQuantity} by the engine and ${oracle.billed.n} by the oracle`;
  if (compare(exact(BigInt(engine.rawQuantity)), oracle.rawQuantity) !== 0) {
    return `raw quantity ${engine.rawQuantity} by the engine and ${oracle.rawQuantity.n}/${oracle.rawQuantity.d} by the oracle`;
  }
  const found = moveDifference(engine, oracle, pairs);
  return found ?? explanationDifference(engine, oracle);
}

function moveDifference(engine: Charge, oracle: OracleCharge, pairs: KeyPairs): string | undefined {
  const moved = engine.counterMoves.filter(({ added }) => added !== 0n);
  if (moved.length !== oracle.moves.length) return `${moved.length} counter moves by the engine and ${oracle.moves.length} by the oracle`;
  for (const [index, expected] of oracle.moves.entries()) {
    const given = moved[index];
    if (given === undefined || given.before !== expected.before || given.added !== expected.added) {
      return `counter ${given?.key} ${given?.before} + ${given?.added} by the engine and ${expected.key} ${expected.before} + ${expected.added} by the oracle`;
    }
    const engineKey = pairs.engineOf.get(expected.key) ?? given.key;
    const oracleKey = pairs.oracleOf.get(given.key) ?? expected.key;
    if (engineKey !== given.key || oracleKey !== expected.key)
      return `counters ${given.key} and ${expected.key} do not separate the same things`;
    pairs.engineOf.set(expected.key, given.key);
    pairs.oracleOf.set(given.key, expected.key);
  }
  return undefined;
}

function explanationDifference(engine: Charge, oracle: OracleCharge): string | undefined {
  if (engine.explanation === undefined || oracle.exactAmount === undefined) return undefined;
  const written = engine.explanation.exactAmount;
  if (!readsAs(written, oracle.exactAmount)) {
    return `the explanation's exact amount is ${written} and the oracle's ${oracle.exactAmount.n}/${oracle.exactAmount.d}`;
  }
  return recalculate(engine, engine.explanation);
}
