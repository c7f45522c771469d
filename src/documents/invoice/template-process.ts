/**
 * Templates that users wrote, in a process of their own: it can be ended when it takes too long or too much, has no way to the
 * network (the compiler would fetch packages) and reads no file but the shipped parts and the logo.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { RenderedPdf, TypstRequest } from '../typst.ts';
import { templateFolder } from './render-invoice.ts';
import type { ChildAnswer } from './template-child.ts';

export interface TemplateLimits {
  readonly timeMs: number;
  readonly memoryBytes: number;
  readonly pages: number;
  readonly pdfBytes: number;
}

export const templateLimits: TemplateLimits = { timeMs: 10_000, memoryBytes: 1024 ** 3, pages: 2000, pdfBytes: 64 * 1024 ** 2 };

/** Nobody listens there: what asks for the network through it fails at once. */
const NOWHERE = 'http://127.0.0.1:9';
const NO_FOLDER = '/nonexistent';
const WATCH_MS = 50;

const child = fileURLToPath(new URL('template-child.ts', import.meta.url));

/** Renders one request after the other; the process is kept between them and started anew when one was ended. Close it when done. */
export class TemplateProcess {
  readonly #limits: TemplateLimits;
  #process: ChildProcess | undefined;
  #errors = '';

  constructor(limits: TemplateLimits = templateLimits) {
    this.#limits = limits;
  }

  /**
   * `source` is what the user wrote, `name` what messages call it. Refused: `template.broken` with line and reason,
   * `template.reaches-out`, `template.too-slow`, `template.too-large`.
   */
  async render(request: Omit<TypstRequest, 'folder'>): Promise<RenderedPdf> {
    const answer = await this.#ask({ ...request, folder: templateFolder });
    if (answer.kind === 'fault') throw new RefusedError(faultOf(request, this.#errors, answer.message));
    const { pages, pdf } = answer;
    const { pages: mostPages, pdfBytes } = this.#limits;
    if (pages > mostPages || pdf.length > pdfBytes) {
      throw new RefusedError(refuse('template.too-large', `${pages} pages, ${pdf.length} bytes`, { file: request.name }));
    }
    return { pages, pdf: Buffer.from(pdf) };
  }

  close(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  #ask(request: TypstRequest): Promise<ChildAnswer> {
    const process = this.#start();
    this.#errors = '';
    const { timeMs, memoryBytes } = this.#limits;
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(clock);
        clearInterval(watch);
        process.off('message', onMessage).off('exit', onExit).off('error', onError);
        end();
      };
      const stop = (code: 'template.too-slow' | 'template.too-large', message: string): void => {
        this.close();
        settle(() => reject(new RefusedError(refuse(code, message, { file: request.name }))));
      };
      // Standard error comes by another way than messages: what was written before a fault is waited for.
      const onMessage = (answer: ChildAnswer): void =>
        settle(() => (answer.kind === 'pdf' ? resolve(answer) : setTimeout(resolve, WATCH_MS, answer)));
      const onExit = (code: number | null, signal: string | null): void => {
        this.#process = undefined;
        settle(() =>
          reject(new RefusedError(refuse('template.too-large', `its process ended (${signal ?? code})`, { file: request.name }))),
        );
      };
      const onError = (error: Error): void => settle(() => reject(error));
      const clock = setTimeout(() => stop('template.too-slow', `not done after ${timeMs / 1000} s`), timeMs);
      const watch = setInterval(() => {
        const bytes = residentBytes(process.pid);
        if (bytes > memoryBytes) stop('template.too-large', `it took ${Math.round(bytes / 1024 ** 2)} MB of memory`);
      }, WATCH_MS);
      process.on('message', onMessage).on('exit', onExit).on('error', onError);
      process.send(request);
    });
  }

  #start(): ChildProcess {
    if (this.#process !== undefined) return this.#process;
    const proxies = Object.fromEntries(
      ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()].map((each) => [each, NOWHERE])),
    );
    const started = fork(child, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Nothing of our own environment: no passwords, no caches of packages.
      env: { ...proxies, no_proxy: '', NO_PROXY: '', HOME: NO_FOLDER, XDG_CACHE_HOME: NO_FOLDER, XDG_DATA_HOME: NO_FOLDER, PATH: '' },
      execArgv: [],
    });
    started.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(0, LONGEST_LOG);
    });
    this.#process = started;
    return started;
  }
}

const LONGEST_LOG = 100_000;

/** 0 where the system does not say: then only the time is limited. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}

const PLACE = /^error: ([^\n]*)\n\s*┌─ [^\n]*?([^\n/]*):(\d+):\d+$/m;

/** Line and reason of the first fault, from what the compiler printed. */
function faultOf({ name }: Pick<TypstRequest, 'name'>, printed: string, message: string): ReturnType<typeof refuse> {
  const [, reason = message, file, line] = PLACE.exec(printed) ?? [];
  const place = line === undefined ? { file: name } : { file: file === '__main__.typ' ? name : (file ?? name), line: Number(line) };
  const outside = /download package|package not found|outside of project root|access denied|file not found/.test(reason);
  return refuse(outside ? 'template.reaches-out' : 'template.broken', reason.replaceAll(templateFolder, ''), place);
}
