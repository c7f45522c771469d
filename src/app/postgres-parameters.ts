/** PostgreSQL's own names for the settings of the embedded server. */
import { totalmem } from 'node:os';
import type { Settings } from './settings.ts';

const LEAST_WAL = '1GB';

const MEGABYTE = 1_048_576;
/** Of the machine's memory: a quarter, as PostgreSQL advises. The bounds are chosen, not measured (docs/decisions/0022-charging-tail.md). */
const SHARE = 4;
const LEAST_MEGABYTES = 128;
const MOST_MEGABYTES = 2_048;

export function postgresParameters(settings: Settings): Record<string, string> {
  const { sharedBuffers, workMemory, maintenanceMemory, maxWal, connections } = settings.postgres;
  return {
    shared_buffers: sharedBuffers === 'auto' ? automaticBuffers(memoryBytes()) : sharedBuffers,
    work_mem: workMemory,
    maintenance_work_mem: maintenanceMemory,
    max_wal_size: maxWal,
    max_connections: String(connections),
    // A new file of the write-ahead log is otherwise written full of zeros and waited for by whoever commits then: 55 ms for each 16 MB. What is written into it is waited for
    // as ever, with the blocks that it is given.
    wal_init_zero: 'off',
    // Files of the log that were made are used again and not deleted in a quiet hour, up to what there may be anyway.
    min_wal_size: LEAST_WAL,
  };
}

/** A quarter of the memory, within bounds: pages are taken as they are needed. */
export function automaticBuffers(memory: number): string {
  const megabytes = Math.floor(memory / SHARE / MEGABYTE);
  return `${Math.min(MOST_MEGABYTES, Math.max(LEAST_MEGABYTES, megabytes))}MB`;
}

/** Of the machine, or of the container where that may use less. */
export function memoryBytes(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
