import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpApi } from './http-api.ts';

/** The largest request the gateway takes. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void;
/** The body is read already. */
export type OtherHandler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** Answers Node's requests by the API, and what is none of its routes by another handler. */
export function serveHttp(api: HttpApi) {
  let other: OtherHandler = (_request, response) => notFound(response);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const found = await api({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(',')]),
      ),
      body,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    });
    if (found === undefined) {
      other(request, response, body);
      return;
    }
    for (const [name, value] of Object.entries(found.headers)) response.setHeader(name, value);
    response.statusCode = found.status;
    response.end(found.body);
  }

  return {
    handle(request: IncomingMessage, response: ServerResponse): void {
      // A caller that broke off, or sent too much, gets no answer.
      answer(request, response).catch(() => response.destroy());
    },
    handleOther(handler: OtherHandler): void {
      other = handler;
    },
  };
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
