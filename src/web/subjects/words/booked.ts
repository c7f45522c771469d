/** What an entry of the ledger says of itself: a person's words as they are, and what Carillon wrote in the language of the reader, by its kind. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../shell/language.ts';

interface Booked {
  readonly kind: string;
  readonly reference: string;
  readonly documents: readonly string[];
  /** English, as it was written into the books. */
  readonly description: string;
}

/** Kinds whose description has somebody's own words in it have no text of their own here: nothing of those may be lost. */
export function useBooked(): (entry: Booked) => string {
  const { t } = useTranslation('words');
  const isEnglish = useLanguage() === 'en';
  return useCallback(
    ({ kind, reference, documents, description }) =>
      isEnglish
        ? description
        : t(`booked ${kind}`, {
            ...{ reference, documents: documents.length === 0 ? reference : documents.join(', ') },
            defaultValue: description,
          }),
    [t, isEnglish],
  );
}
