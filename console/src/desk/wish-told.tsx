import AlertBox from '@cloudscape-design/components/alert';
import { useNow } from '../shared/use-now.ts';
import type { Whole } from './answers.ts';
import { useApprovalWords } from './approval-words.ts';
import { wishOf } from './wish-of-two.ts';

/** Whoever asked for something that takes two reads here whether it waits, or who declined it and why. */
export function WishTold({ whole, subjectId }: { whole: Whole; subjectId: string }) {
  const say = useApprovalWords();
  const wish = wishOf(whole.timeline, subjectId, useNow());
  if (wish === undefined) return null;
  return wish.state === 'waits' ? (
    <AlertBox type="info">{say.wishWaits(wish.by)}</AlertBox>
  ) : (
    <AlertBox type="warning">{say.wishDeclined(wish.by, wish.why)}</AlertBox>
  );
}
