import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildPage } from '../../infra/page-build.ts';
import { chromiumPath, hindrances, launch, pictures } from './browser.ts';
import { foreignWords, rawNames, tinyTargets, tooWide } from './states/complaints.ts';
import { customerStates } from './states/customer-states.ts';
import { deskStates } from './states/desk-states.ts';
import {
  type Look,
  openWindow,
  type Scene,
  type Side,
  type State,
  show,
  startScene,
} from './states/scene.ts';

/**
 * Each thing a page can look like: made up, held to the API's contracts, photographed and looked through. Four looks each
 * by `npm run test:states`: both widths in both languages; with `CARDGUARD_STATES=full` all twelve, with `CARDGUARD_STATES=ticket` those whose names begin so.
 */
const { CARDGUARD_STATES: asked = 'four' } = process.env;
const full = asked === 'full';
const chosen = ({ name }: State) => asked === 'four' || full || name.startsWith(asked);
const fourLooks: readonly Look[] = [
  { language: 'zh-CN', dark: true, width: 390 },
  { language: 'en', dark: false, width: 1280 },
  { language: 'en', dark: false, width: 390 },
  { language: 'zh-CN', dark: true, width: 1280 },
];
const allLooks: readonly Look[] = (['zh-CN', 'en'] as const).flatMap((language) =>
  [false, true].flatMap((dark) => ([390, 1280, 1440] as const).map((width) => ({ language, dark, width }))),
);
/** Windows at work at the same moment: more would only wait for each other. */
const AT_ONCE = 2;
const looks = full ? allLooks : fourLooks;
const nameOf = ({ language, dark, width }: Look) =>
  `${width}-${language.slice(0, 2)}-${dark ? 'dark' : 'light'}`;

describe.skipIf(chromiumPath === undefined)('every state of every page', () => {
  let browser: Browser;
  /** One for each look, with an API of its own: what one is shown is nothing to the other. */
  const windows: (Awaited<ReturnType<typeof openWindow>> & { look: Look; scene: Scene })[] = [];
  beforeAll(async () => {
    const { folder } = await buildPage();
    browser = await launch();
    for (const look of looks)
      windows.push({ look, scene: await startScene(folder), ...(await openWindow(browser, look)) });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    for (const { scene } of windows) await scene.stop();
  });

  /** What is wrong with how this window shows it; its picture is taken in any case. */
  async function lookAt(
    { page, faults, look, scene }: (typeof windows)[number],
    of: { side: Side; state: State },
  ): Promise<readonly string[]> {
    faults.length = 0;
    const shown = await show(page, { scene, ...of }).catch((error: Error) => error);
    await takePicture(page, of.side, `${of.state.name}-${nameOf(look)}`);
    if (shown instanceof Error) return [`${nameOf(look)}: ${shown.message}`];
    const found = [...faults, ...shown, ...(await complaintsOf(page, look))];
    return found.map((complaint) => `${nameOf(look)}: ${complaint}`);
  }

  const cases = [
    ...customerStates.filter(chosen).map((state) => ['customers', state.name, state] as const),
    ...deskStates.filter(chosen).map((state) => ['agents', state.name, state] as const),
  ];

  test.each(cases)('%s: %s', async (side, _name, state) => {
    const complaints: string[] = [];
    for (let from = 0; from < windows.length; from += AT_ONCE) {
      const some = windows.slice(from, from + AT_ONCE);
      complaints.push(...(await Promise.all(some.map((one) => lookAt(one, { side, state })))).flat());
    }
    expect(complaints).toEqual([]);
  });
});

/** The navigation that Cloudscape folds away on a phone says which way it runs, which a `nav` may not. */
const ofTheLibrary = /^aria-allowed-attr: <nav [^|]*mobile-toolbar-nav[^|]*$/;

async function complaintsOf(page: Page, look: Look): Promise<readonly string[]> {
  return [
    ...(await tooWide(page)),
    ...(look.width === 390 ? await tinyTargets(page) : []),
    ...(look.language === 'zh-CN' ? await foreignWords(page) : []),
    ...(await rawNames(page)),
    ...(await hindrances(page)).filter((found) => !ofTheLibrary.test(found)),
  ];
}

/** A page that still grows would be cut where it ended as the camera came: three looks at it that find the same. */
async function settled(page: Page): Promise<void> {
  const heights: number[] = [];
  for (let looks = 0; looks < 30; looks += 1) {
    heights.push(z.number().parse(await page.evaluate('document.documentElement.scrollHeight')));
    if (looks > 1 && new Set(heights.slice(-3)).size === 1) return;
    await pause(100);
  }
}

async function takePicture(page: Page, side: Side, name: string): Promise<void> {
  const folder = join(pictures, side);
  mkdirSync(folder, { recursive: true });
  // What stays in sight while one scrolls would lie in the middle of the picture.
  await page.evaluate('window.scrollTo(0, 0)');
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
