/** The process in which kept-command.ts runs one command after the other. Ends with who started it. */
import { run } from '../src/cli/main.ts';
import type { Asked } from './kept-command.ts';

const writeError = process.stderr.write.bind(process.stderr);

process.on('message', async ({ args, cwd, environment, isTogether, mark }: Asked) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (environment[name] === undefined) delete process.env[name];
  Object.assign(process.env, environment);
  process.exitCode = undefined;
  if (isTogether) process.stderr.write = process.stdout.write.bind(process.stdout);
  const status = await run(args);
  process.stderr.write = writeError;
  process.exitCode = 0;
  // Behind all that the command printed, on both.
  process.stdout.write(mark);
  process.stderr.write(mark);
  process.send?.(status);
});
process.on('disconnect', () => process.exit());
