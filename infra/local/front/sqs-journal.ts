import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const storedSchema = z.object({
  id: z.string(),
  queue: z.string(),
  /** Epoch milliseconds on the local clock. */
  sentAt: z.number(),
  /** Set while the message waits for its delay to pass. */
  dueAt: z.number().optional(),
  /** As of SendMessage, without queue and delay. */
  input: z.record(z.string(), z.unknown()),
});
const lineSchema = z.union([z.object({ add: storedSchema }), z.object({ gone: z.string() })]);
export type StoredMessage = z.output<typeof storedSchema>;

/**
 * Messages that are in a queue, so that they outlive the process when there is a state folder. One line per
 * arrival and departure; a killed process loses none, and its receivers' messages show again.
 */
export interface QueueJournal {
  add(message: StoredMessage): void;
  gone(id: string): void;
  /** What is there, oldest first. */
  all(): readonly StoredMessage[];
}

/** The file is written afresh when it has this many lines and most of them are history. */
const linesBeforeRewrite = 10_000;

export function openQueueJournal(stateDir: string | undefined): QueueJournal {
  const messages = new Map<string, StoredMessage>();
  if (stateDir === undefined) {
    return {
      add: (message) => void messages.set(message.id, message),
      gone: (id) => void messages.delete(id),
      all: () => [...messages.values()],
    };
  }
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, 'queues.jsonl');
  for (const line of readLines(path)) {
    if ('gone' in line) messages.delete(line.gone);
    else messages.set(line.add.id, line.add);
  }
  let lines = 0;
  const rewrite = () => {
    const text = [...messages.values()].map((add) => `${JSON.stringify({ add })}\n`).join('');
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    lines = messages.size;
  };
  const append = (line: z.output<typeof lineSchema>) => {
    appendFileSync(path, `${JSON.stringify(line)}\n`);
    lines += 1;
    if (lines > linesBeforeRewrite && lines > 4 * messages.size) rewrite();
  };
  rewrite();
  return {
    add(message) {
      messages.set(message.id, message);
      append({ add: message });
    },
    gone(id) {
      if (messages.delete(id)) append({ gone: id });
    },
    all: () => [...messages.values()],
  };
}

function readLines(path: string): z.output<typeof lineSchema>[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  // A killed process may leave half a line at the end: it had not been answered yet.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => lineSchema.parse(JSON.parse(line)));
}
