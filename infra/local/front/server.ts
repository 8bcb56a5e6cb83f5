import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import type { Ending, IncomingCall, Pipeline } from './pipeline.ts';
import { presignedOf } from './presigned.ts';
import type { BucketCors } from './s3-cors.ts';
import { writeS3Error } from './s3-wire.ts';
import { signatureOf } from './wire.ts';

export type OtherHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface FrontServer {
  readonly port: number;
  close(): Promise<void>;
}

/** One port for everything: signed requests are AWS calls, the rest is the host's. */
export async function listen(options: {
  port: number;
  pipeline: Pipeline;
  cors: BucketCors;
  other: OtherHandler;
}): Promise<FrontServer> {
  const { cors } = options;
  const server = createServer({ noDelay: true }, (request, response) => {
    const signature = signatureOf(request.headers.authorization);
    if (signature) return void answer(options, { signature }, request, response);
    // A page asks first whether it may follow a signed address.
    const presigned = request.method === 'OPTIONS' ? undefined : presignedOf(request.url);
    if (presigned) return void answer(options, { signature: presigned, presigned: true }, request, response);
    if (!cors.isBucket(request.url ?? '')) return options.other(request, response);
    ofBucket(cors, request, response);
  });
  // An SDK reuses connections: closing idle ones would break a request that is just being sent.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the front has no port');
  return { port: address.port, close: () => close(server) };
}

/** A page asks whether it may; anything else without a signature is nobody's. */
function ofBucket(cors: BucketCors, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const may = request.method === 'OPTIONS' ? cors.preflight(request.url ?? '', request.headers) : undefined;
  if (may !== undefined) return void response.writeHead(200, may).end();
  const refused = writeS3Error(new AwsError({ code: 'AccessDenied', status: 403, message: 'Access Denied' }));
  response.writeHead(refused.status, refused.headers).end(refused.body);
}

type Signed = Pick<IncomingCall, 'signature' | 'presigned'>;

async function answer(
  { pipeline, cors }: { pipeline: Pipeline; cors: BucketCors },
  signed: Signed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const bytes = await read(request);
    const ending = await pipeline({
      headers: request.headers,
      ...signed,
      line: `${request.method} ${request.url?.split('?')[0]}`,
      body: signed.signature.service === 's3' ? '' : bytes.toString(),
      bytes,
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      requestBytes: bytes.length,
      gone: gone.signal,
    });
    const { service } = signed.signature;
    const forPages =
      service === 's3' ? cors.headersFor(request.url ?? '', request.method ?? '', request.headers) : {};
    write(ending, response, forPages);
  } catch {
    // The caller broke off while sending: there is nobody to answer.
    response.destroy();
  }
}

function read(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function write(ending: Ending, response: ServerResponse, forPages: Readonly<Record<string, string>>): void {
  if (ending.kind === 'break') response.socket?.destroy();
  if (ending.kind !== 'answer') return;
  const { status, headers, body } = ending.answer;
  // A HEAD says how long the body would be.
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers, ...forPages });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
