import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launch, open, type Started, startStack } from './browser.ts';

/** Two people who never touch a mouse: a customer reports, an agent takes, answers and concludes. */
const SLOW = { timeout: 90_000 };

describe.skipIf(chromiumPath === undefined)('by keyboard', () => {
  let stack: Started;
  let browser: Browser;
  let zhang: Page;
  let agent: Page;
  let number = '';
  const faults: string[][] = [];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launch()]);
    const hers = await open(browser, stack.details.pageUrl, { language: 'en', width: 1440 });
    const theirs = await open(browser, stack.details.deskUrl, { language: 'en', width: 1440 });
    [zhang, agent] = [hers.page, theirs.page];
    faults.push(hers.faults, theirs.faults);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  /** What has the focus, as one who cannot see is told. */
  const focused = (page: Page) => page.locator(':focus');
  /** Tab by tab to a control, which must be reachable, and seen to be reached. */
  async function tabTo(
    page: Page,
    role: 'button' | 'link' | 'tab' | 'textbox' | 'checkbox',
    name: RegExp,
    within: Page | Locator = page,
  ) {
    const wanted = within.getByRole(role, { name }).first();
    await wanted.waitFor(SLOW);
    for (let count = 0; count < 80; count += 1) {
      if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return wanted;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${role} ${name}`);
  }
  const press = async (page: Page, name: RegExp, role: 'button' | 'link' | 'tab' = 'button') => {
    await tabTo(page, role, name);
    await page.keyboard.press('Enter');
  };
  const write = async (page: Page, name: RegExp, text: string) => {
    await tabTo(page, 'textbox', name);
    await page.keyboard.type(text);
  };

  test('the first stop of the Tab key is a way past the bar, and signing in takes no mouse', async () => {
    await zhang.getByRole('button', { name: /张伟/ }).waitFor(SLOW);
    await zhang.keyboard.press('Tab');
    expect(await focused(zhang).textContent()).toBe('Skip to the content');
    await zhang.keyboard.press('Enter');
    await press(zhang, /张伟/);
    await zhang.getByText('4417').first().waitFor(SLOW);
    await press(agent, /Lin Yue/);
    await agent.getByText('Queue').first().waitFor(SLOW);
  }, 300_000);

  test('he reports a purchase; the focus goes on where the page went on', async () => {
    const purchase = {
      card: '4417',
      amount: '46.50',
      currency: 'CNY',
      merchant: 'COFFEE LAB',
      country: 'CN',
    };
    await fetch(`${stack.details.url}/local/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...purchase, mcc: '5812', entryMode: 'contactless' }),
    });
    await press(zhang, /^Report transactions/, 'link');
    await zhang.getByText('COFFEE LAB').first().waitFor(SLOW);
    // What was pressed is gone with its page; the focus is in the new one, not lost.
    expect(await zhang.evaluate('document.activeElement === document.body')).toBe(false);
    await tabTo(zhang, 'checkbox', /COFFEE LAB/);
    await zhang.keyboard.press('Space');
    await press(zhang, /Report and freeze/);
    await zhang.locator('[data-status="queued"]').first().waitFor(SLOW);
    number = (await zhang.getByRole('heading', { level: 1 }).first().textContent())?.trim() ?? '';
    expect(number).toMatch(/^FR-/);
  }, 300_000);

  test('a dialogue takes the focus and gives it back', async () => {
    await press(zhang, /Ask for a person/);
    await zhang.getByRole('dialog').waitFor(SLOW);
    expect(await zhang.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(true);
    await zhang.keyboard.press('Escape');
    await zhang.getByRole('dialog').waitFor({ state: 'hidden', ...SLOW });
    expect(await focused(zhang).textContent()).toContain('Ask for a person');
  }, 120_000);

  test('an agent claims, answers and concludes; he hears of it where he is typing', async () => {
    await write(zhang, /Write to whoever/, 'I was at home, ');
    await agent.getByRole('link', { name: number }).waitFor(SLOW);
    await press(agent, /Take the next one/);
    await agent.locator('[data-status="in_progress"]').first().waitFor(SLOW);
    expect(await agent.evaluate('document.activeElement === document.body')).toBe(false);
    // Status, agent and clocks have changed under his fingers: words, caret and focus have not.
    await zhang.locator('[data-status="in_progress"]').first().waitFor(SLOW);
    await zhang.keyboard.type('all night.');
    expect(await focused(zhang).inputValue()).toBe('I was at home, all night.');
    expect(await zhang.locator('[role="status"] [data-status="in_progress"]').count()).toBe(1);
    await press(zhang, /^Send$/);
    await agent.getByText('I was at home, all night.').first().waitFor(SLOW);
    await write(agent, /To the customer/, 'We look into it now.');
    await press(agent, /^Send$/);
    await zhang.getByText('We look into it now.').first().waitFor(SLOW);
    const dialog = agent.getByRole('dialog');
    // A device that is turned puts things in other places, and closes nothing.
    await press(agent, /^Unfreeze$/);
    await dialog.waitFor(SLOW);
    const usual = agent.viewportSize();
    for (const size of [{ width: 390, height: 844 }, usual]) {
      if (size !== null) await agent.setViewportSize(size);
      await agent.waitForTimeout(500);
      expect(await dialog.isVisible()).toBe(true);
    }
    await agent.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden', ...SLOW });
    await press(agent, /^Preliminary conclusion$|^Conclude$/);
    await dialog.waitFor(SLOW);
    await tabTo(agent, 'textbox', /What happens next/);
    await agent.keyboard.type('Refund within three days.');
    await tabTo(agent, 'button', /^Preliminary conclusion$/, dialog);
    await agent.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden', ...SLOW });
    await zhang.locator('[data-status="concluded"]').first().waitFor(SLOW);
    await zhang.getByText('Refund within three days.').first().waitFor(SLOW);
    expect(faults.flat()).toEqual([]);
  }, 400_000);
});
