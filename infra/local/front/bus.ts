import type { LocalModel, LocalRule } from '../model.ts';
import type { Deliver } from './deliver.ts';
import { matchesPattern } from './event-pattern.ts';
import { isRecord, type Json, queueJson } from './json.ts';

export type EventPattern = Readonly<Record<string, unknown>>;

/** The event buses as seen from inside: local observers, such as a simulated issuer. */
export interface Bus {
  /** Calls `fn` with the full envelope of every event that matches; returns how to stop. */
  subscribe(pattern: EventPattern, fn: (event: Json, busName: string) => void): () => void;
}

export interface BusDelivery extends Bus {
  /** Hands the event to every matching rule's targets and to the observers. */
  accept(busName: string, event: Json): Promise<void>;
}

export function createBus(model: LocalModel, deliver: Deliver): BusDelivery {
  const observers = new Set<{ pattern: EventPattern; fn: (event: Json, busName: string) => void }>();

  const deliverRule = async (rule: LocalRule, event: Json): Promise<void> => {
    for (const target of rule.targets) {
      const input = inputOf(target, event);
      if (target.arn.includes(':lambda:')) {
        deliver.toFunction(target.arn, isRecord(input) ? input : {});
      } else if (target.arn.includes(':sqs:')) {
        await deliver.toQueue({
          service: 'events.amazonaws.com',
          sourceArn: rule.arn,
          queueArn: target.arn,
          deadLetterArn: target.deadLetterArn,
          message: { MessageBody: typeof input === 'string' ? input : queueJson(input) },
        });
      } else if (!target.arn.includes(':logs:')) {
        throw new Error(`rule ${rule.name}: the local stack cannot deliver to ${target.arn}`);
      }
    }
  };

  return {
    subscribe(pattern, fn) {
      const observer = { pattern, fn };
      observers.add(observer);
      return () => observers.delete(observer);
    },
    async accept(busName, event) {
      for (const rule of model.rules) {
        if (rule.busName !== busName || !rule.eventPattern || !matchesPattern(rule.eventPattern, event))
          continue;
        await deliverRule(rule, event);
      }
      for (const { pattern, fn } of observers) if (matchesPattern(pattern, event)) fn(event, busName);
    },
  };
}

/** The whole envelope, a part of it (`$.detail.a`), or the constant the rule names. */
function inputOf({ input, inputPath }: LocalRule['targets'][number], event: Json): unknown {
  if (input !== undefined) return JSON.parse(input);
  if (inputPath === undefined || inputPath === '$') return event;
  return inputPath
    .replace(/^\$\./, '')
    .split('.')
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), event);
}
