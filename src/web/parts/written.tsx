/** How durations, figures and days of a partner's table are written, said where the file does not show it. */
import { Group, NativeSelect } from '@mantine/core';
import type { components } from '../client/client.ts';
import { useShellTexts } from '../shell/texts.ts';

type Body = components['schemas']['ImportDeclaration'];
const dateFormats = ['dd/mm/yyyy', 'mm/dd/yyyy', 'yyyy-mm-dd'] as const satisfies readonly Body['dateFormat'][];

/** Empty: the file shows it. */
export interface Writing {
  readonly unit: '' | NonNullable<Body['unit']>;
  readonly decimal: '' | NonNullable<Body['decimal']>;
  readonly dateFormat: '' | NonNullable<Body['dateFormat']>;
}

export const asTheFileSays: Writing = { unit: '', decimal: '', dateFormat: '' };

interface Props {
  readonly writing: Writing;
  readonly onChange: (some: Partial<Writing>) => void;
}

export function Written({ writing, onChange }: Props) {
  const t = useShellTexts();
  const asItSays = { value: '', label: t('asItSays') };
  return (
    <Group grow preventGrowOverflow={false} align="flex-start">
      <NativeSelect
        {...{ label: t('durations'), size: 'xs', value: writing.unit }}
        data={[asItSays, { value: 'minutes', label: t('inMinutes') }, { value: 'seconds', label: t('inSeconds') }]}
        onChange={({ currentTarget: { value } }) => onChange({ unit: value === 'minutes' || value === 'seconds' ? value : '' })}
      />
      <NativeSelect
        {...{ label: t('decimalMark'), size: 'xs', value: writing.decimal }}
        data={[asItSays, { value: 'comma', label: t('decimalComma') }, { value: 'point', label: t('decimalPoint') }]}
        onChange={({ currentTarget: { value } }) => onChange({ decimal: value === 'comma' || value === 'point' ? value : '' })}
      />
      <NativeSelect
        {...{ label: t('dateOrder'), size: 'xs', value: writing.dateFormat }}
        data={[asItSays, ...dateFormats.map((value) => ({ value, label: value }))]}
        onChange={({ currentTarget: { value } }) => onChange({ dateFormat: dateFormats.find((each) => each === value) ?? '' })}
      />
    </Group>
  );
}

/** As the API is asked. */
export function writingOf({ unit, decimal, dateFormat }: Writing): Pick<Body, 'unit' | 'decimal' | 'dateFormat'> {
  return {
    ...(unit === '' ? {} : { unit }),
    ...(decimal === '' ? {} : { decimal }),
    ...(dateFormat === '' ? {} : { dateFormat }),
  };
}
