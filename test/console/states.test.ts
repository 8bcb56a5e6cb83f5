import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
 * Each thing a page can look like: made up, held to the API's contracts, photographed and looked through. Two looks each
 * by `npm run test:states`; with `CARDGUARD_STATES=full` all twelve, with `CARDGUARD_STATES=ticket` those whose names begin so.
 */
const { CARDGUARD_STATES: asked = 'two' } = process.env;
const full = asked === 'full';
const chosen = ({ name }: State) => asked === 'two' || full || name.startsWith(asked);
const twoLooks: readonly Look[] = [
  { language: 'zh-CN', dark: true, width: 390 },
  { language: 'en', dark: false, width: 1280 },
];
const allLooks: readonly Look[] = (['zh-CN', 'en'] as const).flatMap((language) =>
  [false, true].flatMap((dark) => ([390, 1280, 1440] as const).map((width) => ({ language, dark, width }))),
);
const looks = full ? allLooks : twoLooks;
const nameOf = ({ language, dark, width }: Look) =>
  `${width}-${language.slice(0, 2)}-${dark ? 'dark' : 'light'}`;

describe.skipIf(chromiumPath === undefined)('every state of every page', () => {
  let browser: Browser;
  let scene: Scene;
  const windows: (Awaited<ReturnType<typeof openWindow>> & { look: Look })[] = [];
  beforeAll(async () => {
    scene = await startScene((await buildPage()).folder);
    browser = await launch();
    for (const look of looks) windows.push({ look, ...(await openWindow(browser, look)) });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await scene?.stop();
  });

  const cases = [
    ...customerStates.filter(chosen).map((state) => ['customers', state.name, state] as const),
    ...deskStates.filter(chosen).map((state) => ['agents', state.name, state] as const),
  ];

  test.each(cases)('%s: %s', async (side, name, state) => {
    const complaints: string[] = [];
    for (const { page, faults, look } of windows) {
      faults.length = 0;
      const shown = await show(page, { scene, side, state }).catch((error: Error) => error);
      await takePicture(page, side, `${name}-${nameOf(look)}`);
      if (shown instanceof Error) throw shown;
      const found = [...faults, ...shown, ...(await complaintsOf(page, look))];
      complaints.push(...found.map((complaint) => `${nameOf(look)}: ${complaint}`));
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

async function takePicture(page: Page, side: Side, name: string): Promise<void> {
  const folder = join(pictures, side);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
