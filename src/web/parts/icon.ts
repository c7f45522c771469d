/** One picture of an outline on a grid of 24 by 24, in the colour of the text around it. Who shows it says whether it is heard: aria-hidden or aria-label. */
import { type ComponentType, createElement, type SVGProps } from 'react';

export interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'stroke' | 'ref'> {
  /** Width and height in CSS pixels. */
  readonly size?: number;
  /** Width of the line, of the 24. */
  readonly stroke?: number;
}

export type Icon = ComponentType<IconProps>;

const OUTLINE = {
  xmlns: 'http://www.w3.org/2000/svg',
  viewBox: '0 0 24 24',
  fill: 'none',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** `path` is what all its lines draw, one after the other. */
export function icon(path: string): Icon {
  return ({ size = 24, stroke = 2, color = 'currentColor', ...rest }) =>
    createElement(
      'svg',
      { ...OUTLINE, width: size, height: size, stroke: color, strokeWidth: stroke, ...rest },
      createElement('path', { d: path }),
    );
}
