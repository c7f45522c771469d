import type { Command } from 'commander';
import type { InstallationOptions } from '#app/installation.ts';
import type { Settings } from '#app/settings.ts';
import { subjectOf } from './audit-subjects.ts';
import { userName } from './user-name.ts';

/**
 * What --data, --settings and --log-level say, for withInstallation. Call it in an action with its command:
 * `.action(async (file, options, command) => withInstallation(installationOptions(command), …))`.
 */
export function installationOptions(command: Command): InstallationOptions {
  const options = command.optsWithGlobals<{ data?: string; settings?: string; logLevel?: string }>();
  return {
    command: nameOf(command),
    by: {
      ...{ user: userName(), subject: subjectOf(nameOf(command).replace(/^\S+ /, ''), command.args[0] ?? '') },
      asked: { ...Object.fromEntries(command.args.map((each, at) => [argumentName(command, at), each])), ...command.opts<object>() },
    },
    settings: {
      ...(options.data === undefined ? {} : { data: options.data }),
      ...(options.settings === undefined ? {} : { file: options.settings }),
      ...(options.logLevel === undefined ? {} : { log: { level: options.logLevel as Settings['log']['level'] } }), // checked when settings are loaded
    },
  };
}

/** By name, since what is called a secret or a code is not kept; a list has numbers. */
function argumentName({ registeredArguments }: Command, at: number): string {
  const own = registeredArguments[Math.min(at, registeredArguments.length - 1)];
  return own === undefined || own.variadic ? `${own?.name() ?? 'argument'} ${at + 1}` : own.name();
}

function nameOf(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each !== null; each = each.parent) names.unshift(each.name());
  return names.join(' ');
}
