import type { Chance } from './chance.ts';

export interface Person {
  readonly customerId: string;
  readonly number: string | null;
  readonly cards: readonly { readonly cardToken: string; readonly lastFour: string }[];
  readonly hasTotp: boolean;
  readonly hasDevice: boolean;
}

export const newNumber = (chance: Chance): string => `+86138${chance.between(10_000_000, 99_999_999)}`;
const hongKongNumber = (chance: Chance): string => `+85292${chance.between(100_000, 999_999)}`;
const landline = (chance: Chance): string => `+86106555${chance.between(1_000, 9_999)}`;

/** One or two customers, of whom some share a number, have none, or have one that takes no texts. */
export function castOf(chance: Chance, mark: string): readonly Person[] {
  const count = chance.pick([1, 1, 1, 2]);
  const shared = chance.oneIn(4);
  const numbers = Array.from({ length: count }, () =>
    chance.pick([newNumber, newNumber, newNumber, hongKongNumber, landline, () => null])(chance),
  );
  return numbers.map((number, index) => ({
    customerId: `C-${mark}${index + 1}`,
    number: shared ? (numbers[0] ?? null) : number,
    cards: Array.from({ length: chance.pick([1, 1, 2]) }, (_, card) => ({
      cardToken: `card-${mark}${index + 1}-${card + 1}`,
      lastFour: card === 0 ? '4417' : `900${index}`,
    })),
    hasTotp: !chance.oneIn(4),
    hasDevice: !chance.oneIn(4),
  }));
}
