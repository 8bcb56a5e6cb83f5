import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadingKind } from '../../functions/alert/reply.ts';

export interface Row {
  readonly message: string;
  readonly reading: ReadingKind;
  readonly note: string;
}

const kinds: ReadonlySet<string> = new Set([
  'mine',
  'not_mine',
  'unclear',
  'stop',
  'start',
  'help',
  'status',
  'freeze',
  'wrong_number',
] satisfies ReadingKind[]);

const isKind = (text: string): text is ReadingKind => kinds.has(text);

/** `reply-table.tsv`: a message, the reading two people would agree on, and where it comes from. */
export const table: readonly Row[] = readFileSync(join(import.meta.dirname, 'reply-table.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) => {
    const [message = '', reading = '', note = ''] = line.split('\t');
    if (!isKind(reading)) throw new Error(`reply-table.tsv: "${reading}" is no reading, in "${line}"`);
    return { message, reading, note };
  });
