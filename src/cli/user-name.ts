import { userInfo } from 'node:os';

/** Of who runs the command; the system may have no name for a number. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
