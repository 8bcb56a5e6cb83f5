import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { verifyExport } from '../../functions/ticket/export-file.ts';
import { totpOf } from '../../functions/verification/totp.ts';
import { chromiumPath, hindrances, launch, open, picture, type Started, startStack } from './browser.ts';

/**
 * D5 in a real browser: a card is frozen over a purchase that was its owner's. He enrols an authenticator, vouched for by
 * two of staff, with it a passkey of his machine, and lifts the freeze with that passkey and a code.
 */
const PHONE = '+8613800010001';
const SLOW = { timeout: 90_000 };
const textsSchema = z.object({ messages: z.array(z.object({ direction: z.string(), text: z.string() })) });
const ticketsSchema = z.object({ tickets: z.array(z.object({ number: z.string(), status: z.string() })) });

if (chromiumPath === undefined)
  console.warn('Passkeys in the browser are skipped: no Chromium here (CHROMIUM_PATH names one elsewhere).');

describe.skipIf(chromiumPath === undefined)('a passkey and an authenticator in a browser', () => {
  let stack: Started;
  let browser: Browser;
  let zhang: Page;
  let agent: Page;
  let number = '';
  let secret = '';
  const faults: string[][] = [];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launch()]);
    const his = await open(browser, stack.details.pageUrl, { language: 'en' });
    const theirs = await open(browser, stack.details.deskUrl, { language: 'en' });
    [zhang, agent] = [his.page, theirs.page];
    faults.push(his.faults, theirs.faults);
    await withAuthenticator(await zhang.context().newCDPSession(zhang));
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  const press = (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click(SLOW);
  const halfDone = () => zhang.getByText('1 of 2 ways done', { exact: true });
  const ownTickets = async () => {
    const headers = { authorization: `Bearer ${stack.details.tokens.customers['zhang-wei']}` };
    const response = await fetch(`${stack.details.url}/tickets`, { headers });
    return ticketsSchema.parse(await response.json()).tickets;
  };
  const codeFromPhone = async (): Promise<string> => {
    const path = `${stack.details.url}/local/phone/${encodeURIComponent(PHONE)}`;
    const { messages } = textsSchema.parse(await (await fetch(path)).json());
    return messages.map(({ text }) => /\b\d{8}\b/.exec(text)?.[0]).findLast((code) => code) ?? '';
  };
  const submit = async (label: RegExp, digits: string): Promise<void> => {
    await zhang.getByLabel(label).fill(digits);
    await zhang.keyboard.press('Enter');
  };
  const proveByCode = async (): Promise<void> => {
    const before = await codeFromPhone();
    await press(zhang, /^Send a code$/);
    await expect.poll(codeFromPhone, SLOW).not.toBe(before);
    await submit(/8-digit code/, await codeFromPhone());
  };
  /** Of each 30 seconds one password counts, once; the next is taken early, as a clock may be that far ahead. */
  let spent = 0;
  const totp = async (): Promise<string> => {
    const step = () => Math.floor(Date.now() / 30_000);
    spent = Math.max(spent + 1, step());
    await expect.poll(step, SLOW).toBeGreaterThanOrEqual(spent - 1);
    return totpOf(secret).generate({ timestamp: spent * 30_000 });
  };
  /** No more codes come by text for this incident: three were sent. */
  const proveByPasskeyAndTotp = async (): Promise<void> => {
    await press(zhang, /Use a passkey/);
    await halfDone().waitFor(SLOW);
    await submit(/8 digits of your authenticator/, await totp());
  };

  test('a purchase abroad freezes his card and asks him; an agent takes the ticket', async () => {
    await press(zhang, /张伟/);
    await zhang.getByText('4417').first().waitFor(SLOW);
    const purchase = {
      ...{ card: '4417', amount: '1299', currency: 'USD', merchant: 'SNEAKER VAULT NYC', country: 'US' },
      ...{ mcc: '5661', entryMode: 'ecommerce', deviceId: 'browser-d0c5' },
    };
    await fetch(`${stack.details.url}/local/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(purchase),
    });
    await zhang.getByRole('button', { name: 'It was me' }).waitFor(SLOW);
    number = (await ownTickets())[0]?.number ?? '';
    expect(number).toMatch(/^FR-/);
    await press(agent, /Lin Yue/);
    await agent.getByText('Queue').first().waitFor(SLOW);
    await agent.goto(`${stack.details.deskUrl}#/ticket/${number}`);
    await press(agent, /^Claim$/);
    await agent.locator('[data-status="in_progress"]').first().waitFor(SLOW);
  }, 300_000);

  test('he enrols an authenticator: a code, two of staff, then its own eight digits', async () => {
    await zhang.goto(`${stack.details.pageUrl}#/me`);
    await press(zhang, /Set up an authenticator/);
    await proveByCode();
    await halfDone().waitFor(SLOW);
    await agent.getByRole('textbox', { name: 'Reason' }).fill('Identified by passport at the counter', SLOW);
    await press(agent, /^Vouch$/);
    await agent.getByText('another agent has to approve').waitFor(SLOW);
    expect(await halfDone().count()).toBe(1);
    const other = await open(browser, `${stack.details.deskUrl}#/approvals`, { language: 'en' });
    await press(other.page, /Tan Li/);
    await press(other.page, /^Approve$/);
    await other.page.getByText('Nothing waits for approval').waitFor(SLOW);
    faults.push(other.faults);
    await other.page.context().close();
    await zhang.getByText('Verified').first().waitFor(SLOW);
    await press(zhang, /Set up an authenticator/);
    secret = (await zhang.locator('code').first().textContent(SLOW)) ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    await submit(/8 digits of your authenticator/, await totp());
    await zhang.getByText('Enrolled', { exact: true }).first().waitFor(SLOW);
  }, 400_000);

  test('he enrols a passkey of this machine, by the authenticator and a code', async () => {
    await press(zhang, /Enrol this device/);
    await zhang.getByLabel('Give it a name').fill('Laptop');
    await proveByCode();
    await halfDone().waitFor(SLOW);
    await submit(/8 digits of your authenticator/, await totp());
    await zhang.getByText('Verified').first().waitFor(SLOW);
    await press(zhang, /Enrol this device/);
    await zhang.getByRole('button', { name: 'Remove: Laptop' }).waitFor(SLOW);
    await picture(zhang, 'passkey-enrolled');
    expect(await hindrances(zhang)).toEqual([]);
  }, 300_000);

  test('it was him: with passkey and code the freeze is lifted, and with one of them it is not', async () => {
    await zhang.goto(`${stack.details.pageUrl}#/home`);
    await press(zhang, /^It was me$/);
    await press(zhang, /Use a passkey/);
    await halfDone().waitFor(SLOW);
    expect(await zhang.getByRole('button', { name: 'Unfreeze now' }).count()).toBe(0);
    const person = zhang.getByRole('link', { name: 'Ask for a person' });
    expect(await person.getAttribute('href')).toBe(`#/ticket/${number}`);
    await picture(zhang, 'passkey-one-of-two');
    expect(await hindrances(zhang)).toEqual([]);
    await proveByCode();
    await press(zhang, /^Unfreeze now$/);
    await zhang.getByText('The freeze is lifted').waitFor(SLOW);
    await zhang.goto(`${stack.details.pageUrl}#/home`);
    await zhang.getByText('Active', { exact: true }).waitFor(SLOW);
  }, 300_000);

  test('he saves the ticket as a file, after two proofs; the checker finds it whole (D11)', async () => {
    await zhang.goto(`${stack.details.pageUrl}#/ticket/${number}`);
    await zhang.getByRole('link', { name: 'Save the ticket as a file' }).click(SLOW);
    await proveByPasskeyAndTotp();
    const saving = zhang.waitForEvent('download', SLOW);
    await press(zhang, /^Download the file$/);
    const saved = await saving;
    expect(saved.suggestedFilename()).toContain(number);
    const checked = verifyExport(readFileSync(await saved.path(), 'utf8'));
    expect(checked).toMatchObject({ intact: true, ticketNumber: number });
    await zhang.getByText('Downloaded:').waitFor(SLOW);
    expect(await hindrances(zhang)).toEqual([]);
  }, 300_000);

  test('a lost card he asks to have closed and replaced; the desk sees the wish (D14)', async () => {
    await zhang.goto(`${stack.details.pageUrl}#/home`);
    await press(zhang, /^Report lost$/);
    await zhang.getByRole('dialog').getByRole('button', { name: 'Report lost' }).click(SLOW);
    await zhang.waitForURL(/#\/ticket\//, SLOW);
    await zhang.goto(`${stack.details.pageUrl}#/home`);
    await zhang.getByRole('link', { name: 'Close and replace' }).click(SLOW);
    await proveByPasskeyAndTotp();
    await press(zhang, /^Ask to close and replace it$/);
    await zhang.getByText('We have your wish for another card').waitFor(SLOW);
    // One incident, one ticket: the agent who has it in hand sees it (D2).
    await agent.getByText('Another card asked for').first().waitFor(SLOW);
    expect(faults.flat()).toEqual([]);
  }, 300_000);
});

/** A platform authenticator as laptops have it, whose owner is always there and always known. */
async function withAuthenticator(session: CDPSession): Promise<void> {
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal' },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
}
