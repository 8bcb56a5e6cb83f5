import type { FaultableCall, FaultKind } from '../../../infra/local/front/faults.ts';
import type { LocalStack } from '../../../infra/local/stack.ts';
import type { Chance } from '../chance.ts';

/** Of the faults, how often each kind; a hanging call costs seconds of real time. */
const KINDS: readonly FaultKind[] = [
  ...(['throttle', 'throttle', 'throttle', 'refuse-before', 'refuse-before', 'refuse-before'] as const),
  ...(['lose-answer', 'lose-answer', 'lose-answer', 'conflict', 'conflict', 'kill-after'] as const),
];

const isOfFunction = ({ functionName, identity }: FaultableCall): boolean =>
  functionName !== undefined && identity.kind === 'role' && identity.invocationId === undefined;

/** One call of the functions in so many fails, until it is calmed; how many did, by kind. */
export function createStorm({ front }: LocalStack, chance: Chance, onceIn: number) {
  const verdicts = new WeakMap<FaultableCall, FaultKind>();
  let stormy = true;
  // Faults are asked in the order they were added: this one looks and never strikes.
  const look = (call: FaultableCall): boolean => {
    if (stormy && isOfFunction(call) && chance.oneIn(onceIn)) verdicts.set(call, chance.pick(KINDS));
    return false;
  };
  front.faults.add({ kind: 'refuse-before', match: look });
  const struck = [...new Set(KINDS)].map((kind) => ({
    kind,
    fault: front.faults.add({
      kind,
      match: (call) => verdicts.get(call) === kind,
      times: Number.POSITIVE_INFINITY,
    }),
  }));
  return {
    calm: (): void => {
      stormy = false;
    },
    hits: () => Object.fromEntries(struck.map(({ kind, fault }) => [kind, fault.hits])),
  };
}
