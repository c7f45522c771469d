import { openApiOf } from '../../src/api/openapi.ts';
import { describedOperations } from '../../src/app/api/operations.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Node = { readonly [name: string]: Json };

/** src/api/client/paths.ts: the description as types of TypeScript, in the form that openapi-fetch reads. */
export function renderApiPaths(): string {
  const document = openApiOf(describedOperations(), '0') as Node; // an object, as OpenAPI is
  const schemas = Object.entries(node(node(document.components).schemas)).map(
    ([name, schema]) => `    ${name}: ${typeOf(node(schema), '    ')};`,
  );
  const paths = Object.entries(node(document.paths)).map(([path, methods]) => {
    const each = Object.entries(node(methods)).map(([method, operation]) => `    ${method}: ${operationType(node(operation))};`);
    return `  ${JSON.stringify(path)}: {\n    parameters: { query?: never; header?: never; path?: never; cookie?: never };\n${each.join('\n')}\n  };`;
  });
  return `/** Made from the operations by npm run generate: what \`createClient<paths>()\` of openapi-fetch needs. */
export interface paths {
${paths.join('\n')}
}

export interface components {
  schemas: {
${schemas.join('\n')}
  };
}
`;
}

const INNER = '      ';

function operationType(operation: Node): string {
  const parameters = list(operation.parameters).map(node);
  const places = ['query', 'header', 'path'].map((place) => {
    const own = parameters.filter((each) => each.in === place);
    if (own.length === 0) return `${place}?: never;`;
    const isOptional = own.every(({ required }) => required !== true);
    const fields = own.map(
      ({ name, required, schema }) => `${JSON.stringify(name)}${required === true ? '' : '?'}: ${typeOf(node(schema), INNER)}`,
    );
    return `${place}${isOptional ? '?' : ''}: { ${fields.join('; ')} };`;
  });
  const body =
    operation.requestBody === undefined
      ? 'requestBody?: never;'
      : `requestBody${node(operation.requestBody).required === true ? '' : '?'}: { content: ${contentType(node(operation.requestBody))} };`;
  const answers = Object.entries(node(operation.responses)).map(
    ([status, answer]) => `${INNER}  ${status}: { headers: { [name: string]: unknown }; content: ${contentType(node(answer))} };`,
  );
  return `{\n${INNER}parameters: { ${places.join(' ')} cookie?: never };\n${INNER}${body}\n${INNER}responses: {\n${answers.join('\n')}\n${INNER}};\n    }`;
}

function contentType({ content }: Node): string {
  const types = Object.entries(node(content)).map(([type, each]) => `${JSON.stringify(type)}: ${typeOf(node(node(each).schema), INNER)}`);
  return `{ ${types.join('; ')} }`;
}

/** Of the words that our schemas use. */
function typeOf(schema: Node, indent: string): string {
  const { $ref, type, properties, required, items, additionalProperties, anyOf } = schema;
  if (typeof $ref === 'string') return `components['schemas'][${JSON.stringify($ref.slice('#/components/schemas/'.length))}]`;
  if (schema.enum !== undefined)
    return list(schema.enum)
      .map((each) => JSON.stringify(each))
      .join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (anyOf !== undefined)
    return list(anyOf)
      .map((each) => typeOf(node(each), indent))
      .join(' | ');
  if (type === 'string') return 'string';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean' || type === 'null') return type;
  if (type === 'array') return `(${typeOf(node(items), indent)})[]`;
  if (type !== 'object') return 'unknown';
  if (properties !== undefined) {
    const needed = new Set(list(required ?? []));
    const fields = Object.entries(node(properties)).map(
      ([name, each]) => `${indent}  ${JSON.stringify(name)}${needed.has(name) ? '' : '?'}: ${typeOf(node(each), `${indent}  `)};`,
    );
    return `{\n${fields.join('\n')}\n${indent}}`;
  }
  const value = schema.patternProperties === undefined ? additionalProperties : Object.values(node(schema.patternProperties))[0];
  return `{ [name: string]: ${typeof value === 'object' ? typeOf(node(value), indent) : 'unknown'} }`;
}

function node(value: Json | undefined): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`not an object of the description: ${JSON.stringify(value)}`);
  return value as Node; // neither a list nor nothing
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
