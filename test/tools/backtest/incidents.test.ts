import { describe, expect, it } from 'vitest';
import { createTally } from '../../../tools/backtest/tally.ts';
import { type Hand, handRules, judgedByHand, MORNING } from './hand.ts';

const DAY = 1440;
const freeze = { outcome: 'freeze', codes: [['strong', 90]] } as const;
const alert = { outcome: 'alert', codes: [['weak', 50]] } as const;

/** An answer after 15 minutes, a new card 2 days after the last fraud found. */
function tallyOf(hands: readonly Hand[], measuredFrom = MORNING) {
  const tally = createTally({
    ruleSet: handRules,
    policy: { answerMs: 15 * 60_000, replacedAfterMs: 2 * DAY * 60_000 },
    measuredFrom,
  });
  for (const hand of hands) tally.add(judgedByHand(hand));
  return { ...tally.figures(), frozenCards: tally.frozenCards };
}

describe('what becomes of a card', () => {
  it('saves what comes after a freeze, not the fraud that was found, and until the card is replaced', () => {
    const { totals, days } = tallyOf([
      { minute: 0, isFraud: true, value: 100, ...freeze },
      { minute: 1, isFraud: true, value: 30 },
      { minute: 2 },
      { minute: 2 * DAY - 1, isFraud: true, value: 7, ...freeze },
      { minute: 2 * DAY + 1, isFraud: true, value: 1000 },
    ]);
    expect(totals).toMatchObject({
      frauds: 4,
      fraudValue: 1137,
      foundFrauds: 2,
      foundValue: 107,
      foundLateValue: 100,
      savedFrauds: 2,
      savedValue: 37,
      trueAlerts: 1,
      falseAlerts: 0,
      refusedOnStolen: 1,
      wronglyFrozen: 0,
    });
    expect(days.map(({ day, savedValue }) => [day, savedValue])).toEqual([
      ['2030-01-01', 30],
      ['2030-01-02', 0],
      ['2030-01-03', 7],
    ]);
  });

  it('freezes by an alert only when the customer has answered', () => {
    const { totals } = tallyOf([
      { minute: 0, isFraud: true, value: 100, ...alert },
      { minute: 14, isFraud: true, value: 20 },
      { minute: 15, isFraud: true, value: 3 },
    ]);
    expect(totals).toMatchObject({ savedFrauds: 1, savedValue: 3, trueAlerts: 1 });
  });

  it('lets a freeze join an alert and hold at once (H2)', () => {
    const { totals } = tallyOf([
      { minute: 0, isFraud: true, value: 100, ...alert },
      { minute: 5, isFraud: true, value: 20, ...freeze },
      { minute: 6, isFraud: true, value: 3 },
    ]);
    expect(totals).toMatchObject({ savedValue: 3, trueAlerts: 1, falseAlerts: 0 });
  });

  it('counts a customer frozen twice a day once, and again the next day', () => {
    const { totals, frozenCards, days } = tallyOf([
      { minute: 0, ...freeze },
      { minute: 5 },
      { minute: 20, ...freeze },
      { minute: DAY, ...freeze },
      { minute: DAY + 1, card: 'B', ...freeze },
      { minute: DAY + 2, card: 'C', ...alert },
    ]);
    expect(totals).toMatchObject({ falseAlerts: 5, trueAlerts: 0, wronglyFrozen: 3, wronglyRefused: 1 });
    expect(days.map(({ wronglyFrozen }) => wronglyFrozen)).toEqual([1, 2]);
    expect(totals.wronglyFrozenPerDay).toBe(1.5);
    expect(totals.alertsPerDay).toBe(2.5);
    expect(totals.falsePerTrue).toBeUndefined();
    expect([...frozenCards.keys()]).toEqual(['A', 'B']);
  });

  it('calls a freeze right when a fraud joins its alert, and stops that fraud', () => {
    const { totals, frozenCards } = tallyOf([
      { minute: 0, ...freeze },
      { minute: 5, isFraud: true, value: 50, ...alert },
      { minute: 60, isFraud: true, value: 9 },
    ]);
    expect(totals).toMatchObject({ trueAlerts: 1, falseAlerts: 0, wronglyFrozen: 0, savedValue: 59 });
    expect(frozenCards.get('A')).toEqual({ rightly: true });
  });

  it('opens no second question while a card is rightly frozen, a new one after it was replaced', () => {
    const { totals } = tallyOf([
      { minute: 0, isFraud: true, ...freeze },
      { minute: 60, ...freeze },
      { minute: 2 * DAY, ...freeze },
    ]);
    expect(totals).toMatchObject({ trueAlerts: 1, falseAlerts: 1, refusedOnStolen: 1, wronglyFrozen: 1 });
  });

  it('counts nothing of the warm-up, but keeps its cards frozen', () => {
    const { totals, rules } = tallyOf(
      [
        { minute: 0, isFraud: true, value: 100, ...freeze },
        { minute: 60, isFraud: true, value: 7 },
      ],
      MORNING + 30 * 60_000,
    );
    expect(totals).toMatchObject({
      transactions: 1,
      frauds: 1,
      foundFrauds: 0,
      savedValue: 7,
      trueAlerts: 0,
    });
    expect(rules.find(({ code }) => code === 'strong')).toMatchObject({ fired: 0, savedValue: 7 });
  });
});

