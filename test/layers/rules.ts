/**
 * Who may import whom. The same table is in ARCHITECTURE.md for people; this one is enforced.
 */
export const coreOrder = [
  'money',
  'time',
  'numbering',
  'usage',
  'parties',
  'enrichment',
  'agreements',
  'tariffs',
  'rating',
  'charging',
  'catalog',
  'ledger',
  'tax',
  'invoicing',
  'settlement',
  'payments',
  'routing',
  'assurance',
] as const;

export interface Room {
  /** Rooms, or `room/folder`, whose files it may import by `#room/…`. Its own files it imports relatively. */
  readonly may: readonly string[];
  /** Rooms of which it may import types, and values only from a file called `ports.ts`. */
  readonly ports?: readonly string[];
  /** Whether it may import libraries and Node's modules. */
  readonly libraries: boolean;
  /** Whether its folders may not import each other. */
  readonly separateFolders?: boolean;
  readonly reason: string;
}

const everything = ['core', 'codecs', 'pipeline', 'engine', 'operations', 'documents', 'storage', 'gateways', 'api', 'app'];

export const rooms: Readonly<Record<string, Room>> = {
  core: { may: [], libraries: false, reason: 'core holds the rules and is pure: no I/O, no libraries, nothing outside core' },
  codecs: {
    may: ['core/money', 'core/time', 'core/usage', 'core/invoicing/einvoice', 'core/refusals.ts', 'core/refusals'],
    libraries: false,
    reason:
      'codecs turn bytes into typed messages and are pure: they see core/money, core/time, core/usage and the terms of electronic invoices only',
  },
  pipeline: {
    may: ['core', 'codecs'],
    libraries: true,
    reason: 'pipeline reaches the outside world only through ports that it declares itself',
  },
  engine: {
    may: ['core', 'codecs'],
    libraries: true,
    reason: 'engine reaches the outside world only through ports that it declares itself',
  },
  operations: { may: ['core'], libraries: true, reason: 'operations reach storage only through ports that they declare themselves' },
  documents: { may: ['core'], libraries: true, reason: 'documents are made from what core says, wherever it came from' },
  storage: {
    may: ['core'],
    ports: ['pipeline', 'engine', 'operations'],
    libraries: true,
    reason: 'storage implements the ports of pipeline, engine and operations; it does not call them',
  },
  gateways: {
    may: ['core', 'codecs'],
    ports: ['pipeline', 'engine', 'operations'],
    libraries: true,
    separateFolders: true,
    reason: 'a gateway serves a port and knows neither storage nor another gateway',
  },
  api: {
    may: ['core', 'codecs/json', 'operations'],
    ports: ['engine'],
    libraries: true,
    reason: 'api calls operations; storage is given to it by app',
  },
  web: {
    may: ['api/client', 'core/money', 'codecs/csv'],
    libraries: true,
    reason: 'the web knows the platform by its API only: the types of its client, and pure rules of amounts and of CSV',
  },
  app: { may: everything, libraries: true, reason: 'app wires everything in src, except the command line' },
  cli: { may: ['core', 'codecs', 'app'], libraries: true, reason: 'cli parses arguments, calls app and prints' },
};

/** What makes a rule depend on when or where it runs. Looked for in core and codecs, outside comments and strings. */
export const impurities: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /\bDate\s*\.\s*now\b/g, name: 'Date.now' },
  { pattern: /\bnew\s+Date\b(?!\s*\(\s*[^\s)])/g, name: 'new Date()' },
  { pattern: /(?<!new\s+|\.\s*)\bDate\s*\(/g, name: 'Date()' },
  { pattern: /\bTemporal\s*\.\s*Now\b/g, name: 'Temporal.Now' },
  { pattern: /\bMath\s*\.\s*random\b/g, name: 'Math.random' },
  { pattern: /\bperformance\b\s*[.[]/g, name: 'performance' },
  { pattern: /\bcrypto\b\s*[.[]/g, name: 'crypto' },
  { pattern: /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\s*\(/g, name: 'a timer' },
  { pattern: /\bglobalThis\b/g, name: 'globalThis' },
];
