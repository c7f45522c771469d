/** How much of a balance: money with its decimals, other units as people read them, exact. */
import { Amount, Count } from '../../parts/amount.tsx';
import { inUnit, unitShown } from '../../parts/units.ts';

interface Props {
  readonly value: string | undefined;
  readonly unit: string;
  readonly currency: string;
  readonly word: (word: string) => string;
}

export function Measured({ value, unit, currency, word }: Props) {
  if (value === undefined || value === '') return null;
  if (unit === 'money') return <Amount value={value} currency={currency} />;
  return (
    <>
      <Count value={inUnit(value, unit)} /> {word(unitShown(unit))}
    </>
  );
}
