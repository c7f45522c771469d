/** How documents look: shipped templates and the operator's own, with made-up figures, and new versions of one's own. */
import Type, { type Static } from 'typebox';
import { documentLanguages, invoiceKinds } from '#core/parties/invoicing-terms.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { listed } from '../listing.ts';
import { actorOf, fileOperation, type Operation, operation } from '../operation.ts';
import { Instant, Name, Page, sortedQuery } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';

const closed = { additionalProperties: false } as const;
const bases = ['classic', 'modern', 'compact'] as const;

export interface TemplateShown {
  readonly template: string;
  readonly madeOf: (typeof bases)[number] | 'shipped' | 'own-source';
  readonly logo: 'svg' | 'png' | 'jpg' | undefined;
  /** Undefined: it is shipped. */
  readonly kept: { readonly by: string; readonly atMicros: number } | undefined;
  /** Legal entities whose documents look so. */
  readonly usedBy: readonly string[];
}

const Look = Type.Object(
  {
    language: Type.Optional(Type.Enum([...documentLanguages], { description: '`en` when left out.' })),
    kind: Type.Optional(Type.Enum([...invoiceKinds], { description: '`invoice` when left out.' })),
    taxes: Type.Optional(Type.Enum(['none', 'one', 'several'], { description: '`one` when left out.' })),
    lines: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '8 when left out.' })),
  },
  closed,
);
export type SampleLook = Static<typeof Look>;
const Keep = Type.Object(
  {
    base: Type.Optional(
      Type.Enum([...bases], { description: 'Without a source of its own: the shipped template; `classic` when left out.' }),
    ),
    source: Type.Optional(Type.String({ ...UploadName, description: 'Typst source that was sent before.' })),
    logo: Type.Optional(Type.String({ ...UploadName, description: 'SVG, PNG or JPEG that was sent before, at most 2 MB.' })),
  },
  { ...closed, title: 'KeepTemplate' },
);
export type KeepTemplateBody = Static<typeof Keep>;

/** Methods throw RefusedError for what is refused. */
export interface TemplateDesk {
  readonly list: () => Promise<readonly TemplateShown[]>;
  /** PDF. */
  readonly preview: (template: string, look: SampleLook) => Promise<Uint8Array>;
  readonly keep: (template: string, body: KeepTemplateBody, owner: string, by: string) => Promise<void>;
}

const Shown = Type.Object(
  {
    template: Type.String(),
    madeOf: Type.Enum(['shipped', ...bases, 'own-source'], { description: 'A shipped template with a logo, or a source of its own.' }),
    ...{ logo: Type.Optional(Type.Enum(['svg', 'png', 'jpg'])), by: Type.Optional(Type.String()), kept: Type.Optional(Instant) },
    usedBy: Type.Array(Type.String(), { description: 'Legal entities whose documents look so.' }),
  },
  { ...closed, title: 'Template' },
);

export function templateOperations(desk: TemplateDesk): readonly Operation[] {
  const common = { tag: 'Settings', permission: 'documents:read', method: 'GET' } as const;
  const one = { parameters: Type.Object({ template: Name }) };
  return [
    operation({
      ...{ ...common, id: 'listTemplates', path: '/v1/templates', summary: 'Templates that documents can have' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Shown), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({ body: listed(await desk.list(), query, ({ template }) => template, templateShown) }),
    }),
    fileOperation({
      ...{ ...common, ...one, id: 'previewTemplate', path: '/v1/templates/{template}/preview', types: ['application/pdf'] },
      ...{ summary: 'A document with made-up figures', query: Look },
      refusals: ['template.unknown', 'template.broken', 'template.reaches-out', 'template.too-slow', 'template.too-large'],
      handle: async ({ parameters: { template }, query }) => ({
        ...{
          type: 'application/pdf',
          name: `preview-${template.replaceAll(/[^\w.-]+/g, '-')}.pdf`,
          content: await desk.preview(template, query),
        },
      }),
    }),
    operation({
      ...{ id: 'keepTemplate', tag: 'Settings', method: 'PUT', path: '/v1/templates/{template}', mayMake: true, ...one },
      ...{ permission: 'documents:manage', repetition: 'key', audit: { subject: 'template' } },
      summary: 'Keep a template of your own, or its new version',
      description: `A Typst source, a shipped template with a logo, or a source with a logo. It is kept once it has printed a sample in English and in
Arabic; what is wrong with it is said with its line. Documents that were issued are printed with the newest version.`,
      ...{ body: Keep, answer: Type.Object({ template: Type.String() }, closed) },
      refusals: [
        ...(['template.unknown', 'template.broken', 'template.reaches-out', 'template.too-slow', 'template.too-large'] as const),
        'upload.unknown',
      ],
      async handle({ parameters: { template }, body, principal }) {
        await desk.keep(template, body, principal.id, actorOf(principal));
        return { body: { template } };
      },
    }),
  ];
}

function templateShown({ template, madeOf, logo, kept, usedBy }: TemplateShown): Static<typeof Shown> {
  return {
    ...{ template, madeOf, usedBy: [...usedBy] },
    ...(logo === undefined ? {} : { logo }),
    ...(kept === undefined ? {} : { by: kept.by, kept: formatInstant(kept.atMicros) }),
  };
}
