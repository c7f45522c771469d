import { parseArgs } from 'node:util';
import { DEMO_CALLS, DEMO_SEED } from './generator/generate.ts';

export interface DemoOptions {
  readonly dataFolder: string;
  readonly calls: number;
  readonly seed: string;
  /** It ends when the month is told, instead of serving it. */
  readonly exit: boolean;
}

const USAGE = `npm run demo -- [--data <folder>] [--calls <count>] [--seed <text>] [--exit]

  --data   where the demonstration keeps everything (default: .carillon/demo); made anew each time
  --calls  how many calls the day has, 1,000 to 5,000,000 (default: ${DEMO_CALLS})
  --seed   another day: the same seed gives the same calls (default: ${DEMO_SEED})
  --exit   end when the month is told; without it the console is served, where there is a terminal
`;

/** Undefined when only the help was wanted. Throws an Error with one sentence when the command line is wrong. */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: '.carillon/demo' },
      calls: { type: 'string', default: String(DEMO_CALLS) },
      seed: { type: 'string', default: DEMO_SEED },
      exit: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return undefined;
  }
  const calls = Number(values.calls);
  if (!Number.isInteger(calls) || calls < 1_000 || calls > 5_000_000) {
    throw new Error(`--calls must be a whole number from 1,000 to 5,000,000, not ${values.calls}`);
  }
  return { dataFolder: values.data, calls, seed: values.seed, exit: values.exit };
}
