import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Details, readDetails } from '../../infra/local/start/details.ts';

const launcher = fileURLToPath(new URL('../../infra/local/launch.js', import.meta.url));

/** The machine's own Chromium; a test that needs one says so and is skipped where there is none. */
export const chromiumPath = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Where pictures go: `CARDGUARD_SCREENSHOTS`, else a folder outside of the repository. */
export const pictures = process.env.CARDGUARD_SCREENSHOTS ?? join(tmpdir(), 'cardguard-screenshots');

export const launch = (): Promise<Browser> => {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};

export interface Look {
  readonly language?: 'zh-CN' | 'en';
  readonly dark?: boolean;
  readonly width?: number;
}

/** A browser of one's own, with how its owner likes the page. Faults of the page are kept. */
export async function open(
  browser: Browser,
  url: string,
  look: Look = {},
): Promise<{ page: Page; faults: string[] }> {
  const { language = 'zh-CN', dark = false, width = 1280 } = look;
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Minified React/.test(message.text()))
      faults.push(message.text());
  });
  await page.goto(url);
  return { page, faults };
}

export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

/** What axe finds that keeps people out: serious and critical, by WCAG 2.1 A and AA. */
export async function hindrances(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

export interface Started {
  readonly details: Details;
  stop(): Promise<void>;
}

/** One that runs already, by the folder of its `--state`: starting one takes longest of all. */
function runningStack(folder: string): Started {
  const details = readDetails(folder);
  if (details === undefined) throw new Error(`no stack runs in ${folder}`);
  return { details, stop: async () => undefined };
}

/** `npm start` without its sample night, once the page is built; or the one that `CARDGUARD_STACK` names. */
export async function startStack(): Promise<Started> {
  const { CARDGUARD_STACK } = process.env;
  if (CARDGUARD_STACK !== undefined) return runningStack(CARDGUARD_STACK);
  const folder = mkdtempSync(join(tmpdir(), 'cardguard-page-'));
  const child = spawn(process.execPath, [launcher, 'start', '--port', '0', '--no-night', '--state', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await saidBy(
    child,
    /The page: http[\s\S]*What happens from now on|What happens from now on[\s\S]*The page: http/,
  );
  const details = readDetails(folder);
  if (details === undefined) throw new Error('no local.json');
  return {
    details,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saidBy(child: ChildProcess, wanted: RegExp): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      said += chunk.toString();
      if (wanted.test(said)) resolve(said);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
}
