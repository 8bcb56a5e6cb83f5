import { cleanMerchantName } from '../notification/merchant-name.ts';
import { featureNames } from '../screening/feature-table.ts';
import type { Judged } from '../screening/judged.ts';
import { unpackRow } from '../screening/packed-row.ts';
import { reasonWords } from '../screening/reason-words.ts';
import type { StoredDecision } from '../transaction/decision.ts';
import type { Alert, Suspicion } from './alert.ts';
import { CUSTOMER_REPORTED } from './reported-alert.ts';

/** Longest merchant name a page shows. */
const MERCHANT_CHARACTERS = 64;
const reported = { 'zh-CN': '客户报告这笔交易不是本人所为', en: 'The customer reported it as not theirs' };

/**
 * How one transaction of an alert was judged, for staff who have to judge the judgement. `decision`: as it lies with the
 * transaction, for 35 days; after them what the alert kept of it speaks.
 */
export function decisionView(suspicion: Suspicion, alert: Alert, decision: StoredDecision | undefined) {
  const { transactionId, occurredAt, amount, merchantName, mcc, country } = suspicion;
  const name = cleanMerchantName({ name: merchantName, language: 'zh-CN', limit: MERCHANT_CHARACTERS });
  const judged = decision?.judged ?? suspicion.judged;
  return {
    transactionId,
    occurredAt,
    merchant: { name, mcc, country },
    amount,
    reasons: suspicion.reasons.map(reasonView),
    ruleSetVersion: decision?.ruleSetVersion ?? alert.ruleSetVersion,
    modelVersion: decision === undefined ? alert.modelVersion : decision.modelVersion,
    ...(decision === undefined ? {} : outcomeView(decision)),
    ...(judged === undefined ? {} : judgedView(judged)),
  };
}

const outcomeView = (decision: StoredDecision) => ({
  outcome: decision.outcome,
  receivedAt: decision.receivedAt,
  entryMode: decision.entryMode,
  alertOnly: decision.alertOnly === true,
});

const judgedView = ({ score, ruled, entries, row }: Judged) => ({
  score,
  ruled,
  entries,
  features: featuresOf(row),
});

/** Most are zero, which says "nothing of the kind", and are left out; so is a column newer than this code. */
const featuresOf = (row: Uint8Array) =>
  unpackRow(row).flatMap((value, column) => {
    const name = featureNames[column];
    return name === undefined || value === 0 ? [] : [{ name, value }];
  });

const reasonView = ({ code, values, words }: Suspicion['reasons'][number]) => ({
  code,
  values,
  words:
    code === CUSTOMER_REPORTED
      ? reported
      : {
          'zh-CN': words?.zh ?? reasonWords({ code, values }, 'zh-CN'),
          en: words?.en ?? reasonWords({ code, values }, 'en'),
        },
});
