/** Which role may what, as a matrix. */
import { ScrollArea, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { IconCheck } from '../../parts/icons.ts';
import { Page } from '../../parts/page.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

export function RolesPage() {
  const t = useTexts();
  const word = useWord();
  const { data, error, refetch } = useQuery({ queryKey: ['roles'], queryFn: () => client.GET('/v1/roles').then(answered) });
  const meaningOf = (permission: string, meaning: string): string =>
    word(`may ${permission}`).startsWith('may ') ? meaning : word(`may ${permission}`);
  return (
    <Page title={t('roles')} detail={t('rolesWhat')}>
      <Ways here="/settings/roles" />
      {error !== null && <Fault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('roles') }}>
          <Table stickyHeader withColumnBorders miw={1100}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('permission')}</Table.Th>
                {data.roles.map(({ role }) => (
                  <Table.Th key={role} scope="col" title={word(`role ${role}`)}>
                    {word(role)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.permissions.map(({ permission, meaning }) => (
                <Table.Tr key={permission}>
                  <Table.Th scope="row" fw={400} title={permission} w={{ base: 180, md: 'auto' }}>
                    {meaningOf(permission, meaning)}
                  </Table.Th>
                  {data.roles.map(({ role, permissions }) => (
                    <Table.Td key={role} ta="center">
                      {permissions.includes(permission) ? <IconCheck size={16} aria-label={t('yes')} /> : <span className="quiet">·</span>}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
    </Page>
  );
}
