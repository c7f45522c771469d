import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { viewStatement } from '#core/settlement/statement-view.ts';
import { said } from '#core/settlement/statement-words.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import { lettersLacking } from '../letters.ts';
import { renderPdf } from '../typst.ts';
import { type DocumentSaying, statementLanguage } from './statement-language.ts';

/** The statement as a PDF for the partner. The same statement gives the same bytes. */
export function renderStatement(statement: Statement, language: DocumentLanguage): Buffer {
  return renderPdf({
    folder: import.meta.dirname,
    template: 'statement.typ',
    data: breakable(statementData(statement, language)),
    createdSeconds: Date.parse(`${statement.preparedOn}T00:00:00Z`) / 1000,
  });
}

/** Letters of names that the documents' fonts do not have; the PDF shows boxes for them. */
export function lettersNotPrinted(statement: Statement, language: DocumentLanguage): readonly string[] {
  return lettersLacking(JSON.stringify(statementData(statement, language)), 'with-arabic');
}

/** Everything the template prints. */
export function statementData(statement: Statement, language: DocumentLanguage): object {
  const { agreement, entity, party, account, zone, currency, preparedOn } = statement;
  const [year, month, day] = preparedOn.split('-').map(Number);
  const says = statementLanguage(language);
  const { labels, name } = says;
  return {
    ...{ language, direction: says.direction, labels },
    title: `${labels.title} ${agreement.id} ${statement.period.label}`,
    date: { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
    provisional: statement.provisional,
    entity: { name: entity.name, contact: contact(entity, says), due: said(labels.dueTo, { name: name(entity.name) }) },
    party: { name: party.name, contact: contact(party, says), due: said(labels.dueTo, { name: name(party.name) }) },
    agreement: { id: agreement.id },
    facts: [
      [labels.agreement, agreement.name === agreement.id ? agreement.id : `${agreement.id}, ${agreement.name}`],
      [labels.account, account.id],
      [labels.period, says.period(statement.period)],
      [labels.zone, zone],
      [labels.currency, currency],
      [labels.date, says.day(preparedOn)],
    ],
    view: viewStatement(statement, says),
  };
}

function contact(who: Statement['entity'] | Statement['party'], { labels, name }: DocumentSaying): string[] {
  return [
    ...who.address.map(name),
    ...(who.taxId === undefined ? [] : [`${labels.taxId} ${name(who.taxId)}`]),
    ...(who.email === undefined ? [] : [name(who.email)]),
  ];
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
