/** What `collect` prints: a line for each file and each alarm. */
import type { CollectEvents } from '#app/collecting/collect.ts';
import { formatRefusal, visibleText } from '#core/refusals.ts';

export function collectScreen(json: boolean): CollectEvents {
  const print = (value: object): boolean => process.stdout.write(`${JSON.stringify(value)}\n`);
  return {
    onFile(source, { file, state, counts, reasons, seconds, fileId, refusals }) {
      for (const refusal of refusals) process.stderr.write(`${formatRefusal(refusal)}\n`);
      if (json) print({ source, file, state, ...counts, seconds, reasons, ...(fileId === undefined ? {} : { fileId }) });
      else {
        const { read, ...outcomes } = counts;
        const parts = Object.entries(outcomes).map(([outcome, number]) => `${number} ${outcome}`);
        process.stdout.write(`${source}  ${visibleText(file)}  ${state}: ${read} read = ${parts.join(' + ')}\n`);
      }
    },
    onAlarm(source, { kind, subject, detail }) {
      if (json) print({ source, alarm: kind, subject, detail });
      else process.stderr.write(`${source}  ALARM ${kind}${subject === '' ? '' : ` ${visibleText(subject)}`}: ${visibleText(detail)}\n`);
    },
    onRound: () => undefined,
  };
}
