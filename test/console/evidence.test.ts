import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { chromiumPath, hindrances, launch, open, picture, type Started, startStack } from './browser.ts';

const SLOW = { timeout: 60_000 };
const PDF = Buffer.from('%PDF-1.7\na receipt of somewhere else\n%%EOF');
/** The harmless file every scanner takes for a virus, put together here, lest one finds it in this file. */
const INFECTED = Buffer.from(
  `%PDF-1.7\n${['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('')}`,
);

const reportedSchema = z.object({ ticket: z.object({ number: z.string() }) });
const transactionsSchema = z.object({ transactions: z.array(z.object({ transactionId: z.string() })) });

if (chromiumPath === undefined)
  console.warn('Papers in the browser are skipped: no Chromium here (CHROMIUM_PATH names one elsewhere).');

describe.skipIf(chromiumPath === undefined)('papers in two browsers (D9)', () => {
  let stack: Started;
  let browser: Browser;
  let customer: Page;
  let agent: Page;
  const faults: string[][] = [];
  let number = '';

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launch()]);
    number = await reportPurchase();
    const hers = await open(browser, stack.details.pageUrl, { language: 'zh-CN' });
    const theirs = await open(browser, stack.details.deskUrl, { language: 'en', width: 1440 });
    [customer, agent] = [hers.page, theirs.page];
    faults.push(hers.faults, theirs.faults);
    await customer.getByRole('button', { name: /张伟/ }).click();
    await customer.getByText('尾号 4417').first().waitFor(SLOW);
    await customer.goto(`${stack.details.pageUrl}#/ticket/${number}`);
    await agent.getByRole('button', { name: /Lin Yue/ }).click();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 30_000);

  /** He reports a purchase: what a paper may be about. The number of its ticket. */
  async function reportPurchase(): Promise<string> {
    const { url, tokens } = stack.details;
    const headers = {
      authorization: `Bearer ${tokens.customers['zhang-wei']}`,
      'content-type': 'application/json',
      'idempotency-key': 'papers-report',
    };
    const purchase = {
      card: '4417',
      amount: '46.50',
      currency: 'CNY',
      merchant: 'COFFEE LAB',
      country: 'CN',
    };
    const sent = { ...purchase, mcc: '5812', entryMode: 'contactless' };
    await fetch(`${url}/local/events`, { method: 'POST', headers, body: JSON.stringify(sent) });
    const listed = async () => {
      const path = `${url}/cards/card-zhang-4417/transactions`;
      const { transactions } = transactionsSchema.parse(await (await fetch(path, { headers })).json());
      return transactions[0]?.transactionId;
    };
    await vi.waitFor(async () => expect(await listed()).toBeDefined(), SLOW);
    const body = JSON.stringify({ cardToken: 'card-zhang-4417', transactionIds: [await listed()] });
    const reported = await fetch(`${url}/reports`, { method: 'POST', headers, body });
    return reportedSchema.parse(await reported.json()).ticket.number;
  }

  const choose = (name: string, buffer: Buffer, mimeType = 'application/pdf') =>
    customer.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer });

  test('a receipt is sent, checked and there to save; a text is refused at once, a virus after the check', async () => {
    await customer.getByText('还没有材料').waitFor(SLOW);
    await choose('notes.txt', Buffer.from('hello'), 'text/plain');
    await customer.getByText('不能上传这种文件').waitFor(SLOW);
    await customer.getByLabel('与哪笔交易有关').click();
    await customer.getByRole('option', { name: /COFFEE LAB/ }).click();
    await choose('收据.pdf', PDF);
    await customer.locator('[data-evidence="clean"]').waitFor(SLOW);
    const row = customer.locator('[data-evidence="clean"]');
    expect(await row.textContent()).toContain('COFFEE LAB · CNY 46.50');
    await picture(customer, 'papers-customer');
    expect(await hindrances(customer)).toEqual([]);
    const saving = customer.waitForEvent('download', SLOW);
    await customer.getByRole('button', { name: '下载 收据.pdf' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('收据.pdf');
    expect(readFileSync(await saved.path())).toEqual(PDF);
    await choose('kaputt.pdf', INFECTED);
    await customer.locator('[data-evidence="refused"]').waitFor(SLOW);
    await customer.getByText('安全检查未通过').waitFor(SLOW);
  }, 240_000);

  test('the desk reads it and asks for more; the customer is told', async () => {
    await agent.getByRole('button', { name: 'Take the next one' }).click();
    const paper = agent.locator('[data-evidence="clean"]');
    await paper.waitFor(SLOW);
    expect(await paper.textContent()).toContain('COFFEE LAB');
    await agent.getByRole('button', { name: 'Ask for papers' }).click();
    await agent.getByRole('dialog').getByRole('textbox').fill('请补充警方回执');
    await agent.getByRole('dialog').getByRole('button', { name: 'Ask for papers' }).click();
    await customer.getByText('我们需要您补充材料').waitFor(SLOW);
    await choose('回执.pdf', PDF);
    await agent.locator('[data-evidence="clean"]').nth(1).waitFor(SLOW);
    await agent.locator('[data-status="in_progress"]').first().waitFor(SLOW);
    await picture(agent, 'papers-desk');
    expect(await hindrances(agent)).toEqual([]);
    expect(faults.flat()).toEqual([]);
  }, 240_000);
});
