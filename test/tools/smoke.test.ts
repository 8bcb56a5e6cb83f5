import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { runSmoke, type Step, smokeIds } from '../../tools/smoke/smoke.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';

let stack: LocalStack;
let target: Target;
const PHONE = '+8613800138000';

beforeAll(async () => {
  stack = await startLocalStack({ quiet: true, retryDelayMs: 10, issuerDelayMs: 1 });
  target = await targetOf(stack);
});
afterAll(async () => {
  target?.close();
  await stack?.stop();
});
beforeEach(() => stack.reset());

async function smoke(over: { runId: string; phone?: string; timeoutMs?: number }) {
  const steps: Step[] = [];
  const passed = await runSmoke({
    target,
    now: () => new Date(),
    timeoutMs: 20_000,
    phone: undefined,
    onStep: (step) => steps.push(step),
    ...over,
  });
  return { passed, results: Object.fromEntries(steps.map(({ name, result }) => [name, result])), steps };
}

describe('smoke', () => {
  it('sees one card through the loop, text included', async () => {
    const { passed, steps } = await smoke({ runId: 'a', phone: PHONE });
    expect(steps.filter(({ result }) => result !== 'passed')).toEqual([]);
    expect(steps).toHaveLength(7);
    expect(passed).toBe(true);
    expect(stack.phone.messages(PHONE)).toHaveLength(1);
  });

  it('passes without a phone or an issuer, and says that they were not there', async () => {
    stack.issuer.behave(smokeIds('b').cardToken, 'silent');
    const { passed, results } = await smoke({ runId: 'b', timeoutMs: 3_000 });
    expect(results).toMatchObject({
      'the freeze is requested on the bus': 'passed',
      'the issuer confirms it': 'skipped',
      'the customer is texted': 'skipped',
    });
    expect(passed).toBe(true);
  });

  it('fails where the text is refused, or nothing is screened', async () => {
    stack.phone.refuse(PHONE, 'InvalidParameter');
    const refused = await smoke({ runId: 'c', phone: PHONE });
    expect(refused.passed).toBe(false);
    expect(refused.results['the customer is texted']).toBe('failed');

    stack.front.faults.add({
      match: ({ functionName }) => functionName?.endsWith('screen-transactions') === true,
      times: 10_000,
      kind: 'refuse-before',
    });
    const { passed, results } = await smoke({ runId: 'd', timeoutMs: 2_000 });
    expect(passed).toBe(false);
    expect(results).toEqual({
      'card and contact are known': 'passed',
      'an ordinary purchase is cleared': 'failed',
    });
  });
});
