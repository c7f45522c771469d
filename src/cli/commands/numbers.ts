import type { Command } from 'commander';
import type { ImsiReport, NumberReport, PairReport } from '#app/number-report.ts';
import { formatPairs } from '../table.ts';
import { registerNumberTables } from './number-tables.ts';

interface Options {
  readonly countryCode?: string;
  readonly nationalPrefix?: string;
  readonly internationalPrefix?: string;
  readonly stripPrefix: readonly string[];
  readonly imsi?: boolean;
  readonly json?: boolean;
}

/** `carillon numbers`. */
export function register(program: Command): void {
  const numbers = program
    .command('numbers')
    .description('tell what is known of a number: country, destination, state; of an IMSI: its network')
    .argument('<number...>', 'numbers as they are written; two are read as a call from the first to the second')
    .option('--country-code <digits>', 'country code that national numbers belong to')
    .option('--national-prefix <digits>', 'what national numbers begin with, for example 0; empty for nothing')
    .option('--international-prefix <digits>', 'what international numbers begin with besides a plus, for example 00')
    .option('--strip-prefix <prefix>', 'technical prefix to take off first; may be given several times', collect, [])
    .option('--imsi', 'the numbers are IMSIs')
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      '\nExamples:\n  $ carillon numbers 07712345678 --country-code 44 --national-prefix 0\n  $ carillon numbers +12125550100 +13105550100\n  $ carillon numbers --imsi 262021234567890',
    )
    .action(async (numbers: readonly string[], options: Options) => {
      const { reportImsi, reportNumber, reportPair } = await import('#app/number-report.ts');
      if (options.imsi === true) {
        print(numbers.map(reportImsi), options, imsiPairs);
        return;
      }
      const rules = {
        ...(options.countryCode === undefined ? {} : { countryCode: options.countryCode }),
        ...(options.nationalPrefix === undefined ? {} : { nationalPrefix: options.nationalPrefix }),
        ...(options.internationalPrefix === undefined ? {} : { internationalPrefix: options.internationalPrefix }),
        stripPrefixes: options.stripPrefix,
      };
      const reports = numbers.map((number) => reportNumber(number, rules));
      print(reports, options, numberPairs);
      const [from, to] = reports;
      const pair = reports.length === 2 && from !== undefined && to !== undefined ? reportPair(from, to) : undefined;
      if (pair !== undefined) process.stdout.write(options.json === true ? `${JSON.stringify(pair)}\n` : `\n${pairLine(pair)}\n`);
    });
  registerNumberTables(numbers);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function print<T>(reports: readonly T[], { json }: Options, pairs: (report: T) => readonly (readonly [string, string])[]): void {
  const shown = reports.map((report) => (json === true ? JSON.stringify(report) : formatPairs(pairs(report))));
  process.stdout.write(`${shown.join(json === true ? '\n' : '\n\n')}\n`);
}

function numberPairs({ written, reading, country, destination, state }: NumberReport): (readonly [string, string])[] {
  const read =
    reading.kind === 'number' ? `+${reading.digits}` : reading.kind === 'invalid' ? `not a number: ${reading.fault}` : reading.kind;
  return [
    ['written', written.length > 60 ? `${written.slice(0, 60)}…` : written],
    ['read as', reading.kind === 'short-code' ? `short code ${reading.digits}, of no country` : read],
    ...(reading.kind === 'number'
      ? ([['country', country === undefined ? 'not assigned' : [country.code, country.name].filter(Boolean).join(' ')]] as const)
      : []),
    ...(destination === undefined
      ? []
      : ([['destination', `${destination.name} (${destination.kind}), code ${destination.code}`]] as const)),
    ...(state === undefined ? [] : ([['state', state]] as const)),
  ];
}

function imsiPairs({ imsi, network }: ImsiReport): (readonly [string, string])[] {
  if (network === undefined) {
    return [
      ['IMSI', imsi],
      ['network', 'not in the list'],
    ];
  }
  return [
    ['IMSI', imsi],
    ['network', `${network.mcc}-${network.mnc} ${[network.brand, network.operator].filter((name) => name !== '').join(', ')}`],
    ['country', network.countries.join(', ')],
    ['status', network.status],
  ];
}

function pairLine({ national, jurisdiction }: PairReport): string {
  const kind = national ? 'national' : 'international';
  return `from the first to the second: ${kind}${jurisdiction === undefined ? '' : `, ${jurisdiction}`}`;
}
