import { afterAll, describe, expect, test } from 'vitest';
import { callDifferences, warm } from './calls-of-flow.ts';
import { expectedCalls } from './expected-calls.ts';
import { flows } from './flows.ts';
import { createBench } from './matrix.ts';
import { isLate, type Scene, startScene } from './scene.ts';
import type { Flow } from './steps.ts';

/** On a busy machine the issuer's answer may overtake the note of the request: a call too many, for once. */
const TRIES = 3;

let kept: Scene | undefined;
let cells = 0;
afterAll(() => kept?.stack.stop());

/** A stack that most flows share, emptied between them. */
async function sharedScene(): Promise<Scene> {
  if (kept !== undefined && !isLate(kept)) return kept;
  await kept?.stack.stop();
  kept = await startScene();
  return kept;
}

async function changesOf(flow: Flow, tries = TRIES): Promise<readonly string[]> {
  const ownScene = flow.breakerTripsAt !== undefined;
  const scene = ownScene ? await startScene(flow) : await sharedScene();
  try {
    await scene.stack.reset();
    const bench = createBench(scene, flow, cells);
    cells += 1;
    const { calls } = await bench.undisturbed('warm');
    const changes = flow.raced ? [] : callDifferences(warm(expectedCalls[flow.name] ?? {}), calls);
    if (changes.length > 0 && tries > 1) return await changesOf(flow, tries - 1);
    return [...changes, ...scene.stack.front.calls.refusals.map((refusal) => JSON.stringify(refusal))];
  } finally {
    if (ownScene) await scene.stack.stop();
  }
}

/** The crash matrix strikes every call that is written down: a call that is not would go unstruck. */
describe('every flow makes the AWS calls that are written down, and ends without a fault', () => {
  test.each(flows)('$name', async (flow) => {
    expect(await changesOf(flow)).toEqual([]);
  });
  test('nothing is written down that no flow does', () => {
    expect(Object.keys(expectedCalls).sort()).toEqual(flows.map(({ name }) => name).sort());
  });
});
