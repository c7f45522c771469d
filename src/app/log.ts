/** Structured logs, to standard error: text for a person at a terminal, one JSON object a line elsewhere. */
import { styleText } from 'node:util';
import { type Logger, pino } from 'pino';
import type { Settings } from './settings.ts';

export type { Logger } from 'pino';

/** Writes of a record are synchronous, so that the last one before an exit is not lost. */
export function createLog(settings: Settings['log'], stream: typeof process.stderr = process.stderr): Logger {
  const asText = settings.format === 'text' || (settings.format === 'auto' && stream.isTTY);
  const options = { level: settings.level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!asText) return pino(options, pino.destination({ dest: stream.fd, sync: true }));
  return pino(options, { write: (record) => stream.write(formatForPeople(record, stream)) });
}

const NAMES: Readonly<Record<number, string>> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

function formatForPeople(record: string, stream: typeof process.stderr): string {
  const { level, time, msg, err, ...rest } = JSON.parse(record) as Record<string, unknown>; // written by pino just now
  const name = NAMES[Number(level)] ?? String(level);
  const paint = (style: 'red' | 'yellow' | 'dim', text: string): string => styleText(style, text, { stream });
  const head = name === 'error' || name === 'fatal' ? paint('red', name) : name === 'warn' ? paint('yellow', name) : paint('dim', name);
  const fields = Object.entries(rest).map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : '';
  return `${paint('dim', String(time).slice(11, 19))} ${head} ${String(msg)}${paint('dim', fields.join(''))}${stack}\n`;
}
