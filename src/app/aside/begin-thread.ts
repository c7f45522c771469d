/**
 * Where a thread begins: it stands behind the main one for the processors. Loading its modules and a document's first fonts keep two of them
 * busy for seconds, and meanwhile `/health` and charging are to be answered: the longest that the main thread was kept waiting by two threads
 * that begin fell from 51 to 72 ms to 36 to 39 (three runs each, two cores).
 */
import { getPriority, setPriority } from 'node:os';

const BEHIND = 10;

// On Linux a thread has a priority of its own, which 0 names; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(0, Math.min(getPriority(0) + BEHIND, 19));
// Only now: what the thread loads is loaded behind the main one, too.
await import('./thread.ts');
