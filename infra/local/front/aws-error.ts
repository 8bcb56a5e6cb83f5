import type { Json } from './json.ts';

/** An error in the words of AWS: it goes to the caller as the service's own wire error. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error's body, e.g. CancellationReasons. */
  readonly members: Json;
  /** Code in the Query protocol (and SQS' `x-amzn-query-error` header) where it differs. */
  readonly queryCode: string;

  constructor(options: {
    code: string;
    message: string;
    status?: number;
    members?: Json;
    queryCode?: string;
  }) {
    super(options.message);
    this.name = 'AwsError';
    this.code = options.code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.queryCode = options.queryCode ?? options.code;
  }
}

export function unknownAction(service: string, action: string): AwsError {
  return new AwsError({
    code: 'UnknownOperationException',
    queryCode: 'InvalidAction',
    message: `The local stack does not answer ${service}:${action}. Add it in infra/local/front, or call AWS itself.`,
  });
}

export function unknownService(service: string, action: string): AwsError {
  return new AwsError({
    code: 'UnknownOperationException',
    queryCode: 'InvalidAction',
    message: `The local stack has no service "${service}" (asked for ${action}).`,
  });
}
