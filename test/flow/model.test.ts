import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseStored } from '../../functions/platform/stored.ts';
import { compileModel } from '../../functions/screening/compile-model.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { featureNames } from '../../functions/screening/features.ts';
import { UNITS_PER_LOG_ODD } from '../../functions/screening/model.ts';
import { replayDecision } from '../../functions/screening/replay-decision.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { decisionSchema } from '../../functions/transaction/decision.ts';
import { synthesise } from '../../infra/local/synth.ts';
import { readModel } from '../../infra/local/template.ts';
import { madeModel } from '../screening/made-model.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** Unlikely below 250, likely from it on. */
const model = madeModel(
  [
    {
      feature: [featureNames.indexOf('amount')],
      threshold: [250],
      below: [-1],
      atLeast: [-2],
      leaf: [-4 * UNITS_PER_LOG_ODD, 3 * UNITS_PER_LOG_ODD],
      rows: [90, 10],
    },
  ],
  0,
);
const rules = {
  ...defaultRuleSet,
  version: 'with-model',
  model: {
    version: model.version,
    points: [
      { probability: 0.1, points: 0 },
      { probability: 0.9, points: 60 },
    ],
  },
};
const reason = 'the first model of our own cards';

let night: Night;
let folder: string;
/** The deployed thing, with a model beside the functions that judge. */
beforeAll(async () => {
  const { assemblyDirectory: shipped } = await synthesise();
  folder = mkdtempSync(join(tmpdir(), 'cardguard-with-model-'));
  const assemblyDirectory = join(folder, 'assembly');
  cpSync(shipped, assemblyDirectory, { recursive: true });
  const { functions } = readModel(assemblyDirectory, { endpoint: 'http://127.0.0.1:1' });
  for (const { name, codeDir } of functions) {
    if (!/-(screen-transactions|rules-api)$/.test(name)) continue;
    mkdirSync(join(codeDir, 'models'), { recursive: true });
    writeFileSync(join(codeDir, 'models', `${model.version}.json`), JSON.stringify(model));
  }
  night = await startNight({ assemblyDirectory });
  await night.begin();
});
afterAll(async () => {
  await night.stop();
  rmSync(folder, { recursive: true, force: true });
});

let requests = 0;
async function change(who: 'analyst' | 'analyst2', path: string, body: object): Promise<void> {
  requests += 1;
  const answer = await night.post(who, `/agent/rules${path}`, `model-request-${requests}`, body);
  expect(answer).toMatchObject({ status: 200 });
}

async function buys(minor: number) {
  const transactionId = await night.bank.authorise({
    ...{ cardToken: 'card-1', cardholderId: people.zhang.customerId, at: night.now(-3), minor },
  });
  await night.stack.settle();
  const { cards } = await readTables(night.stack);
  const item = cards.find((one) => one.transactionId === transactionId && one.sk.startsWith('TXN#'));
  if (item === undefined) throw new Error(`${transactionId} was not decided`);
  return parseStored(decisionSchema, item);
}

test('a model that two people took live adds to the rules, says why, and its decisions can be made again', async () => {
  await night.customer('zhang', 'card-1');
  expect(await buys(30_000)).toMatchObject({ outcome: 'clear', modelVersion: null });

  await change('analyst', '/sets', { contents: rules, note: reason });
  await change('analyst', '/sets/with-model/move', { to: 'shadow', reason });
  await change('analyst', '/sets/with-model/propose', { to: 'live', reason });
  await change('analyst2', '/sets/with-model/approve', { reason });
  await night.clock.advance(60_000);

  const small = await buys(20_000);
  expect(small).toMatchObject({ outcome: 'clear', ruleSetVersion: 'with-model', modelVersion: 'made-1' });
  const large = await buys(30_000);
  expect(large).toMatchObject({ outcome: 'alert', ruleSetVersion: 'with-model', modelVersion: 'made-1' });
  const { body } = await night.get<{ alerts: { reasons?: unknown }[] }>('zhang', '/alerts');
  expect(JSON.stringify(body)).toContain('300');
  for (const stored of [small, large])
    expect(replayDecision(stored, compileRuleSet(rules), compileModel(model))).toMatchObject({
      kind: 'replayed',
      outcome: stored.outcome,
      differs: [],
    });
  expect(night.refusedPermissions()).toEqual([]);
});
