import type { Page } from 'playwright-core';
import * as z from 'zod';

/** What is wrong with how a page looks, as far as a program can tell; each in words. What runs in the page is text. */

/** The page scrolls sideways. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  const size = await page.evaluate(
    '({ ...((e) => ({ all: e.scrollWidth, seen: e.clientWidth }))(document.documentElement) })',
  );
  const { all, seen } = z.object({ all: z.number(), seen: z.number() }).parse(size);
  return all > seen ? [`scrolls sideways: ${all} px in ${seen} px`] : [];
}

/** WCAG 2.2, 2.5.8: at least 24 by 24 CSS pixels; links within sentences apart. */
export async function tinyTargets(page: Page): Promise<readonly string[]> {
  const tiny = await page.evaluate(`
    [...document.querySelectorAll('button, [role=tab], [role=button]')].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      const style = getComputedStyle(target);
      const seen = width > 0 && height > 0 && style.visibility === 'visible' && style.display !== 'inline';
      if (!seen || (width >= 24 && height >= 24)) return [];
      return [\`tiny: \${target.textContent || target.ariaLabel} \${Math.round(width)} × \${Math.round(height)}\`];
    })`);
  return z.array(z.string()).parse(tiny);
}

/** Latin words a Chinese page may have: names, ends of files, versions, terms people of the trade use. */
const allowed =
  /^(PIN|MCC|SIM|Lin|Yue|Wang|Fang|Li|Wei|Sun|Jie|He|Ping|Wu|Lan|Emma|Wilson|YubiKey|Yubi|Key|iPhone|Phone|English|UTC|pdf|png|heic|json|zhang|example|com|https|long|very|address|trees|breaker|freezes|minutes|expected)$/i;

export async function foreignWords(page: Page): Promise<readonly string[]> {
  const text = await page.evaluate(`
    ((codes) => {
      for (const code of codes) code.hidden = true;
      const text = document.body.innerText;
      for (const code of codes) code.hidden = false;
      return text;
    })([...document.querySelectorAll('code')])`);
  const words =
    z
      .string()
      .parse(text)
      .match(/[A-Za-z][a-z]+/g) ?? [];
  const foreign = [...new Set(words)].filter(
    (word) => word.length > 2 && !allowed.test(word) && !/^a+$/.test(word),
  );
  return foreign.length === 0 ? [] : [`not Chinese: ${foreign.join(', ')}`];
}

/** Names that are the program's own. */
export async function rawNames(page: Page): Promise<readonly string[]> {
  const text = await page.evaluate(`
    ((body) => {
      for (const code of body.querySelectorAll('code, script, style')) code.remove();
      return body.textContent;
    })(document.body.cloneNode(true))`);
  const raw = z
    .string()
    .parse(text)
    .match(/\bundefined\b|\bNaN\b|\[object|\b[a-z]{2,}_[a-z_]+\b|\bcard-[\da-z]+\b/g);
  return raw === null ? [] : [`raw: ${[...new Set(raw)].join(', ')}`];
}
