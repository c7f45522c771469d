/** Of which legal entity something is asked: a choice where there are several, nothing where there is one. */
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useTexts } from './texts.ts';

interface Company {
  /** For the body of what is sent. */
  readonly of: { readonly legalEntity?: string };
  readonly field: ReactNode;
}

/** None is chosen at first: what is booked in the wrong books is not seen at once. */
export function useCompany(): Company {
  const t = useTexts();
  const mayRead = useMay()('parties:read');
  const [chosen, setChosen] = useState('');
  const { data } = useQuery({
    queryKey: ['legal-entities', 'names'],
    queryFn: () => client.GET('/v1/legal-entities', { params: { query: { limit: 200 } } }).then(answered),
    enabled: mayRead,
  });
  const names = (data?.items ?? []).map(({ legalEntity, name }) => ({ value: legalEntity, label: name }));
  if (names.length < 2) return { of: {}, field: null };
  return {
    of: chosen === '' ? {} : { legalEntity: chosen },
    field: (
      <NativeSelect
        required
        label={t('legalEntity')}
        data={[{ value: '', label: '–' }, ...names]}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
    ),
  };
}
