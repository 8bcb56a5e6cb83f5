import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { featureNames } from '../../functions/screening/features.ts';
import { packRow, roundedRow, unpackRow } from '../../functions/screening/packed-row.ts';

describe('a row of features in bytes', () => {
  test('comes back exactly, whatever the numbers', () => {
    const value = fc.oneof(
      fc.constantFrom(0, -0, 1, 1000, 1_000_000, 99, Infinity, -Infinity, 2 ** 53, 2 ** 53 + 2, 0.1, 1e-5),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((one) => Math.round(one * 10_000) / 10_000),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 255 }), (row) => {
        expect(unpackRow(packRow(row))).toEqual(row);
        expect(unpackRow(packRow(roundedRow(row)))).toEqual(roundedRow(row));
      }),
      { numRuns: 500 },
    );
  });

  test('rounding to four decimals changes nothing once more, and no value by more than half of the last', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value), (row) => {
        const rounded = roundedRow(row);
        expect(roundedRow(rounded)).toEqual(rounded);
        rounded.forEach((one, index) => {
          expect(Math.abs(one - (row[index] ?? 0))).toBeLessThanOrEqual(0.5001e-4);
        });
      }),
    );
  });

  test('a row of zeros takes two bytes and a quarter of one a column', () => {
    expect(packRow(featureNames.map(() => 0)).length).toBe(2 + Math.ceil(featureNames.length / 4));
  });

  test('a layout from the future or a row cut short is a fault', () => {
    const bytes = packRow([1, 2.5, 0]);
    expect(() => unpackRow(bytes.slice(0, -1))).toThrow('ends too early');
    bytes[0] = 9;
    expect(() => unpackRow(bytes)).toThrow('layout 9 is not known');
  });
});
