/** `carillon usage correct`: what a person says that a held or rated record means. */
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { type CorrectedFields, faultOfCorrection } from '#pipeline/correct-draft.ts';
import { insertCorrection } from '#storage/usage/record-corrections.ts';
import { selectRecords } from '#storage/usage/records.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { correctRated } from './correct-rated.ts';
import type { UsageHome } from './home.ts';
import { parseRecordNumber, whyNotThere } from './look-up.ts';
import type { ReplacedEvent } from './replace-event.ts';

export interface CorrectRequest {
  readonly record: string;
  /** `called=442079460000`, one for each field. */
  readonly set: readonly string[];
  readonly why: string;
  /** Who says so. */
  readonly by: string;
  /** Of a rated record: only see what it would be charged. */
  readonly dryRun?: boolean;
}

export interface CorrectReport {
  readonly fields: CorrectedFields;
  /** What a rated record was, and is now. Undefined for a held one: it is priced when it is taken up. */
  readonly replaced: ReplacedEvent | undefined;
}

const MOST_WHY = 500;

/**
 * Stores the fields. A held record is priced with them when it is taken up again; of a rated one the charges are reversed and
 * it is charged anew, at once. Throws RefusedError: no such record (`usage.record-unknown`), one that is neither
 * (`usage.not-correctable`), fields or words that are none (`usage.correction-invalid`), a rated record that could not be
 * priced then (`usage.correction-unratable`), raw text that is gone (`usage.archive-removed`).
 */
export async function correctUsage(home: UsageHome, request: CorrectRequest): Promise<CorrectReport> {
  const id = parseRecordNumber(request.record);
  const why = request.why.trim();
  const fields = fieldsOf(request.set, why);
  return withUsageWriter(
    home.database,
    () => undefined,
    async (writer, client): Promise<CorrectReport> => {
      const [record] = await selectRecords(client, { id, fileIds: undefined, number: undefined, status: undefined, limit: 1 });
      if (record === undefined) throw new RefusedError(await whyNotThere(client, id));
      if (record.status === 'rated') {
        const order = { id, fields, why, by: request.by, dryRun: request.dryRun === true };
        return { fields, replaced: await correctRated(home, writer, client, order) };
      }
      if (record.status !== 'held')
        throw new RefusedError(
          refuse('usage.not-correctable', `record ${id} is ${record.status}; only held and rated records can be corrected`),
        );
      if (request.dryRun !== true) await insertCorrection(client, id, { fields, why, by: request.by });
      return { fields, replaced: undefined };
    },
  );
}

function fieldsOf(set: readonly string[], why: string): CorrectedFields {
  const invalid = (message: string, field?: string, value?: string): Refusal =>
    refuse('usage.correction-invalid', message, {
      ...(field === undefined ? {} : { field }),
      ...(value === undefined ? {} : { value: value.slice(0, 120) }),
    });
  const faults: Refusal[] = [];
  if (why === '' || why.length > MOST_WHY) faults.push(invalid(`the words of --why must be 1 to ${MOST_WHY} characters`, '--why'));
  const fields: Record<string, string> = {};
  for (const text of set) {
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
  if (set.length === 0) faults.push(invalid('no field is given', '--set'));
  if (faults.length > 0) throw new RefusedError(...faults);
  return fields;
}
