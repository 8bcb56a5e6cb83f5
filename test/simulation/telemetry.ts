import type { Telemetry } from '../../functions/handlers/telemetry.ts';
import { failsForGood } from '../../functions/platform/faults.ts';
import { maskForLog } from '../../functions/platform/mask.ts';
import type { StreamRecord } from '../support/memory-database.ts';
import type { Engine } from './engine.ts';

/** What one schedule leaves behind beside its tables: log lines, mistakes, and the trace when it is wanted. */
export interface Recorder {
  readonly telemetry: Telemetry;
  readonly logLines: readonly string[];
  /** Faults that would come again with every try. */
  readonly mistakes: readonly string[];
  readonly trace: readonly string[];
  note(line: string): void;
  fault(error: unknown): void;
  mistake(error: unknown): void;
  changed(record: StreamRecord): void;
}

export function createRecorder(engine: Engine, traced: boolean): Recorder {
  const logLines: string[] = [];
  const mistakes: string[] = [];
  const trace: string[] = [];
  const note = (line: string): void => {
    if (traced) trace.push(`${new Date(engine.now()).toISOString().slice(5, 23)} ${line}`);
  };
  const mistake = (error: unknown): void => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    note(`MISTAKE ${error instanceof Error ? error.stack : text}`);
    mistakes.push(text);
  };
  return {
    logLines,
    mistakes,
    trace,
    note,
    mistake,
    fault: (error) => {
      note(`fault ${error instanceof Error ? error.message : error}`);
      if (failsForGood(error)) mistake(error);
    },
    changed: ({ before, after }) => {
      if (!traced) return;
      const item = after ?? before;
      note(`  wrote ${item?.pk} ${item?.sk} ${after === undefined ? 'gone' : shown(after)}`);
    },
    telemetry: {
      log: (event, fields) => {
        logLines.push(JSON.stringify({ event, ...fields }));
        note(`  ${event} ${JSON.stringify(fields)}`);
      },
      warn: (event, error, fields) => {
        const message = error instanceof Error ? maskForLog(error.message) : '';
        logLines.push(JSON.stringify({ event, ...fields, message }));
        note(`  ${event} ${message}`);
        if (failsForGood(error)) mistake(error);
      },
      count: (metric) => logLines.push(JSON.stringify({ metric: { [metric]: 1 } })),
      flush: () => undefined,
    },
  };
}

const TOLD = [
  'status',
  'holds',
  'held',
  'priority',
  'queuedReason',
  'asked',
  'question',
  'transactionCount',
  'type',
];
const TOLD_MORE = [
  'doneAt',
  'claimedAt',
  'outcome',
  'effect',
  'issuer',
  'optedOut',
  'sourceVersion',
  'dueAt',
];

function shown(item: object): string {
  const told = new Set([...TOLD, ...TOLD_MORE]);
  return JSON.stringify(Object.fromEntries(Object.entries(item).filter(([name]) => told.has(name))));
}
