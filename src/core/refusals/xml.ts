import type { RefusalMeaning } from '../refusals.ts';

/** Why an XML file is not read. */
export const xmlRefusals = {
  'xml.not-well-formed': {
    meaning: 'The file is not well-formed XML in UTF-8, or it is cut.',
    http: 422,
    remedy: 'Fetch it again. Nothing of it was taken.',
  },
  'xml.document-type': {
    meaning: 'The file declares a document type, which files of banks and authorities never do and attacks on readers of XML do.',
    http: 422,
    remedy: 'Ask the sender for a file without it. Nothing of it was taken.',
  },
  'xml.too-large': {
    meaning: 'An XML file nests elements too deep, or has a text too long to be one.',
    http: 422,
    remedy: 'Fetch it again: it is damaged. Nothing of it was taken.',
  },
} as const satisfies Record<string, RefusalMeaning>;
