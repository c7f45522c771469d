/**
 * Requests and answers by the schemas of 3GPP (TS 32.291 as OpenAPI), which may not be part of this project: NCHF_SCHEMAS names
 * a folder that has them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { chargingData, ROOT, withNode } from './node-under-test.ts';

/** One of the files has a remark right behind a text, which is no YAML. */
const textOf = (path: string): string => readFileSync(path, 'utf8').replaceAll(/'#[ \t]*$/gm, "'");

const folder = process.env.NCHF_SCHEMAS;

test('answers and problems are right by the schemas of 3GPP, and so are the requests of these tests', (context) => {
  if (folder === undefined) return context.skip('NCHF_SCHEMAS names no folder with the OpenAPI files of 3GPP');
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of readdirSync(folder)) if (name.endsWith('.yaml')) ajv.addSchema(parse(textOf(join(folder, name))), name);
  const assertIs = (schema: string, value: unknown): void => {
    const file = schema === 'ProblemDetails' ? 'TS29571_CommonData.yaml' : 'TS32291_Nchf_ConvergedCharging.yaml';
    const check = ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
    assert.ok(check(value), `${JSON.stringify(check.errors)} in ${JSON.stringify(value)}`);
  };
  assert.throws(() => assertIs('ChargingDataResponse', { invocationSequenceNumber: 'a' }), 'the schemas do refuse');
  return withNode({}, async (under) => {
    under.answer = ({ session, number }) => ({
      ...{ session, number, result: 'granted' },
      items: [
        {
          ...{
            ratingGroup: '1',
            result: 'granted',
            granted: { bytes: 5n, seconds: 60n, events: 1n },
            validitySeconds: 10,
            holdingSeconds: 20,
          },
          ...{
            tariffChangeMicros: 1_795_312_000_000_000,
            threshold: { bytes: 5n, seconds: 1n },
            finalUnit: { action: 'redirect', to: '192.0.2.1' },
          },
        },
        { ratingGroup: '2', result: 'credit-limit-reached', finalUnit: { action: 'restrict', filter: 'portal' } },
      ],
    });
    const request = chargingData({
      multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: {}, usedUnitContainer: [{ localSequenceNumber: 1, time: 5 }] }],
    });
    assertIs('ChargingDataRequest', request);
    assertIs('ChargingDataResponse', (await under.post(ROOT, request)).body);
    assertIs('ProblemDetails', (await under.post(ROOT, {})).body);
  });
});
