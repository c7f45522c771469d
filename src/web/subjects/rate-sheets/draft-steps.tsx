/** What stands in a draft, step by step: its columns, its faults, its warnings, what changes and what that comes to. */
import { Button, Checkbox, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../../client/client.ts';
import { Amount } from '../../parts/amount.tsx';
import { decimalsOfCurrency, formatFigure } from '../../parts/figures.ts';
import { useAskBeforeLeaving } from '../../parts/leaving.ts';
import { Scrolling } from '../../parts/scrolling.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useLanguage } from '../../shell/language.ts';
import { useRefusals } from '../refusals/refusals.tsx';
import { Changes, FaultTable } from './draft-tables.tsx';
import { useTexts } from './texts.ts';

type Draft = components['schemas']['RateSheetDraft'];
type Options = components['schemas']['RateSheetOptions'];
type Preview = components['schemas']['RateSheetPreview'];

/** What a column of a sheet can be; further ones are mapped as `carillon rates import` has them. */
const FIELDS = ['code', 'destination', 'price', 'effective', 'end', 'increments', 'band', 'ignore'];

interface StepsProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly onChange: (options: Options) => void;
  readonly isChanging: boolean;
}

export function Steps({ draft: { options }, preview, onChange, isChanging }: StepsProps) {
  const refusals = useRefusals();
  const t = useTexts();
  const { report, effect } = preview;
  const language = useLanguage();
  const amount = (value: string, currency: string): string =>
    `${formatFigure(value, { language, decimals: decimalsOfCurrency(currency) })}\u00a0${currency}`;
  const faults = [...preview.faults, ...(report?.faults ?? [])];
  const faultRows = [...new Set(faults.flatMap(({ row }) => (row === undefined ? [] : [row])))];
  const leaveOut = (): void =>
    onChange({
      ...options,
      skipRows: [...(options.skipRows === undefined || options.skipRows === '' ? [] : [options.skipRows]), ...faultRows].join(','),
    });
  const accepted = new Set(options.accept ?? []);
  return (
    <Stack gap="lg">
      <Mapping {...{ options, preview, onChange, isChanging }} />
      {faults.length > 0 && (
        <Stack gap="xs" component="section">
          <Group gap="sm">
            <Title order={2}>{t('faults')}</Title>
            <StateBadge state="wrong">{String(report?.faultCount ?? faults.length)}</StateBadge>
            {faultRows.length > 0 && (
              <Button size="compact-sm" variant="default" onClick={leaveOut} loading={isChanging}>
                {t('leaveOut')}
              </Button>
            )}
          </Group>
          <FaultTable faults={faults} />
        </Stack>
      )}
      {(report?.warnings ?? []).length > 0 && (
        <Stack gap="xs" component="section">
          <Title order={2}>{t('warnings')}</Title>
          {report?.warnings.map(({ code, meaning, count, isAccepted, examples }) => (
            <Stack key={code} gap={4}>
              <Checkbox
                label={t('accept', { meaning: refusals.title(code, meaning), count })}
                checked={isAccepted}
                disabled={isChanging}
                onChange={({ currentTarget: { checked } }) =>
                  onChange({ ...options, accept: checked ? [...accepted, code] : [...accepted].filter((each) => each !== code) })
                }
              />
              <FaultTable faults={examples} />
            </Stack>
          ))}
        </Stack>
      )}
      {effect !== undefined && report !== undefined && (
        <Text>
          {t('effect', { days: effect.days, charged: amount(effect.charged, effect.currency) })}{' '}
          <b>
            <Amount value={effect.difference} currency={effect.currency} />
          </b>{' '}
          {t('effectMore')}.{' '}
          <span className="quiet">
            {t('uncertain', { charged: amount(effect.uncertain.charged, effect.currency), count: effect.uncertain.changesWithoutTraffic })}
          </span>
        </Text>
      )}
      {report !== undefined && report.faultCount === 0 && <Changes changes={report.changes} />}
    </Stack>
  );
}

function Mapping({ options, preview: { rows, report }, onChange, isChanging }: Omit<StepsProps, 'draft'> & { readonly options: Options }) {
  const t = useTexts();
  const [skipRows, setSkipRows] = useState(options.skipRows ?? '');
  const [effective, setEffective] = useState(options.effective ?? '');
  const [map, setMap] = useState<readonly string[]>(options.map ?? []);
  useAskBeforeLeaving(
    skipRows !== (options.skipRows ?? '') || effective !== (options.effective ?? '') || map.join() !== (options.map ?? []).join(),
  );
  const header = rows.find(({ row }) => row === report?.headerRow) ?? rows[0];
  const fieldOf = (title: string): string =>
    map.find((each) => each.startsWith(`${title}=`))?.slice(title.length + 1) ??
    report?.columns.find((column) => column.header === title)?.field ??
    '';
  const choose = (title: string, field: string): void =>
    setMap([...map.filter((each) => !each.startsWith(`${title}=`)), ...(field === '' ? [] : [`${title}=${field}`])]);
  const apply = (): void => {
    const { skipRows: _, effective: __, map: ___, ...rest } = options;
    onChange({
      ...rest,
      ...(skipRows === '' ? {} : { skipRows }),
      ...(effective === '' ? {} : { effective }),
      ...(map.length === 0 ? {} : { map: [...map] }),
    });
  };
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('mapping')}</Title>
      <Scrolling label={t('preview')}>
        <Table verticalSpacing={6} miw={560} aria-label={t('preview')}>
          <Table.Thead>
            <Table.Tr>
              {(header?.cells ?? []).map((title, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: titles may be the same
                <Table.Th key={at} scope="col">
                  <NativeSelect
                    aria-label={`${t('mapping')}: ${title}`}
                    value={fieldOf(title)}
                    onChange={(event) => choose(title, event.currentTarget.value)}
                    data={[{ value: '', label: t('ignored') }, ...[...new Set([...FIELDS, fieldOf(title)])].filter((each) => each !== '')]}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, 8).map(({ row, cells }) => (
              <Table.Tr key={row}>
                {cells.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
                  <Table.Td key={at} fw={row === header?.row ? 600 : 400}>
                    <bdi>{cell}</bdi>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolling>
      <Group gap="sm" align="end">
        <TextInput label={t('skipRows')} value={skipRows} onChange={(event) => setSkipRows(event.currentTarget.value)} w={280} />
        <TextInput
          label={t('effective')}
          type="date"
          value={effective}
          onChange={(event) => setEffective(event.currentTarget.value)}
          w={280}
        />
        <Button variant="default" onClick={apply} loading={isChanging}>
          {t('apply')}
        </Button>
      </Group>
    </Stack>
  );
}
