/** How the operator looks, from the configuration that is in force. */
import { createHash } from 'node:crypto';
import { type BrandDesk, type BrandShown, LOGO_PATH } from '#api/brand.ts';
import { readLogo } from '#core/parties/brand.ts';
import type { LegalEntity } from '#core/parties/parties.ts';
import { asHouse } from '#operations/access/ports.ts';
import { selectBranded } from '#storage/access/brands.ts';
import type { Database } from '#storage/database.ts';

/** Every page asks; a change of the configuration is seen after it. */
const KNOWN_MS = 10_000;

export function brandsOf(database: Database): BrandDesk {
  let known: { readonly untilMs: number; readonly entities: Promise<readonly LegalEntity[]> } | undefined;
  const all = (): Promise<readonly LegalEntity[]> => {
    if (known === undefined || performance.now() > known.untilMs) {
      const entities = asHouse(() => selectBranded(database));
      known = { untilMs: performance.now() + KNOWN_MS, entities };
      entities.catch(() => {
        known = undefined;
      });
    }
    return known.entities;
  };
  const operators = async (): Promise<BrandShown | undefined> => first(await all());
  return {
    operators,
    own: async () => first(await selectBranded(database)) ?? (await operators()),
    async logo(legalEntity) {
      const text = (await all()).find(({ id }) => id === legalEntity)?.brand?.logo;
      const logo = text === undefined ? undefined : readLogo(text);
      if (logo === undefined) return undefined;
      return { type: logo.type, content: Buffer.from(logo.text, logo.type === 'image/svg+xml' ? 'utf8' : 'base64') };
    },
  };
}

function first([entity]: readonly LegalEntity[]): BrandShown | undefined {
  if (entity === undefined) return undefined;
  const { id, name, address = [], email, brand = {} } = entity;
  const { accent, logo } = brand;
  return {
    ...{ legalEntity: id, name: brand.name ?? name, registeredName: name, address: [...address] },
    ...(email === undefined ? {} : { email }),
    ...(accent === undefined ? {} : { accent }),
    ...(logo === undefined
      ? {}
      : { logo: `${LOGO_PATH}${encodeURIComponent(id)}/logo?${createHash('sha256').update(logo).digest('hex').slice(0, 16)}` }),
  };
}
