import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { assetsFolder, freshCache, lastingCache, pagePaths } from '../../page-files.ts';
import { pageHeaders } from '../../page-headers.ts';
import type { OtherHandler } from '../host/http-server.ts';
import type { LocalStack } from '../stack.ts';

const jsonType = 'application/json; charset=utf-8';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': jsonType,
};

interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  /** Named by its contents: never another. */
  readonly lasting: boolean;
}

interface Found {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const fresh = { 'cache-control': freshCache };
const lasting = { 'cache-control': lastingCache };

export interface LocalPage {
  /** Answers what is of the page, hands on the rest. */
  readonly before: (next: OtherHandler) => OtherHandler;
  /** The page is there. */
  readonly built: (folder: string) => void;
  readonly failed: (why: string) => void;
}

/** Serves the page as the distribution would, with the same headers; until it is built, says so. */
export function createLocalPage(stack: LocalStack, zone: string): LocalPage {
  let files: ReadonlyMap<string, PageFile> | undefined;
  let trouble: string | undefined;
  // On this machine the bucket is at the same port, by the other name of the machine.
  const connect = [...new Set(stack.model.functions.map(({ environment }) => originOf(environment)))];
  const headers = withoutTls(pageHeaders({ connect: connect.filter((origin) => origin !== undefined) }));
  const config = JSON.stringify(configOf(stack, zone));

  function find(name: string): Found | undefined {
    if (name === '/config.json') return { status: 200, type: jsonType, body: config, headers: fresh };
    const file = files?.get(name);
    if (file !== undefined) return { status: 200, ...file, headers: file.lasting ? lasting : fresh };
    if (files !== undefined || !name.endsWith('.html')) return undefined;
    const body = trouble ?? '页面正在构建，马上就好。 The page is being built; a moment, please.';
    const headers = trouble === undefined ? { ...fresh, refresh: '1' } : fresh;
    return { status: 503, type: 'text/plain; charset=utf-8', body, headers };
  }

  return {
    built: (folder) => {
      files = readFiles(folder);
    },
    failed: (why) => {
      trouble = why;
    },
    before: (next) => (request, response, body) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const reads = request.method === 'GET' || request.method === 'HEAD';
      const found = reads ? find(pagePaths[path] ?? path) : undefined;
      if (found === undefined) return next(request, response, body);
      response.writeHead(found.status, { ...headers, ...found.headers, 'content-type': found.type });
      response.end(request.method === 'HEAD' ? undefined : found.body);
    },
  };
}

/** Where files are sent to, as the functions sign it. */
function originOf({ EVIDENCE_ORIGIN: origin }: Readonly<Record<string, string>>): string | undefined {
  return origin === undefined ? undefined : new URL(origin).origin;
}

/** There is no TLS on this machine to insist on. */
function withoutTls({ 'strict-transport-security': _, ...headers }: Readonly<Record<string, string>>) {
  return headers;
}

function readFiles(folder: string): ReadonlyMap<string, PageFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return new Map(
    names.map((name) => [
      `/${name}`,
      {
        type: types[extname(name)] ?? 'application/octet-stream',
        body: readFileSync(join(folder, name)),
        lasting: name.startsWith(`${assetsFolder}/`),
      },
    ]),
  );
}

/** What the deployment writes beside the page, for this machine. */
function configOf({ model }: LocalStack, zone: string) {
  const find = (name: string) =>
    model.functions.find(({ environment }) => environment[name] !== undefined)?.environment[name];
  return {
    api: '',
    bank: { 'zh-CN': find('BANK_NAME_ZH') ?? '示例银行', en: find('BANK_NAME_EN') ?? 'Example Bank' },
    zone,
    local: true,
  };
}
