import type { DocumentLanguage } from './invoicing-terms.ts';

/** How documents reach a party: declared at its account. */

export const deliveryWays = ['email', 'sftp', 'print', 'portal'] as const;
export type DeliveryWay = (typeof deliveryWays)[number];

/** What goes along: the document itself, the electronic invoice. */
export const deliveryParts = ['pdf', 'ubl'] as const;
export type DeliveryPart = (typeof deliveryParts)[number];

/** `env:NAME` or `file:/path`: the secret itself is never in the configuration. */
export type DeliverySecret = `env:${string}` | `file:${string}`;

interface Route {
  readonly attach: readonly DeliveryPart[];
}

export interface EmailRoute extends Route {
  readonly by: 'email';
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  /** Of the letter; the document has the account's. */
  readonly language: DocumentLanguage;
}

export interface SftpRoute extends Route {
  readonly by: 'sftp';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…` as ssh-keygen -lf prints it. */
  readonly hostKey: string;
  readonly password?: DeliverySecret;
  readonly privateKey?: DeliverySecret;
  /** Of an encrypted private key. */
  readonly passphrase?: DeliverySecret;
  /** Folder on the server. */
  readonly path: string;
}

/** `print`: waits for a batch; `portal`: is there to be fetched as soon as it is issued. */
export interface WaitingRoute extends Route {
  readonly by: 'print' | 'portal';
}

export type DeliveryRoute = EmailRoute | SftpRoute | WaitingRoute;

/** Names a route of an account from one run to the next: the same target by the same way is the same route. */
export function routeKey(route: DeliveryRoute): string {
  switch (route.by) {
    case 'email':
      return `email ${route.to
        .map((address) => address.toLowerCase())
        .toSorted()
        .join(' ')}`;
    case 'sftp':
      return `sftp ${route.user}@${route.host}:${route.port}${route.path}`;
    default:
      return route.by;
  }
}
