import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBody, sealBody } from '../../functions/platform/sealed-body.ts';

const seal = async (text: string) => {
  if (Buffer.byteLength(text) > 4_096) throw new Error('too long for KMS');
  return Buffer.from(text).toString('base64');
};
const open = async (sealed: string) => Buffer.from(sealed, 'base64').toString();

test('I10 whatever the body, it comes back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 3_000 }), async (body) => {
      const sealed = await sealBody(body, seal);
      expect(await openBody(sealed, open)).toBe(Buffer.from(body).toString());
    }),
    { numRuns: 50 },
  );
});

test('I10 one too long to be sealed is masked', async () => {
  const kept = await sealBody(`${'x '.repeat(20_000)} +8613812345678 a@b.example`, seal);
  expect(kept).not.toMatch(/13812345678|a@b/);
  expect(await openBody(kept, open)).toBe(kept);
});
