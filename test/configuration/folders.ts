/** Small folders of configuration for tests. */
import { configurationReference } from '#app/configuration-reference.ts';
import type { Refusal, Result } from '#core/refusals.ts';
import { readFolder } from '#operations/configuration/read-folder.ts';
import type { Setup } from '#operations/configuration/setup.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export function readFiles(files: Files): Result<Setup> {
  const encoder = new TextEncoder();
  const bytes = Object.entries(files).map(
    ([name, content]) => [name, typeof content === 'string' ? encoder.encode(content) : content] as const,
  );
  return readFolder(new Map(bytes), configurationReference());
}

/** The setup of files that must be right. */
export function setupFrom(files: Files): Setup {
  const read = readFiles(files);
  if (!read.ok) throw new Error(read.refusals.map(({ code, message, at }) => `${at?.file}:${at?.line} ${message} [${code}]`).join('\n'));
  return read.value;
}

/** The faults of files that must be wrong, as `file:line code`. */
export function faultsOf(files: Files): readonly string[] {
  return refusalsOf(files).map(({ code, at }) => `${at?.file ?? ''}:${at?.line ?? ''} ${code.replace('configuration.', '')}`);
}

export function refusalsOf(files: Files): readonly Refusal[] {
  const read = readFiles(files);
  if (read.ok) throw new Error('the files were read without a fault');
  return read.refusals;
}

/** One of each, all right: the files that tests spoil. */
export const operator = `legalEntities:
  - id: us
    name: Example Voice Inc.
    country: US
    currency: USD
    zone: America/New_York
parties:
  - {id: north, name: North Carrier, kind: carrier, country: CA}
accounts:
  - {id: north-usd, party: north, legalEntity: us, currency: USD}
trunks:
  - {id: north-in, account: north-usd, names: [sbc/NORTH]}
  - {id: core}
`;

export const agreements = `agreements:
  - id: north-voice
    name: North, voice
    account: north-usd
    zone: UTC
    currency: USD
    validFrom: 2026-01-01
    rounding: {decimals: 4}
    services:
      - {service: voice, role: incoming, tariff: voice}
`;

export const tariffs = `tariffs:
  - id: voice
    name: Voice
    service: voice
    currency: USD
    defaults: {increments: 60/60}
    rates:
      - {code: 44, destination: United Kingdom, price: 0.010}
      - {code: 447, destination: United Kingdom Mobile, price: 0.0210}
`;

export const good: Files = { 'operator.yaml': operator, 'agreements.yaml': agreements, 'tariffs.yaml': tariffs };

/** The good files with one text replaced in one of them; throws when the text is not there. */
export function spoil(file: string, from: string, to: string): Files {
  const text = good[file];
  if (typeof text !== 'string' || !text.includes(from)) throw new Error(`${file} does not have ${from}`);
  return { ...good, [file]: text.replace(from, to) };
}
