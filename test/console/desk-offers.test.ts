import { describe, expect, test } from 'vitest';
import { cardActions } from '../../console/src/desk/card-actions.ts';

const card = (state: 'active' | 'freezing' | 'frozen' | 'closed', holds: ('customer' | 'lost')[] = []) => ({
  ...{ cardToken: 'card-1', lastFour: '4417', state, holds, holdsVersion: 1 },
});
const [teller, agent] = [
  ['read', 'freeze'],
  ['read', 'freeze', 'work'],
] as const;

describe('what of a card the desk offers', () => {
  test.each([
    ['a teller, an active card', card('active'), teller, ['freeze', 'lost']],
    ['an agent, an active card', card('active'), agent, ['freeze', 'lost', 'report']],
    ['an auditor', card('active'), ['read'] as const, []],
    ['a card its holder froze', card('frozen', ['customer']), agent, ['lost', 'report']],
    ['a lost card', card('frozen', ['lost']), teller, []],
    ['a closed card', card('closed'), agent, []],
    ['no card', undefined, agent, []],
  ])('%s', (_, of, may, offered) => {
    const offers = Object.entries(cardActions(of, [...may]));
    expect(offers.flatMap(([name, on]) => (on ? [name] : []))).toEqual(offered);
  });
});
