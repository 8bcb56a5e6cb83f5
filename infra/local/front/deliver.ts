import type { LocalModel } from '../model.ts';
import type { Authoriser } from './authorise.ts';
import type { CallRecorder } from './calls.ts';
import type { Json } from './json.ts';
import { sendNeed } from './sqs.ts';
import type { Queues } from './sqs-queues.ts';

/** How SNS and the bus reach a queue or a function, under their own name and the policies of the target. */
export interface Deliver {
  /** False when a policy or key refused it (recorded among the refusals) and no dead-letter queue took it. */
  toQueue(options: {
    service: string;
    sourceArn: string;
    queueArn: string;
    deadLetterArn?: string;
    message: Json;
  }): Promise<boolean>;
  toFunction(functionArn: string, event: Json): void;
}

export function createDeliver(options: {
  model: LocalModel;
  queues: Queues;
  authoriser: Authoriser;
  calls: CallRecorder;
  onTarget: (arn: string, event: Json) => void;
}): Deliver {
  const { model, queues, authoriser, calls } = options;
  const byArn = new Map(model.queues.map((queue) => [queue.arn, queue]));

  const allowed = (service: string, sourceArn: string, queueArn: string): boolean => {
    const queue = byArn.get(queueArn);
    const refusal = queue
      ? authoriser.refuseService(service, { arn: sourceArn }, [sendNeed(queue)])
      : { action: 'sqs:SendMessage', resource: queueArn, reason: 'because there is no such queue' };
    if (!refusal) return true;
    const message = `${service} is not authorized to perform: ${refusal.action} on resource: ${refusal.resource} ${refusal.reason}`;
    calls.refused({ ...refusal, principal: service, message });
    return false;
  };

  return {
    async toQueue({ service, sourceArn, queueArn, deadLetterArn, message }) {
      for (const arn of deadLetterArn ? [queueArn, deadLetterArn] : [queueArn]) {
        const queue = byArn.get(arn);
        if (!allowed(service, sourceArn, arn) || !queue) continue;
        await queues.send(queue.name, message);
        return true;
      }
      return false;
    },
    toFunction: (functionArn, event) => options.onTarget(functionArn, event),
  };
}
