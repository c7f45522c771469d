/** The scripts of the guides for switches, run as they stand there: a stand-in speaks for the switch, a real Carillon answers. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withFolder } from '../support/cli.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { readProjectFile } from '../support/project-files.ts';
import { applyExample, type ServerUnderTest, startServer } from './server-under-test.ts';

const first = (programs: readonly string[]): string | undefined =>
  programs.find((program) => spawnSync(program, ['-v'], { timeout: 5_000 }).error === undefined);
const python = first(['python3']);
const lua = first([process.env.LUA ?? 'lua', 'lua5.4', 'lua5.3', 'lua5.1', 'luajit']);
const curl = first(['curl']);

const scriptOf = (guide: string, name: string): string =>
  new RegExp(`^\`\`\`\\w+ ${name.replaceAll('.', '\\.')}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readProjectFile(guide))?.[1] ?? '';

let server: ServerUnderTest;
let address = '';
let finish: () => void = () => undefined;
let ended: Promise<void> = Promise.resolve();
before(async () => {
  await new Promise<void>((ready, failed) => {
    ended = withTestDatabase(async (database: TestDatabase) => {
      await applyExample(database);
      server = await startServer(database, { name: 'switch' });
      address = `http://127.0.0.1:${await server.api.listen('127.0.0.1', 0)}`;
      const opened = await server.post(
        '/v1/charging/accounts',
        { account: 'dora', plan: 'mira', identities: ['msisdn:491715550003'] },
        'open',
      );
      assert.equal(opened.status, 201);
      await server.post('/v1/charging/accounts/dora/top-ups', { money: { amount: '10.29', currency: 'EUR' } }, 'fill');
      ready();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await server.close();
    });
    ended.catch(failed);
  });
});
after(async () => {
  finish();
  await ended;
});

/** What the account has left of its own money. */
async function left(): Promise<string> {
  const { body } = await server.ask('/v1/charging/accounts/dora');
  return body.balances.find(({ definition }: { definition: string }) => definition === 'main').left;
}

function run(
  program: string,
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>>,
  cwd: string,
): Promise<string> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...environment } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      said += text.toString();
    });
  child.stdin.end(input);
  return new Promise((resolve) => void child.on('close', () => resolve(said)));
}

test('the AGI script reserves, says how long the call may last, commits once, and keeps what it cannot send', (context) =>
  python === undefined
    ? context.skip('python3 is not here')
    : withFolder(async (folder) => {
        writeFileSync(join(folder, 'carillon.py'), scriptOf('docs/guides/connect-asterisk.md', 'carillon.py'));
        writeFileSync(join(folder, 'key'), `${server.apiKey}\n`);
        const spool = join(folder, 'spool');
        const script = (uniqueId: string, args: readonly string[], api = address): Promise<string> => {
          const given = [`agi_uniqueid: ${uniqueId}`, ...args.map((each, index) => `agi_arg_${index + 1}: ${each}`)].join('\n');
          const environment = { CARILLON_API: api, CARILLON_KEY_FILE: join(folder, 'key'), CARILLON_SPOOL: spool };
          return run(
            python ?? '',
            ['carillon.py'],
            `agi_request: carillon.py\n${given}\n\n${'200 result=1\n'.repeat(4)}`,
            environment,
            folder,
          );
        };
        // 2.30 less the fee of a call abroad (0.15) is 186 seconds at 0.69 a minute.
        const reserved = await script('1732-1', ['reserve', '+491715550003', '33142685300']);
        assert.equal(await left(), '2.30');
        assert.match(reserved, /SET VARIABLE CARILLON_SECONDS 186\nSET VARIABLE CARILLON_REFUSED ""/);
        assert.match(
          await script('1732-2', ['reserve', '491715550003', '33142685300']),
          /CARILLON_SECONDS 0\n.*"charging.credit-exhausted"/,
        );
        assert.match(await script('1732-3', ['reserve', '490000000000', '33142685300']), /CARILLON_SECONDS 0\n.*"engine.account-unknown"/);
        assert.match(await script('1732-1', ['commit', '60'], 'http://127.0.0.1:9'), /60 s committed, kept/);
        assert.deepEqual(readdirSync(spool), ['1732-1']);
        const environment = { CARILLON_API: address, CARILLON_KEY_FILE: join(folder, 'key'), CARILLON_SPOOL: spool };
        assert.equal(await run(python ?? '', ['carillon.py', 'flush'], '', environment, folder), '1732-1 done\n');
        assert.deepEqual(readdirSync(spool), []);
        assert.match(await script('1732-1', ['commit', '60']), /60 s committed, done/);
        assert.equal(await left(), '1.46');
      }));

