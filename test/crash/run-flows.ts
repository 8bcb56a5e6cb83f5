import { afterAll, describe, expect, test } from 'vitest';
import { callDifferences } from './calls-of-flow.ts';
import type { EndState } from './end-state.ts';
import { expectedCalls } from './expected-calls.ts';
import { type Bench, type CellResult, createBench, wavesOf } from './matrix.ts';
import { strikes } from './parts.ts';
import { isLate, type Scene, startScene } from './scene.ts';
import type { Flow } from './steps.ts';

/** A flow whose cells each have the stage alone takes ten minutes on two idle cores. */
const FLOW_TIMEOUT_MS = 3_600_000;

/** The tests of these flows: first that they call what is written down, then every cell. */
export function testFlows(part: string, flows: readonly Flow[]): void {
  let cells = 0;
  let green = 0;
  const startedAt = Date.now();

  describe(`crash matrix, ${part}`, () => {
    for (const flow of flows) {
      test(
        flow.name,
        async () => {
          const flowStartedAt = Date.now();
          const results = await runFlow(flow);
          const red = results.filter(({ problems }) => problems.length > 0);
          // A quarter of an hour without a word would look like a hang.
          const took = Math.round((Date.now() - flowStartedAt) / 1000);
          console.log(
            `${flow.name}: ${results.length} cells, ${results.length - red.length} green (${took} s)`,
          );
          // The runner tells why only when the whole part has ended.
          for (const result of red) console.log(shown(flow, result));
          cells += results.length;
          green += results.length - red.length;
          expect(red.map((result) => shown(flow, result))).toEqual([]);
        },
        FLOW_TIMEOUT_MS,
      );
    }
    afterAll(() => {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.log(`crash matrix, ${part}: ${cells} cells, ${green} green (${seconds} s)`);
    });
  });
}

/** Each flow has a stack of its own, and a new one when it got late: the emulator slows down as its stream grows. */
async function runFlow(flow: Flow): Promise<readonly CellResult[]> {
  let scene = await startScene(flow);
  try {
    let bench = createBench(scene, flow);
    const { end, changes } = await untouched(bench, flow);
    expect(changes, `"${flow.name}" makes other AWS calls than expected-calls.ts says`).toEqual([]);
    const results: CellResult[] = [];
    for (const wave of wavesOf(flow, strikes.get(flow.name) ?? [])) {
      if (isLate(scene)) {
        await endScene(scene);
        scene = await startScene(flow);
        bench = createBench(scene, flow);
      }
      results.push(...(await bench.judge(wave, end)));
    }
    return results;
  } finally {
    await endScene(scene);
  }
}

async function endScene(scene: Scene): Promise<void> {
  await scene.stack.stop();
  expect(scene.stack.front.calls.refusals).toEqual([]);
}

/** On a busy machine the issuer's answer may overtake the note of the request: a call too many, for once. */
async function untouched(
  bench: Bench,
  flow: Flow,
  tries = 3,
): Promise<{ end: EndState; changes: readonly string[] }> {
  const { calls, end } = await bench.undisturbed();
  const changes = flow.raced ? [] : callDifferences(expectedCalls[flow.name] ?? {}, calls);
  return changes.length === 0 || tries === 1 ? { end, changes } : untouched(bench, flow, tries - 1);
}

function shown(flow: Flow, { strike, problems }: CellResult): string {
  const { functionName, call, nth, kind } = strike;
  return `${flow.name} › ${functionName} › ${call} #${nth} × ${kind}:\n    ${problems.slice(0, 8).join('\n    ')}`;
}
