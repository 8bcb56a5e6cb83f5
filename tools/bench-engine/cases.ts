import { compileModel } from '../../functions/screening/compile-model.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { decide } from '../../functions/screening/decide.ts';
import { type Features, featureNames } from '../../functions/screening/features.ts';
import { emptyRisk } from '../../functions/screening/merchant-risk.ts';
import { type Model, type ModelTree, UNITS_PER_LOG_ODD } from '../../functions/screening/model.ts';
import { packRow } from '../../functions/screening/packed-row.ts';
import {
  applyTransaction,
  type CardProfile,
  emptyProfile,
  encodeProfile,
} from '../../functions/screening/profile.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { decisionKeyPart } from '../../functions/transaction/digest.ts';
import {
  type TransactionAuthorized,
  transactionAuthorizedSchema,
} from '../../functions/transaction/events.ts';
import { createChance } from '../generator/chance.ts';

/** A card with a month behind it, and the transaction to judge. */
export interface Case {
  readonly profile: CardProfile;
  readonly bytes: Uint8Array;
  readonly next: TransactionAuthorized;
}

export const START = Date.parse('2026-03-01T00:00:00Z');
const CARDS = 500;
const chance = createChance('bench-engine', 7);

function makeTransaction(card: number, atMs: number, index: number, isOdd: boolean): TransactionAuthorized {
  const minor = Math.round(chance.logNormal(isOdd ? 90_000 : 5000, 1));
  const isOnline = chance.happens(0.4);
  return transactionAuthorizedSchema.parse({
    schemaVersion: 1,
    transactionId: `bench-${card}-${index}`,
    cardToken: `tok-${card}`,
    cardholderId: `c-${card}`,
    accountOwnerId: `c-${card}`,
    occurredAt: new Date(atMs).toISOString(),
    outcome: chance.happens(0.03) ? 'declined' : 'approved',
    amount: { minor, currency: 'CNY' },
    billing: { minor, currency: 'CNY' },
    merchant: {
      id: isOdd ? 'm-odd' : `m-${chance.below(40)}`,
      name: 'x',
      mcc: '5411',
      country: chance.happens(isOdd ? 0.5 : 0.02) ? 'TH' : 'CN',
    },
    entryMode: isOnline ? 'ecommerce' : 'chip',
    recurring: chance.happens(0.05),
    merchantInitiated: false,
    deviceId: isOnline ? `device-${card}-${chance.below(2)}` : undefined,
  });
}

/** A month of two transactions a day, as in the public benchmark's median card; one in ten is followed by an odd one. */
function makeCase(card: number): Case {
  let profile = emptyProfile();
  let atMs = START;
  for (let index = 0; index < 60; index++) {
    atMs += chance.real() * 86_400_000;
    profile = applyTransaction(profile, makeTransaction(card, atMs, index, false), {
      idDigest: decisionKeyPart(`bench-${card}-${index}`),
      bodyDigest: 'AAAAAAAA',
      receivedAt: atMs,
      outcome: 'clear',
      addToRing: index >= 48,
    });
  }
  const next = makeTransaction(card, atMs + 600_000, 60, card % 10 === 0);
  return { profile, bytes: encodeProfile(profile), next };
}

/** The same on every run. */
export const cases: readonly Case[] = Array.from({ length: CARDS }, (_, card) => makeCase(card));
export const merchant = emptyRisk();
export const facts = { country: 'CN', currency: 'CNY', mcc: '5411' };
export const ruleSet = compileRuleSet(defaultRuleSet);

export const rows: readonly Features[] = cases.map(
  ({ profile, next }) => decide({ profile, merchant, transaction: next, ruleSet }).features,
);

const mean = (values: readonly number[]): number =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
export const meanProfileBytes = mean(cases.map(({ bytes }) => bytes.length));
export const meanRowBytes = mean(rows.map((row) => packRow(row).length));

const TREES = 200;
const DEPTH = 6;

/** Full trees of depth six whose thresholds lie among the rows' own values, so that their paths differ. */
function makeTree(): ModelTree {
  const splits = 2 ** DEPTH - 1;
  const column = (): number => chance.below(featureNames.length);
  const feature = Array.from({ length: splits }, column);
  return {
    feature,
    threshold: feature.map((of) => Math.fround(chance.pick(rows)[of] ?? 0)),
    below: feature.map((_, split) => (split * 2 + 1 < splits ? split * 2 + 1 : -(split * 2 + 2 - splits))),
    atLeast: feature.map((_, split) => (split * 2 + 2 < splits ? split * 2 + 2 : -(split * 2 + 3 - splits))),
    leaf: Array.from({ length: splits + 1 }, () => Math.round(chance.normal() * 0.05 * UNITS_PER_LOG_ODD)),
    rows: new Array(splits + 1).fill(10),
  };
}

const made: Model = {
  schemaVersion: 1,
  version: 'bench',
  features: [...featureNames],
  baseline: -5 * UNITS_PER_LOG_ODD,
  trees: Array.from({ length: TREES }, makeTree),
  training: {
    data: 'none: drawn by chance to be measured',
    synthetic: true,
    from: '2026-03-01',
    to: '2026-03-31',
    rows: 0,
    frauds: 0,
    protocol: 'none',
    library: 'none',
    seed: 7,
    bags: 1,
    genuineShare: 1,
    figures: {},
  },
};
/** 200 trees of depth 6, checked like any other. */
export const model = compileModel(JSON.parse(JSON.stringify(made)));
export const ruleSetWithModel = compileRuleSet({
  ...defaultRuleSet,
  version: 'bench-with-model',
  model: {
    version: 'bench',
    points: [
      { probability: 0.01, points: 0 },
      { probability: 0.9, points: 80 },
    ],
  },
});
