import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Details, readDetails } from '../../infra/local/start/details.ts';
import { readSample } from '../../infra/local/start/sample.ts';

const launcher = fileURLToPath(new URL('../../infra/local/launch.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cardguard-start-'));
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly details: Details;
  readonly readyMs: number;
}

/** Runs `npm start`'s program until it says what we wait for. */
async function start(args: readonly string[], until: RegExp): Promise<Running> {
  const begunAt = Date.now();
  const child = spawn(process.execPath, [launcher, 'start', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  let readyMs = 0;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (readyMs === 0 && said.includes('Ready:')) readyMs = Date.now() - begunAt;
    });
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${said}`);
    return until.test(said) ? true : undefined;
  }, 90_000);
  const details = readDetails(folder);
  if (details === undefined) throw new Error(`no local.json: ${said}`);
  return { child, said: () => said, details, readyMs };
}

/** Ends it as Ctrl-C does; its exit code, and which of its processes are left. */
async function interrupt({ child }: Running) {
  const family = descendants(child.pid ?? 0);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const code = await exit;
  return { code, family, left: family.filter((pid) => existsSync(`/proc/${pid}`)) };
}

function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}

async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 15_000,
): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > giveUpAt) throw new Error(`not within ${timeoutMs} ms: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function get<Schema extends z.ZodType>(url: string, schema: Schema, token?: string) {
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers });
  return schema.parse(await response.json());
}

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const command = async (...args: string[]) => {
  const run = promisify(execFile)(process.execPath, [launcher, ...args]);
  return run.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  );
};

const messagesSchema = z.object({ messages: z.array(z.object({ direction: z.string(), text: z.string() })) });
const cardsSchema = z.object({ cards: z.array(z.object({ cardToken: z.string(), state: z.string() })) });
const queueSchema = z.object({
  tickets: z.array(z.object({ cardToken: z.string(), priority: z.string(), status: z.string() })),
});
const statusSchema = z.object({ quiet: z.boolean(), sinceStart: z.record(z.string(), z.number()) });

const emma = '+12025550123';
const stolen = {
  schemaVersion: 1,
  transactionId: 'test-stolen-1',
  cardToken: 'card-emma-3306',
  cardholderId: 'cust-emma-wilson',
  accountOwnerId: 'cust-emma-wilson',
  outcome: 'approved',
  amount: { minor: 129_900, currency: 'USD' },
  billing: { minor: 935_280, currency: 'CNY', rate: '7.2' },
  merchant: { id: 'm-1', name: 'SNEAKER VAULT', mcc: '5661', country: 'US' },
  entryMode: 'ecommerce',
  recurring: false,
  merchantInitiated: false,
};

async function putAsBank({ details }: Running, type: string, detail: object): Promise<void> {
  const { url: endpoint, region, busName, credentials } = details;
  const client = new EventBridgeClient({ endpoint, region, credentials: credentials.bank });
  const entry = {
    EventBusName: busName,
    Source: 'bank.cards',
    DetailType: type,
    Detail: JSON.stringify(detail),
  };
  await client.send(new PutEventsCommand({ Entries: [entry] }));
  client.destroy();
}

/** Purchases of the night that screening is to take for this. */
const nightOf = (outcome: 'clear' | 'alert' | 'freeze'): number =>
  readSample().night.filter(
    (line) => line['detail-type'] === 'TransactionAuthorized' && (line.expect ?? 'clear') === outcome,
  ).length;

