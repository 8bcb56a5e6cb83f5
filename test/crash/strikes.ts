import type { FaultKind } from '../../infra/local/front/faults.ts';
import type { CallsOfFlow } from './calls-of-flow.ts';
import { hasEffect, isWrite } from './describe-call.ts';
import type { Strike } from './wave.ts';

const KINDS: readonly FaultKind[] = [
  'refuse-before',
  'kill-after',
  'lose-answer',
  'hang',
  'throttle',
  'conflict',
];

/**
 * Which of all cells (every flow × call × kind of fault) are run. `CARDGUARD_CRASH=full`: all of them. Else:
 *
 * 1. What a function does in a flow exactly as it did in an earlier one, call by call, is struck in full there
 *    and here once per call, with a kind that changes from call to call. Functions behind an effect
 *    (`publish-events`, `send-sms` …) see the effect and not the flow.
 * 2. A call that changes nothing (a read, a cipher, a secret) fails alike when it is refused and when it is
 *    throttled, and succeeds alike on the second try when it hangs and when its answer is lost: one of either,
 *    in turn.
 * 3. Who dies after a read leaves what was left by who died after the read before it: of neighbours that change
 *    nothing, the last is killed after.
 * 4. Of the sixteen queries of a sweep, which are alike, the first is struck.
 */
export function strikesByFlow(
  expected: Readonly<Record<string, CallsOfFlow>>,
  options: { readonly full: boolean },
): ReadonlyMap<string, readonly Strike[]> {
  const known = new Set<string>();
  let turn = 0;
  const strikes = new Map<string, Strike[]>();
  for (const [flow, functions] of Object.entries(expected)) {
    const ofFlow: Strike[] = [];
    for (const [functionName, calls] of Object.entries(functions)) {
      const story = `${functionName}: ${calls.join('; ')}`;
      for (const [index, call] of calls.entries()) {
        turn += 1;
        const nth = calls.slice(0, index + 1).filter((other) => other === call).length;
        const kinds = options.full
          ? applicable(call)
          : chosen(call, { turn, isKnown: known.has(story), next: calls[index + 1] });
        ofFlow.push(...kinds.map((kind) => ({ functionName, call, nth, kind })));
      }
      known.add(story);
    }
    strikes.set(flow, ofFlow);
  }
  return strikes;
}

const applicable = (call: string): readonly FaultKind[] =>
  KINDS.filter((kind) => kind !== 'conflict' || isWrite(call));

function chosen(
  call: string,
  about: { turn: number; isKnown: boolean; next: string | undefined },
): readonly FaultKind[] {
  const { turn } = about;
  const all = applicable(call);
  const inTurn = (kinds: readonly FaultKind[], count: number) =>
    kinds.slice(count % kinds.length).slice(0, 1);
  if (about.isKnown) return inTurn(all, turn);
  if (hasEffect(call)) return all;
  return [
    ...(about.next === undefined || hasEffect(about.next) ? (['kill-after'] as const) : []),
    ...inTurn(['refuse-before', 'throttle'], turn),
    ...inTurn(['hang', 'lose-answer'], Math.floor(turn / 2)),
  ];
}
