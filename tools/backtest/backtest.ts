import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod';
import type { CompiledModel } from '../../functions/screening/compile-model.ts';
import type { CompiledRuleSet } from '../../functions/screening/compile-rules.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import type { TransactionAuthorized } from '../../functions/transaction/events.ts';
import type { Input, Labelled } from '../offline/labelled.ts';
import { createOfflineScreening } from '../offline/offline-screening.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { BacktestFigures } from './figures.ts';
import { DAY_MS, type Judged } from './judged.ts';
import { type Models, modelOf, readModels } from './model-file.ts';
import type { Options } from './options.ts';
import { readRuleFile } from './rule-file.ts';
import { run } from './run.ts';
import { readTransactions } from './sources.ts';

type OnProgress = (transactions: number, day: string) => void;

/** Reads, judges, measures; throws a `PlainError` for what the person at the terminal can put right. */
export async function backtest(options: Options, onProgress: OnProgress): Promise<BacktestFigures> {
  const ruleSet = readRuleFile('--rules', options.rules);
  const compare = options.compare === undefined ? undefined : readRuleFile('--compare', options.compare);
  const models = readModels(options.models);
  const one = { ruleSet, model: modelOf('--rules', ruleSet.ruleSet, models) };
  const base = compare && { ruleSet: compare, model: modelOf('--compare', compare.ruleSet, models) };
  mustBeUsed(models, [one, base]);
  const source = await readTransactions(options);
  const values = createValues(ruleSet, options);
  const found = await run({
    judged: judgedBy(source.input, { one, base, worth: values.of }),
    ruleSet: ruleSet.ruleSet,
    compare: compare && toldApart(compare.ruleSet, ruleSet.version),
    policy: {
      answerMs: options.answerMinutes * 60_000,
      replacedAfterMs: options.replacedAfterDays * DAY_MS,
    },
    from: options.from,
    to: options.to,
    onProgress,
  });
  const { bad } = source.input;
  return {
    product: productVersion(),
    command: options.command,
    data: {
      files: options.files.map((file) => basename(file)),
      about: source.about,
      isMadeUp: source.isMadeUp,
      transactions: found.transactions,
      cards: found.cards,
      badRows: { count: bad.count, first: bad.examples },
      withoutRate: values.withoutRate(),
    },
    span: found.span,
    currency: ruleSet.ruleSet.currency,
    policy: {
      answerMinutes: options.answerMinutes,
      replacedAfterDays: options.replacedAfterDays,
      labels: source.labels,
    },
    model: one.model?.version,
    compareModel: base?.model?.version,
    rules: found.rules,
    compare: found.compare,
    comparison: found.comparison,
  };
}

/** A draft that still has the version of what it was made from must not be taken for it, in no table and no plot. */
const toldApart = (compare: RuleSet, other: string): RuleSet =>
  compare.version === other ? { ...compare, version: `${other} (compared)` } : compare;

interface Judge {
  readonly ruleSet: CompiledRuleSet;
  readonly model: CompiledModel | undefined;
}

/** A model that changes nothing would be taken for one that does. */
function mustBeUsed(models: Models, judges: readonly (Judge | undefined)[]): void {
  const unused = [...models.keys()].find((version) =>
    judges.every((judge) => judge?.model?.version !== version),
  );
  if (unused === undefined) return;
  throw new PlainError(
    `--model: no rule set names ${unused}, so it would change nothing. Name it in the rule set: "model": {"version": "${unused}", "points": […]}`,
  );
}

interface Judges {
  readonly one: Judge;
  readonly base: Judge | undefined;
  readonly worth: (transaction: TransactionAuthorized) => number;
}

/** Read once, judged by each rule set with a state of its own. */
async function* judgedBy(
  { transactions }: Input,
  { one, base, worth }: Judges,
): AsyncGenerator<{ readonly one: Judged; readonly base: Judged | undefined }> {
  const judgeOne = createJudge(one);
  const judgeBase = base && createJudge(base);
  for await (const labelled of transactions) {
    const value = worth(labelled.transaction);
    yield { one: judgeOne(labelled, value), base: judgeBase?.(labelled, value) };
  }
}

function createJudge({ ruleSet, model }: Judge): (labelled: Labelled, value: number) => Judged {
  const screening = createOfflineScreening({ ruleSet, with: { model } });
  return (labelled, value) => {
    const { decision, transaction, fraud } = screening.judge(labelled);
    const { outcome, score, rank, reasons } = decision;
    const at = Date.parse(transaction.occurredAt);
    return {
      ...{ transaction, at, isFraud: fraud, value, outcome, score, rank, reasons },
      ruleSet: ruleSet.ruleSet,
    };
  };
}

/** Approved money in the rule set's currency; measured transactions it has no rate for are counted. */
function createValues({ policy }: CompiledRuleSet, { from = -Infinity, to = Infinity }: Partial<Options>) {
  let withoutRate = 0;
  return {
    of({ billing, outcome, occurredAt }: TransactionAuthorized): number {
      const unit = policy.unitOf(billing.currency);
      if (unit === undefined) {
        const at = Date.parse(occurredAt);
        if (at >= from && at < to) withoutRate += 1;
        return 0;
      }
      return outcome === 'declined' ? 0 : (billing.minor / unit.minorPerMajor) * unit.moneyPerMajor;
    },
    withoutRate: () => withoutRate,
  };
}

const manifestSchema = z.object({ version: z.string() });

const productVersion = (): string =>
  manifestSchema.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))
    .version;
