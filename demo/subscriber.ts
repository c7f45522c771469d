/** A subscriber who pays before: the plan, money in, a call to its end, and a data session that is still open when the demonstration ends. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { demoEnvironment, root } from './carillon.ts';
import { freePort } from './free-port.ts';
import * as screen from './screen.ts';
import { type Stage, show } from './steps.ts';

const ACCOUNT = 'dana';
/** Whose it is: she signs in as a customer. */
export const CUSTOMER = 'dana-reyes';
const NUMBER = '12125550142';
const CALL = 'pgw1.halyard.example;1;1';

export async function chargeOnline(stage: Stage): Promise<void> {
  await show(stage, ['apply', 'demo/subscribers'], { most: 0, last: 1 });
  await show(stage, ['charge', 'open', ACCOUNT, '--plan', 'halyard-go', '--identity', `msisdn:${NUMBER}`], { most: 2 });
  await show(stage, ['charge', 'party', ACCOUNT, CUSTOMER]);
  await show(stage, ['charge', 'top-up', ACCOUNT, '25.00', '--note', 'at the shop'], { most: 0, last: 2 });
  const node = `127.0.0.1:${await freePort()}`;
  screen.say('', 'carillon serve charges while the network waits. In its place, carillon diameter send:');
  await whileServing(stage, node, async () => {
    const call = ['diameter', 'send', node, '--subscriber', NUMBER, '--service', 'voice', '--called', '50937063853', '--session', CALL];
    await show(stage, [...call, '--use', '61s'], { most: 0 });
    screen.say('', 'A phone goes online and stays: 20 MB are set aside for it.');
    await show(stage, ['diameter', 'send', node, 'demo/subscribers/attach.json'], { most: 0 });
    await show(stage, ['charge', 'account', ACCOUNT]);
  });
  await show(stage, ['charge', 'trace', CALL], { most: 0, from: /^at / });
}

/** A charging node at this address as long as the work lasts. */
async function whileServing(stage: Stage, node: string, work: () => Promise<void>): Promise<void> {
  const env = {
    ...demoEnvironment(stage.dataFolder),
    ...{ CARILLON_DIAMETER_LISTEN: node, CARILLON_DIAMETER_HOST: 'ocs.halyard.example', CARILLON_DIAMETER_REALM: 'halyard.example' },
    CARILLON_DIAMETER_PEERS: '*@127.0.0.1',
  };
  const server = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'serve', '--json'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const listens = await new Promise<boolean>((resolve) => {
    server.stdout.once('data', () => resolve(true));
    void ended.then(() => resolve(false));
  });
  if (!listens) throw new Error('carillon serve did not start');
  try {
    await work();
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}
