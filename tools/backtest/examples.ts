import { cleanMerchantName } from '../../functions/notification/merchant-name.ts';
import { reasonWords } from '../../functions/screening/reason-words.ts';
import { smallDigest } from '../../functions/screening/small-digest.ts';
import { type Judged, speakingCodes } from './judged.ts';

/** One transaction as an analyst looks at it. */
export interface Example {
  readonly transactionId: string;
  readonly card: string;
  readonly occurredAt: string;
  readonly minor: number;
  readonly currency: string;
  readonly merchant: string;
  readonly country: string;
  readonly mcc: string;
  readonly entryMode: string;
  readonly declined: boolean;
  readonly isFraud: boolean;
  readonly outcome: Judged['outcome'];
  readonly score: number;
  /** Heaviest first, in words. */
  readonly reasons: readonly {
    readonly code: string;
    readonly weight: number;
    readonly en: string;
    readonly zh: string;
  }[];
}

const MERCHANT_LETTERS = 60;

export function exampleOf(judged: Judged): Example {
  const { transaction, isFraud, outcome, score } = judged;
  const { merchant, billing } = transaction;
  return {
    transactionId: transaction.transactionId,
    card: transaction.cardToken,
    occurredAt: transaction.occurredAt,
    minor: billing.minor,
    currency: billing.currency,
    merchant: cleanMerchantName({ name: merchant.name, language: 'zh-CN', limit: MERCHANT_LETTERS }),
    country: merchant.country,
    mcc: merchant.mcc,
    entryMode: transaction.entryMode,
    declined: transaction.outcome === 'declined',
    isFraud,
    outcome,
    score,
    reasons: judged.reasons.map((reason) => ({
      code: reason.code,
      weight: reason.weight,
      en: reasonWords(reason, 'en', judged.ruleSet),
      zh: reasonWords(reason, 'zh', judged.ruleSet),
    })),
  };
}

/** Keeps the few with the lowest keys: a fair sample when the key is {@link sampleKey}. */
export interface Sample<Item> {
  offer(key: number, make: () => Item): void;
  taken(): readonly Item[];
}

export function createSample<Item>(size: number): Sample<Item> {
  const kept: { key: number; item: Item }[] = [];
  return {
    offer(key, make) {
      if (kept.length === size && key >= (kept.at(-1)?.key ?? Infinity)) return;
      let at = kept.length;
      while (at > 0 && (kept[at - 1]?.key ?? 0) > key) at -= 1;
      kept.splice(at, 0, { key, item: make() });
      if (kept.length > size) kept.pop();
    },
    taken: () => kept.map(({ item }) => item),
  };
}

/** Without regard to amount, time or card, and the same in every run. */
export const sampleKey = (transactionId: string): number => smallDigest(`example ${transactionId}`);

const PER_KIND = 6;
const PER_RULE = 2;

/** Frauds found, customers alarmed, frauds missed; and of each rule some of either. */
export function createExamples() {
  const found = createSample<Example>(PER_KIND);
  const falseFreezes = createSample<Example>(PER_KIND);
  const falseAlerts = createSample<Example>(PER_KIND);
  const missed = createSample<Example>(PER_KIND);
  const ofRules = new Map<string, { right: Sample<Example>; wrong: Sample<Example> }>();

  function ofRule(code: string) {
    const known = ofRules.get(code);
    if (known !== undefined) return known;
    const fresh = { right: createSample<Example>(PER_RULE), wrong: createSample<Example>(PER_RULE) };
    ofRules.set(code, fresh);
    return fresh;
  }

  return {
    offer(judged: Judged): void {
      const { outcome, isFraud } = judged;
      if (outcome === 'clear' && !isFraud) return;
      const make = () => exampleOf(judged);
      const key = sampleKey(judged.transaction.transactionId);
      if (outcome === 'clear') {
        // The dearest first: these are what another rule would be written for.
        missed.offer(-judged.value, make);
        return;
      }
      if (isFraud) found.offer(key, make);
      else (outcome === 'freeze' ? falseFreezes : falseAlerts).offer(key, make);
      for (const code of speakingCodes(judged)) ofRule(code)[isFraud ? 'right' : 'wrong'].offer(key, make);
    },
    figures() {
      return {
        found: found.taken(),
        falseFreezes: falseFreezes.taken(),
        falseAlerts: falseAlerts.taken(),
        missed: missed.taken(),
        ofRules: Object.fromEntries(
          [...ofRules].map(([code, { right, wrong }]) => [code, [...right.taken(), ...wrong.taken()]]),
        ),
      };
    },
  };
}
export type Examples = ReturnType<ReturnType<typeof createExamples>['figures']>;
