/** The steps of the demonstration: each is carillon's own commands, run and shown. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Carillon } from './carillon.ts';
import type { FileTruth } from './generator/day-files.ts';
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

/** Runs one command and shows it with its output. Throws when it fails: the demonstration shows what works. */
export async function show(stage: Stage, args: readonly string[], part: { most?: number; last?: number } = {}): Promise<string> {
  screen.command(`carillon ${args.map(quoted).join(' ')}`);
  const { stdout, status } = await stage.carillon.run(args);
  screen.output(stdout, part);
  if (status !== 0) throw new Error(`carillon ${args.join(' ')} ended with status ${status}`);
  return stdout;
}

/** Runs one command for its JSON, without showing it. */
export async function ask(stage: Stage, args: readonly string[]): Promise<unknown> {
  const { stdout, status } = await stage.carillon.run(args);
  if (status !== 0) throw new Error(`carillon ${args.join(' ')} ended with status ${status}`);
  return JSON.parse(stdout);
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** Paths of one source's files, in the order in which the switch wrote them. */
export function filesOf(truths: readonly FileTruth[], source: string, dataFolder: string): string[] {
  return truths.filter((truth) => truth.source === source).map(({ path }) => join(dataFolder, 'traffic', path));
}

export function requireFile(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} was not written`);
  return path;
}
