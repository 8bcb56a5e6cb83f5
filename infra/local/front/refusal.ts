import type { Refusal } from './authorise.ts';
import { AwsError } from './aws-error.ts';

/** The sentence AWS writes, which names the role, the action and the resource. */
export function refusalMessage(who: string, { action, resource, reason }: Refusal): string {
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** Each service's own refusal; behind a missing key permission some have a second one. */
export function refusalError(service: string, refusal: Refusal, message: string): AwsError {
  const byKey = refusal.action.startsWith('kms:') && service !== 'kms';
  if (service === 'sns') {
    return byKey
      ? new AwsError({ code: 'KMSAccessDenied', message })
      : new AwsError({ code: 'AuthorizationError', status: 403, message });
  }
  if (service === 'sqs') {
    return byKey
      ? new AwsError({ code: 'KmsAccessDenied', queryCode: 'KMS.AccessDeniedException', message })
      : new AwsError({ code: 'AccessDeniedException', queryCode: 'AccessDenied', status: 403, message });
  }
  if (service === 'cloudformation' || service === 'sts' || service === 's3')
    return new AwsError({ code: 'AccessDenied', status: 403, message });
  return new AwsError({ code: 'AccessDeniedException', message });
}