describe('npm start', () => {
  let running: Running;

  test('starts, plays the sample night and tells what was seen', async () => {
    running = await start(['--port', '0', '--state', folder], /What happens from now on/);
    const said = running.said();
    for (const expected of [
      /screened +4417 张伟 +USD 1,299\.00 GOLDEN GATE ELECTRONICS \(US\) → FREEZE/,
      /screened +4417 张伟 .*→ FREEZE, joins FR-/,
      /frozen +4417 张伟 +hold \(fraud\) written/,
      /confirmed +4417 张伟 +the issuer froze the card/,
      /texted +\+8613800010001 +【示例银行】尾号4417的卡已冻结/,
      /answered +\+8613800010001 +不是我/,
      /ticket +4417 张伟 +FR-\w{8} queued, P1, not mine/,
      /screened +8823 Emma Wilson +CNY 2,888\.00 .*→ ASK/,
      /ticket +8823 Emma Wilson +FR-\w{8} resolved, P3, genuine/,
      /understood .*as "mine": a claim only/,
      /not texted .*landline/,
      /ticket +0915 王芳 +FR-\w{8} queued, P1, undeliverable/,
      /quarantined .*unknown currency/,
      /reversed +2058 陈志明 .*noted on the ticket/,
      `${nightOf('clear')} cleared, ${nightOf('alert')} asked about, ${nightOf('freeze')} frozen; 1 repeated, 1 in quarantine`,
    ])
      expect(said).toMatch(expected);
    expect(said).not.toMatch(/trouble/);
    // The figure to reach is 15 s on an idle machine; here others may be at work.
    expect(running.readyMs).toBeLessThan(40_000);
  }, 120_000);

  test('serves the page under its own policy, once it is built, and signs in whom one chooses', async () => {
    const { details, said } = running;
    expect(said()).toContain(`customer      ${details.pageUrl}`);
    expect(said()).toContain(`desk          ${details.deskUrl}`);
    const page = await eventually(async () => {
      const answer = await fetch(`${details.url}/`);
      return answer.status === 503 ? undefined : answer;
    }, 60_000);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/<script type="module"[^>]* src="\/assets\/index-/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const signIn = await post(`${details.url}/local/sign-in`, { side: 'customers', subject: 'zhang-wei' });
    const { accessToken } = z.object({ accessToken: z.string() }).parse(await signIn.json());
    expect((await get(`${details.apiUrl}/cards`, cardsSchema, accessToken)).cards).toHaveLength(1);
    expect(
      (await post(`${details.url}/local/sign-in`, { side: 'agents', subject: 'zhang-wei' })).status,
    ).toBe(400);
  });

  test('a purchase put by the bank freezes the card, and its holder is texted', async () => {
    const { details } = running;
    await putAsBank(running, 'TransactionAuthorized', { ...stolen, occurredAt: new Date().toISOString() });
    const token = details.tokens.customers['emma-wilson'];
    const frozen = await eventually(async () => {
      const { cards } = await get(`${details.apiUrl}/cards`, cardsSchema, token);
      return cards.find(({ cardToken, state }) => cardToken === stolen.cardToken && state === 'frozen');
    });
    expect(frozen.state).toBe('frozen');
    const text = await eventually(async () => {
      const { messages } = await get(`${details.phoneUrl}/${emma}`, messagesSchema);
      return messages.findLast(
        ({ direction, text }) => direction === 'in' && text.includes('Card 3306 is frozen'),
      );
    });
    expect(text.text).toMatch(/SNEAKER VAULT.*= not mine/);
  });

  test('"2" from the phone puts the ticket into the queue at P1, where an agent sees it', async () => {
    const { details } = running;
    expect((await post(`${details.phoneUrl}/${emma}/replies`, { text: '2' })).status).toBe(202);
    const ticket = await eventually(async () => {
      const { tickets } = await get(
        `${details.apiUrl}/agent/queue`,
        queueSchema,
        details.tokens.agents['agent-lin'],
      );
      return tickets.find(({ cardToken }) => cardToken === stolen.cardToken);
    });
    expect(ticket).toMatchObject({ priority: 'P1', status: 'queued' });
  });

  test('phones and injector work from the command line, and say what is wrong', async () => {
    expect((await command('phone', '--stack', folder, 'list')).said).toMatch(/\+85251234567 +陈志明, 陈美玲/);
    const answered = await command('phone', '--stack', folder, 'answer', '4567', '不是我');
    expect(answered.said).toMatch(/← 不是我\n.*→ 【示例银行】已记录非本人交易/);
    const injected = await command('inject', '--stack', folder, '--card', '7741', '--amount', '12.5');
    expect(injected.said).toMatch(/^try-[-\w]+: cleared\n$/);
    const file = await command('inject', '--stack', folder, join(folder, 'try', 'large-purchase.json'));
    expect(file.said).toMatch(/asked about, ticket FR-/);
    expect(await command('inject', '--stack', folder, '--card', '1', '--amount', '2')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/no card 0001.*Known: 4417 张伟/),
    });
    expect(await command('phone', '--stack', join(folder, 'none'), 'list')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/No local stack runs here.*\n.*npm start/),
    });
    expect((await command('phone', '--help')).said).toMatch(/answer NUMBER TEXT/);
  });

  test('the pages refuse what another web page could send', async () => {
    const { details } = running;
    const form = await fetch(details.injectorUrl, { method: 'POST', body: '{}' });
    expect(form.status).toBe(415);
    expect((await post(details.injectorUrl, { card: '4417' })).status).toBe(400);
    expect((await post(`${details.phoneUrl}/nobody/replies`, { text: '2' })).status).toBe(400);
    expect((await fetch(`${details.url}/local/nothing`)).status).toBe(404);
  });

  test('tells how things stand', async () => {
    const status = await eventually(async () => {
      const found = await get(running.details.statusUrl, statusSchema);
      return found.quiet ? found : undefined;
    });
    expect(status.sinceStart).toMatchObject({ quarantined: 1, troubles: 0 });
  });

  test('a second one is told that the port, or the state, is taken', async () => {
    const port = new URL(running.details.url).port;
    expect(await command('start', '--port', port)).toMatchObject({
      code: 1,
      said: expect.stringMatching(new RegExp(`Port ${port} is taken`)),
    });
    expect(await command('start', '--port', '0', '--state', folder)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/Another local stack uses/),
    });
    expect(await command('start', '--nigth')).toMatchObject({
      code: 2,
      said: expect.stringMatching(/'--nigth'/),
    });
  });

  test('Ctrl-C ends it and everything it started', async () => {
    const ended = await interrupt(running);
    expect(ended.family.length).toBeGreaterThan(0);
    expect(ended).toMatchObject({ code: 0, left: [] });
    expect(running.said()).toMatch(/Stopped\.\n$/);
    expect(existsSync(join(folder, 'local.json'))).toBe(false);
  });

  test('with the same state it goes on where it was, without a second night', async () => {
    running = await start(['--port', '0', '--state', folder, '--quiet'], /function logs/);
    const { details } = running;
    const { tickets } = await get(
      `${details.apiUrl}/agent/queue`,
      queueSchema,
      details.tokens.agents['agent-lin'],
    );
    expect(tickets.map(({ cardToken }) => cardToken)).toContain(stolen.cardToken);
    expect(running.said()).not.toMatch(/screened|What happens/);
    expect(await interrupt(running)).toMatchObject({ code: 0, left: [] });
  }, 60_000);
});
