/** What a journey is given: `test/web/journeys/<subject>.ts` exports `journeys`, and `walk-journeys.ts` runs them. */
import type { Browser } from 'playwright-core';
import { openBrowser, type Visit, type Visiting, visit } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { type Notes, noting } from './journey-notes.ts';

export interface Journey {
  /** A sentence. */
  readonly name: string;
  readonly walk: (begin: (visiting: Visiting) => Promise<Visit>, house: House) => Promise<void>;
}

export interface Stage {
  /** What is done in it, as whom and at which size, is added to the notes. */
  readonly walk: (journey: Journey, notes: Notes) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const house = await openHouse();
  const browser: Browser = await openBrowser();
  return {
    async walk({ name, walk }, notes) {
      const visits: Visit[] = [];
      try {
        await walk(async (visiting) => {
          const begun = noting(await visit(browser, house, visiting), visiting.role, notes);
          visits.push(begun);
          return begun;
        }, house);
      } catch (error) {
        // What was on the screen then, to look at.
        await Promise.allSettled(visits.map((each, at) => each.picture(`failed-${name.slice(0, 40)}-${at}`)));
        throw error;
      } finally {
        await Promise.all(visits.map((each) => each.close()));
      }
    },
    async close() {
      await browser.close();
      await house.close();
    },
  };
}
