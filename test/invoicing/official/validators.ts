/**
 * What others hold of electronic invoices: the schematron of EN 16931 (CEN TC 434) and of Peppol BIS Billing (OpenPEPPOL), compiled, and the schemas of UBL 2.1
 * (OASIS), as they lie in jars of Maven Central; run by Saxon. Fetched once into .build; nothing of them is part of this program.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { projectRoot } from '../../support/project-files.ts';

const RULES = '4.3.7';
const XSDS = '4.1.0';
const jars: readonly (readonly [path: string, name: string, version: string])[] = [
  ['net/sf/saxon', 'Saxon-HE', '12.8'],
  ['org/xmlresolver', 'xmlresolver', '5.3.3'],
  ['com/helger/phive/rules', 'phive-rules-en16931', RULES],
  ['com/helger/phive/rules', 'phive-rules-peppol', RULES],
  ['com/helger/ubl', 'ph-ubl21', '10.2.0'],
  ['com/helger/xsd', 'ph-xsds-ccts-cct-schemamodule', XSDS],
  ['com/helger/xsd', 'ph-xsds-xmldsig', XSDS],
  ['com/helger/xsd', 'ph-xsds-xades132', XSDS],
  ['com/helger/xsd', 'ph-xsds-xades141', XSDS],
];
const folder = join(projectRoot, '.build', 'official-validators');
const pathOf = ([, name, version]: (typeof jars)[number]): string => join(folder, `${name}-${version}.jar`);
const sheets = [
  'external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt',
  'external/schematron/openpeppol/2026.5/xslt/PEPPOL-EN16931-UBL.xslt',
  'external/schematron/openpeppol/2026.5/xslt/PEPPOL-EN16931-UBL-SB.xslt',
];
const FETCH_LIMIT_MS = 60_000;

/** Why they cannot be run here; undefined when they can. */
export async function whyNoValidators(): Promise<string | undefined> {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not installed';
  try {
    mkdirSync(folder, { recursive: true });
    for (const jar of jars) {
      const [path, name, version] = jar;
      if (existsSync(pathOf(jar))) continue;
      const from = `https://repo1.maven.org/maven2/${path}/${name}/${version}/${name}-${version}.jar`;
      const { ok, status, body } = await fetch(from, { signal: AbortSignal.timeout(FETCH_LIMIT_MS) });
      if (!ok || body === null) return `${name} could not be fetched: ${status}`;
      const part = `${pathOf(jar)}.${process.pid}`;
      await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(part)); // the same stream, by the name that Node gives it
      renameSync(part, pathOf(jar));
    }
    return undefined;
  } catch (error) {
    return `the validators could not be fetched: ${error instanceof Error ? error.message.slice(0, 200) : error}`;
  }
}

export interface Judgement {
  /** `valid`, or what the schema of UBL 2.1 says. */
  readonly schema: string;
  /** Rules that failed, as their schematron names them. */
  readonly rules: readonly string[];
}

/** By the names of the files in the folder. */
export async function judge(documents: string): Promise<ReadonlyMap<string, Judgement>> {
  const paths = jars.map(pathOf).join(':');
  const program = join(projectRoot, 'test/invoicing/official/Judge.java');
  const { stdout } = await promisify(execFile)(
    'java',
    ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', paths, program, documents, ...sheets],
    { timeout: 300_000 },
  );
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', schema = '', rules = ''] = line.split('\t');
        return [name, { schema, rules: rules.split(' ').filter((rule) => rule !== '') }];
      }),
  );
}
