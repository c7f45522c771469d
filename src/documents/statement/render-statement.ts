import { writeDate, writePeriod } from '#core/settlement/statement-period.ts';
import { viewStatement } from '#core/settlement/statement-view.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import { lettersLacking } from '../letters.ts';
import { renderPdf } from '../typst.ts';

/** The statement as a PDF for the partner. The same statement gives the same bytes. */
export function renderStatement(statement: Statement): Buffer {
  return renderPdf({
    folder: import.meta.dirname,
    template: 'statement.typ',
    data: breakable(statementData(statement)),
    createdSeconds: Date.parse(`${statement.preparedOn}T00:00:00Z`) / 1000,
  });
}

/** Letters of names that the documents' font does not have; the PDF shows boxes for them. */
export function lettersNotPrinted(statement: Statement): readonly string[] {
  return lettersLacking(JSON.stringify(statementData(statement)), 'source-sans');
}

/** Everything the template prints. */
function statementData(statement: Statement): object {
  const { agreement, entity, party, account, zone, currency, preparedOn } = statement;
  const [year, month, day] = preparedOn.split('-').map(Number);
  return {
    title: `Settlement statement ${agreement.id} ${statement.period.label}`,
    date: { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
    provisional: statement.provisional,
    entity: { name: entity.name, contact: contact(entity) },
    party: { name: party.name, contact: contact(party) },
    agreement: { id: agreement.id },
    facts: [
      ['Agreement', agreement.name === agreement.id ? agreement.id : `${agreement.id}, ${agreement.name}`],
      ['Account', account.id],
      ['Period', writePeriod(statement.period)],
      ['Time zone', zone],
      ['Currency', currency],
      ['Date', writeDate(preparedOn)],
    ],
    view: viewStatement(statement),
  };
}

function contact(who: Statement['entity'] | Statement['party']): string[] {
  return [...who.address, ...(who.taxId === undefined ? [] : [`Tax ID ${who.taxId}`]), ...(who.email === undefined ? [] : [who.email])];
}

/** Characters that fit in the narrowest column of names. */
const LONGEST_WORD = 24;

/** Lets words that no column could hold be broken (zero-width spaces), in all text of the data. */
function breakable(data: object): object {
  const wide = new RegExp(`[^\\s\u200b]{${LONGEST_WORD}}(?=[^\\s\u200b])`, 'gu');
  return JSON.parse(JSON.stringify(data), (_, value: unknown) =>
    typeof value === 'string' ? value.replace(wide, '$&\u200b') : value,
  ) as object; // an object went in
}
