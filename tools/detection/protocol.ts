const DAY_MS = 86_400_000;
/** A label is known a week after its transaction: what the delay week lies between training and test for. */
export const LABEL_DELAY_MS = 7 * DAY_MS;
const WEEK_DAYS = 7;

/** Days since 1970-01-01, UTC. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS);
export const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** One test week with the weeks before it; all days inclusive. */
export interface Week {
  /** `YYYY-MM-DD` of the first test day. */
  readonly testFrom: string;
  readonly trainFromDay: number;
  readonly trainToDay: number;
  readonly testFromDay: number;
  readonly testToDay: number;
}

/** Training week, delay week, test week: the published protocol, moved as a whole. */
export function weekOf(testFrom: string): Week {
  const testFromDay = dayOf(Date.parse(`${testFrom}T00:00:00Z`));
  return {
    testFrom,
    trainFromDay: testFromDay - 2 * WEEK_DAYS,
    trainToDay: testFromDay - WEEK_DAYS - 1,
    testFromDay,
    testToDay: testFromDay + WEEK_DAYS - 1,
  };
}

/** What the protocol looks at of a transaction. */
export interface Row {
  readonly card: string;
  readonly day: number;
  readonly fraud: boolean;
}

/**
 * Test rows less those of cards already known to be compromised: for test day D, every card with a fraud on any day
 * from the first day of the training week to D minus 8 days. (The published text says "minus the delay period", its
 * code looks one day further back, and the published figures come from the code.) `rows`: training to test week.
 */
export function testRowsOf<One extends Row>(rows: readonly One[], week: Week): readonly One[] {
  const firstFraud = new Map<string, number>();
  for (const { card, day, fraud } of rows) {
    if (!fraud || day < week.trainFromDay) continue;
    firstFraud.set(card, Math.min(day, firstFraud.get(card) ?? Infinity));
  }
  return rows.filter(
    ({ card, day }) =>
      day >= week.testFromDay &&
      day <= week.testToDay &&
      (firstFraud.get(card) ?? Infinity) > day - WEEK_DAYS - 1,
  );
}
