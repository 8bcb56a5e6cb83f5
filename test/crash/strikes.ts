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
 * 1. What a function does in a flow exactly as it did in an earlier one, call by call, was struck in full there. It
 *    is struck once more, at one of its calls and with one kind, both in turn. Functions behind an effect
 *    (`publish-events`, `send-sms` …) see the effect and not the flow.
 * 2. Elsewhere, a call that the function made before after the same effect of its own finds and leaves what it did
 *    then: one kind, in turn. Of neighbours of this sort that change nothing, one, in turn.
 * 3. A call that changes nothing (a read, a cipher, a secret) fails alike when it is refused and when it is
 *    throttled, and succeeds alike on the second try when it hangs and when its answer is lost: one of either,
 *    in turn.
 * 4. Who dies after a read leaves what was left by who died after the read before it: of neighbours that change
 *    nothing, the last is killed after.
 * 5. Of the sixteen queries of a sweep, which are alike, the first is struck.
 *
 * So every kind strikes every call with an effect where it is first made, and every function of every flow is struck.
 */
export function strikesByFlow(
  expected: Readonly<Record<string, CallsOfFlow>>,
  options: { readonly full: boolean },
): ReadonlyMap<string, readonly Strike[]> {
  const stories = new Set<string>();
  const places = new Set<string>();
  let turn = 0;
  const ofStory = (functionName: string, calls: readonly string[]): Strike[] => {
    const story = `${functionName}: ${calls.join('; ')}`;
    turn += 1;
    const first = turn;
    const made = inPlace(functionName, calls);
    const struck = made.flatMap(({ call, place, neighbours }, index) => {
      turn += 1;
      const isKnown = stories.has(story) || places.has(place);
      const among = stories.has(story) ? calls.map((_, one) => one) : neighbours;
      if (!options.full && isKnown && among[first % among.length] !== index) return [];
      const about = { turn, isKnown, next: calls[index + 1] };
      const kinds = options.full ? applicable(call) : chosen(call, about);
      const nth = calls.slice(0, index + 1).filter((other) => other === call).length;
      return kinds.map((kind) => ({ functionName, call, nth, kind }));
    });
    stories.add(story);
    for (const { place } of made) places.add(place);
    return struck;
  };
  return new Map(
    Object.entries(expected).map(([flow, functions]) => [
      flow,
      Object.entries(functions).flatMap(([functionName, calls]) => ofStory(functionName, calls)),
    ]),
  );
}

interface Made {
  readonly call: string;
  /** The function, the last effect it had before, and the call. */
  readonly place: string;
  /** Indexes of the calls around it, itself included, between which nothing changes. */
  readonly neighbours: readonly number[];
}

function inPlace(functionName: string, calls: readonly string[]): readonly Made[] {
  const runs: number[][] = [];
  for (const [index, call] of calls.entries()) {
    const run = runs.at(-1);
    const before = calls[index - 1];
    if (run !== undefined && before !== undefined && !hasEffect(call) && !hasEffect(before)) run.push(index);
    else runs.push([index]);
  }
  return calls.map((call, index) => {
    const effect = calls.slice(0, index).findLast(hasEffect) ?? '';
    const neighbours = runs.find((run) => run.includes(index)) ?? [index];
    return { call, place: `${functionName}: ${effect} → ${call}`, neighbours };
  });
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
