import { LogicEngine } from 'json-logic-engine';
import { compileRuleSet } from '../functions/screening/compile-rule-set.ts';
import { applyRules } from '../functions/screening/compile-rules.ts';
import { decide } from '../functions/screening/decide.ts';
import { FEATURE, type Features, featureNames } from '../functions/screening/features.ts';
import { emptyRisk } from '../functions/screening/merchant-risk.ts';
import {
  applyTransaction,
  type CardProfile,
  decodeProfile,
  emptyProfile,
  encodeProfile,
} from '../functions/screening/profile.ts';
import { defaultRuleSet } from '../functions/screening/rule-set.default.ts';
import type { Comparison, Condition } from '../functions/screening/rules.ts';
import { decisionKeyPart } from '../functions/transaction/digest.ts';
import { type TransactionAuthorized, transactionAuthorizedSchema } from '../functions/transaction/events.ts';

/**
 * Measures the engine on this machine, per CPU-second: the rules beside json-logic-engine (compiled, same
 * rules, same rows, same answers checked) and the whole decision as the handler makes it. `--json` prints
 * figures only. Targets: rules ≥ 2 × json-logic-engine, whole decision ≥ 100,000.
 */
const ROUND_CPU_MS = 400;
const ROUNDS = 5;

/** A small generator with a seed (mulberry32): the same rows on every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = createRandom(7);
const ruleSet = compileRuleSet(defaultRuleSet);
const facts = { country: 'CN', currency: 'CNY', mcc: '5411' };

interface Card {
  readonly profile: CardProfile;
  readonly bytes: Uint8Array;
  readonly next: TransactionAuthorized;
}

const START = Date.parse('2026-03-01T00:00:00Z');

function makeTransaction(card: number, atMs: number, index: number): TransactionAuthorized {
  const minor = Math.round(Math.exp(7 + random() * 3));
  const isAbroad = random() < 0.02;
  const isOnline = random() < 0.4;
  return transactionAuthorizedSchema.parse({
    schemaVersion: 1,
    transactionId: `bench-${card}-${index}`,
    cardToken: `tok-${card}`,
    cardholderId: `c-${card}`,
    accountOwnerId: `c-${card}`,
    occurredAt: new Date(atMs).toISOString(),
    outcome: random() < 0.03 ? 'declined' : 'approved',
    amount: { minor, currency: 'CNY' },
    billing: { minor, currency: 'CNY' },
    merchant: {
      id: `m-${Math.floor(random() * 40)}`,
      name: 'x',
      mcc: '5411',
      country: isAbroad ? 'TH' : 'CN',
    },
    entryMode: isOnline ? 'ecommerce' : 'chip',
    recurring: random() < 0.05,
    merchantInitiated: false,
    deviceId: isOnline ? `device-${card}-${Math.floor(random() * 2)}` : undefined,
  });
}

/** A month of two transactions a day, as in the public benchmark's median card. */
function makeCard(card: number): Card {
  let profile = emptyProfile();
  let atMs = START;
  for (let index = 0; index < 60; index++) {
    atMs += random() * 86_400_000;
    const isInRing = index >= 48;
    profile = applyTransaction(profile, makeTransaction(card, atMs, index), {
      idDigest: decisionKeyPart(`bench-${card}-${index}`),
      bodyDigest: 'AAAAAAAA',
      receivedAt: atMs,
      outcome: 'clear',
      addToRing: isInRing,
    });
  }
  return { profile, bytes: encodeProfile(profile), next: makeTransaction(card, atMs + 600_000, 60) };
}

const cards = Array.from({ length: 500 }, (_, card) => makeCard(card));

