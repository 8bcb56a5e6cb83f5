import { buildApp } from 'fauxqs';
import { AwsError } from './aws-error.ts';
import { type Json, parseRecord, textOf } from './json.ts';

/** The embedded SQS (fauxqs), called in process: it listens on no port. */
export interface QueueBackend {
  call(action: string, input: Json): Promise<Json>;
  close(): Promise<void>;
}

/** fauxqs knows one account. */
export const backendAccount = '000000000000';

export async function startQueueBackend(region: string): Promise<QueueBackend> {
  const app = buildApp({ logger: false, defaultRegion: region });
  await app.ready();
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    async call(action, input) {
      const response = await app.inject({
        method: 'POST',
        url: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AmazonSQS.${action}`,
          authorization,
        },
        payload: JSON.stringify(input),
      });
      const answer = response.body === '' ? {} : (parseRecord(response.body) ?? {});
      if (response.statusCode < 400) return answer;
      const queryCode = response.headers['x-amzn-query-error'];
      throw new AwsError({
        code: textOf(answer.__type)?.split('#').at(-1) ?? 'InternalFailure',
        queryCode: typeof queryCode === 'string' ? queryCode.split(';')[0] : undefined,
        message: textOf(answer.message) ?? response.body,
        status: response.statusCode,
      });
    },
    close: () => app.close(),
  };
}
