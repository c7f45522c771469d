/** Words of closed lists that the API answers with (kinds, services, roles, permissions), as people of a language say them. No subject. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** `word('credit-note')`; what is in no list, such as a name that somebody gave, stays as it is. */
export function useWord(): (word: string) => string {
  const { t } = useTranslation('words');
  return useCallback((word) => t(word, { defaultValue: word }), [t]);
}
