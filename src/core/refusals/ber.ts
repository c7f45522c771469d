import type { RefusalMeaning } from '../refusals.ts';

/** Why a BER record is rejected, besides what any record can be rejected for. Part of the rejections of usage.ts. */
export const berRejections = {
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
} as const satisfies Record<string, RefusalMeaning>;
