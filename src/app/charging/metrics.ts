/** An engine's counters. */
import type { ChargingEngine } from '#engine/engine.ts';
import { family, histogramFamily, type Labels, type MetricFamily } from '../telemetry/families.ts';

/** Names begin with `carillon_charging_`; times are in seconds, money in units of its currency. */
export function chargingMetrics({ counts, state }: ChargingEngine): readonly MetricFamily[] {
  const named = (name: string): string => `carillon_charging_${name}`;
  const counter = (name: string, help: string, value: number): MetricFamily => family(named(name), 'counter', help, [[{}, value]]);
  const gauge = (name: string, help: string, value: number): MetricFamily => family(named(name), 'gauge', help, [[{}, value]]);
  const answered = [...counts.answered].map(([key, value]): readonly [Labels, number] => {
    const [operation = '', result = ''] = key.split(' ');
    return [{ operation, result }, value];
  });
  return [
    family(named('requests_total'), 'counter', 'Answered requests, by operation and result.', answered),
    family(
      named('shed_total'),
      'counter',
      'Requests answered too-busy, by reason.',
      [...counts.shed].map(([reason, value]) => [{ reason }, value]),
    ),
    histogramFamily(named('latency_seconds'), 'From the coming of a request to its answer.', counts.latencyMs, 1000),
    histogramFamily(named('commit_seconds'), 'Commits.', counts.commitMs, 1000),
    histogramFamily(named('batch_requests'), 'Requests of a commit.', counts.batch, 1),
    counter('repetitions_total', 'Repetitions of sessions that are over.', counts.repetitions),
    counter('forwarded_total', 'Requests and commands asked of other engines.', counts.forwarded),
    counter('commands_total', 'Commands answered.', counts.commands),
    counter('swept_total', 'Accounts looked at for what fell due.', counts.swept),
    counter('loaded_total', 'Accounts read into memory.', counts.loaded),
    counter('commits_failed_total', 'Commits that failed; who waited was decided again.', counts.commitsFailed),
    counter('faults_total', 'Requests that a fault of ours kept from being decided.', counts.faults),
    gauge('waiting', 'Requests without an answer.', state.waiting),
    gauge('shards', 'Shards that this engine has.', state.shards),
    gauge('accounts', 'Accounts in memory.', state.accounts),
    gauge('memory_bytes', 'Of accounts in memory, as estimated.', state.bytes),
    gauge('sessions', 'Running sessions of accounts in memory.', state.sessions),
    family(
      named('reserved'),
      'gauge',
      'Money set aside for running sessions of accounts in memory.',
      [...state.reservedMoney].map(([currency, nanos]) => [{ currency }, unitsOf(nanos)]),
    ),
  ];
}

/** Exact: digits, not a division. */
function unitsOf(nanos: bigint): string {
  const digits = String(nanos < 0n ? -nanos : nanos).padStart(10, '0');
  return `${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
