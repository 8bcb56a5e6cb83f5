import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { CommitOutcome, Item, OpenedWrite } from './database.ts';

/** Attribute that carries the id of the write that last touched an item. */
export const WRITE_ID = 'wid';

export const itemOf = (stored: Record<string, AttributeValue>): Item => unmarshall(stored) as Item;

/**
 * The named outcome behind a failed condition, `done` when the item that stands in the way is our own write
 * (the SDK repeated a call whose answer was lost), undefined when the error is something else.
 */
export function refusalOf<Refusal>(
  error: unknown,
  opened: readonly OpenedWrite<Refusal>[],
  writeId: string,
): CommitOutcome<Refusal> | undefined {
  const failed = failedConditions(error, opened);
  if (failed === undefined || failed.length === 0) return undefined;
  if (failed.some(({ current }) => current?.[WRITE_ID] === writeId)) return { outcome: 'done' };
  return { outcome: 'refused', refusals: failed.map(({ opened: write, current }) => write.refused(current)) };
}

function failedConditions<Refusal>(error: unknown, opened: readonly OpenedWrite<Refusal>[]) {
  if (error instanceof ConditionalCheckFailedException) {
    const current = error.Item && itemOf(error.Item);
    return opened.map((write) => ({ opened: write, current }));
  }
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).flatMap((reason, index) => {
    const write = opened[index];
    if (reason.Code !== 'ConditionalCheckFailed' || write === undefined) return [];
    return [{ opened: write, current: reason.Item && itemOf(reason.Item) }];
  });
}

export function isConflict(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some((reason) => reason.Code === 'TransactionConflict');
  }
  return error instanceof Error && error.name === 'TransactionConflictException';
}

/** A cancelled transaction's error carries whole items; what is thrown on carries the reason codes only. */
export function withoutItems(error: unknown): unknown {
  if (!(error instanceof TransactionCanceledException)) return error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None').join(', ');
  return Object.assign(new Error(`transaction cancelled: ${codes}`), { name: error.name });
}
