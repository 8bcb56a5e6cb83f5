import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { Cell } from './cells.ts';
import type { Who } from './scene.ts';
import { buys, type Flow, frozen, introduced, passes, type Step } from './steps.ts';

const versionOf = ({ mark }: Cell): string => `rules-${mark}`;
const reason = 'a wave of frauds at kiosks';

const asks = (who: Who, path: (cell: Cell) => string, body: (cell: Cell) => object): Step => ({
  does: (scene, cell) => scene.request(cell, who, `/agent/rules${path(cell)}`, body(cell)),
});
const adds = asks(
  'analyst',
  () => '/sets',
  (cell) => ({ contents: { ...defaultRuleSet, version: versionOf(cell) }, note: reason }),
);
const shadows = asks(
  'analyst',
  (cell) => `/sets/${versionOf(cell)}/move`,
  () => ({ to: 'shadow', reason }),
);
const proposes = asks(
  'analyst',
  (cell) => `/sets/${versionOf(cell)}/propose`,
  () => ({ to: 'live', reason }),
);
const grants = asks(
  'analyst2',
  (cell) => `/sets/${versionOf(cell)}/approve`,
  () => ({ reason }),
);
const rollsBack = asks(
  'analyst2',
  () => '/roll-back',
  (cell) => ({ live: versionOf(cell), reason }),
);
const blocks = asks(
  'analyst',
  () => '/entries',
  (cell) => ({
    ...{ kind: 'card', value: cell.card, list: 'block', reason },
    until: '2026-04-10T00:00:00.000Z',
  }),
);

const ofBulk = `/agent/bulk-releases/${defaultRuleSet.version}`;
const asksBulk: Step = {
  does: (scene, cell) => scene.request(cell, 'supervisor', ofBulk, { reason }),
};
const grantsBulk: Step = { does: (scene, cell) => scene.request(cell, 'supervisor2', `${ofBulk}/approve`) };

/** All change the one board, so that each cell has a stack to itself. */
export const rulesFlows: readonly Flow[] = [
  { name: 'analyst adds a rule set', before: [], act: [adds], alone: true },
  { name: 'analyst puts a rule set into shadow', before: [adds], act: [shadows], alone: true },
  {
    name: 'two analysts take a rule set live',
    before: [adds, shadows],
    act: [proposes, grants],
    alone: true,
  },
  {
    name: 'analyst rolls the rules back',
    before: [adds, shadows, proposes, grants],
    act: [rollsBack],
    alone: true,
  },
  { name: 'analyst blocks a card', before: [], act: [blocks], alone: true },
  {
    name: 'H33 a freeze trips the breaker',
    before: [introduced],
    act: [buys('spree', '1'), passes(11)],
    alone: true,
    breakerTripsAt: 1,
  },
  {
    name: 'H33 two supervisors release in bulk',
    before: frozen,
    act: [asksBulk, grantsBulk, passes(61)],
    // Which of the eight partitions holds the alert is chance.
    unordered: true,
    alone: true,
  },
];
