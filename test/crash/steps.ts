import { type Cell, emailOf } from './cells.ts';
import type { Scene } from './scene.ts';

/** Something every cell does, and then time that passes for all. */
export interface Step {
  readonly does?: (scene: Scene, cell: Cell) => Promise<void> | void;
  readonly passSeconds?: number;
}

/** One story through the public entry points. `before` runs undisturbed; a fault may strike in `act`. */
export interface Flow {
  readonly name: string;
  readonly before: readonly Step[];
  readonly act: readonly Step[];
  /** Functions that work, in `act`, on what a sweep found due for all cells at once: a kill there runs alone. */
  readonly bySweep?: readonly string[];
  /** Calls that nobody can be told from yet, e.g. by a digest seen for the first time: each cell of theirs is alone. */
  readonly nameless?: readonly string[];
  /**
   * Two events of one thing are worked on side by side, and whichever is first does the work of both: which calls are made
   * differs from run to run, and a strike may meet none.
   */
  readonly raced?: true;
  /** Every cell changes one thing that all share: each is alone. */
  readonly alone?: true;
  /** Something it asks for is refused, and that is the point. */
  readonly isRefused?: true;
  /** Two cards or texts are worked on side by side: the order of calls is not fixed. */
  readonly unordered?: true;
  /** With the freeze-rate breaker at work, which this many freezes trip (H33); without it else. */
  readonly breakerTripsAt?: number;
}

export const introduced: Step = { does: (scene, cell) => scene.introduce(cell) };
export const introducedWithEmail: Step = {
  does: (scene, cell) => scene.introduce(cell, { email: emailOf(cell) }),
};
export const twoCards: Step = { does: (scene, cell) => scene.secondCard(cell) };
export const buys = (kind: 'ordinary' | 'odd' | 'spree', id: string, of?: (cell: Cell) => string): Step => ({
  does: (scene, cell) => scene.authorise(cell, { kind, id, card: of?.(cell) }),
});
/** The bank concludes what the purchase `2` was; the later by `minute` counts. */
export const concludes = (type: 'FraudConfirmed' | 'FraudCleared', minute: number): Step => ({
  does: (scene, { card, mark }) =>
    scene.bank.put(type, {
      labelId: `${type}-${mark}`,
      ...{ cardToken: card, transactionId: `T-${mark}-2`, merchantId: `M-77-${mark}`, source: 'chargeback' },
      ...{ occurredAt: scene.now(-3), at: scene.now(60 * (minute - 30)) },
    }),
});
export const second = (cell: Cell): string => cell.secondCard;
export const texts = (words: string): Step => ({ does: (scene, cell) => scene.text(cell, words) });
export const passes = (passSeconds: number): Step => ({ passSeconds });
export const issuer = (behaviour: 'confirm' | 'fail' | 'silent'): Step => ({
  does: (scene, cell) => scene.stack.issuer.behave(cell.card, behaviour),
});
export const customer = (action: 'freeze' | 'lost'): Step => ({
  does: (scene, cell) => scene.request(cell, 'customer', `/cards/${cell.card}/${action}`),
});

export const sweepAndText = ['sweep-deadlines', 'route-effects', 'send-sms'];

/** Frozen, confirmed, asked; the ten seconds have passed. */
export const frozen = [introduced, buys('spree', '1'), passes(11)];
export const asked = [introduced, buys('odd', '1')];

/** As the customer reads it out: from the answer to the text. */
export async function ticketNumber({ stack }: Scene, cell: Cell): Promise<string> {
  const texts = stack.phone.messages(cell.phone).map(({ text }) => text);
  const number = texts.map((text) => /FR-[0-9A-Z]{8}/.exec(text)?.[0]).find((found) => found !== undefined);
  if (number === undefined) throw new Error('no text names the ticket');
  return number;
}
