import type { RefusalMeaning } from '../refusals.ts';

/**
 * Why a record is rejected: it cannot be an event, because it is damaged or contradicts itself. No
 * tariff would change that. `carillon usage retry --rejected` reads it again after the source's declaration changed.
 */
export const rejectionReasons = {
  'usage.record-too-long': {
    meaning: 'The record is longer than the source allows; it was not read further.',
    http: 422,
    remedy: 'Look at the raw record: usually line ends are missing. maximumRecordBytes of the source sets the limit.',
  },
  'usage.truncated-record': {
    meaning: 'The file ends inside its last record, or may do so: there is no line end behind it.',
    http: 422,
    remedy:
      'Load the whole file when it has arrived: what was already taken is recognised as duplicate. Where files never end with a line end, set unendedRecord: take at the source, then retry with --rejected.',
  },
  'usage.columns-missing': {
    meaning: 'The record has fewer columns than the source declares.',
    http: 422,
    remedy: 'Look at the raw record; correct the separator, the quote or the columns of the source.',
  },
  'usage.columns-surplus': {
    meaning: 'The record has more columns than the source declares, so any of them may stand where another is meant.',
    http: 422,
    remedy: 'Look at the raw record; correct the columns of the source, or set extraColumns: ignore where columns are added at the end.',
  },
  'usage.column-unexpected': {
    meaning:
      'A column does not look as the source expects it in every record: the record may be shifted or cut, so any column may stand where another is meant.',
    http: 422,
    remedy:
      'Look at the raw record. If it is as the switch writes them, correct the columns or expect of the source, then retry with --rejected.',
  },
  'usage.nothing-taken': {
    meaning: 'Every record of the file was passed over, and the format does not even name their types: it may be a file of another kind.',
    http: 422,
    remedy:
      'Load the file with the source of its kind: nothing of it is in the books. Types that belong there are named in skip of the format.',
  },
  'usage.quote-unbalanced': {
    meaning: 'A quoted field of the record does not end, or text follows its end.',
    http: 422,
    remedy: 'Look at the raw record; correct the quote of the source.',
  },
  'usage.carriage-return': {
    meaning: 'A carriage return stands inside the record, outside of quotes: two records may stand on one line.',
    http: 422,
    remedy: 'Look at the raw record; let the lines of the file end with LF or CRLF, and load it again.',
  },
  'usage.nul-byte': {
    meaning: 'The record contains NUL bytes: damaged storage, or a wrong encoding.',
    http: 422,
    remedy: 'Fetch the file again, or correct the encoding of the source.',
  },
  'usage.encoding': {
    meaning: 'The record, or the file, is not text in the encoding that the source declares.',
    http: 422,
    remedy: 'Correct the encoding of the source.',
  },
  'usage.json-damaged': {
    meaning: 'The text is not a JSON object, or breaks off inside one.',
    http: 422,
    remedy: 'Look at the raw record; fetch it again from the switch.',
  },
  'usage.xml-damaged': {
    meaning: 'The text is not a record in XML, breaks off inside one, or has what a record must not have (a DOCTYPE, entities of its own).',
    http: 422,
    remedy: 'Look at the raw record; fetch it again from the switch, or correct xml.record of the format.',
  },
  'usage.attribute-damaged': {
    meaning: 'A line of the record is not an attribute with its value.',
    http: 422,
    remedy: 'Look at the raw record; fetch it again from the RADIUS server.',
  },
  'usage.type-unknown': {
    meaning: 'The record is of a type that the format does not name, so nobody has said whether it is usage.',
    http: 422,
    remedy: 'Add the type to records.take or records.skip of the format or the source, then retry with --rejected.',
  },
  'usage.ber-damaged': {
    meaning: 'The bytes are not a record in BER: a tag or a length is none, or an element does not fit into what it stands in.',
    http: 422,
    remedy: 'Look at the raw record; fetch the file again from the switch, or correct ber.framing and ber.record of the format.',
  },
  'usage.ber-too-large': {
    meaning: 'The record has more than 1000 elements that are charged each, or more than 65536 elements altogether.',
    http: 422,
    remedy: 'Look at the raw record: a switch closes its records long before that.',
  },
  'usage.ber-encoding': {
    meaning: 'The header of TS 32.297 says that the record is not in BER but in PER or XER, which are not read.',
    http: 422,
    remedy: 'Let the charging gateway write BER.',
  },
  'usage.key-missing': {
    meaning: 'The columns that identify the record are empty, so a repetition could not be recognised.',
    http: 422,
    remedy: 'Let the switch write them, or choose other key columns.',
  },
  'usage.time-missing': {
    meaning: 'The record has no start time.',
    http: 422,
    remedy: 'Look at the raw record; correct the mapping of start.',
  },
  'usage.time-unreadable': {
    meaning: 'A time of the record is not written as the source declares, or does not exist in the calendar.',
    http: 422,
    remedy: 'Look at the raw record; correct the time format of the source.',
  },
  'usage.time-out-of-range': {
    meaning: 'A time of the record lies before 2000 or after 2099.',
    http: 422,
    remedy: 'Check the clock of the switch and the unit of the time.',
  },
  'usage.duration-unreadable': {
    meaning: 'The duration is not a number in the unit that the source declares.',
    http: 422,
    remedy: 'Look at the raw record; correct the mapping of duration.',
  },
  'usage.duration-negative': {
    meaning: 'The duration is negative.',
    http: 422,
    remedy: 'Ask the switch’s operator: its clock may have been set back during the call.',
  },
  'usage.duration-out-of-range': {
    meaning: 'The duration is longer than 100 years.',
    http: 422,
    remedy: 'Look at the raw record; check the unit of duration.',
  },
  'usage.duration-missing': {
    meaning:
      'The call was answered, and the record has neither a duration nor an end; or nothing but a duration would say whether it was answered.',
    http: 422,
    remedy:
      'Look at the raw record; correct the mapping of duration, end or answered. Where the switch leaves the duration of unanswered calls empty, say answeredBy: duration.',
  },
  'usage.end-before-start': {
    meaning: 'The record ends before it starts, or is answered outside of start and end, by more than 2 seconds.',
    http: 422,
    remedy: 'Look at the raw record; ask the switch’s operator.',
  },
  'usage.called-missing': {
    meaning: 'The record has no called number.',
    http: 422,
    remedy: 'Look at the raw record; correct the mapping of called.',
  },
  'usage.quantity-unreadable': {
    meaning:
      'A count, a number of bytes or a price is not a number, is negative, or is too large (bytes: up and down together below 2^53).',
    http: 422,
    remedy: 'Look at the raw record; correct the mapping.',
  },
  'usage.service-unknown': {
    meaning: 'The record’s service is none of voice, sms, mms, data, content and event.',
    http: 422,
    remedy: 'Map the texts of the service column in the source.',
  },
  'usage.part-unreadable': {
    meaning: 'What the record says of its part in a call (start, stop, first, last) is not understood, or names no call.',
    http: 422,
    remedy: 'Look at the raw record; map the texts of part, or take its type out with records.skip.',
  },
  'usage.record-skipped': {
    meaning: 'The record was taken up again, and the format says today that records of its type are no usage.',
    http: 422,
    remedy: 'Nothing, if that is so: discard it. Else correct records.take or records.skip of the format or the source.',
  },
  'usage.discarded': {
    meaning: 'Somebody said that the record shall never be charged; the detail says who, when and why, and what it was before.',
    http: 422,
    remedy: 'If that was a mistake: carillon usage retry --rejected --reason usage.discarded.',
  },
  'usage.rolled-back': {
    meaning: 'The file of the record was taken out of the books; the detail says who, when and why, and what the record was before.',
    http: 422,
    remedy: 'Load the corrected file, or the same one again.',
  },
} as const satisfies Record<string, RefusalMeaning>;

