import type { Command } from 'commander';
import type { InstallationOptions } from '#app/installation.ts';
import type { Settings } from '#app/settings.ts';

/**
 * What --data, --settings and --log-level say, for withInstallation. Call it in an action with its command:
 * `.action(async (file, options, command) => withInstallation(installationOptions(command), …))`.
 */
export function installationOptions(command: Command): InstallationOptions {
  const options = command.optsWithGlobals<{ data?: string; settings?: string; logLevel?: string }>();
  return {
    command: nameOf(command),
    settings: {
      ...(options.data === undefined ? {} : { data: options.data }),
      ...(options.settings === undefined ? {} : { file: options.settings }),
      ...(options.logLevel === undefined ? {} : { log: { level: options.logLevel as Settings['log']['level'] } }), // checked when settings are loaded
    },
  };
}

function nameOf(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each !== null; each = each.parent) names.unshift(each.name());
  return names.join(' ');
}
