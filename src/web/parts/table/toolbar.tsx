/** Above a table: find, the filters that hold, how many rows, views, columns, and taking it away. */
import { ActionIcon, Button, Checkbox, CloseButton, Group, Menu, Pill, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { Listed } from '../../client/lists.ts';
import { useLanguage } from '../../shell/language.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { formatFigure } from '../figures.ts';
import { IconBookmark, IconColumns3, IconDownload, IconSearch } from '../icons.ts';
import { useTyped } from '../typed.ts';
import type { Column } from './columns.ts';
import { useViews } from './kept.ts';
import { saveTable } from './save.ts';

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly list: Listed<Row>;
  readonly find: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly isSmall: boolean;
  readonly onFind: (text: string) => void;
  readonly onFilter: (id: string, value: string | undefined) => void;
  readonly onColumns: (ids: readonly string[]) => void;
}

export function Toolbar<Row>({ name, columns, shown, rows, list, find, filters, isSmall, onFind, onFilter, onColumns }: Props<Row>) {
  const t = useShellTexts();
  const language = useLanguage();
  const [text, type] = useTyped(find, onFind);
  const count = formatFigure(String(rows.length), { language });
  return (
    <Group gap="sm" justify="space-between">
      <Group gap="sm">
        <TextInput
          size="xs"
          w={220}
          leftSection={<IconSearch size={14} aria-hidden />}
          placeholder={t('find')}
          aria-label={t('find')}
          value={text}
          maxLength={200}
          {...(isSmall ? {} : { 'data-find': true })}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        {columns.flatMap(({ id, header }) =>
          filters[id] === undefined
            ? []
            : [
                <Pill
                  key={id}
                  withRemoveButton
                  onRemove={() => onFilter(id, undefined)}
                  removeButtonProps={{ 'aria-label': t('removeFilter', { name: header }) }}
                >
                  {header}: {filters[id]}
                </Pill>,
              ],
        )}
        <Text size="xs" className="quiet" role="status">
          {list.hasMore ? t('rowsSoFar', { count }) : t('rows', { count: rows.length })}
        </Text>
      </Group>
      <Group gap={4}>
        {!isSmall && <Views name={name} />}
        <Menu position="bottom-end" closeOnItemClick={false}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('columns')}>
              <IconColumns3 size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Stack gap={8} p={8}>
              {columns.map(({ id, header }) => {
                const isShown = shown.some((each) => each.id === id);
                return (
                  <Checkbox
                    key={id}
                    size="xs"
                    label={header}
                    checked={isShown}
                    disabled={isShown && shown.length === 1}
                    onChange={() =>
                      onColumns(columns.flatMap((each) => ((each.id === id ? !isShown : shown.includes(each)) ? [each.id] : [])))
                    }
                  />
                );
              })}
            </Stack>
          </Menu.Dropdown>
        </Menu>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('export')}>
              <IconDownload size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void saveTable('csv', name, shown, rows)}>{t('exportCsv')}</Menu.Item>
            <Menu.Item onClick={() => void saveTable('xlsx', name, shown, rows)}>{t('exportXlsx')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  );
}

function Views({ name }: { readonly name: string }) {
  const t = useShellTexts();
  const router = useRouter();
  const [views, keep] = useViews(name);
  const [title, setTitle] = useState('');
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('views')}>
          <IconBookmark size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {Object.entries(views).map(([each, search]) => (
            <Group key={each} justify="space-between" wrap="nowrap">
              <Button
                variant="subtle"
                size="xs"
                onClick={() => void router.navigate({ href: `${router.state.location.pathname}${search}` })}
              >
                {each}
              </Button>
              <CloseButton size="sm" aria-label={t('forgetView', { name: each })} onClick={() => keep(each, undefined)} />
            </Group>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (title.trim() === '') return;
              keep(title.trim(), router.state.location.searchStr);
              setTitle('');
            }}
          >
            <Group gap="sm" align="end">
              <TextInput
                size="xs"
                label={t('viewName')}
                value={title}
                maxLength={60}
                onChange={(event) => setTitle(event.currentTarget.value)}
              />
              <Button size="xs" type="submit">
                {t('saveView')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
