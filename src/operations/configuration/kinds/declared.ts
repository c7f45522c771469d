/** Kinds whose form belongs to another subject, which checks it; here they are kept as they were declared. */
import type { Refusal, Result } from '#core/refusals.ts';
import type { Formats } from '#core/usage/format.ts';
import { readTemplate } from '../../rates/rate-template.ts';
import { parseFormat } from '../../usage/formats/format.ts';
import { parseSource } from '../../usage/source.ts';
import { lineOfField } from '../field-line.ts';
import { identifier } from '../scalar-shapes.ts';
import type { Declared } from '../setup.ts';
import { lastOf, type Shape } from '../shapes.ts';
import { isEmpty, plainData, type SourceMap } from '../source-tree.ts';

function declared(says: string, check: (value: Declared) => Result<unknown>): Shape<Declared> {
  return {
    says,
    schema: { type: 'object', required: ['id'], properties: { id: identifier.schema } },
    read(tree, field, reading) {
      if (tree.kind !== 'map')
        return reading.fault('configuration.type-wrong', `${lastOf(field)} must be an object, not a ${tree.kind}`, tree, field);
      const idTree = tree.entries.get('id');
      if (idTree === undefined) return reading.fault('configuration.key-missing', `${lastOf(field)} has no "id"`, tree, 'id');
      const id = identifier.read(idTree, `${field}.id`, reading);
      if (id === undefined) return undefined;
      const entries = [...tree.entries]
        .filter(([key, said]) => key !== 'id' && !isEmpty(said))
        .map(([key, value]) => [key, plainData(value)] as const);
      const value: Declared = { id, ...Object.fromEntries(entries) };
      const checked = check(value);
      if (!checked.ok) reading.add(checked.refusals.map((refusal) => placed(refusal, tree)));
      reading.remember(value, tree);
      return value;
    },
  };
}

/** Gives a fault of the subject the file, and the line of the key it is about, as deep as that stands. */
function placed(refusal: Refusal, tree: SourceMap): Refusal {
  return { ...refusal, at: { ...refusal.at, file: tree.file, line: lineOfField(tree, refusal.at?.field ?? '') } };
}

export const format = declared('usage format', (value) => parseFormat(value));
/** A source may name a format that is declared beside it. */
export const source = (formats: Formats): Shape<Declared> => declared('usage source', (value) => parseSource(value, {}, formats));
export const rateTemplate = declared('rate sheet template', ({ id, ...body }) => readTemplate(id, body));
