/** One line on standard error that tells how far a long command is; only where a person looks. */
export interface ProgressLine {
  wait(): void;
  /** `of`: how many there are, where that is known. */
  at(count: number, of?: number): void;
  end(): void;
}

const EVERY_MS = 200;

export function progressLine(what: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let last = performance.now();
  let shown = false;
  return {
    wait: () => {
      if (stream.isTTY) stream.write('waiting for another process that writes usage\n');
    },
    at: (count, of) => {
      if (!stream.isTTY || performance.now() - last < EVERY_MS) return;
      last = performance.now();
      shown = true;
      stream.write(`\r${count.toLocaleString('en')}${of === undefined ? '' : ` of ${of.toLocaleString('en')}`} ${what}`);
    },
    end: () => {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
