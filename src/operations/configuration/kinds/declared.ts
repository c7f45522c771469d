/** Kinds whose form belongs to another subject: kept as plain data, with an id. */
import { identifier } from '../scalar-shapes.ts';
import type { Declared } from '../setup.ts';
import { plainData } from '../source-tree.ts';
import type { Shape } from '../shapes.ts';

function declared(says: string): Shape<Declared> {
  return {
    says,
    schema: { type: 'object', required: ['id'], properties: { id: identifier.schema } },
    read(tree, field, reading) {
      if (tree.kind !== 'map') return reading.fault('configuration.type-wrong', `${field} must be an object, not a ${tree.kind}`, tree, field);
      const idTree = tree.entries.get('id');
      if (idTree === undefined) return reading.fault('configuration.key-missing', `${field} has no "id"`, tree, 'id');
      const id = identifier.read(idTree, `${field}.id`, reading);
      if (id === undefined) return undefined;
      const entries = [...tree.entries].filter(([key]) => key !== 'id').map(([key, value]) => [key, plainData(value)] as const);
      const value: Declared = { ...Object.fromEntries(entries), id };
      reading.remember(value, tree);
      return value;
    },
  };
}

export const source = declared('usage source');
export const rateTemplate = declared('rate sheet template');
