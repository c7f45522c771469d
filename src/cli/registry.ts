/** The commands, each with the file that declares it: only that of the command line's is loaded, for all of them take longer than most commands. */
import type { Command } from 'commander';

type Load = () => Promise<{ register(program: Command): void }>;

/** In the order and under the headings of the help; by the names that the file declares. */
export const registry: Readonly<Record<string, Readonly<Record<string, Load>>>> = {
  'Set up:': {
    apply: () => import('./commands/apply.ts'),
    export: () => import('./commands/export.ts'),
    rates: () => import('./commands/rates.ts'),
    formats: () => import('./commands/formats.ts'),
    reference: () => import('./commands/reference.ts'),
  },
  'Price and load traffic:': {
    usage: () => import('./commands/usage.ts'),
    collect: () => import('./commands/collect.ts'),
    rate: () => import('./commands/rate.ts'),
    explain: () => import('./commands/explain.ts'),
    numbers: () => import('./commands/numbers.ts'),
  },
  'Charge while it is used:': {
    charge: () => import('./commands/charge.ts'),
  },
  'Bill and settle:': {
    statement: () => import('./commands/statement.ts'),
    margin: () => import('./commands/margin.ts'),
    invoice: () => import('./commands/invoice.ts'),
    template: () => import('./commands/template.ts'),
    'e-invoice': () => import('./commands/e-invoice.ts'),
    deal: () => import('./commands/deal.ts'),
    period: () => import('./commands/period.ts'),
    tax: () => import('./commands/tax.ts'),
    declaration: () => import('./commands/declaration.ts'),
    reconcile: () => import('./commands/reconcile.ts'),
    'partner-invoice': () => import('./commands/partner-invoice.ts'),
    dispute: () => import('./commands/dispute.ts'),
  },
  'Get paid:': {
    payment: () => import('./commands/payment.ts'),
    netting: () => import('./commands/netting.ts'),
    delivery: () => import('./commands/delivery.ts'),
    'credit deposit': () => import('./commands/credit.ts'),
    dunning: () => import('./commands/dunning.ts'),
    card: () => import('./commands/card.ts'),
  },
  'Keep the books:': {
    ledger: () => import('./commands/ledger.ts'),
    exchange: () => import('./commands/exchange.ts'),
  },
  'Charge online:': {
    serve: () => import('./commands/serve.ts'),
    diameter: () => import('./commands/diameter.ts'),
    radius: () => import('./commands/radius.ts'),
    notifications: () => import('./commands/notifications.ts'),
    webhooks: () => import('./commands/webhooks.ts'),
  },
  'Run:': {
    keys: () => import('./commands/keys.ts'),
    users: () => import('./commands/users.ts'),
    'audit-trail': () => import('./commands/audit-trail.ts'),
    retention: () => import('./commands/retention.ts'),
    person: () => import('./commands/person.ts'),
    check: () => import('./commands/check.ts'),
    database: () => import('./commands/database.ts'),
    settings: () => import('./commands/settings.ts'),
    bench: () => import('./commands/bench.ts'),
  },
};

/** Options before the command that have a value. */
const VALUED = new Set(['--data', '--settings', '--log-level']);

/** The command that a line is of, by a name of the registry. Undefined: none that is known, or `help`, which tells of all. */
export function commandOf(args: readonly string[]): string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (VALUED.has(arg)) at += 1;
    else if (!arg.startsWith('-')) return names.get(arg);
  }
  return undefined;
}

const names = new Map(
  Object.values(registry).flatMap((group) => Object.keys(group).flatMap((key) => key.split(' ').map((name) => [name, key] as const))),
);
