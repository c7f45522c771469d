/** What people did in a journey, noted as the browser sees it: the addresses that they came to, and the changes that the server took from their page. */
import type { Size, Visit } from './browser.ts';
import { sizes } from './browser.ts';

/** By `finance wide`: addresses as `/periods`, changes as `POST /v1/periods/closings`. */
export type Notes = Map<string, Set<string>>;

/** Undefined: nobody is signed in, or somebody by hand. */
export function noting(visit: Visit, role: string | undefined, notes: Notes): Visit {
  const { page } = visit;
  let who = role;
  const note = (what: string): void => {
    if (who === undefined) return;
    const key = `${who.split(':')[0]} ${sizeOf(page.viewportSize()?.width)}`;
    const own = notes.get(key) ?? new Set();
    notes.set(key, own.add(what));
  };
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) note(new URL(frame.url()).pathname);
  });
  page.on('response', (answer) => {
    const method = answer.request().method();
    if (method !== 'GET' && answer.ok()) note(`${method} ${new URL(answer.url()).pathname}`);
  });
  return {
    ...visit,
    async become(somebody) {
      await visit.become(somebody);
      who = somebody;
    },
  };
}

const sizeOf = (width: number | undefined): Size => (width === sizes.narrow.width ? 'narrow' : 'wide');

/** Whether one of these is the step: in `/usage/*` the star stands for what is between two strokes. */
export function isNoted(notes: Notes, who: string, step: string): boolean {
  const shape = new RegExp(`^${step.replaceAll('*', '[^/]+')}$`);
  return [...(notes.get(who) ?? [])].some((each) => shape.test(each));
}
