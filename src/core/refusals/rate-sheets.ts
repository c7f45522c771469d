import type { RefusalMeaning } from '../refusals.ts';

/** What can be wrong with a rate sheet, and what a reader may accept. Shown without `rate-sheet.` where it is clear. */
export const rateSheetRefusals = {
  'rate-sheet.file-missing': {
    meaning: 'The rate sheet cannot be read from disk.',
    http: 422,
    remedy: 'Check the path and its permissions.',
  },
  'rate-sheet.file-too-large': {
    meaning: 'The file, one of its parts or the number of its rows is beyond what a rate sheet may have.',
    http: 422,
    remedy: 'Split the sheet, or remove what is not rates.',
  },
  'rate-sheet.not-a-sheet': {
    meaning: 'The file is neither delimited text nor an XLSX workbook.',
    http: 422,
    remedy: 'Ask for, or save it as, CSV or XLSX.',
  },
  'rate-sheet.old-excel': {
    meaning: 'The file is an .xls of Excel 97 to 2003.',
    http: 422,
    remedy: 'Save it as .xlsx.',
  },
  'rate-sheet.encrypted': {
    meaning: 'The workbook is protected with a password.',
    http: 422,
    remedy: 'Ask for it without, or save it without.',
  },
  'rate-sheet.damaged': {
    meaning: 'The workbook cannot be unpacked or its XML cannot be read: cut off, or changed on the way.',
    http: 422,
    remedy: 'Fetch the file again.',
  },
  'rate-sheet.zip-bomb': {
    meaning: 'The workbook unpacks to far more than its size allows: it is made to exhaust memory.',
    http: 422,
    remedy: 'Do not open it. Ask the sender.',
  },
  'rate-sheet.truncated': {
    meaning: 'The text ends within a row.',
    http: 422,
    remedy: 'Fetch the file again.',
  },
  'rate-sheet.csv': {
    meaning: 'The delimited text cannot be read: a quote is never closed, or a field or row is far too long.',
    http: 422,
    remedy: 'Correct the line named.',
  },
  'rate-sheet.sheet-missing': {
    meaning: 'The workbook has no sheet of this name.',
    http: 422,
    remedy: 'Name one of those listed.',
  },
  'rate-sheet.sheet-hidden': {
    meaning: 'The workbook has one sheet, and it is hidden: what is seen in a spreadsheet program is not what would be read.',
    http: 422,
    remedy: 'Ask the sender. If it is meant, choose it with --sheet.',
  },
  'rate-sheet.sheet-ambiguous': {
    meaning: 'Several sheets of the workbook hold a table of rates.',
    http: 422,
    remedy: 'Choose one with --sheet.',
  },
  'rate-sheet.empty': {
    meaning: 'The sheet has no rates.',
    http: 422,
    remedy: 'Check that it is the right sheet.',
  },
  'rate-sheet.no-header': {
    meaning: 'No row is recognised as the header of a table with codes or destinations and prices.',
    http: 422,
    remedy: 'Map the columns with --map "Header=field", or by letters: --map A=destination --map B=code --map C=price.',
  },
  'rate-sheet.column-missing': {
    meaning: 'A column that the template or --map names is not in the header.',
    http: 422,
    remedy: 'Correct the name, or save the template again.',
  },
  'rate-sheet.column-unread': {
    meaning: 'Nothing is read from a column whose values look like increments, prices or dates.',
    http: 422,
    remedy: 'Map it to what it holds, or to ignore; or --accept column-unread.',
  },
  'rate-sheet.columns-ambiguous': {
    meaning: 'Two columns could both hold the same field.',
    http: 422,
    remedy: 'Map the one that counts, or map the other to ignore.',
  },
  'rate-sheet.mapping': {
    meaning: 'A mapping of a column is not of the form header=field.',
    http: 422,
    remedy: 'Use one of the fields that docs/reference/rate-sheets.md lists.',
  },
  'rate-sheet.template-missing': {
    meaning: 'No template of this name is stored.',
    http: 404,
    remedy: 'Save one with --save-template, or correct the name.',
  },
  'rate-sheet.template-wrong': {
    meaning: 'A stored template has a key or value that is not known.',
    http: 422,
    remedy: 'Correct it in the configuration, or save it again.',
  },
  'rate-sheet.cell-error': {
    meaning: 'A cell that is needed shows a spreadsheet error (#N/A, #REF! …).',
    http: 422,
    remedy: 'Correct the cell.',
  },
  'rate-sheet.formula-without-value': {
    meaning: 'A needed cell holds a formula and no stored result.',
    http: 422,
    remedy: 'Open the file in a spreadsheet program, and save it.',
  },
  'rate-sheet.formula': {
    meaning: 'A needed cell holds the stored result of a formula, which may be old.',
    http: 422,
    remedy: 'Check the values, then --accept formula.',
  },
  'rate-sheet.hidden-row': {
    meaning: 'Rows that are hidden in the spreadsheet are read.',
    http: 422,
    remedy: 'Check them, then --accept hidden-row, or leave them out with --skip-rows.',
  },
  'rate-sheet.code-missing': {
    meaning: 'A row has a price but no code.',
    http: 422,
    remedy: 'Add the code, or leave the row out with --skip-rows.',
  },
  'rate-sheet.code-impossible': {
    meaning: 'A code is not digits, was damaged by a spreadsheet program, is longer than a number can be, or begins several countries.',
    http: 422,
    remedy: 'Correct the cell, or leave the row out with --skip-rows.',
  },
  'rate-sheet.code-range': {
    meaning: 'A range of codes has ends of different length, or ends before it begins.',
    http: 422,
    remedy: 'Write both ends in full, the lower first.',
  },
  'rate-sheet.code-ambiguous': {
    meaning: 'It is not clear which codes are meant.',
    http: 422,
    remedy: 'Write the codes without spaces and hyphens, separated by commas.',
  },
  'rate-sheet.code-unknown': {
    meaning: 'A code begins with no country calling code: it is not, or no longer, assigned.',
    http: 422,
    remedy: 'Check it, then --accept code-unknown.',
  },
  'rate-sheet.no-codes': {
    meaning: 'The sheet prices destinations without codes, and the tariff has no code deck.',
    http: 422,
    remedy: 'Give the tariff a codeDeck, or map the column of codes.',
  },
  'rate-sheet.destination-unknown': {
    meaning: 'A destination of a sheet without codes is not in the tariff’s code deck.',
    http: 422,
    remedy: 'Correct the name, or add it to the deck.',
  },
  'rate-sheet.destination-clash': {
    meaning: 'One code has two names, or one name has codes of several countries.',
    http: 422,
    remedy: 'Check the names, then --accept destination-clash.',
  },
  'rate-sheet.price': {
    meaning: 'A price cannot be read as a number.',
    http: 422,
    remedy: 'Correct the cell; for decimal commas give --decimal comma.',
  },
  'rate-sheet.price-missing': {
    meaning: 'A row with a code has no price and does not say that it is closed.',
    http: 422,
    remedy: 'Add the price, or leave the row out with --skip-rows.',
  },
  'rate-sheet.price-negative': {
    meaning: 'A price is below zero.',
    http: 422,
    remedy: 'Correct the cell.',
  },
  'rate-sheet.price-absurd': {
    meaning: 'A price is above 1,000,000.',
    http: 422,
    remedy: 'Correct the cell.',
  },
  'rate-sheet.price-decimals': {
    meaning: 'A price has more than 12 decimals.',
    http: 422,
    remedy: 'Ask for rounded prices.',
  },
  'rate-sheet.price-unit': {
    meaning: 'A price column is per second and the tariff per minute, or the other way round.',
    http: 422,
    remedy: 'Set `per` of the tariff, or ask for the right sheet.',
  },
  'rate-sheet.price-zero': {
    meaning: 'A price is zero.',
    http: 422,
    remedy: 'Check it, then --accept price-zero.',
  },
  'rate-sheet.price-high': {
    meaning: 'A price is more than 1,000 times the middle price of the sheet.',
    http: 422,
    remedy: 'Check it, then --accept price-high.',
  },
  'rate-sheet.price-factor': {
    meaning: 'A price changes by more than the factor allowed.',
    http: 422,
    remedy: 'Check it, then --accept price-factor, or raise --max-change-factor.',
  },
  'rate-sheet.decimal-mixed': {
    meaning: 'Some prices have a decimal comma and others a decimal point.',
    http: 422,
    remedy: 'Correct the sheet.',
  },
  'rate-sheet.decimal-unclear': {
    meaning: 'A price such as 1,234 may be a thousand or a fraction.',
    http: 422,
    remedy: 'Give --decimal comma or --decimal point.',
  },
  'rate-sheet.currency': {
    meaning: 'A currency in the sheet is not that of the tariff.',
    http: 422,
    remedy: 'Ask for prices in the tariff’s currency, or import for another agreement.',
  },
  'rate-sheet.increments': {
    meaning: 'Increments cannot be read, or were turned into a date by a spreadsheet program.',
    http: 422,
    remedy: 'Correct the cell: 60/60, 1/1, 30/6.',
  },
  'rate-sheet.date': {
    meaning: 'A date cannot be read.',
    http: 422,
    remedy: 'Correct the cell, or give --date-format.',
  },
  'rate-sheet.date-mixed': {
    meaning: 'Some dates have the day first and others the month.',
    http: 422,
    remedy: 'Correct the sheet.',
  },
  'rate-sheet.date-unclear': {
    meaning: 'Dates such as 03/04/2026 may have the day or the month first.',
    http: 422,
    remedy: 'Give --date-format dd/mm/yyyy or mm/dd/yyyy.',
  },
  'rate-sheet.effective-missing': {
    meaning: 'Rows have no effective date.',
    http: 422,
    remedy: 'Give --effective.',
  },
  'rate-sheet.closing-date-missing': {
    meaning: 'A full replacement leaves codes out, and it is not clear from when they are closed.',
    http: 422,
    remedy: 'Give --effective.',
  },
  'rate-sheet.end-before-start': {
    meaning: 'A row ends before it begins.',
    http: 422,
    remedy: 'Correct the dates.',
  },
  'rate-sheet.effective-in-past': {
    meaning: 'A change counts from a day before today.',
    http: 422,
    remedy: 'Check it, then --accept effective-in-past; charges already booked keep their price.',
  },
  'rate-sheet.short-notice': {
    meaning: 'An increase counts sooner than the notice period.',
    http: 422,
    remedy: 'Check the contract, then --accept short-notice, or set --notice-days.',
  },
  'rate-sheet.band-unknown': {
    meaning: 'The sheet has prices for a time band that the tariff does not have.',
    http: 422,
    remedy: 'Give the tariff time bands, or map the column to ignore.',
  },
  'rate-sheet.change-unknown': {
    meaning: 'A word for a change is not known.',
    http: 422,
    remedy: 'Check the rows, then --accept change-unknown.',
  },
  'rate-sheet.word-differs': {
    meaning: 'The sheet calls a change the opposite of what it is.',
    http: 422,
    remedy: 'Check the rows, then --accept word-differs.',
  },
  'rate-sheet.duplicate': {
    meaning: 'Two rows say the same.',
    http: 422,
    remedy: 'Check them, then --accept duplicate.',
  },
  'rate-sheet.contradiction': {
    meaning: 'Two rows give one code different prices from the same date, or a row is closed and priced at once.',
    http: 422,
    remedy: 'Correct the sheet, or leave one row out with --skip-rows.',
  },
  'rate-sheet.overlap': {
    meaning: 'A row ends after the next one for its code begins.',
    http: 422,
    remedy: 'Check the dates, then --accept overlap: the later row counts from its date on.',
  },
  'rate-sheet.future-replaced': {
    meaning: 'A row replaces a price that was announced for a later date.',
    http: 422,
    remedy: 'Check it, then --accept future-replaced.',
  },
  'rate-sheet.closes-most': {
    meaning: 'A full replacement closes more than half of the codes in force.',
    http: 422,
    remedy: 'Check that the sheet is complete, then --accept closes-most, or use --mode amendment.',
  },
  'rate-sheet.imported-before': {
    meaning: 'The same file was imported before, and other changes came after it.',
    http: 422,
    remedy: 'Check that it is the right file, then --accept imported-before.',
  },
  'rate-sheet.not-accepted': {
    meaning: 'There are warnings that nobody has accepted.',
    http: 409,
    remedy: 'Look at them, then give --accept with their codes, or --accept-all.',
  },
  'rate-sheet.agreement-unknown': {
    meaning: 'There is no agreement of this name.',
    http: 404,
    remedy: 'Name one of those that `carillon export` shows.',
  },
  'rate-sheet.service-ambiguous': {
    meaning: 'The agreement has several services or directions that the sheet could be for.',
    http: 422,
    remedy: 'Give --direction (or --role) or --service, as the message lists them.',
  },
  'rate-sheet.service-missing': {
    meaning: 'The agreement has no such service in this direction.',
    http: 422,
    remedy: 'Correct --direction or --service, or add the service to the agreement.',
  },
  'rate-sheet.tariff-by-files': {
    meaning: 'The tariff’s rates are kept in the configuration files.',
    http: 409,
    remedy: 'Set `ratesBy: sheets` on the tariff and apply it, or change its rates in the files.',
  },
  'rate-sheet.tariff-unknown': {
    meaning: 'No tariff has this name.',
    http: 404,
    remedy: 'Take the name that an agreement has its tariff by.',
  },
  'rate-sheet.rate-wrong': {
    meaning: 'A rate that is added by hand cannot be read so.',
    http: 422,
    remedy: 'Give the code as digits, the price with a point (0.0123), increments as 60/60, and a day.',
  },
  'rate-sheet.import-unknown': {
    meaning: 'There is no import of this number.',
    http: 404,
    remedy: '`carillon rates imports` lists them.',
  },
  'rate-sheet.undo-not-last': {
    meaning: 'A later import or change builds on this one.',
    http: 409,
    remedy: 'Undo the later ones first.',
  },
  'rate-sheet.option': {
    meaning: 'A value on the command line cannot be read.',
    http: 422,
    remedy: 'Correct it as the message says.',
  },
  'rate-sheet.busy': {
    meaning: 'Another command is changing the configuration.',
    http: 409,
    remedy: 'Try again when it is done.',
  },
  'rate-sheet.draft-unknown': {
    meaning: 'No draft of a rate sheet has this number, or it is somebody else’s.',
    http: 404,
    remedy: 'GET /v1/rate-sheet-drafts lists yours. One that was activated is gone: GET /v1/rate-sheets lists what was taken in.',
  },
  'rate-sheet.drafts-full': {
    meaning: 'As many drafts wait as may wait for one.',
    http: 409,
    remedy: 'Activate or delete some of them.',
  },
} as const satisfies Record<string, RefusalMeaning>;
