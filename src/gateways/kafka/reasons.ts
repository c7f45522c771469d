/** Why a broker cannot be read, in words that say what to look at. The library packs errors into errors, and names few causes. */

/** What the library or Node says, and what it mostly means. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/SASL authentication failed/, 'the broker does not know this user with this password by this mechanism'],
  [/Cannot find a suitable SASL mechanism/, 'the broker does not have the declared mechanism'],
  [/Broker requires TLS/, 'declare tls: true'],
  [/TLS handshake failed/, 'is there TLS at this port? otherwise declare tls: false'],
  [/unable to (?:get|verify).*certificate|self-signed certificate/, 'declare the certificates of who signed it as authority'],
  [/ServerName to an IP address/, 'the broker tells clients to come to an address and not to a name: declare brokers by their addresses'],
  [/^Connection closed$/, 'the broker hangs up: does it want a log-in (user, password), or TLS?'],
];

/** One line, without repetitions. */
export function reasonOf(error: unknown): string {
  const said = [...new Set(messagesOf(error))].map((message) => message.replace(/; if the root CA is installed locally.*$/, ''));
  const meant = MEANINGS.filter(([pattern]) => said.some((message) => pattern.test(message))).map(([, meaning]) => meaning);
  return [said.join(' '), ...meant].join(': ');
}

function messagesOf(error: unknown): readonly string[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(messagesOf);
  if (!(error instanceof Error)) return [String(error)];
  const cause = error.cause instanceof Error ? messagesOf(error.cause) : [];
  return [error.message, ...cause.filter((message) => !error.message.includes(message))];
}
