import { formatRefusal, RefusedError, visibleText } from '#core/refusals.ts';

/** A broken table can have a fault in each row; the first few show which. */
const MOST_REFUSALS = 50;

/** Prints why a command failed. A refusal is the user's to mend and has no stack; a fault has one with --debug. */
export function printFailure(error: unknown, { debug }: { debug: boolean }): void {
  if (error instanceof RefusedError) {
    for (const refusal of error.refusals.slice(0, MOST_REFUSALS)) process.stderr.write(`${formatRefusal(refusal)}\n`);
    const more = error.refusals.length - MOST_REFUSALS;
    if (more > 0) process.stderr.write(`… and ${more} more\n`);
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`carillon failed: ${message.split('\n').map(visibleText).join('\n')}\n`);
  if (debug) process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  else process.stderr.write('This should not happen. Run it again with --debug to see where, and please report it.\n');
}
