import { decisionKeyPart } from '../transaction/digest.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { CardProfile } from './profile.ts';
import { smallDigest } from './small-digest.ts';

/**
 * A purchase of which we heard before it came itself, that it was reversed or that it was fraud: when it comes, it is
 * an attempt and nothing that is usual for the card.
 */
export interface ReversedAhead {
  /** {@link smallDigest} of the id's digest. */
  readonly digest: number;
  /** What was reversed, in the purchase's currency; {@link WHATEVER_AMOUNT} for a fraud. */
  readonly minor: number;
}
/** More are dropped, the earliest first: one waits for seconds, as a rule. */
const MOST_AHEAD = 4;
/** Above any amount there is: a fraud is one whatever it cost. */
const WHATEVER_AMOUNT = 2 ** 45;

const fraudDigest = (transactionId: string): number => smallDigest(decisionKeyPart(transactionId));

/** The profile remembering a reversal that came before its purchase. */
export function reversedAhead(profile: CardProfile, idDigest: string, minor: number): CardProfile {
  const ahead = [...profile.ahead, { digest: smallDigest(idDigest), minor }];
  return { ...profile, ahead: ahead.slice(-MOST_AHEAD) };
}

/** The profile remembering that a purchase still to come was fraud; the same where it knows. */
export function expectFraud(profile: CardProfile, transactionId: string): CardProfile {
  if (isExpected(profile, transactionId)) return profile;
  const ahead = [...profile.ahead, { digest: fraudDigest(transactionId), minor: WHATEVER_AMOUNT }];
  return { ...profile, ahead: ahead.slice(-MOST_AHEAD) };
}

/** Takes that back. */
export function forgetExpected(profile: CardProfile, transactionId: string): CardProfile {
  if (!isExpected(profile, transactionId)) return profile;
  const digest = fraudDigest(transactionId);
  return {
    ...profile,
    ahead: profile.ahead.filter((one) => one.digest !== digest || one.minor !== WHATEVER_AMOUNT),
  };
}

/** Whether this purchase is remembered as a fraud that was heard of before it. */
export function isExpected({ ahead }: CardProfile, transactionId: string): boolean {
  if (ahead.length === 0) return false;
  const digest = fraudDigest(transactionId);
  return ahead.some((one) => one.digest === digest && one.minor === WHATEVER_AMOUNT);
}

/** Whether this purchase was reversed as a whole, or known as fraud, before it came. */
export function wasReversedAhead(
  { ahead }: CardProfile,
  { amount }: TransactionAuthorized,
  idDigest: string,
): boolean {
  if (ahead.length === 0) return false;
  const digest = smallDigest(idDigest);
  return ahead.some(
    (one) => one.digest === digest && (one.minor === amount.minor || one.minor === WHATEVER_AMOUNT),
  );
}
