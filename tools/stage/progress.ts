/** One line that is rewritten in place on a terminal, and written now and then where there is none. */
export interface Progress {
  show(text: string): void;
  /** Ends the line; what was shown last stays. */
  end(): void;
}

const WITHOUT_TERMINAL_MS = 10_000;
const ON_TERMINAL_MS = 200;

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let shownAt = Number.NEGATIVE_INFINITY;
  let last = '';
  let isOpen = false;
  return {
    show(text) {
      last = text;
      const now = performance.now();
      if (now - shownAt < (stream.isTTY ? ON_TERMINAL_MS : WITHOUT_TERMINAL_MS)) return;
      shownAt = now;
      isOpen = true;
      stream.write(stream.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
    },
    end() {
      if (isOpen && stream.isTTY) stream.write(`\r\x1b[2K${last}\n`);
      isOpen = false;
      shownAt = Number.NEGATIVE_INFINITY;
    },
  };
}