/**
 * Why a record is held before it is rated: it is an event, but a person or a change of configuration
 * must say what it means. `carillon usage retry` takes it up again.
 */
export const holdReasons = {
  'usage.time-nonexistent': {
    meaning: 'The local time was skipped by a clock change in the source’s zone.',
    http: 422,
    remedy: 'Correct the zone of the source (many switches write UTC), then retry.',
  },
  'usage.duration-over-maximum': {
    meaning: 'The call is longer than the source’s maximumSeconds.',
    http: 422,
    remedy: 'Check it with the partner; raise maximumSeconds of the source, then retry.',
  },
  'usage.called-unreadable': {
    meaning: 'The called number has letters, or too many digits, or cannot be a number for another reason.',
    http: 422,
    remedy: 'Correct the numbering rules of the source or the trunk, then retry.',
  },
  'usage.called-short-code': {
    meaning: 'The called number is a short code, which means something only in its own network.',
    http: 422,
    remedy: 'Set shortCodes: pass at the source to price it by its digits, then retry.',
  },
  'usage.awaiting-parts': {
    meaning: 'The record is one part of a call or session whose other parts are elsewhere; alone it must not be charged.',
    http: 422,
    remedy: 'Load the other parts. When the time of the correlation is out, it is rated as it is or held for usage.parts-missing.',
  },
  'usage.parts-missing': {
    meaning: 'The record is one part of a call or session whose other parts did not come in time; the detail says which.',
    http: 422,
    remedy: 'Load the missing part, which completes it. Or set onTimeout: rate at the correlation and retry, or discard the parts.',
  },
  'usage.part-late': {
    meaning: 'The record is one part of a call or session that was rated without it, when the time was out.',
    http: 422,
    remedy:
      'See the event that the detail names with "carillon usage show". Then "carillon usage join" charges the call anew with the part, or "carillon usage discard" closes the record.',
  },
  'screening.volume': {
    meaning: 'A caller, called number, trunk or destination has more calls or minutes in a window than a screening rule allows.',
    http: 422,
    remedy: 'See "carillon usage flags". If it is right, "carillon usage release"; else discard it. Or change the rule, then retry.',
  },
  'screening.burst': {
    meaning: 'More very short calls in a window than a screening rule allows.',
    http: 422,
    remedy: 'See "carillon usage flags". If it is right, "carillon usage release"; else discard it. Or change the rule, then retry.',
  },
  'screening.simultaneous': {
    meaning: 'More calls at one time than a screening rule allows.',
    http: 422,
    remedy: 'See "carillon usage flags". If it is right, "carillon usage release"; else discard it. Or change the rule, then retry.',
  },
  'screening.first-call': {
    meaning: 'The first call to numbers that a screening rule watches.',
    http: 422,
    remedy: 'See "carillon usage flags". If it is right, "carillon usage release"; else discard it. Or change the rule, then retry.',
  },
  'screening.silence': {
    meaning: 'Traffic of a number or trunk that had been silent for longer than a screening rule says.',
    http: 422,
    remedy: 'See "carillon usage flags". If it is right, "carillon usage release"; else discard it. Or change the rule, then retry.',
  },
  'usage.caller-unreadable': {
    meaning: 'The caller’s number has letters, or too many digits, or cannot be a number for another reason.',
    http: 422,
    remedy: 'Correct the numbering rules, or set unreadableCaller: unknown at the source, then retry.',
  },
} as const satisfies Record<string, RefusalMeaning>;

