import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { alertSchema } from '../../functions/alert/alert.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { replayDecision } from '../../functions/screening/replay-decision.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { decisionSchema } from '../../functions/transaction/decision.ts';
import { SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([]));

const ruleSet = compileRuleSet(defaultRuleSet);

/** Everything the tables hold, as it is stored. */
async function itemsOf(prefix: { pk: string; sk: string }): Promise<readonly Record<string, unknown>[]> {
  const { stack } = night;
  const client = new DynamoDBClient({
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  });
  const found: Record<string, unknown>[] = [];
  for (const { name } of stack.model.tables) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
    found.push(...Items.map((item) => unmarshall(item)));
  }
  client.destroy();
  return found.filter(({ pk, sk }) => String(pk).startsWith(prefix.pk) && String(sk).startsWith(prefix.sk));
}

test('every decision of a night, cleared ones too, is made again from what is stored: outcome, score, reasons', async () => {
  await night.customer('zhang', 'card-1');
  await night.customer('grace', 'card-2');
  const frozen = await night.spree('card-1', 'zhang');
  await night.oddity('card-2', 'grace');
  for (const minor of [900, 1200, 40_000]) {
    await night.bank.authorise({
      cardToken: 'card-1',
      cardholderId: 'C-zhang',
      at: night.now(-2),
      minor,
      over: SPREE,
    });
    await night.bank.authorise({ cardToken: 'card-2', cardholderId: 'C-grace', at: night.now(-1), minor });
  }
  await night.stack.settle();

  const decisions = (await itemsOf({ pk: 'CARD#', sk: 'TXN#' })).map((item) => decisionSchema.parse(item));
  expect(decisions.length).toBe(5 + 5 + 1 + 1 + 6);
  expect(new Set(decisions.map(({ outcome }) => outcome))).toEqual(new Set(['clear', 'alert', 'freeze']));
  const alerts = (await itemsOf({ pk: 'ALERT#', sk: 'META' })).map((item) => alertSchema.parse(item));
  const listed = alerts.flatMap(({ transactions }) => transactions);
  for (const stored of decisions) {
    const replayed = replayDecision(stored, ruleSet);
    expect(replayed).toMatchObject({ kind: 'replayed', outcome: stored.outcome, differs: [] });
    if (replayed.kind !== 'replayed' || stored.outcome === 'clear') continue;
    // The reasons with their values, as the alert has kept them.
    const suspicion = listed.find(({ transactionId }) => transactionId === stored.transactionId);
    expect(replayed.decision.reasons.map(({ code, values }) => ({ code, values }))).toEqual(
      suspicion?.reasons,
    );
    // What it was made of is kept with the alert as well, which outlives the decision.
    expect(suspicion?.judged).toEqual(stored.judged);
  }
  expect(listed.map(({ transactionId }) => transactionId)).toContain(frozen);
});
