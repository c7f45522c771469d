/** How much of a balance: money with its decimals, other units whole, as they are counted. */
import { Amount, Count } from '../../parts/amount.tsx';

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
      <Count value={value} /> {word(unit)}
    </>
  );
}