/** Refusals of files and commands. */
const fileRefusals = {
  'usage.source-unknown': {
    meaning: 'No source of this name is configured.',
    http: 404,
    remedy: 'Add it to the configuration (kind sources) and apply it, or correct the name.',
  },
  'usage.source-invalid': {
    meaning: 'The declaration of a source has a fault.',
    http: 422,
    remedy: 'Correct the field named.',
  },
  'usage.file-unreadable': {
    meaning: 'The file cannot be read to its end: missing, no permission, or a damaged gzip.',
    http: 422,
    remedy: 'Check the path, or fetch the file again.',
  },
  'usage.file-encoding': {
    meaning: 'The file is in another encoding than the source declares. Nothing of it was taken.',
    http: 422,
    remedy: 'Correct the encoding of the source, then load the file again.',
  },
  'usage.header-differs': {
    meaning:
      'The file has no header, one that cannot be split into columns, or one that lacks columns that the source maps or has them twice. Nothing of it was taken.',
    http: 422,
    remedy: 'Correct the columns, the separator or the quote of the source, then load the file again.',
  },
  'usage.file-refused': {
    meaning: 'The file has records that must be rejected, and it was to be taken whole or not at all.',
    http: 422,
    remedy: 'Correct the file, or load it with --keep good.',
  },
  'usage.record-unknown': {
    meaning: 'There is no record, event or charge with this number.',
    http: 404,
    remedy: 'Use the number as "carillon usage show" prints it, for example 1042 or 1042/in.',
  },
  'usage.charge-unknown': {
    meaning: 'The event has no charge on this leg, or is not rated.',
    http: 404,
    remedy: 'See "carillon usage show" for the event.',
  },
  'usage.file-unknown': {
    meaning: 'No loaded file has this name or number.',
    http: 404,
    remedy: 'See "carillon usage files".',
  },
  'usage.reason-unknown': {
    meaning: 'No record can be held or rejected for a reason of this name.',
    http: 404,
    remedy: 'See "carillon usage held", with --rejected for the rejected.',
  },
  'usage.not-waiting': {
    meaning: 'The record is rated or a duplicate, so there is nothing to discard.',
    http: 409,
    remedy: 'See "carillon usage show" for the record. A charge is corrected by configuration, not by discarding.',
  },
  'screening.release-unclear': {
    meaning: 'It is not said which held records are to be released, or why.',
    http: 422,
    remedy: 'Give numbers of records, or --rule; and --why with the words for the books.',
  },
  'screening.rule-unknown': {
    meaning: 'No record was flagged by a screening rule of this name.',
    http: 404,
    remedy: 'See "carillon usage flags".',
  },
  'usage.discard-unclear': {
    meaning: 'It is not said which records are to be discarded, or why.',
    http: 422,
    remedy: 'Give numbers of records, or --reason or --file; and --why with the words for the books.',
  },
  'usage.not-correctable': {
    meaning:
      'Only a held or rated record can be corrected: a rejected one could not be read, a duplicate is not charged, and one that was rolled back is gone.',
    http: 409,
    remedy: 'See "carillon usage show" for the record. A call that is made of several records is corrected by one of them.',
  },
  'usage.correction-unratable': {
    meaning: 'The record with the fields as they are to be could not be charged; the books were left as they are.',
    http: 422,
    remedy: 'Give other fields, or mend what the message names (a rate, a trunk), then correct again.',
  },
  'usage.join-unclear': {
    meaning: 'It is not said why late parts are to be joined to their calls.',
    http: 422,
    remedy: 'Give --why with the words for the books.',
  },
  'usage.not-late': {
    meaning: 'The record is no part that came after its call was rated.',
    http: 409,
    remedy: 'See "carillon usage held --reason usage.part-late" for those that are.',
  },
  'usage.correction-invalid': {
    meaning: 'A field that is to be corrected is none, its value cannot be read, or the reason is missing.',
    http: 422,
    remedy: 'Give --set name=value for each field, and --why with the words for the books.',
  },
  'usage.rollback-unclear': {
    meaning: 'It is not said which file is to be rolled back, or why, or nothing of it is in the books.',
    http: 422,
    remedy: 'See "carillon usage files" for its number and its state; give --why with the words for the books.',
  },
  'usage.rerate-unclear': {
    meaning: 'It is not said which charges are to be priced again, why, or with what.',
    http: 422,
    remedy: 'Give an agreement, a period or another filter, and with --book also --why with the words for the books.',
  },
  'usage.nothing-booked': {
    meaning: 'No charge in the books has this name.',
    http: 404,
    remedy: 'See "carillon usage show" or a statement for the names that charges have.',
  },
  'usage.rerate-blocked': {
    meaning: 'Some of the events cannot be priced with the configuration that was asked for. Nothing was booked.',
    http: 409,
    remedy: 'Correct the configuration, or keep the charges of these events as they are: --unratable keep.',
  },
  'usage.archive-missing': {
    meaning: 'The archived copy of a loaded file is gone or damaged, so its raw records cannot be shown.',
    http: 500,
    remedy: 'Restore the folder "archive" of the data folder from backup.',
  },
  'usage.archive-removed': {
    meaning: 'The raw file left the archive after the days that its source keeps (archiveDays). What was booked of it stays.',
    http: 410,
    remedy:
      'Leave out --raw; take up records of other files by --file. To keep raw files longer, raise archiveDays of the source, or set it to 0.',
  },
  'usage.explanation-differs': {
    meaning: 'Rating the event again gives another amount than the stored one.',
    http: 500,
    remedy: 'This is a fault: report it with what the command printed.',
  },
  'usage.books-differ': {
    meaning: 'Events, rollups and the counts of files do not agree.',
    http: 500,
    remedy: 'This is a fault: report it with what the command printed.',
  },
} as const satisfies Record<string, RefusalMeaning>;

export type RejectionReason = keyof typeof rejectionReasons;
export type HoldReason = keyof typeof holdReasons;

export const usageRefusals = { ...rejectionReasons, ...holdReasons, ...fileRefusals } as const satisfies Record<string, RefusalMeaning>;
