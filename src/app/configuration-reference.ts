/** What reading configuration files needs to know of the world, from data/ and the holiday library. */
import { formatCsvRow, parseCsv } from '#codecs/csv/csv.ts';
import type { ReferenceData } from '#operations/configuration/reference-data.ts';
import { resolveHolidays } from './holidays.ts';
import { loadCountries, loadWorldCodeDeck } from './reference-data.ts';

export function configurationReference(): ReferenceData {
  return {
    isCountry: (code) => loadCountries().has(code),
    holidays: (country, region, fromYear, toYear) => resolveHolidays({ country, region, fromYear, toYear }),
    worldCodes: () => loadWorldCodeDeck().deck.codes,
    parseTable: (text, separator) => parseCsv(text, { separator }),
    formatTableRow: (fields) => formatCsvRow(fields),
  };
}