describe('rule by rule', () => {
  const { rules } = tallyOf([
    {
      minute: 0,
      card: 'A',
      isFraud: true,
      value: 40,
      outcome: 'freeze',
      codes: [
        ['strong', 90],
        ['weak', 50],
      ],
    },
    { minute: 1, card: 'B', isFraud: true, value: 60, ...alert },
    {
      minute: 2,
      card: 'C',
      outcome: 'alert',
      codes: [
        ['strong', 90],
        ['known', -40],
      ],
    },
    {
      minute: 3,
      card: 'D',
      outcome: 'clear',
      codes: [
        ['weak', 50],
        ['known', -40],
      ],
    },
    {
      minute: 4,
      card: 'E',
      isFraud: true,
      value: 5,
      outcome: 'clear',
      codes: [
        ['weak', 50],
        ['known', -40],
      ],
    },
    {
      minute: 5,
      card: 'F',
      outcome: 'freeze',
      codes: [
        ['weak', 50],
        ['acting', 0],
      ],
    },
    { minute: 6, card: 'A', isFraud: true, value: 11 },
    { minute: 7, card: 'G', isFraud: true, value: 1, outcome: 'alert', codes: [['model', 55]] },
  ]);
  const of = (code: string) => rules.find((rule) => rule.code === code);

  it('counts found, saved and frozen for every rule that spoke', () => {
    expect(of('strong')).toMatchObject({
      fired: 2,
      firedFrauds: 1,
      trueAlerts: 1,
      falseAlerts: 1,
      foundFrauds: 1,
      foundValue: 40,
      savedValue: 11,
      wronglyFrozen: 0,
    });
    expect(of('weak')).toMatchObject({
      fired: 5,
      firedFrauds: 3,
      trueAlerts: 2,
      falseAlerts: 1,
      foundFrauds: 2,
      foundValue: 100,
      savedValue: 11,
      wronglyFrozen: 1,
    });
  });

  it('knows which outcome hangs on one rule alone', () => {
    expect(of('strong')).toMatchObject({ decisiveFrauds: 0, decisiveGenuine: 1 });
    expect(of('weak')).toMatchObject({ decisiveFrauds: 1, decisiveGenuine: 0 });
    expect(of('acting')).toMatchObject({ falseAlerts: 1, wronglyFrozen: 1, decisiveGenuine: 0 });
    expect(of('known')).toMatchObject({
      decisiveGenuine: 0,
      clearedFrauds: 1,
      clearedGenuine: 1,
    });
  });

  it('keeps reasons that are no rule of the set, after the rules', () => {
    expect(rules.map(({ code }) => code)).toEqual(['strong', 'weak', 'acting', 'known', 'model']);
    expect(of('model')).toMatchObject({ weight: undefined, foundFrauds: 1, decisiveFrauds: 1 });
  });
});
