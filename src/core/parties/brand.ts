/** How a legal entity looks to partners and customers: on the page of sign-in and in their portal. */
export interface Brand {
  /** As it calls itself; undefined: its registered name. */
  readonly name?: string;
  /** An SVG, or a PNG or JPEG as `data:` address. */
  readonly logo?: string;
  /** `#0f4c6b`. */
  readonly accent?: string;
}

/** As a file of the configuration is read: large enough for any mark, small enough for every page. */
export const MOST_LOGO_CHARACTERS = 65_536;

export interface Logo {
  readonly type: 'image/svg+xml' | 'image/png' | 'image/jpeg';
  /** The text of an SVG; else base64. */
  readonly text: string;
}

const ENCODED = /^data:(image\/png|image\/jpeg);base64,([A-Za-z0-9+/]{8,}={0,2})$/;
/** What a picture has no need of, and what could do something where it is opened by itself. */
const ACTIVE =
  /<\s*(script|foreignobject|iframe|!doctype|!entity)|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*["']?\s*(?!["'#])\S|url\(\s*["']?(?!#)|@import/i;
/** How each begins in base64. */
const BEGINS = { 'image/png': 'iVBORw0KGgo', 'image/jpeg': '/9j/' } as const;

/** Undefined: it is no picture, it is too large, or it would load or run something. */
export function readLogo(text: string): Logo | undefined {
  const given = text.trim();
  if (given.length > MOST_LOGO_CHARACTERS) return undefined;
  const [, type, encoded = ''] = ENCODED.exec(given) ?? [];
  if (type === 'image/png' || type === 'image/jpeg') return encoded.startsWith(BEGINS[type]) ? { type, text: encoded } : undefined;
  const plain = given.replace(/^<\?xml[^>]*\?>\s*/, '').replaceAll('http://www.w3.org/', '');
  if (!/^<svg[\s>]/.test(plain) || !/<\/svg>$/.test(plain) || ACTIVE.test(plain)) return undefined;
  return { type: 'image/svg+xml', text: given };
}
