/** The end of the demonstration: console and portal over its month, with somebody of each role, until it is stopped. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWeb } from '#app/web/built.ts';
import { roles } from '#operations/access/roles.ts';
import { endKept } from '../tools/kept-command.ts';
import { demoEnvironment, root } from './carillon.ts';
import { freePort } from './free-port.ts';
import { DEMO_DAY } from './generator/generate.ts';
import * as screen from './screen.ts';
import { ask, type Stage } from './steps.ts';
import { CUSTOMER } from './subscriber.ts';

/** Of the demonstration only: it is printed. */
const PASSWORD = 'carillon rings at noon';
const PORT = 8080;
/** What partner users see is this party's. */
const PARTY = 'atlantic';
/** A second one: what one sees the other does not. */
const OTHER_PARTY = 'rheinland';
/** Money in each. */
const VOUCHERS = ['10.00', '25.00'];

/** Ends when the server does: with Ctrl-C, or SIGTERM. */
export async function serveMonth(stage: Stage): Promise<void> {
  screen.title('The month, to look at');
  screen.say('The pages are built, once …');
  await buildWeb();
  const origin = `http://127.0.0.1:${await freePort(PORT)}`;
  const env = { ...demoEnvironment(stage.dataFolder), CARILLON_API_LISTEN: new URL(origin).host, CARILLON_API_ORIGIN: origin };
  const server = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'serve', '--json'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const stop = (): void => void server.kill('SIGTERM');
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const listens = new Promise<boolean>((resolve) => {
    server.stdout.once('data', () => resolve(true));
    void ended.then(() => resolve(false));
  });
  if (!(await listens)) throw new Error('carillon serve did not start');
  const people = await invite(stage, origin);
  const vouchers = await makeVouchers(stage);
  endKept();
  screen.say(
    '',
    `  Console and portal   ${origin}/`,
    `  The day of traffic   ${origin}/?on=${DEMO_DAY}`,
    `  API reference        ${origin}/reference`,
    '',
    `  Everybody’s password is “${PASSWORD}”:`,
    ...people.map(({ role, email, party }) => `    ${email.padEnd(44)} ${role}${party === undefined ? '' : ` of ${party}`}`),
    '',
    '  Vouchers, with which the customer tops up:',
    ...vouchers.map(({ code, amount }) => `    ${code.padEnd(44)} ${amount} USD`),
    '',
    'Stop with Ctrl-C.',
  );
  screen.print();
  await ended;
}

interface Invited {
  readonly role: string;
  readonly email: string;
  readonly name: string;
  readonly party?: string;
}

async function invite(stage: Stage, origin: string): Promise<readonly Invited[]> {
  const people: Invited[] = Object.keys(roles)
    .filter((role) => !('ofParty' in roles[role as keyof typeof roles])) // a key of it
    .map((role) => ({ role, email: `${role}@halyard.example`, name: `Our ${role.replaceAll('-', ' ')}` }));
  people.push(
    { role: 'partner', email: 'partner@halyard.example', name: 'Ada of Atlantic', party: PARTY },
    { role: 'partner', email: 'rheinland@halyard.example', name: 'Ruth of Rheinland', party: OTHER_PARTY },
    { role: 'customer', email: 'customer@halyard.example', name: 'Dana Reyes', party: CUSTOMER },
  );
  for (const { role, email, name, party } of people) {
    const of = party === undefined ? [] : ['--party', party];
    const [said] = await ask(stage, ['users', 'invite', email, name, '--role', role, ...of, '--json']);
    const { invitation } = said as { invitation: string }; // as its --json says
    const answer = await fetch(`${origin}/v1/sign-in/reset-password`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token: invitation, newPassword: PASSWORD }),
    });
    if (!answer.ok) throw new Error(`${email} could not choose a password: ${await answer.text()}`);
    await trySignIn(origin, email, role);
  }
  return people;
}

/** Codes are shown once, as CSV: serial and code. */
async function makeVouchers(stage: Stage): Promise<readonly { readonly code: string; readonly amount: string }[]> {
  const made: { code: string; amount: string }[] = [];
  for (const amount of VOUCHERS) {
    const words = ['charge', 'voucher', 'make', '--count', '1', '--amount', amount, '--currency', 'USD'];
    const { stdout, status, stderr } = await stage.carillon.run(words);
    if (status !== 0) throw new Error(`no voucher was made: ${stderr}`);
    made.push({ code: stdout.trim().split(',').at(-1) ?? '', amount });
  }
  return made;
}

/** What is printed must work. */
async function trySignIn(origin: string, email: string, role: string): Promise<void> {
  const signedIn = await fetch(`${origin}/v1/sign-in/sign-in/email`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const me = await fetch(`${origin}/v1/me`, { headers: { cookie } });
  const said = (await me.json()) as { readonly role?: string }; // as getMe answers
  if (said.role !== role) throw new Error(`${email} cannot sign in: ${signedIn.status}, ${JSON.stringify(said)}`);
}
