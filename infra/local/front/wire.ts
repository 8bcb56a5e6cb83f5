import { randomUUID } from 'node:crypto';
import type { Protocol } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { connectActions } from './connect.ts';
import { isRecord, type Json, parseRecord } from './json.ts';
import { parseQuery } from './query.ts';
import { readS3, type S3Request, writeS3Error } from './s3-wire.ts';
import { sesActions } from './ses.ts';

/** What the headers and body say, before anything is known about the caller or the service. */
export interface WireRequest {
  readonly accessKeyId: string;
  readonly service: string;
  readonly action: string;
  readonly protocol: Protocol;
  readonly streams: boolean;
  readonly input: Json;
  readonly s3?: S3Request;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** REST services name the action by method and path. */
const rest: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ses: sesActions,
  connect: connectActions,
};

/** `Credential=<key>/<date>/<region>/<service>/aws4_request` of a SigV4 Authorization header. */
const credential = /Credential=([^/,\s]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

export function signatureOf(
  authorization: string | undefined,
): { accessKeyId: string; service: string } | undefined {
  const match = authorization?.startsWith('AWS4-') ? credential.exec(authorization) : null;
  return match?.[1] && match[2] ? { accessKeyId: match[1], service: match[2] } : undefined;
}

export function readWire(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  signature: { accessKeyId: string; service: string },
  incoming: { line: string; body: string; bytes: Buffer; method: string; url: string },
): WireRequest {
  const { line, body } = incoming;
  if (signature.service === 's3') {
    const s3 = readS3({ ...incoming, headers });
    return { ...signature, action: s3.action, protocol: 'rest-xml', streams: false, input: {}, s3 };
  }
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', action = ''] = target.split('.');
    const input = body === '' ? {} : parseRecord(body);
    const json11 = String(headers['content-type']).includes('json-1.1');
    const protocol = json11 ? 'json-1.1' : 'json-1.0';
    const streams = prefix.startsWith('DynamoDBStreams');
    if (!input) {
      throw new AwsError({
        code: 'SerializationException',
        message: `The body of ${action} is not a JSON object`,
      });
    }
    return { ...signature, action, protocol, streams, input };
  }
  const restActions = rest[signature.service];
  if (restActions !== undefined) {
    const action = restActions[line.split('?')[0] ?? line] ?? line;
    const input = body === '' ? {} : parseRecord(body);
    if (!input)
      throw new AwsError({ code: 'BadRequestException', message: `The body of ${action} is not JSON` });
    return { ...signature, action, protocol: 'rest-json', streams: false, input };
  }
  const { Action, Version: _version, ...input } = parseQuery(body);
  return { ...signature, action: String(Action ?? line), protocol: 'query', streams: false, input };
}

export function writeAnswer(
  request: Pick<WireRequest, 'protocol' | 'service' | 'action'>,
  output: Json,
): WireAnswer {
  const id = randomUUID();
  if (request.protocol !== 'query') {
    return { status: 200, headers: jsonHeaders(request.protocol, id), body: JSON.stringify(output) };
  }
  const flat = request.service === 'sqs';
  const body = `<${request.action}Response><${request.action}Result>${xmlMembers(output, flat)}</${request.action}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${request.action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': id }, body };
}

/** Namespaces of `__type`; botocore and the SDKs read only what follows the `#`. */
const namespaces: Readonly<Record<string, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
};

export function writeError(request: Pick<WireRequest, 'protocol' | 'service'>, error: AwsError): WireAnswer {
  if (request.service === 's3') return writeS3Error(error);
  const id = randomUUID();
  const fault = error.status >= 500 ? 'Receiver' : 'Sender';
  if (request.protocol === 'query') {
    const body = `<ErrorResponse><Error><Type>${fault}</Type><Code>${escapeXml(error.queryCode)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`;
    return { status: error.status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': id }, body };
  }
  const namespace = error.code === 'AccessDeniedException' ? 'com.amazon.coral.service#' : undefined;
  const type = `${namespace ?? namespaces[request.service] ?? ''}${error.code}`;
  const headers: Record<string, string> = { ...jsonHeaders(request.protocol, id), 'x-amzn-errortype': type };
  if (request.service === 'sqs') headers['x-amzn-query-error'] = `${error.queryCode};${fault}`;
  const body = JSON.stringify({
    __type: type,
    message: error.message,
    Message: error.message,
    ...error.members,
  });
  return { status: error.status, headers, body };
}

function jsonHeaders(protocol: Protocol, id: string): Record<string, string> {
  const type = protocol === 'rest-json' ? 'application/json' : `application/x-amz-${protocol}`;
  return { 'content-type': type, 'x-amzn-requestid': id };
}

/** Members of an output as XML; lists are `<member>`s, or repeated (SQS, maps), by the service's habit. */
function xmlMembers(value: Json, flat: boolean): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => xmlElement(name, member, flat))
    .join('');
}

function xmlElement(name: string, value: unknown, flat: boolean): string {
  if (Array.isArray(value)) {
    if (flat || name === 'entry') return value.map((item) => xmlElement(name, item, flat)).join('');
    return `<${name}>${value.map((item) => xmlElement('member', item, flat)).join('')}</${name}>`;
  }
  return `<${name}>${isRecord(value) ? xmlMembers(value, flat) : escapeXml(String(value))}</${name}>`;
}

/** A map of the Query protocol: `<entry><key/><value/></entry>` once per member. */
export function xmlMap(map: Json): Json {
  return { entry: Object.entries(map).map(([key, value]) => ({ key, value })) };
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}