/** FreeSWITCH's functions, as far as the script uses them: what they were asked is printed, and a call lasts as many seconds as it is told. */
const STAND_IN = `
local seconds = tonumber(os.getenv('CALL_SECONDS'))
local slept, hash = 0, {}
local api = {}
function api:execute(name, text)
  print('api ' .. name .. ' ' .. text)
  if name == 'uuid_exists' then return slept < seconds and 'true' or 'false' end
  if name ~= 'hash' then return '' end
  local verb, rest = text:match('^(%w+)/carillon/(.*)$')
  local file = 'hash-' .. rest:match('^[%w-]+')
  if verb == 'insert' then local out = io.open(file, 'w'); out:write(rest:match('/(%d+)$')); out:close() end
  if verb == 'select' then local kept = io.open(file); return kept and kept:read('*a') or '' end
  return ''
end
freeswitch = { API = function() return api end, msleep = function(ms) slept = slept + ms / 1000 end, consoleLog = function(level, text) io.write(level .. ' ' .. text) end }
local variables = { uuid = os.getenv('CALL_UUID'), carillon_subscriber = os.getenv('CALL_SUBSCRIBER'), carillon_called = '33142685300', carillon_bridge = 'sofia/gateway/carrier/33142685300' }
local role = arg[1]
if role == 'end' then
  env = { getHeader = function(_, name) return name == 'uuid' and os.getenv('CALL_UUID') or tostring(seconds) end }
elseif role == 'watch' then argv = { 'watch', arg[2], arg[3] }
else
  session = {}
  function session:getVariable(name) return variables[name] end
  function session:setVariable(name, value) print('set ' .. name .. '=' .. value) end
  function session:execute(name, text) print('run ' .. name .. ' ' .. text) end
  function session:hangup(cause) print('hangup ' .. cause) end
end
dofile('carillon.lua')
`;

test('the FreeSWITCH script reserves, asks again before it is over, ends with the money, and commits the rest', (context) =>
  lua === undefined || curl === undefined
    ? context.skip('lua or curl is not here (LUA names another lua)')
    : withFolder(async (folder) => {
        await server.post(
          '/v1/charging/accounts/dora/adjustments',
          { money: { amount: '-0.27', currency: 'EUR' }, note: 'to a round figure' },
          'adjust',
        );
        assert.equal(await left(), '1.19');
        writeFileSync(join(folder, 'carillon.lua'), scriptOf('docs/guides/connect-freeswitch.md', 'carillon.lua'));
        writeFileSync(join(folder, 'stand-in.lua'), STAND_IN);
        writeFileSync(join(folder, 'header'), `Authorization: Bearer ${server.apiKey}\n`);
        const script = (
          args: readonly string[],
          seconds: number,
          uuid = 'f5a1-4c',
          subscriber = 'msisdn:491715550003',
        ): Promise<string> => {
          const environment = {
            CARILLON_API: address,
            CARILLON_HEADER: join(folder, 'header'),
            CALL_SECONDS: String(seconds),
            CALL_UUID: uuid,
            CALL_SUBSCRIBER: subscriber,
          };
          return run(lua ?? '', ['stand-in.lua', ...args], '', environment, folder);
        };
        const begun = await script([], 0);
        assert.match(begun, /set api_on_answer=luarun carillon.lua watch f5a1-4c 60\nrun bridge sofia\/gateway\/carrier\/33142685300/);
        const watched = await script(['watch', 'f5a1-4c', '60'], 130);
        // Abroad at 0.15 and 0.69 a minute 1.19 lasts for 90 seconds: 60 are granted, after 50 the other 40, after 30 more the last 10.
        assert.deepEqual(
          [...watched.matchAll(/sched_hangup \+(\d+)|insert\/carillon\/f5a1-4c\/(\d+)/g)].map(([, until, reported]) =>
            Number(until ?? reported),
          ),
          [60, 50, 40, 80, 10],
        );
        assert.match(await script(['end'], 88), /select\/carillon\/f5a1-4c/);
        assert.equal(await left(), '0.028');
        const trace = await server.ask(`/v1/charging/sessions/${encodeURIComponent('http:switch/s/f5a1-4c')}/trace`);
        assert.equal(trace.body.records[0].charged.amount, '1.162');
        assert.match(await script([], 0, 'f5a1-4d'), /refused: charging.credit-exhausted\nhangup OUTGOING_CALL_BARRED/);
        assert.match(await script([], 0, 'f5a1-4e', "msisdn:1'; touch broken; '"), /refused: engine.account-unknown\nhangup CALL_REJECTED/);
        assert.ok(!readdirSync(folder).includes('broken'));
      }));