/** Operations per CPU-second, user and system of this process: the best of the rounds. */
function measure(operation: (index: number) => void): number {
  let best = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    let done = 0;
    let spentMs = 0;
    while (spentMs < ROUND_CPU_MS) {
      for (let i = 0; i < 500; i++) operation(done + i);
      done += 500;
      const spent = process.cpuUsage(before);
      spentMs = (spent.user + spent.system) / 1000;
    }
    // The first round warms up.
    if (round > 0) best = Math.max(best, (done * 1000) / spentMs);
  }
  return Math.round(best);
}

const rows: readonly Features[] = cards.map(
  (card) =>
    decide({ profile: card.profile, merchant: emptyRisk(), transaction: card.next, ruleSet }).features,
);
const namedRows = rows.map((row) =>
  Object.fromEntries(featureNames.map((name) => [name, row[FEATURE[name]]])),
);

const jsonLogicOps = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '===', ne: '!==' } as const;

function jsonLogicOf(condition: Condition): unknown {
  if ('all' in condition) return { and: condition.all.map(jsonLogicOf) };
  if ('any' in condition) return { or: condition.any.map(jsonLogicOf) };
  if ('not' in condition) return { '!': [jsonLogicOf(condition.not)] };
  const { feature, op, value }: Comparison = condition;
  return { [jsonLogicOps[op]]: [{ var: feature }, value] };
}

/** One expression that adds up the weights: what the score needs, and no reasons. */
const jsonLogic = new LogicEngine().build({
  '+': defaultRuleSet.rules.map((rule) => ({ if: [jsonLogicOf(rule.when), rule.weight, 0] })),
});

let sink = 0;
function checkSameAnswers(): void {
  rows.forEach((row, index) => {
    const verdict = applyRules(ruleSet, row, facts);
    const sum = verdict.reasons.reduce((total, reason) => total + reason.weight, 0);
    if (sum !== Number(jsonLogic(namedRows[index]))) throw new Error(`row ${index}: the engines disagree`);
  });
}

checkSameAnswers();
const rulesPerCpuSecond = measure((index) => {
  const row = rows[index % rows.length];
  if (row) sink += applyRules(ruleSet, row, facts).score;
});
const jsonLogicPerCpuSecond = measure((index) => {
  sink += Number(jsonLogic(namedRows[index % namedRows.length]));
});
const wholePerCpuSecond = measure((index) => {
  const card = cards[index % cards.length];
  if (!card) return;
  const profile = decodeProfile(card.bytes);
  const decision = decide({ profile, merchant: emptyRisk(), transaction: card.next, ruleSet });
  const after = applyTransaction(profile, card.next, {
    idDigest: 'AAAAAAAAAAAAAAAA',
    bodyDigest: 'AAAAAAAA',
    receivedAt: START,
    outcome: decision.outcome,
    addToRing: true,
  });
  sink += encodeProfile(after).length;
});

const figures = {
  rules: defaultRuleSet.rules.length,
  rulesPerCpuSecond,
  jsonLogicPerCpuSecond,
  ratio: Math.round((rulesPerCpuSecond / jsonLogicPerCpuSecond) * 100) / 100,
  wholeDecisionsPerCpuSecond: wholePerCpuSecond,
  meanProfileBytes: Math.round(cards.reduce((sum, card) => sum + card.bytes.length, 0) / cards.length),
  rowsWithReasons: rows.filter((row) => applyRules(ruleSet, row, facts).reasons.length > 0).length,
  node: process.version,
  checksum: Number.isFinite(sink),
};
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(figures));
} else {
  console.log(
    `rules with reasons   ${rulesPerCpuSecond.toLocaleString('en')} per CPU-second (${figures.rules} rules)`,
  );
  console.log(
    `json-logic-engine    ${jsonLogicPerCpuSecond.toLocaleString('en')} per CPU-second, compiled, no reasons`,
  );
  console.log(`ratio                ${figures.ratio} (target 2)`);
  console.log(
    `whole decisions      ${wholePerCpuSecond.toLocaleString('en')} per CPU-second (target 100,000)`,
  );
  console.log(`mean profile         ${figures.meanProfileBytes} bytes of 900`);
}
