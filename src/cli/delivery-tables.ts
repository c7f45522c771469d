import type { MadeBatch } from '#app/delivery/batch.ts';
import type { ReadReport } from '#app/delivery/bounces.ts';
import type { DeliveryEvent, DeliveryStanding } from '#app/delivery/overview.ts';
import type { RunOutcome } from '#app/delivery/run.ts';
import { visibleText } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatPairs, formatTable } from './table.ts';

/** One attempt, as it ended. */
export interface Attempt {
  readonly delivery: { readonly deliveryId: bigint; readonly number: string; readonly route: { readonly by: string } };
  readonly outcome: { readonly outcome: string; readonly answer: string };
  readonly nextMicros: number | undefined;
}

export function attemptLine(
  { delivery: { deliveryId, number, route }, outcome: { outcome, answer }, nextMicros }: Attempt,
  json: boolean,
): string {
  const next = instant(nextMicros);
  if (json) return `${JSON.stringify({ delivery: String(deliveryId), document: number, way: route.by, outcome, answer, next })}\n`;
  const again = next === undefined ? '' : `; again at ${next.slice(0, 19)}Z`;
  return `${number} by ${route.by}: ${outcome}: ${visibleText(answer)}${again}\n`;
}

export function printRun({ planned, sent, deferred, refused }: RunOutcome): string {
  return `${planned} new, ${sent} sent, ${deferred} to be tried again, ${refused} refused\n`;
}

export function printDeliveries(deliveries: readonly DeliveryStanding[], json: boolean): string {
  if (json) return deliveries.map((one) => `${JSON.stringify(standingJson(one))}\n`).join('');
  if (deliveries.length === 0) return 'no deliveries\n';
  const columns = [
    { title: '#', align: 'right' as const },
    ...['document', 'account', 'state'].map((title) => ({ title, cut: 'never' as const })),
    { title: 'to' },
    { title: 'tries', align: 'right' as const },
    { title: 'when' },
    { title: 'said last' },
  ];
  const rows = deliveries.map(({ deliveryId, document, account, state, route, attempts, nextMicros, doneMicros, said }) => [
    String(deliveryId),
    document,
    account,
    state,
    route,
    String(attempts),
    instant(doneMicros ?? nextMicros)?.slice(0, 16) ?? '',
    said,
  ]);
  return `${formatTable(columns, rows, { width: 180 })}\n`;
}

export function printHistory(
  { standing, events }: { readonly standing: DeliveryStanding; readonly events: readonly DeliveryEvent[] },
  json: boolean,
): string {
  if (json) {
    const history = events.map(({ atMicros, endMicros, ...rest }) => ({ at: instant(atMicros), end: instant(endMicros), ...rest }));
    return `${JSON.stringify({ ...standingJson(standing), history }, undefined, 2)}\n`;
  }
  const pairs = formatPairs([
    ['document', standing.document],
    ['account', standing.account],
    ['to', standing.route],
    ['state', standing.state],
    ...(standing.nextMicros === undefined ? [] : ([['next attempt', `${instant(standing.nextMicros)?.slice(0, 19)}Z`]] as const)),
  ]);
  if (events.length === 0) return `${pairs}\n\nno attempt yet\n`;
  const rows = events.map(({ atMicros, what, by, said }) => [`${instant(atMicros)?.slice(0, 19)}Z`, what, by, said]);
  return `${pairs}\n\n${formatTable([{ title: 'at' }, { title: 'what' }, { title: 'by' }, { title: 'said' }], rows, { width: 180 })}\n`;
}

const WORDS: Readonly<Record<ReadReport['what'], string>> = {
  recorded: 'recorded',
  known: 'recorded before',
  'not-ours': 'of no mail that we sent',
  'no-report': 'no report of a delivery',
};

export function printReports(reports: readonly ReadReport[], json: boolean): string {
  if (json) return reports.map((one) => `${JSON.stringify(one)}\n`).join('');
  if (reports.length === 0) return 'no messages\n';
  const rows = reports.map(({ file, what, document, recipients }) => [
    file,
    WORDS[what],
    document ?? '',
    recipients.map(({ recipient, action, status, diagnostic }) => `${recipient} ${action} ${status} ${diagnostic}`).join('; '),
  ]);
  return `${formatTable([{ title: 'message', cut: 'start' }, { title: 'is' }, { title: 'document' }, { title: 'says' }], rows, { width: 180 })}\n`;
}

export function printBatch({ batchId, documents, pages }: MadeBatch, out: string, json: boolean): string {
  if (json) return `${JSON.stringify({ batch: String(batchId), file: out, pages, documents })}\n`;
  return `batch ${batchId}: ${documents.length} documents on ${pages} pages in ${visibleText(out)}\n`;
}

function standingJson({ deliveryId, nextMicros, doneMicros, ...rest }: DeliveryStanding): object {
  return { delivery: String(deliveryId), ...rest, next: instant(nextMicros), done: instant(doneMicros) };
}

function instant(micros: number | undefined): string | undefined {
  return micros === undefined ? undefined : formatInstant(micros);
}
