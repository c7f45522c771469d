import { type Command, Option } from 'commander';

/**
 * `--dated`: the day that is written into the books, or on a document. (`--on` is the day as of which something is shown.) Commands that once
 * called it otherwise still take the other name, without showing it.
 */
export function datedOption(command: Command, description: string, once: string): Command {
  return command
    .option('--dated <day>', description)
    .addOption(new Option(`--${once} <day>`).hideHelp())
    .on(`option:${once}`, (day: string) => {
      command.setOptionValue('dated', day);
    });
}
