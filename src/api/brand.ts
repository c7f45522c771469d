/** How the operator looks: its mark for everybody, and for who is of a party that of the legal entity behind its accounts. */
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { KNOWN, type Operation, operation } from './operation.ts';

const closed = { additionalProperties: false } as const;

export const Brand = Type.Object(
  {
    legalEntity: Type.String(),
    name: Type.String({ description: 'What it calls itself.' }),
    registeredName: Type.String(),
    address: Type.Array(Type.String()),
    email: Type.Optional(Type.String()),
    accent: Type.Optional(Type.String({ description: '`#0f4c6b`' })),
    logo: Type.Optional(Type.String({ description: 'Address of the picture, for everybody.' })),
  },
  { ...closed, title: 'Brand' },
);
export type BrandShown = Static<typeof Brand>;

/** Methods do not throw for what is not there. */
export interface BrandDesk {
  /** Of the first legal entity that declares one; kept for some seconds. */
  readonly operators: () => Promise<BrandShown | undefined>;
  /** For who asks, with their eyes: of the first legal entity behind the party's accounts that declares one; else the operator's. */
  readonly own: () => Promise<BrandShown | undefined>;
  readonly logo: (legalEntity: string) => Promise<{ readonly type: string; readonly content: Buffer } | undefined>;
}

export const LOGO_PATH = '/brand/';
/** Should somebody open it by itself: nothing in it runs or is loaded. */
const LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export function brandOperations(desk: Pick<BrandDesk, 'own'>): readonly Operation[] {
  return [
    operation({
      ...{ id: 'getBrand', method: 'GET', path: '/v1/brand', tag: 'Access', permission: KNOWN, forParties: ['partner', 'customer'] },
      summary: 'Name, address, mark and colour of whom one deals with',
      answer: Type.Object({ brand: Type.Optional(Brand) }, closed),
      handle: async () => {
        const brand = await desk.own();
        return { body: brand === undefined ? {} : { brand } };
      },
    }),
  ];
}

/** The mark of a legal entity, at an address that says its version: it may be kept for ever. */
export function addLogos(server: FastifyInstance, { logo }: Pick<BrandDesk, 'logo'>): void {
  server.get<{ Params: { legalEntity: string } }>(`${LOGO_PATH}:legalEntity/logo`, async (request, reply) => {
    const found = await logo(request.params.legalEntity);
    if (found === undefined) throw new RefusedError(refuse('api.resource-unknown', 'there is no such mark'));
    return reply
      .headers({ 'content-type': found.type, 'content-security-policy': LOGO_POLICY, 'cache-control': 'public, max-age=86400' })
      .send(found.content);
  });
}
