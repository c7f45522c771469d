/** How the columns of a partner's table were read: each may be said otherwise, and one that was not known be named. It is read again then. */
import { Button, Fieldset, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../client/client.ts';
import { useShellTexts } from '../shell/texts.ts';
import { useWord } from '../subjects/words/words.ts';

type Mapped = NonNullable<components['schemas']['ImportDeclaration']['columns']>[number];
export type ColumnField = Mapped['field'];
/** By header as it is written, or by the letter of the column. */
export type ColumnMap = Readonly<Record<string, ColumnField>>;

/** The last three only where a file may be of several of them, as an invoice. */
const ofFigures = {
  destination: 1,
  code: 1,
  day: 1,
  hour: 1,
  calls: 1,
  raw: 1,
  billed: 1,
  rate: 1,
  amount: 1,
  currency: 1,
  ignore: 1,
} as const;
const all = { ...ofFigures, agreement: 1, service: 1, period: 1 } as const satisfies Record<ColumnField, 1>;

interface Props {
  /** As the file was read last; undefined: it was not, as it was refused. */
  readonly read: readonly { readonly header: string; readonly field: string }[] | undefined;
  /** Those that were said otherwise. */
  readonly map: ColumnMap;
  readonly of: 'declaration' | 'invoice';
  readonly onChange: (map: ColumnMap) => void;
}

export function ColumnsRead({ read = [], map, of, onChange }: Props) {
  const t = useShellTexts();
  const word = useWord();
  const [header, setHeader] = useState('');
  const fields = Object.keys(of === 'invoice' ? all : ofFigures) as ColumnField[]; // its own names
  const data = fields.map((value) => ({ value, label: word(`column ${value}`) }));
  const known = new Map([...read.map((each): [string, string] => [each.header, each.field]), ...Object.entries(map)]);
  const say = (name: string, value: string): void => {
    const field = fields.find((each) => each === value);
    if (field !== undefined && name !== '') onChange({ ...map, [name]: field });
  };
  return (
    <Fieldset legend={t('columnsRead')} variant="default">
      <Text className="quiet" size="sm" mb="xs">
        {t('columnsReadWhat')}
      </Text>
      <Group gap="sm" align="flex-end">
        {[...known].map(([name, field]) => (
          <NativeSelect
            key={name}
            {...{ label: <bdi>{name}</bdi>, size: 'xs', w: 170, data, value: field }}
            onChange={(event) => say(name, event.currentTarget.value)}
          />
        ))}
      </Group>
      <Group gap="sm" align="flex-end" mt="sm">
        <TextInput
          {...{ label: t('otherColumn'), description: t('otherColumnWhat'), size: 'xs', w: 260, maxLength: 60, value: header }}
          onChange={(event) => setHeader(event.currentTarget.value)}
        />
        <Button
          {...{ size: 'xs', variant: 'default', disabled: header.trim() === '' }}
          onClick={() => {
            say(header.trim(), 'ignore');
            setHeader('');
          }}
        >
          {t('addColumn')}
        </Button>
      </Group>
    </Fieldset>
  );
}

/** As the API is asked. */
export function columnsOf(map: ColumnMap): { columns?: Mapped[] } {
  const columns = Object.entries(map).map(([header, field]) => ({ header, field }));
  return columns.length === 0 ? {} : { columns };
}
