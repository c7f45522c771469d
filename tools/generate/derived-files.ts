import { renderApiPaths } from './api-paths.ts';
import { renderCommands } from './commands.ts';
import { renderConfiguration, renderConfigurationSchema } from './configuration.ts';
import { renderDiameterAvps } from './diameter-avps.ts';
import { renderFormats } from './formats.ts';
import { renderHttpApi } from './http-api.ts';
import { renderRefusals } from './refusals.ts';
import { renderSettings } from './settings.ts';

/** Path of each derived file and what makes its text. */
export const derivedFiles: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/reference/commands.md': renderCommands,
  'docs/reference/configuration.md': renderConfiguration,
  'docs/reference/configuration.schema.json': renderConfigurationSchema,
  'docs/reference/diameter-avps.md': renderDiameterAvps,
  'docs/reference/formats.md': renderFormats,
  'docs/reference/http-api.md': renderHttpApi,
  'docs/reference/refusals.md': renderRefusals,
  'docs/reference/settings.md': renderSettings,
  'src/api/client/paths.ts': renderApiPaths,
};
