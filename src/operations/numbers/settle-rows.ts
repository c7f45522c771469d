/** Rows of a number file, in any order, to the steps of each number; rows that contradict each other are refused. */
import type { NumberSteps } from '#core/numbering/number-steps.ts';
import type { NumberRows } from './number-rows.ts';

/**
 * Sorted steps. A row without an end lasts until the next row of its number; a row with one ends there, and then the number
 * has none unless another row follows. The same row twice is one.
 */
export function settleRows(rows: NumberRows): NumberSteps {
  const { steps, to } = rows;
  const order = steps.order();
  const most = steps.count * (to.subarray(0, steps.count).some((end) => end !== 0) ? 2 : 1);
  const numbers = new Float64Array(most);
  const from = new Uint32Array(most);
  const values = new Uint32Array(most);
  let count = 0;
  const put = (number: number, begin: number, value: number): void => {
    numbers[count] = number;
    from[count] = begin;
    values[count] = value;
    count += 1;
  };
  let before = -1;
  for (const at of order) {
    const number = steps.numbers[at] as number;
    const begin = steps.from[at] as number;
    const value = steps.values[at] as number;
    const isSame = before >= 0 && steps.numbers[before] === number;
    if (isSame) {
      const end = to[before] as number;
      const sameStart = steps.from[before] === begin;
      if (sameStart && steps.values[before] === value && end === to[at]) continue;
      if (sameStart || end > begin) contradiction(rows, before, at);
      else if (end !== 0 && end < begin) put(number, end, 0);
    } else if (before >= 0 && to[before] !== 0) put(steps.numbers[before] as number, to[before] as number, 0);
    put(number, begin, value);
    before = at;
  }
  if (before >= 0 && to[before] !== 0) put(steps.numbers[before] as number, to[before] as number, 0);
  return { count, numbers, from, values };
}

function contradiction(rows: NumberRows, first: number, second: number): void {
  const { steps } = rows;
  const [a = 0, b = 0] = [steps.lines[first], steps.lines[second]].sort((x, y) => (x ?? 0) - (y ?? 0));
  const number = String(steps.numbers[second]);
  const name = (at: number): string => rows.values[steps.values[at] as number] || 'none';
  rows.fault(
    'numbers.contradiction',
    `${number} has ${name(first)} and ${name(second)} for the same time, here and in line ${a}`,
    b,
    'number',
    number,
  );
}
