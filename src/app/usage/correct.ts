/** `carillon usage correct`: what a person says that a held record means. */
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { type CorrectedFields, faultOfCorrection } from '#pipeline/correct-draft.ts';
import { insertCorrection } from '#storage/usage/record-corrections.ts';
import { selectRecords } from '#storage/usage/records.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber } from './look-up.ts';

export interface CorrectRequest {
  readonly record: string;
  /** `called=442079460000`, one for each field. */
  readonly set: readonly string[];
  readonly why: string;
  /** Who says so. */
  readonly by: string;
}

const MOST_WHY = 500;

/**
 * Stores the fields; the record is priced with them when it is taken up again. Throws RefusedError: no such record
 * (`usage.record-unknown`), one that is not held (`usage.not-held`), fields or words that are none (`usage.correction-invalid`).
 */
export async function correctUsage({ database }: UsageHome, request: CorrectRequest): Promise<CorrectedFields> {
  const id = parseRecordNumber(request.record);
  const why = request.why.trim();
  const invalid = (message: string, field?: string, value?: string): Refusal =>
    refuse('usage.correction-invalid', message, {
      ...(field === undefined ? {} : { field }),
      ...(value === undefined ? {} : { value: value.slice(0, 120) }),
    });
  const faults: Refusal[] = [];
  if (why === '' || why.length > MOST_WHY) faults.push(invalid(`the words of --why must be 1 to ${MOST_WHY} characters`, '--why'));
  const fields: Record<string, string> = {};
  for (const text of request.set) {
    const at = text.indexOf('=');
    const [field, value] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
    if (at < 1) faults.push(invalid('a field is given as name=value', '--set', text));
    else if (Object.hasOwn(fields, field)) faults.push(invalid('the field is given twice', field, value));
    else {
      const fault = faultOfCorrection(field, value);
      if (fault !== undefined) faults.push(invalid(`must be ${fault}`, field, value));
      fields[field] = value;
    }
  }
  if (request.set.length === 0) faults.push(invalid('no field is given', '--set'));
  if (faults.length > 0) throw new RefusedError(...faults);
  await withUsageWriter(
    database,
    () => undefined,
    async (_, client) => {
      const [record] = await selectRecords(client, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
      if (record === undefined) throw new RefusedError(refuse('usage.record-unknown', `there is no record ${id}`));
      if (record.status !== 'held')
        throw new RefusedError(refuse('usage.not-held', `record ${id} is ${record.status}; only held records can be corrected`));
      await insertCorrection(client, id, { fields, why, by: request.by });
    },
  );
  return fields;
}
