import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type ProblemName, problems, problemType } from '../../../functions/api/problems.ts';
import { pageHeaders } from '../../../infra/page-headers.ts';
import { holdToContract } from '../../support/contract.ts';

/** How one address answers: a body, a problem of the API, never, or not at all. */
export type Given = { readonly [field: string]: unknown } | Problem | 'pending' | 'offline';
interface Problem {
  readonly problem: ProblemName;
  readonly detail?: object;
}
const isProblem = (given: object): given is Problem => 'problem' in given;

/** `GET /live` → how it answers; what is not named does not answer, and the test says so. */
export type Answers = Readonly<Record<string, Given>>;

/** One thing a page can look like. */
export interface State {
  readonly name: string;
  readonly hash?: string;
  readonly answers: Answers;
  /** What `config.json` says beside the usual. */
  readonly config?: object;
  /** Nobody is signed in. */
  readonly signedOut?: true;
  readonly groups?: readonly string[];
  /** A word that stands there when it shows what it should, in both languages. */
  readonly shows: RegExp;
  /** What a person does until it looks like this. */
  readonly steps?: (page: Page) => Promise<void>;
}

export type Side = 'customers' | 'agents';
export interface Look {
  readonly language: 'zh-CN' | 'en';
  readonly dark: boolean;
  readonly width: 390 | 1280 | 1440;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const config = {
  api: '/api',
  bank: { 'zh-CN': '示例银行', en: 'Example Bank' },
  zone: 'Asia/Shanghai',
  local: false,
};

/** The pages as built, before an API that answers as the state says. */
export interface Scene {
  readonly url: string;
  /** What went wrong since, e.g. a request the state says nothing of. */
  begin(state: State): readonly string[];
  stop(): Promise<void>;
}

export async function startScene(folder: string): Promise<Scene> {
  let state: State | undefined;
  let faults: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/config.json') json(response, 200, { ...config, ...state?.config });
    else if (pathname.startsWith('/api/') || pathname.startsWith('/local/'))
      answerBy(
        state,
        { method: request.method ?? 'GET', path: pathname.replace(/^\/api/, '') },
        response,
        faults,
      );
    else sendFile(folder, pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    // Passkeys are for names, not for addresses.
    url: `http://localhost:${address.port}`,
    begin(next) {
      state = next;
      faults = [];
      return faults;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Assets keep their names' digests: a browser reads and compiles them once. */
function sendFile(folder: string, pathname: string, response: ServerResponse): void {
  const name = pathname === '/' ? 'index.html' : pathname === '/desk' ? 'desk.html' : pathname.slice(1);
  const path = join(folder, name);
  if (!existsSync(path)) return void response.writeHead(404).end();
  const caching = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const type = types[extname(path)] ?? 'application/octet-stream';
  response.writeHead(200, { ...pageHeaders(), 'content-type': type, 'cache-control': caching });
  response.end(readFileSync(path));
}

function answerBy(
  state: State | undefined,
  request: { method: string; path: string },
  response: ServerResponse,
  faults: string[],
): void {
  const name = request.path.startsWith('/local/') ? request.path : `${request.method} ${request.path}`;
  const given = state?.answers[name];
  if (given === 'pending') return;
  if (given === undefined) faults.push(`the state says nothing of ${name}`);
  if (given === undefined || given === 'offline') response.destroy();
  else if (isProblem(given)) {
    const { status, title } = problems[given.problem];
    json(response, status, { type: problemType(given.problem), title, status, ...given.detail });
  } else {
    holdFixture(faults, request, given);
    json(response, 200, given);
  }
}

/** What this test makes up is what the API may say, or the pictures show what never is. */
function holdFixture(faults: string[], request: { method: string; path: string }, of: object): void {
  try {
    holdToContract(request, 200, JSON.parse(JSON.stringify(of)));
  } catch (error) {
    faults.push(String(error));
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A window of one look, in which one state after the other is shown. */
export async function openWindow(browser: Browser, look: Look): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 390 ? 844 : 900 },
    locale: look.language,
    colorScheme: look.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: look.width === 390,
  });
  context.setDefaultTimeout(30_000);
  await context.addInitScript(`
    if (location.protocol !== 'about:') {
      sessionStorage.clear();
      const as = new URLSearchParams(location.search).get('as');
      if (as !== null) sessionStorage.setItem(JSON.parse(as).key, JSON.stringify(JSON.parse(as).tokens));
    }
  `);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security|React/.test(message.text()))
      faults.push(message.text());
  });
  return { page, faults };
}

/** Shows it; what was wrong with the requests that came meanwhile is added to the array that comes back. */
export async function show(
  page: Page,
  of: { scene: Scene; side: Side; state: State },
): Promise<readonly string[]> {
  const { scene, side, state } = of;
  await page.context().setOffline(false);
  // From nothing, so that nothing of the state before is left, nor asks on.
  await page.goto('about:blank');
  const faults = scene.begin(state);
  const as =
    state.signedOut === true ? '' : `?as=${encodeURIComponent(JSON.stringify(signedIn(side, state)))}`;
  await page.goto(`${scene.url}/${side === 'agents' ? 'desk' : ''}${as}${state.hash ?? ''}`);
  await state.steps?.(page);
  await page.getByText(new RegExp(state.shows, 'i')).filter({ visible: true }).first().waitFor();
  return faults;
}

function signedIn(side: Side, { groups = [] }: State): object {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'somebody', exp: Math.floor(Date.now() / 1000) + 36_000, 'cognito:groups': groups };
  const accessToken = `${part({ alg: 'none' })}.${part(claims)}.x`;
  const name = side === 'agents' ? 'Lin Yue' : '张伟';
  return { key: `cardguard.session.${side}`, tokens: { accessToken, name } };
}
