/** Ten shades of an operator's colour, of which the one on white and the one on dark can be read, whatever colour it is. */

type Shade = readonly [number, number, number];
type Shades = readonly [string, string, string, string, string, string, string, string, string, string];

const WHITE: Shade = [255, 255, 255];
const BLACK: Shade = [0, 0, 0];
/** The lightest ground of the light theme is white; the lightest of the dark one that letters stand on. */
const DARK: Shade = [46, 46, 46];
/** AA is 4.5. */
const LEAST_CONTRAST = 4.8;

/** `#0f4c6b`. The one at 8 is for light pages, the one at 4 for dark ones, as `theme.ts` says. */
export function paletteOf(accent: string): Shades {
  const given = shadeOf(accent);
  const onLight = until(given, BLACK, WHITE);
  const onDark = until(given, WHITE, DARK);
  const lighter = (part: number): string => textOf(mixed(onDark, WHITE, part));
  const between = (part: number): string => textOf(mixed(onDark, onLight, part));
  return [
    ...([lighter(0.9), lighter(0.75), lighter(0.5), lighter(0.25)] as const),
    ...([textOf(onDark), between(0.25), between(0.5), between(0.75)] as const),
    ...([textOf(onLight), textOf(mixed(onLight, BLACK, 0.2))] as const),
  ];
}

/** Nearer to the end, step by step, until it can be read on the ground. */
function until(given: Shade, end: Shade, ground: Shade): Shade {
  for (let part = 0; part < 1; part += 0.04) {
    const shade = mixed(given, end, part);
    if (contrast(shade, ground) >= LEAST_CONTRAST) return shade;
  }
  return end;
}

function shadeOf(text: string): Shade {
  const part = (at: number): number => Number.parseInt(text.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function textOf(shade: Shade): string {
  return `#${shade.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function mixed(a: Shade, b: Shade, part: number): Shade {
  const at = (index: 0 | 1 | 2): number => a[index] + (b[index] - a[index]) * part;
  return [at(0), at(1), at(2)];
}

/** WCAG 2.2: from 1 to 21. */
export function contrast(a: Shade, b: Shade): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(shade: Shade): number {
  const [red, green, blue] = shade.map((part) => {
    const of = part / 255;
    return of <= 0.04045 ? of / 12.92 : ((of + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
