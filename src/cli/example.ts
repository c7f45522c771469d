/** The last part of a command's help. */
export function example(...lines: readonly string[]): string {
  return `\n${lines.length > 1 ? 'Examples' : 'Example'}:\n${lines.map((line) => `  $ carillon ${line}`).join('\n')}`;
}
