/** The code for a transfer as SVG: dark modules beside each other are one rectangle, which is half of what has to be drawn. */
import { encodeQR } from 'qr';

export function drawCode(text: string): string {
  // The guideline asks for error correction level M.
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
  const path = rows.map((row, y) => row.map((dark, x) => (dark && row[x - 1] !== true ? rectangle(row, x, y) : '')).join(''));
  return `<svg viewBox="0 0 ${rows.length} ${rows.length}" xmlns="http://www.w3.org/2000/svg"><path d="${path.join('')}"/></svg>`;
}

function rectangle(row: readonly boolean[], x: number, y: number): string {
  const end = row.indexOf(false, x);
  const width = (end === -1 ? row.length : end) - x;
  return `M${x} ${y}h${width}v1h-${width}z`;
}
