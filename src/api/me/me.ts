/** Who asks, as the server knows them. */
import Type from 'typebox';
import { KNOWN, type Operation, operation } from '../operation.ts';

const Me = Type.Object(
  {
    kind: Type.Enum(['person', 'program']),
    name: Type.String(),
    email: Type.Optional(Type.String()),
    role: Type.Optional(Type.String({ description: 'Of a person.' })),
    party: Type.Optional(Type.String({ description: 'Whose figures a partner or a customer sees.' })),
    permissions: Type.Array(Type.String()),
  },
  { additionalProperties: false, title: 'Me' },
);

export function meOperations(): readonly Operation[] {
  return [
    operation({
      ...{ id: 'getMe', method: 'GET', path: '/v1/me', tag: 'Access', permission: KNOWN, answer: Me },
      summary: 'Who asks, and what they may',
      handle: async ({ principal }) => {
        const { name, person } = principal;
        const permissions = [...principal.permissions];
        if (person === undefined) return { body: { kind: 'program' as const, name, permissions } };
        const { party, email, role } = person;
        return {
          body: { ...{ kind: 'person' as const, name: person.name, email, role, permissions }, ...(party === undefined ? {} : { party }) },
        };
      },
    }),
  ];
}
