/** An operator whose documents go out, with services whose clock the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { letters } from '#app/delivery/letters.ts';
import { sftpDropper } from '#app/delivery/sftp-dropper.ts';
import { createLog } from '#app/log.ts';
import { smtpMailer } from '#gateways/mail/smtp-mailer.ts';
import { type DeliveredOne, type DeliveryServices, deliverDue } from '#operations/delivery/deliver.ts';
import type { DocumentFiles } from '#operations/delivery/ports.ts';
import { deliveryStore } from '#storage/delivery/delivery-store.ts';
import { type DeliveryStanding, listDeliveries } from '#storage/delivery/overview.ts';
import { withTestDatabase } from '../support/database.ts';
import { configure, type TestHome } from '../usage/home.ts';

export interface Desk {
  readonly home: TestHome;
  /** For DATABASE_URL, to give a process of its own the same database. */
  readonly url: string;
  /** Microseconds; begins with the time of the machine. */
  readonly clock: { micros: number };
  configure(delivery: string): Promise<void>;
  /** Enters an issued document of account `north`, issued now by the machine's clock. */
  issue(number: string, kind?: string): Promise<void>;
  /** Plans, and delivers what is due. */
  deliver(services: DeliveryServices): Promise<readonly DeliveredOne[]>;
  standings(): Promise<readonly DeliveryStanding[]>;
}

const configuration = (delivery: string): string => `
legalEntities:
  - {id: own, name: Own Telecom, country: DE, currency: EUR, zone: Europe/Berlin, address: [Street 1, 10115 Berlin], taxId: DE136695976, electronicAddress: "9930:DE136695976", email: own@own.example, dunning: {stages: [{name: reminder, afterDays: 7, tone: reminder}]}, mail: {from: billing@own.example, replyTo: desk@own.example}}
parties:
  - {id: north, name: North, kind: carrier, country: DE, address: [Street 2, 20095 Hamburg], taxId: DE811569869, electronicAddress: "9930:DE811569869", email: ap@north.example}
accounts:
  - {id: north, party: north, legalEntity: own, currency: EUR, delivery: ${delivery}}
`;

export async function withDesk(delivery: string, work: (desk: Desk) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-delivery-'));
  try {
    await withTestDatabase(async (database) => {
      const home = { database, folder, dataFolder: join(folder, 'data'), log: createLog({ level: 'silent', format: 'json' }) };
      const clock = { micros: Date.now() * 1000 };
      const desk: Desk = {
        home,
        url: database.url,
        clock,
        configure: (declared) => configure(home, { 'operator.yaml': configuration(declared) }),
        issue: async (number, kind = 'invoice') => {
          await database.pool.query(
            `insert into invoice (legal_entity, number, series, scope, sequence, key, kind, account, party, currency, issue_day, due_day, tax_day,
               net_nanos, tax_nanos, total_nanos, prepaid_nanos, content, sha256, issued_by)
             values ('own', $1, 'main', 'main', (select count(*) + 1 from invoice), $1, $2, 'north', 'north', 'EUR', '2026-11-01', '2026-12-01', '2026-10-31',
               1234500000000, 0, 1234500000000, 0, '{}', repeat('0', 64), 'test')`,
            [number, kind],
          );
        },
        deliver: async (services) => {
          await services.store.plan(clock.micros);
          const done: DeliveredOne[] = [];
          await deliverDue(services, 'test', (one) => done.push(one));
          return done;
        },
        standings: () => listDeliveries(database, { limit: 100 }),
      };
      await desk.configure(delivery);
      await work(desk);
    });
  } finally {
    for (const mailer of opened.splice(0)) mailer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files whose content names their document. */
export const plainFiles: DocumentFiles = {
  make: async ({ number }, parts) =>
    parts.map((part) => ({
      name: `${number}.${part}`,
      mediaType: part === 'pdf' ? 'application/pdf' : 'application/xml',
      content: Buffer.from(`${part} of ${number}`),
    })),
};

const opened: { close(): void }[] = [];

/** Delivers over the servers of the test: mail to this port, files with this password. */
export function servicesOf(
  { home, clock }: Desk,
  { mailPort = 1, password = 'secret' }: { mailPort?: number; password?: string },
): DeliveryServices {
  const mailer = smtpMailer({ host: '127.0.0.1', port: mailPort, secure: false, requireTls: false, user: undefined, password: undefined });
  opened.push(mailer);
  return {
    store: deliveryStore(home.database),
    files: plainFiles,
    letters: letters(home.database),
    mailer,
    dropper: sftpDropper(async (reference) => (reference === undefined ? undefined : password), { connectMs: 2_000, answerMs: 2_000 }),
    now: () => clock.micros,
  };
}
