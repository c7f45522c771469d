/** An engine's counters in the text that Prometheus reads (exposition format 0.0.4). */
import type { Histogram } from '#engine/counts.ts';
import type { ChargingEngine } from '#engine/engine.ts';

/** Names begin with `carillon_charging_`; times are in seconds, money in units of its currency. */
export function chargingMetrics(engine: ChargingEngine): string {
  const { counts, state } = engine;
  const lines: string[] = [];
  const family = (name: string, kind: 'counter' | 'gauge' | 'histogram', help: string): string => {
    lines.push(`# HELP carillon_charging_${name} ${help}`, `# TYPE carillon_charging_${name} ${kind}`);
    return `carillon_charging_${name}`;
  };
  const single = (name: string, kind: 'counter' | 'gauge', help: string, value: number): void => {
    lines.push(`${family(name, kind, help)} ${value}`);
  };
  const requests = family('requests_total', 'counter', 'Answered requests, by operation and result.');
  for (const [key, value] of counts.answered) {
    const [operation, result] = key.split(' ');
    lines.push(`${requests}{operation="${operation}",result="${result}"} ${value}`);
  }
  const shed = family('shed_total', 'counter', 'Requests answered too-busy, by reason.');
  for (const [reason, value] of counts.shed) lines.push(`${shed}{reason="${reason}"} ${value}`);
  histogram(lines, family('latency_seconds', 'histogram', 'From the coming of a request to its answer.'), counts.latencyMs, 1000);
  histogram(lines, family('commit_seconds', 'histogram', 'Commits.'), counts.commitMs, 1000);
  histogram(lines, family('batch_requests', 'histogram', 'Requests of a commit.'), counts.batch, 1);
  single('repetitions_total', 'counter', 'Repetitions of sessions that are over.', counts.repetitions);
  single('forwarded_total', 'counter', 'Requests and commands asked of other engines.', counts.forwarded);
  single('commands_total', 'counter', 'Commands answered.', counts.commands);
  single('swept_total', 'counter', 'Accounts looked at for what fell due.', counts.swept);
  single('loaded_total', 'counter', 'Accounts read into memory.', counts.loaded);
  single('commits_failed_total', 'counter', 'Commits that failed; who waited was decided again.', counts.commitsFailed);
  single('faults_total', 'counter', 'Requests that a fault of ours kept from being decided.', counts.faults);
  single('waiting', 'gauge', 'Requests without an answer.', state.waiting);
  single('shards', 'gauge', 'Shards that this engine has.', state.shards);
  single('accounts', 'gauge', 'Accounts in memory.', state.accounts);
  single('memory_bytes', 'gauge', 'Of accounts in memory, as estimated.', state.bytes);
  single('sessions', 'gauge', 'Running sessions of accounts in memory.', state.sessions);
  const reserved = family('reserved', 'gauge', 'Money set aside for running sessions of accounts in memory.');
  for (const [currency, nanos] of state.reservedMoney) lines.push(`${reserved}{currency="${currency}"} ${unitsOf(nanos)}`);
  return `${lines.join('\n')}\n`;
}

function histogram(lines: string[], name: string, { bounds, counts, sum }: Histogram, divisor: number): void {
  let below = 0;
  for (const [place, bound] of bounds.entries()) {
    below += counts[place] ?? 0;
    lines.push(`${name}_bucket{le="${bound / divisor}"} ${below}`);
  }
  below += counts[bounds.length] ?? 0;
  lines.push(`${name}_bucket{le="+Inf"} ${below}`, `${name}_sum ${sum / divisor}`, `${name}_count ${below}`);
}

/** Exact: digits, not a division. */
function unitsOf(nanos: bigint): string {
  const digits = String(nanos < 0n ? -nanos : nanos).padStart(10, '0');
  return `${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
