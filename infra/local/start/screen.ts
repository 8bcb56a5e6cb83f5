import { styleText } from 'node:util';

/** Where lines go; with a line at the bottom that is rewritten in place when this is a terminal. */
export interface Screen {
  line(text?: string): void;
  /** Shows `text` below everything else until told otherwise; does nothing when not on a terminal. */
  running(text: string | undefined): void;
  /** Columns, when on a terminal. */
  readonly columns: number | undefined;
}

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray' | 'bold';

/** Coloured on a terminal only, and never under NO_COLOR. */
export const paint = (colour: Colour, text: string): string => styleText(colour, text);

export function createScreen(stream: NodeJS.WriteStream = process.stdout): Screen {
  const isTerminal = stream.isTTY === true;
  let shown: string | undefined;
  const erase = () => (shown === undefined ? '' : '\r\x1b[2K');
  return {
    get columns() {
      return isTerminal ? stream.columns : undefined;
    },
    line(text = '') {
      stream.write(`${erase()}${text}\n${shown ?? ''}`);
    },
    running(text) {
      if (!isTerminal || text === shown) return;
      stream.write(`${erase()}${text ?? ''}`);
      shown = text;
    },
  };
}

/** Chinese, Japanese and Korean letters and full-width signs take two columns. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/;

export const columnsOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0);

/** Filled with blanks up to `columns`; never cut. */
export const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

/** Breaks text into lines of at most `columns`, after a blank where there is one, anywhere in Chinese. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    if (line !== '' && columnsOf(line + word.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}
