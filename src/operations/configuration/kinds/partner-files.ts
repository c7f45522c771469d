/** How a partner writes its declarations and invoices. */
import { type PartnerFile, partnerFileFields } from '#core/parties/partner-files.ts';
import { services } from '#core/usage/usage-event.ts';
import { text } from '../scalar-shapes.ts';
import { changed, listOf, mapOf, oneOf, optional, record, required, type Shape, scalar } from '../shapes.ts';
import { present } from '../terms-json.ts';

const separator = scalar('one character', 'one character such as ; or the word tab', { type: 'string' }, (value) =>
  value === 'tab' ? '\t' : [...value].length === 1 ? value : undefined,
);

const partnerFile = record('object', {
  side: optional(oneOf(['receivable', 'payable']), 'Only figures of this side. Left out: of both.', 'payable'),
  service: optional(oneOf(services), 'Only figures of this service. Left out: of all.', 'voice'),
  columns: required(
    mapOf({ says: 'header, or column letters', pattern: /^.{1,200}$/s }, oneOf(partnerFileFields)),
    'What columns hold, by header or letters: see docs/reference/declarations.md.',
    '{Echtzeit: raw, C: ignore}',
  ),
  sheet: optional(text, 'Sheet of a workbook. Left out: the first that can be read.', 'Traffic'),
  separator: optional(separator, 'Separator of delimited text. Left out: found.', '";"'),
  decimal: optional(oneOf(['point', 'comma']), 'Decimal mark. Left out: found from all rows.', 'comma'),
  dateFormat: optional(oneOf(['dd/mm/yyyy', 'mm/dd/yyyy', 'yyyy-mm-dd']), 'Order of days. Left out: found from all rows.', 'dd/mm/yyyy'),
  unit: optional(oneOf(['seconds', 'minutes']), 'Of durations whose header does not say it.', 'minutes'),
});

export const partnerFiles: Shape<readonly PartnerFile[]> = changed(listOf(partnerFile), (files) =>
  files.map((file): PartnerFile => present(file)),
);
