/** The steps of the demonstration: each is carillon's own commands, run and shown. */
import { existsSync } from 'node:fs';
import type { Carillon } from './carillon.ts';
import * as screen from './screen.ts';

export const PERIOD = '2026-10';
export const EXAMPLE = 'examples/demo-operator';
/** For adding up a dollar margin from amounts in euro: an assumption of the demonstration. */
export const EURO_RATE = 'EUR=1.16';
export const AGREEMENTS = ['atlantic-voice', 'rheinland-voice', 'andina-voice'] as const;

export interface Stage {
  readonly carillon: Carillon;
  /** As the reader can write it: relative to the project. */
  readonly dataFolder: string;
}

export interface Showing extends screen.Part {
  /** The command as a shell would be given it, where that is shorter: with patterns for file names. */
  readonly as?: readonly string[];
  /** It has a progress bar. */
  readonly live?: boolean;
  /** It is expected to refuse: that is what is shown. */
  readonly refuses?: boolean;
}

/** Runs one command and shows it with its output. Throws when it ends otherwise than expected. */
export async function show(stage: Stage, args: readonly string[], showing: Showing = {}): Promise<string> {
  screen.command(`carillon ${(showing.as ?? args).map(quoted).join(' ')}`);
  const { stdout, stderr, status } = await stage.carillon.run(args, { live: showing.live === true });
  screen.output(stdout, showing);
  if (stderr !== '') screen.say(...(stdout === '' ? [] : ['']), ...stderr.trim().split('\n'));
  if ((status !== 0) !== (showing.refuses === true)) throw new Error(`carillon ${args.join(' ')} ended with status ${status}`);
  return stdout;
}

/** Runs one command for its JSON, one object a line, without showing it. */
export async function ask(stage: Stage, args: readonly string[]): Promise<readonly unknown[]> {
  const { stdout, stderr, status } = await stage.carillon.run(args);
  if (status !== 0) throw new Error(`carillon ${args.join(' ')} ended with status ${status}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/** As a shell takes it as one word. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

export function requireFile(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} was not written`);
  return path;
}
