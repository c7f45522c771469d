import type { Command } from 'commander';
import { type Given, give, withGiven } from '../charge-given.ts';
import { instantArgument, type Quantity, quantityArgument } from '../charge-words.ts';
import { installationOptions } from '../global-options.ts';

interface ControlOptions extends Given {
  readonly limit?: Quantity | 'plan';
  readonly agreeUntil?: number | 'period';
  readonly withdraw?: boolean;
}

/** `carillon charge control`. */
export function registerControl(charge: Command): void {
  withGiven(
    charge
      .command('control')
      .description('controls of spending: what the plan says and the customer set; or set a limit, or consent to go beyond it')
      .argument('<account>', 'name or identity')
      .argument('[control]', 'a control of the plan; left out: all are shown')
      .option('--limit <quantity>', 'nothing beyond it in a period; `plan`: the plan’s again', (text) =>
        text === 'plan' ? text : quantityArgument(text),
      )
      .option('--agree-until <instant>', 'go beyond it until then; `period`: until its period ends', (text) =>
        text === 'period' ? text : instantArgument(text),
      )
      .option('--withdraw', 'agree no longer'),
    'control anna roaming-data --limit 20.00',
  ).action(async (account: string, control: string | undefined, options: ControlOptions, self: Command) => {
    const { limit, agreeUntil, withdraw } = options;
    if (control === undefined || (limit === undefined && agreeUntil === undefined && withdraw !== true)) {
      await show(self, account, control, options.json === true);
      return;
    }
    const stated = limit === undefined ? {} : limit === 'plan' ? { limit } : { limit: limit.amount, unit: limit.unit };
    const agreed = withdraw === true ? 0 : agreeUntil;
    const words = { kind: 'set-control', control, ...stated, ...(agreed === undefined ? {} : { agreedToMicros: agreed }) } as const;
    await give(self, account, words, options);
  });
}

async function show(self: Command, account: string, control: string | undefined, json: boolean): Promise<void> {
  const [{ withInstallation }, { controlsOf }, { printControls }] = await Promise.all([
    import('#app/installation.ts'),
    import('#app/charging/controls.ts'),
    import('../charge-control-table.ts'),
  ]);
  const shown = await withInstallation(installationOptions(self), ({ database }) => controlsOf(database, account, control));
  process.stdout.write(printControls(shown, json));
}
