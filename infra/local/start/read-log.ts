import * as z from 'zod';
import type { LogLine } from '../host/functions.ts';
import type { Happening } from './happenings.ts';

const text = z.string().catch('');
const screenedSchema = z.object({
  outcome: z.enum(['clear', 'alert', 'freeze', 'repeated', 'conflict']),
  transactionId: z.string(),
  cardToken: z.string(),
  how: z.string().optional(),
  ticketNumber: z.string().optional(),
  reasons: z.string().default(''),
});
const quarantinedSchema = z.object({ reason: text, detail: text });
const movedSchema = z.object({ transactionId: z.string(), outcome: text });
const sentSchema = z.object({ outcome: text, reason: z.string().optional() });
const replySchema = z.object({ reading: text, effect: text });
const deadlineSchema = z.object({ outcome: text });
const faultSchema = z.object({
  message: z.string(),
  faultMessage: z.optional(z.string()),
  fault: text,
  level: text,
});

/** What a function's log line tells; undefined where it tells a person nothing. */
export function readLog({ line, functionName, stream }: LogLine): Happening | undefined {
  const fields = fieldsOf(line);
  if (fields === undefined) return stream === 'stderr' ? trouble(functionName, line) : undefined;
  switch (fields.message) {
    case 'transaction_screened': {
      const { reasons, ...screened } = screenedSchema.parse(fields);
      return { kind: 'screened', ...screened, reasons: reasons.split(' ').filter(Boolean) };
    }
    case 'event_quarantined':
      return { kind: 'quarantined', ...quarantinedSchema.parse(fields) };
    case 'transaction_moved':
      return { kind: 'moved', ...movedSchema.parse(fields) };
    case 'text_sent': {
      const { outcome, reason } = sentSchema.parse(fields);
      return outcome === 'accepted' || outcome === 'skipped'
        ? undefined
        : { kind: 'not_texted', reason: reason ?? outcome };
    }
    case 'reply_received':
      return { kind: 'understood', ...replySchema.parse(fields) };
    case 'deadline_swept':
      return { kind: 'deadline', ...deadlineSchema.parse(fields) };
    default:
      return faultOf(functionName, fields);
  }
}

function faultOf(functionName: string, fields: Record<string, unknown>): Happening | undefined {
  const fault = faultSchema.safeParse(fields);
  if (!fault.success || !['WARN', 'ERROR', 'CRITICAL'].includes(fault.data.level)) return undefined;
  return trouble(functionName, `${fault.data.fault} ${fault.data.faultMessage ?? fault.data.message}`.trim());
}

function trouble(functionName: string, line: string): Happening {
  return { kind: 'trouble', functionName, text: line };
}

function fieldsOf(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
