import { RefusedError, refusals } from '#core/refusals.ts';
import type { LoadedIntoBooks } from '#operations/collecting/ports.ts';
import type { UsageHome } from '../usage/home.ts';
import type { FileReport, FileToTake } from '../usage/load.ts';
import { loadUsage } from '../usage/load.ts';

const SILENT = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

/**
 * Puts collected files into the books, and tells of each in their order. Of an archive with several files the worst outcome counts, and the
 * first number. Throws RefusedError when it is no fault of a file (no room on the disk, for one): then it is no refused file, and tried again.
 */
export async function loadCollected(
  home: UsageHome,
  source: string,
  files: readonly FileToTake[],
  onFile: (report: FileReport) => void,
): Promise<readonly LoadedIntoBooks[]> {
  const reports = await loadUsage(home, { files, source, allOrNothing: false }, SILENT);
  // Of a ZIP some may be in the books: they are recognised when it is tried again.
  const ours = reports.flatMap(({ refusals: each }) => each).filter(({ code }) => refusals[code].http >= 500);
  if (ours.length > 0) throw new RefusedError(...ours);
  for (const report of reports) onFile(report);
  return byFile(files, reports).map(outcomeOf);
}

/** Reports come in the order of the files: one of a file, or one for each that is in a ZIP. */
function byFile(files: readonly FileToTake[], reports: readonly FileReport[]): readonly (readonly FileReport[])[] {
  let at = 0;
  return files.map(({ name }, index) => {
    const from = at;
    if (reports[at]?.file === name) at += 1;
    else while (reports[at]?.file.startsWith(`${name}/`) && reports[at]?.file !== files[index + 1]?.name) at += 1;
    return reports.slice(from, at);
  });
}

function outcomeOf(reports: readonly FileReport[]): LoadedIntoBooks {
  return {
    state: reports.some(({ state }) => state === 'refused') ? 'refused' : 'loaded',
    fileId: reports.find(({ fileId }) => fileId !== undefined)?.fileId,
    refusals: reports.flatMap(({ refusals }) => refusals),
    differences: reports.flatMap(({ differences }) => differences ?? []),
    before: reports.length > 0 && reports.every(({ state }) => state === 'already-loaded'),
  };
}
