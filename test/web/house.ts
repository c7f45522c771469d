/** `carillon serve` on the demonstration's month, with somebody of each role, and a browser in front of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roles } from '#operations/access/roles.ts';
import { type StripeServer, startStripe } from '../cards/stripe-server.ts';
import { runCli } from '../support/cli.ts';
import { portsInARow } from '../support/ports.ts';
import { projectRoot } from '../support/project-files.ts';
import { copyMonth } from './month.ts';

export const PASSWORD = 'four words make one';
/** What they see is this party's. */
const PARTIES: Readonly<Record<string, string>> = { partner: 'atlantic', customer: 'dana-reyes' };
const START_MS = 60_000;

export interface House {
  readonly origin: string;
  /** Where Diameter peers connect. */
  readonly diameter: string;
  /** Where cards are charged. */
  readonly stripe: StripeServer;
  /** The cookie of somebody with this role, of a party where one is named (`partner:rheinland`): one for all visits, as nobody may sign in as often as they begin. */
  readonly cookieOf: (role: string) => Promise<string>;
  readonly cli: (...args: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

export const addressOf = (role: string): string => `${role.replace(':', '-')}@halyard.example`;

export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  const data = join(folder, 'data');
  await copyMonth(data);
  const { stripe, close: closeStripe } = await startStripe();
  // A name, not an address: passkeys belong to names.
  const [port, diameterPort] = await portsInARow(2);
  const origin = `http://localhost:${port}`;
  const diameter = `127.0.0.1:${diameterPort}`;
  const environment = {
    ...{ CARILLON_DATA: data, CARILLON_API_LISTEN: `127.0.0.1:${port}`, CARILLON_API_ORIGIN: origin },
    ...{ CARILLON_DIAMETER_LISTEN: diameter, CARILLON_DIAMETER_HOST: 'ocs.halyard.example', CARILLON_DIAMETER_REALM: 'halyard.example' },
    CARILLON_DIAMETER_PEERS: '*',
    ...{ CARILLON_STRIPE_KEY: 'env:HOUSE_STRIPE', HOUSE_STRIPE: 'sk_test_1', CARILLON_STRIPE_API: stripe.api },
    HOUSE_WEBHOOK: 'a secret of thirty-two characters',
    CARILLON_STRIPE_RETURN_TO: `${origin}/portal/payments`,
  };
  const server = await serve(environment);
  const cli = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await runCli(args, { cwd: projectRoot, environment, hasServer: true });
    if (status !== 0) throw new Error(`carillon ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };
  const cookies = new Map<string, Promise<string>>();
  const invite = async (asked: string): Promise<void> => {
    const [role = '', named] = asked.split(':');
    const of = named ?? PARTIES[role];
    const party = of === undefined ? [] : ['--party', of];
    const said = await cli('users', 'invite', addressOf(asked), `Somebody of ${role}`, '--role', role, ...party, '--json');
    const { invitation: token }: { invitation: string } = JSON.parse(said);
    await post(origin, '/v1/sign-in/reset-password', { token, newPassword: PASSWORD });
  };
  const signIn = async (role: string): Promise<string> => {
    if (!Object.hasOwn(roles, role.split(':')[0] ?? '')) throw new Error(`there is no role ${role}`);
    await invite(role);
    const answer = await post(origin, '/v1/sign-in/sign-in/email', { email: addressOf(role), password: PASSWORD });
    return answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
  };
  return {
    origin,
    diameter,
    stripe,
    cli,
    cookieOf(role) {
      const cookie = cookies.get(role) ?? signIn(role);
      cookies.set(role, cookie);
      return cookie;
    },
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      await closeStripe();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function post(origin: string, path: string, body: object): Promise<Response> {
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

function serve(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_'));
  const child = spawn(process.execPath, [join(projectRoot, 'src/cli/main.ts'), 'serve', '--json'], {
    cwd: projectRoot,
    env: { ...Object.fromEntries(inherited), ...environment, CARILLON_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`carillon serve did not start: ${said}`)), START_MS);
    child.stdout.once('data', () => {
      clearTimeout(late);
      resolve(child);
    });
    child.once('exit', (status) => {
      clearTimeout(late);
      reject(new Error(`carillon serve ended with ${status}: ${said}`));
    });
  });
}
