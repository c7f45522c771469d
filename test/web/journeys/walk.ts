/**
 * Every page as each role, in both sizes, both themes and each language: `WEB_WALK=all`, or some of it as `WEB_WALK=finance:narrow:dark:de,…`.
 * Screenshots are in .build/screenshots/walk, to be looked at; what is wrong ends the test.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '#operations/access/roles.ts';
import { SCREENSHOTS, type Visiting } from '../browser.ts';
import type { Journey } from '../journey.ts';
import { walkAll } from '../walk.ts';

type Walk = Required<Visiting>;

const all = Object.keys(roles).flatMap((role) =>
  (['wide', 'narrow'] as const).flatMap((size) =>
    (['light', 'dark'] as const).flatMap((theme) =>
      (['en', 'de', 'ar'] as const).map((language): Walk => ({ role, size, theme, language })),
    ),
  ),
);
const nameOf = ({ role, size, theme, language }: Walk): string => [role, size, theme, language].join(':');
const wanted = (process.env.WEB_WALK ?? '').split(',');

export const journeys: readonly Journey[] = all
  .filter((each) => wanted.includes('all') || wanted.includes(nameOf(each)))
  .map((each) => ({
    name: `every page that ${each.role} comes to is whole, ${each.size}, ${each.theme}, ${each.language}`,
    async walk(begin) {
      const name = nameOf(each).replaceAll(':', '-');
      const seen = await walkAll(await begin(each), name, each.language);
      writeFileSync(join(SCREENSHOTS, 'walk', name, 'seen.json'), JSON.stringify(seen, undefined, 1));
      assert.deepEqual(
        seen.flatMap(({ page, wrong }) => wrong.map((what) => `${page}: ${what}`)),
        [],
      );
    },
  }));
