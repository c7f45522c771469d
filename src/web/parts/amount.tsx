/** Money and other figures: exact, grouped, with tabular digits. */
import { Tooltip } from '@mantine/core';
import { useLanguage } from '../shell/language.ts';
import { decimalsOfCurrency, formatFigure, shorten } from './figures.ts';

interface AmountProps {
  /** As the API writes it. */
  readonly value: string;
  readonly currency: string;
  /** The column says the currency. */
  readonly bare?: boolean;
  /** Room for as many decimals, where amounts stand below each other. */
  readonly room?: number;
}

export function Amount({ value, currency, bare = false, room }: AmountProps) {
  const language = useLanguage();
  const text = formatFigure(value, { language, decimals: decimalsOfCurrency(currency), ...(room === undefined ? {} : { room }) });
  return (
    <bdi className="figure" dir="ltr">
      {text}
      {bare ? '' : `\u00a0${currency}`}
    </bdi>
  );
}

export function Count({ value }: { readonly value: number | bigint | string }) {
  const language = useLanguage();
  return (
    <bdi className="figure" dir="ltr">
      {formatFigure(String(value), { language })}
    </bdi>
  );
}

/** For tiles: short, the exact figure when it is pointed at, touched or copied. */
export function ShortAmount({ value, currency }: { readonly value: string; readonly currency?: string }) {
  const language = useLanguage();
  const unit = currency === undefined ? '' : `\u00a0${currency}`;
  const exact = `${formatFigure(value, { language, decimals: currency === undefined ? 0 : decimalsOfCurrency(currency) })}${unit}`;
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }}>
      <bdi
        className="figure"
        dir="ltr"
        onCopy={(event) => {
          event.clipboardData.setData('text/plain', exact);
          event.preventDefault();
        }}
      >
        {shorten(value, language, currency === undefined ? 0 : decimalsOfCurrency(currency))}
        {unit}
      </bdi>
    </Tooltip>
  );
}
