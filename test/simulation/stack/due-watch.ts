import type { FaultableCall } from '../../../infra/local/front/faults.ts';
import type { LocalStack } from '../../../infra/local/stack.ts';

const WRITES = new Set(['PutItem', 'UpdateItem', 'TransactWriteItems']);
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Tells when an item is written that a sweep has to look at later; too often rather than too seldom. */
export function watchDue({ clock, front }: LocalStack, due: (atMs: number) => void): void {
  front.faults.add({
    kind: 'refuse-before',
    match: (call: FaultableCall) => {
      if (call.service === 'dynamodb' && WRITES.has(call.action)) look(call.input);
      return false;
    },
  });

  function look(value: unknown): void {
    if (Array.isArray(value)) value.forEach(look);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { ExpressionAttributeValues: values, gsi1pk, gsi1sk } = value as Record<string, unknown>;
    if (String(textIn(gsi1pk)).startsWith('DUE#')) note(textIn(gsi1sk), 0);
    // Which of them is the due time, the names would say; what is over is no due time.
    if (typeof values === 'object' && values !== null)
      for (const one of Object.values(values)) note(textIn(one), clock.now());
    for (const inner of Object.values(value)) look(inner);
  }

  function note(text: unknown, laterThan: number): void {
    if (typeof text !== 'string' || !ISO.test(text)) return;
    const at = Date.parse(text);
    if (at > laterThan) due(at);
  }
}

const textIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'S' in value ? value.S : undefined;
