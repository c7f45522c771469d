/** The machine's clock, for operations that name no day. */
export { nowMicros } from '../charging/desk.ts';

/** UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
