import AlertBox from '@cloudscape-design/components/alert';
import { useNow } from '../shared/use-now.ts';
import type { Whole } from './answers.ts';
import { wishOf } from './wish-of-two.ts';
import { useWords } from './words.ts';

/** Whoever asked for something that takes two reads here whether it waits, or who declined it and why. */
export function WishTold({ whole, subjectId }: { whole: Whole; subjectId: string }) {
  const words = useWords();
  const wish = wishOf(whole.timeline, subjectId, useNow());
  if (wish === undefined) return null;
  return wish.state === 'waits' ? (
    <AlertBox type="info">{words.ticket.wishWaits(wish.by)}</AlertBox>
  ) : (
    <AlertBox type="warning">{words.ticket.wishDeclined(wish.by, wish.why)}</AlertBox>
  );
}
