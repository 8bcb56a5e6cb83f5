import { expectedCalls } from './expected-calls.ts';
import { flows } from './flows.ts';
import type { Flow } from './steps.ts';
import { strikesByFlow } from './strikes.ts';

/** `CARDGUARD_CRASH=full` runs every cell; see strikes.ts for what is chosen else. */
export const strikes = strikesByFlow(expectedCalls, { full: process.env.CARDGUARD_CRASH === 'full' });

/** A stack's start and the undisturbed runs, in cells. */
const START_COST = 15;

/** The flows of one of `of` test files that run side by side, so that all take about as long. */
export function flowsOfPart(part: number, of: number): readonly Flow[] {
  const parts = Array.from({ length: of }, (): { cost: number; flows: Flow[] } => ({ cost: 0, flows: [] }));
  const costOf = (flow: Flow) => START_COST + (strikes.get(flow.name)?.length ?? 0);
  for (const flow of flows.toSorted((a, b) => costOf(b) - costOf(a))) {
    const lightest = parts.reduce((least, one) => (one.cost < least.cost ? one : least));
    lightest.cost += costOf(flow);
    lightest.flows.push(flow);
  }
  return parts[part - 1]?.flows ?? [];
}
