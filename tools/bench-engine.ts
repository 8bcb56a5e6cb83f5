import { evaluateModel } from '../functions/screening/compile-model.ts';
import { applyRules, type CompiledRuleSet } from '../functions/screening/compile-rules.ts';
import { decide } from '../functions/screening/decide.ts';
import { featuresOf } from '../functions/screening/features.ts';
import { applyTransaction, decodeProfile, encodeProfile } from '../functions/screening/profile.ts';
import { defaultRuleSet } from '../functions/screening/rule-set.default.ts';
import {
  type Case,
  cases,
  facts,
  meanProfileBytes,
  meanRowBytes,
  merchant,
  model,
  rows,
  ruleSet,
  ruleSetWithModel,
  START,
} from './bench-engine/cases.ts';
import { measure, measureAsync } from './bench-engine/measure.ts';
import { createRivals } from './bench-engine/rivals.ts';
import { readArguments } from './stage/arguments.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

const HELP = `Measures the engine on this machine, per CPU-second, in one run on the same cases, beside its targets: our compiled
rules beside three engines that are given the same rules and must give the same answers; features, profile, model and
the whole decision as the function makes it.

  npm run bench:engine -- [--json]     figures only
`;
const RULES_RATIO = 2;
const RULES_A_SECOND = 2_000_000;
const WHOLE_A_SECOND = 100_000;
const WITH_MODEL_A_SECOND = 30_000;

let sink = 0;

async function main(): Promise<number> {
  const values = readArguments(
    { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const progress = createProgress();
  const figures = await measureAll(progress.show);
  progress.end();
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${reportOf(figures)}\n`);
  return 0;
}

const caseAt = (index: number): Case => {
  const one = cases[index % cases.length];
  if (one === undefined) throw new Error('no cases');
  return one;
};
const rowAt = (index: number) => rows[index % rows.length] ?? [];

/** As the function does it: what lies in the table is decoded, judged, and encoded again. */
function wholeDecision(index: number, by: CompiledRuleSet): void {
  const { bytes, next } = caseAt(index);
  const profile = decodeProfile(bytes);
  const decision = decide({ profile, merchant, transaction: next, ruleSet: by, model });
  sink += updated(profile, next, decision.outcome);
}

function updated(
  profile: Case['profile'],
  next: Case['next'],
  outcome: 'clear' | 'alert' | 'freeze',
): number {
  const after = applyTransaction(profile, next, {
    idDigest: 'AAAAAAAAAAAAAAAA',
    bodyDigest: 'AAAAAAAA',
    receivedAt: START,
    outcome,
    addToRing: true,
  });
  return encodeProfile(after).length;
}

async function measureAll(show: (text: string) => void) {
  const rivals = createRivals(rows);
  show('comparing answers');
  const withReasons = await compareAnswers(rivals);
  show('our rules');
  const rulesPerCpuSecond = measure((index) => {
    sink += applyRules(ruleSet, rowAt(index), facts).score;
  });
  const rivalFigures: { name: string; perCpuSecond: number; ratio: number }[] = [];
  for (const { name, score } of rivals) {
    show(name);
    const first = score(0);
    const perCpuSecond =
      typeof first === 'number'
        ? measure((index) => {
            sink += Number(score(index % rows.length));
          })
        : await measureAsync((index) => score(index % rows.length));
    rivalFigures.push({
      name,
      perCpuSecond,
      ratio: Math.round((rulesPerCpuSecond / perCpuSecond) * 100) / 100,
    });
  }
  show('features, profile, model, decision');
  const jsonLogic = rivalFigures[0];
  return {
    rules: defaultRuleSet.rules.length,
    rows: rows.length,
    rowsWithReasons: withReasons,
    rulesPerCpuSecond,
    rivals: rivalFigures,
    jsonLogicPerCpuSecond: jsonLogic?.perCpuSecond ?? 0,
    ratio: jsonLogic?.ratio ?? 0,
    featureRowsPerCpuSecond: measure((index) => {
      const { profile, next } = caseAt(index);
      sink += featuresOf({ profile, merchant, transaction: next }, ruleSet.policy).length;
    }),
    profileUpdatesPerCpuSecond: measure((index) => {
      const { bytes, next } = caseAt(index);
      sink += updated(decodeProfile(bytes), next, 'clear');
    }),
    modelPerCpuSecond: measure((index) => {
      sink += evaluateModel(model, rowAt(index));
    }),
    wholeDecisionsPerCpuSecond: measure((index) => wholeDecision(index, ruleSet)),
    wholeWithModelPerCpuSecond: measure((index) => wholeDecision(index, ruleSetWithModel)),
    meanProfileBytes,
    meanRowBytes,
    node: process.version,
    checksum: Number.isFinite(sink),
  };
}

/** How many rows some rule holds for; throws when an engine adds up to anything else than ours. */
async function compareAnswers(rivals: ReturnType<typeof createRivals>): Promise<number> {
  let withReasons = 0;
  for (const [index, row] of rows.entries()) {
    const { reasons } = applyRules(ruleSet, row, facts);
    if (reasons.length > 0) withReasons += 1;
    const ours = reasons.reduce((sum, { weight }) => sum + weight, 0);
    for (const { name, score } of rivals) {
      const theirs = await score(index);
      if (theirs !== ours) throw new PlainError(`row ${index}: ${name} says ${theirs}, ours ${ours}`);
    }
  }
  return withReasons;
}

type Figures = Awaited<ReturnType<typeof measureAll>>;

function reportOf(figures: Figures): string {
  const line = (name: string, value: number, target?: number, more = ''): string => {
    const mark = target === undefined ? ' ' : value >= target ? '✓' : '✗';
    const aim = target === undefined ? '' : `  ≥ ${target.toLocaleString('en')}`;
    return `${mark} ${name.padEnd(44)} ${value.toLocaleString('en').padStart(12)}${aim}${more}`;
  };
  return [
    `Node ${figures.node}; ${figures.rules} rules, ${figures.rows} rows, ${figures.rowsWithReasons} of them with reasons; same answers from all engines`,
    '',
    'per CPU-second                                            found  target',
    line('our rules, with reasons', figures.rulesPerCpuSecond, RULES_A_SECOND),
    ...figures.rivals.map(({ name, perCpuSecond, ratio }) =>
      line(`${name}, without reasons`, perCpuSecond, undefined, `  ours is ${ratio} ×`),
    ),
    line('ratio to json-logic-engine', figures.ratio, RULES_RATIO),
    '',
    line('rows of features', figures.featureRowsPerCpuSecond),
    line('profiles decoded, updated, encoded', figures.profileUpdatesPerCpuSecond),
    line('model of 200 trees, depth 6', figures.modelPerCpuSecond),
    line('whole decisions, rules alone', figures.wholeDecisionsPerCpuSecond, WHOLE_A_SECOND),
    line('whole decisions with the model', figures.wholeWithModelPerCpuSecond, WITH_MODEL_A_SECOND),
    '',
    `mean profile ${figures.meanProfileBytes} bytes, mean packed row of features ${figures.meanRowBytes} bytes`,
  ].join('\n');
}

await runCommand(main);
