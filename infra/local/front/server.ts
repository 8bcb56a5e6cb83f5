import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Ending, Pipeline } from './pipeline.ts';
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
  other: OtherHandler;
}): Promise<FrontServer> {
  const server = createServer({ noDelay: true }, (request, response) => {
    const signature = signatureOf(request.headers.authorization);
    if (!signature) return options.other(request, response);
    void answer(options.pipeline, signature, request, response);
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

async function answer(
  pipeline: Pipeline,
  signature: { accessKeyId: string; service: string },
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
      signature,
      line: `${request.method} ${request.url?.split('?')[0]}`,
      body: bytes.toString(),
      requestBytes: bytes.length,
      gone: gone.signal,
    });
    write(ending, response);
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

function write(ending: Ending, response: ServerResponse): void {
  if (ending.kind === 'break') response.socket?.destroy();
  if (ending.kind !== 'answer') return;
  const { status, headers, body } = ending.answer;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
