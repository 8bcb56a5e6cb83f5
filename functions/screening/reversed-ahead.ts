import type { TransactionAuthorized } from '../transaction/events.ts';
import type { CardProfile } from './profile.ts';
import { smallDigest } from './small-digest.ts';

/** A reversal whose authorisation has not come yet: when it does, it is an attempt and no spending. */
export interface ReversedAhead {
  /** {@link smallDigest} of the id's digest. */
  readonly digest: number;
  /** What was reversed, in the purchase's currency. */
  readonly minor: number;
}
/** More are dropped, the earliest first: one waits for seconds, as a rule. */
const MOST_AHEAD = 4;

/** The profile remembering a reversal that came before its purchase. */
export function reversedAhead(profile: CardProfile, idDigest: string, minor: number): CardProfile {
  const ahead = [...profile.ahead, { digest: smallDigest(idDigest), minor }];
  return { ...profile, ahead: ahead.slice(-MOST_AHEAD) };
}

/** Whether this purchase was reversed as a whole before it came. */
export function wasReversedAhead(
  { ahead }: CardProfile,
  { amount }: TransactionAuthorized,
  idDigest: string,
): boolean {
  if (ahead.length === 0) return false;
  const digest = smallDigest(idDigest);
  return ahead.some((one) => one.digest === digest && one.minor === amount.minor);
}
