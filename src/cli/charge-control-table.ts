/** How controls of spending of an account are printed. */
import type { ShownControl } from '#core/charging/shown.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { amountText } from './charge-tables.ts';
import { type Column, formatTable } from './table.ts';

const columns: readonly Column[] = [
  { title: 'control' },
  { title: 'unit', cut: 'never' },
  { title: 'used', align: 'right' },
  { title: 'set aside', align: 'right' },
  { title: 'limit', align: 'right' },
  { title: 'plan’s', align: 'right' },
  { title: 'customer’s', align: 'right' },
  { title: 'agreed until', cut: 'never' },
  { title: 'until', cut: 'never' },
];

export function printControls(controls: readonly ShownControl[], json: boolean): string {
  if (json) return controls.map((control) => `${JSON.stringify(controlJson(control))}\n`).join('');
  if (controls.length === 0) return 'the plan has no controls of spending\n';
  const rows = controls.map(({ id, unit, used, reserved, limit, planLimit, ownLimit, agreedToMicros, untilMicros }) => {
    const amount = (value: bigint | undefined): string => (value === undefined ? '' : amountText(value, unit));
    const agreed = agreedToMicros === undefined ? '' : formatInstant(agreedToMicros);
    return [
      id,
      unit,
      amount(used),
      reserved === 0n ? '' : amount(reserved),
      amount(limit),
      amount(planLimit),
      amount(ownLimit),
      agreed,
      formatInstant(untilMicros),
    ];
  });
  return `${formatTable(columns, rows, { width: 160 })}\n`;
}

function controlJson(control: ShownControl): object {
  const { id, name, unit, used, reserved, limit, planLimit, ownLimit, leastLimit, mostLimit, mayAgree, agreedToMicros, untilMicros } =
    control;
  const optional = Object.entries({ limit, planLimit, ownLimit, leastLimit, mostLimit }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, amountText(value, unit)]],
  );
  return {
    control: id,
    name,
    unit,
    used: amountText(used, unit),
    setAside: amountText(reserved, unit),
    ...Object.fromEntries(optional),
    mayAgree,
    ...(agreedToMicros === undefined ? {} : { agreedUntil: formatInstant(agreedToMicros) }),
    until: formatInstant(untilMicros),
  };
}
