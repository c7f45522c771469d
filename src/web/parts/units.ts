/** Quantities of balances as people read them; exact, as texts. */
const MEGA_DIGITS = 6;

/** `2000000000` bytes as `2000`, in megabytes; others as they are. */
export function inUnit(value: string, unit: string): string {
  if (unit !== 'bytes') return value;
  const sign = value.startsWith('-') ? '-' : '';
  const digits = value.slice(sign.length).padStart(MEGA_DIGITS + 1, '0');
  const rest = digits.slice(-MEGA_DIGITS).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -MEGA_DIGITS)}${rest === '' ? '' : `.${rest}`}`;
}

export function unitShown(unit: string): string {
  return unit === 'bytes' ? 'MB' : unit;
}
