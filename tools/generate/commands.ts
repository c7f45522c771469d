import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/main.ts';

const HELP_WIDTH = 100;

/** docs/reference/commands.md: every command's own help, in the order of `carillon --help`. */
export async function renderCommands(): Promise<string> {
  const program = await buildProgram();
  const commands = program.commands.filter((command) => command.name() !== 'help');
  return `# Commands

<!-- Made from the commands' own help by npm run generate; change it in src/cli/commands. -->

\`carillon\` is \`tools/carillon.mjs\` of this folder, or \`npx carillon\` in it. Every command says what it takes with \`--help\`.
It ends with status 0 when it did what was asked, 1 when it refused or failed, and 2 when the command line is wrong.
What is refused has a name: see [refusals](refusals.md). The global options also have [settings](settings.md) behind them.

| command | |
|---|---|
${commands
  .flatMap((command) => leaves(command))
  .map(({ name, command }) => `| [\`${name}\`](#${anchor(name)}) | ${command.description().replaceAll('|', '\\|').replaceAll('\n', ' ')} |`)
  .join('\n')}

## Global options

\`\`\`text
${globalOptions(program)}
\`\`\`

${commands
  .flatMap((command) => leaves(command))
  .map(section)
  .join('\n')}`;
}

interface Leaf {
  readonly name: string;
  readonly command: Command;
}

/** A command, or its subcommands when it has any. */
export function leaves(command: Command, before = 'carillon'): Leaf[] {
  const name = `${before} ${command.name()}`;
  const inner = command.commands.filter((each) => each.name() !== 'help');
  return inner.length === 0 ? [{ name, command }] : inner.flatMap((each) => leaves(each, name));
}

function section({ name, command }: Leaf): string {
  const lines: string[] = [];
  command.configureHelp({ helpWidth: HELP_WIDTH, showGlobalOptions: false });
  command.configureOutput({ writeOut: (text) => lines.push(text), getOutHelpWidth: () => HELP_WIDTH, getOutHasColors: () => false });
  command.outputHelp();
  return `## ${name}\n\n\`\`\`text\n${lines.join('').trim()}\n\`\`\`\n`;
}

function globalOptions(program: Command): string {
  const help = program.createHelp();
  help.prepareContext({ helpWidth: HELP_WIDTH });
  const options = help.visibleOptions(program);
  const width = Math.max(...options.map((option) => help.optionTerm(option).length));
  return options.map((option) => `${help.optionTerm(option).padEnd(width + 2)}${help.optionDescription(option)}`).join('\n');
}

function anchor(name: string): string {
  return name.replaceAll(' ', '-');
}
