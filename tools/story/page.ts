import { type Colour, columnsOf, pad, paint, wrap } from '../../infra/local/start/screen.ts';

/** Columns of the left side, where people speak, and of the right side, where the system answers. */
const LEFT_COLUMNS = 46;
const RIGHT_COLUMNS = 74;
const CLOCK_COLUMNS = 7;

/** A story as it is read: a clock, what people say and read on the left, what the system does on the right. */
export interface Page {
  title(text: string, subtitle: string): void;
  /** What the reader has to know: where time went, what somebody does outside the system. */
  aside(text: string): void;
  left(at: number, who: string, text: string, colour: Colour): void;
  right(at: number, word: string, text: string, colour: Colour): void;
  /** One line that has to hold. */
  held(text: string): void;
  broken(text: string, found: string): void;
  end(text: string, holds: boolean): void;
}

export function createPage(options: { line: (text: string) => void; zone: string }): Page {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: options.zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  let shown = '';

  /** The minute, once until it changes. */
  function minute(at: number): string {
    const text = clock.format(at);
    if (text === shown) return ' '.repeat(CLOCK_COLUMNS);
    shown = text;
    return paint('gray', pad(text, CLOCK_COLUMNS));
  }

  function block(
    at: number,
    indent: number,
    side: { head: string; text: string; columns: number; colour: Colour },
  ) {
    const [first = '', ...more] = wrap(side.text, side.columns - columnsOf(side.head));
    const margin = ' '.repeat(indent);
    options.line(`${minute(at)}${margin}${paint(side.colour, side.head)}${first}`);
    const under = ' '.repeat(CLOCK_COLUMNS + indent + columnsOf(side.head));
    for (const line of more) options.line(`${under}${line}`);
  }

  return {
    title(text, subtitle) {
      shown = '';
      options.line('');
      options.line(paint('bold', text));
      options.line(paint('gray', subtitle));
      options.line('');
      options.line(paint('gray', `${' '.repeat(CLOCK_COLUMNS)}${pad('people', LEFT_COLUMNS)}the system`));
    },
    aside: (text) => {
      for (const line of wrap(text, LEFT_COLUMNS + RIGHT_COLUMNS)) {
        options.line(`${' '.repeat(CLOCK_COLUMNS)}${paint('gray', `· ${line}`)}`);
      }
    },
    left: (at, who, text, colour) =>
      block(at, 0, { head: `${who} `, text, columns: LEFT_COLUMNS - 2, colour }),
    right: (at, word, text, colour) =>
      block(at, LEFT_COLUMNS, { head: pad(word, 12), text, columns: RIGHT_COLUMNS, colour }),
    held: (text) => options.line(`${' '.repeat(CLOCK_COLUMNS)}${paint('green', '✓')} ${text}`),
    broken: (text, found) => {
      options.line(`${' '.repeat(CLOCK_COLUMNS)}${paint('red', '✗')} ${text}`);
      options.line(`${' '.repeat(CLOCK_COLUMNS + 2)}${paint('red', found)}`);
    },
    end(text, holds) {
      options.line('');
      options.line(paint(holds ? 'green' : 'red', text));
    },
  };
}
