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

/** Keeps the few with the lowest keys, of each card one: a fair sample when the key is {@link sampleKey}. */
export interface Sample {
  offer(key: number, judged: Judged): void;
  taken(): readonly Example[];
}

export function createSample(size: number): Sample {
  const kept: { readonly key: number; readonly example: Example }[] = [];
  return {
    offer(key, judged) {
      if (kept.length === size && key >= (kept.at(-1)?.key ?? Infinity)) return;
      const same = kept.findIndex(({ example }) => example.card === judged.transaction.cardToken);
      if (same >= 0 && key >= (kept[same]?.key ?? Infinity)) return;
      if (same >= 0) kept.splice(same, 1);
      kept.push({ key, example: exampleOf(judged) });
      kept.sort((a, b) => a.key - b.key);
      if (kept.length > size) kept.pop();
    },
    taken: () => kept.map(({ example }) => example),
  };
}

/** Without regard to amount, time or card, and the same in every run. */
export const sampleKey = (transactionId: string): number => smallDigest(`example ${transactionId}`);

const PER_KIND = 6;
const PER_RULE = 2;

/** Frauds found, customers alarmed, frauds missed; and of each rule some of either. */
export function createExamples() {
  const found = createSample(PER_KIND);
  const falseFreezes = createSample(PER_KIND);
  const falseAlerts = createSample(PER_KIND);
  const missed = createSample(PER_KIND);
  const ofRules = new Map<string, { right: Sample; wrong: Sample }>();

  function ofRule(code: string) {
    const known = ofRules.get(code);
    if (known !== undefined) return known;
    const fresh = { right: createSample(PER_RULE), wrong: createSample(PER_RULE) };
    ofRules.set(code, fresh);
    return fresh;
  }

  return {
    offer(judged: Judged): void {
      const { outcome, isFraud } = judged;
      if (outcome === 'clear' && !isFraud) return;
      const key = sampleKey(judged.transaction.transactionId);
      if (outcome === 'clear') {
        // The dearest first: these are what another rule would be written for.
        missed.offer(-judged.value, judged);
        return;
      }
      if (isFraud) found.offer(key, judged);
      else (outcome === 'freeze' ? falseFreezes : falseAlerts).offer(key, judged);
      for (const code of speakingCodes(judged)) ofRule(code)[isFraud ? 'right' : 'wrong'].offer(key, judged);
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
