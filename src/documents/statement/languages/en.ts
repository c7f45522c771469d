import { englishStatement } from '#core/settlement/statement-words.ts';
import type { StatementTexts } from './words.ts';

/** Its sentences are the terminal's; the words of its prices are core's. */
export const en: Omit<StatementTexts, 'separators' | 'prices'> = {
  labels: {
    ...{ title: 'Settlement statement', provisional: 'PROVISIONAL', to: 'To', dueTo: 'Due to {name}', net: 'Net' },
    ...{ destination: 'Destination', increments: 'Incr.', amount: 'Amount {currency}', total: 'Total {name}' },
    ...{ noUsage: 'No usage in this period.', notes: 'Notes', page: 'page {page} of {pages}' },
    ...{ agreement: 'Agreement', account: 'Account', period: 'Period', zone: 'Time zone', currency: 'Currency', date: 'Date' },
    taxId: 'Tax ID',
  },
  words: englishStatement.words,
};
