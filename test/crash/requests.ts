import type { Cell } from './cells.ts';
import type { Scene, Who } from './scene.ts';
import type { Step } from './steps.ts';

/** A request whose path and body may need what the cell learnt before. */
export const asks = (
  who: Who,
  path: (cell: Cell) => string,
  body?: (cell: Cell, scene: Scene) => object,
): Step => ({
  does: (scene, cell) => scene.request(cell, who, path(cell), body?.(cell, scene)),
});
export const known = (cell: Cell, name: string): string => {
  const value = cell.known.get(name);
  if (value === undefined) throw new Error(`${name} of ${cell.mark} is not known`);
  return value;
};

/** The alert and the ticket, as the app shows them. */
export const looks: Step = {
  does: async (scene, cell) => {
    const { alerts } = (await scene.look(cell, '/alerts')) as { alerts: { alertId: string }[] };
    const { tickets } = (await scene.look(cell, '/tickets')) as { tickets: { number: string }[] };
    cell.known.set('alertId', alerts[0]?.alertId ?? '');
    cell.known.set('number', tickets[0]?.number ?? '');
  },
};

/** The latest verification the app was given. */
function verification({ answers }: Cell): string {
  const ids = answers.map(({ body }) => (body as { verificationId?: string }).verificationId);
  const id = ids.find((found) => found !== undefined);
  if (id === undefined) throw new Error('no verification was opened');
  return id;
}
const verifying = (cell: Cell): string => `/verifications/${verification(cell)}`;
const vouching = (cell: Cell): string => `/agent${verifying(cell)}/vouch`;

export const opens = asks(
  'customer',
  () => '/verifications',
  (cell) => ({ action: 'unfreeze', cardToken: cell.card, alertId: known(cell, 'alertId') }),
);
export const opensFor = (action: string): Step =>
  asks(
    'customer',
    () => '/verifications',
    ({ card: cardToken }) => ({ action, cardToken }),
  );
export const ordersCode = asks('customer', (cell) => `${verifying(cell)}/code`);
export const checksCode = (change: (code: string) => string): Step =>
  asks(
    'customer',
    (cell) => `${verifying(cell)}/code/check`,
    (cell, { stack }) => {
      const codes = stack.phone.messages(cell.phone).map(({ text }) => /\b\d{8}\b/.exec(text)?.[0]);
      return { code: change(codes.findLast((code) => code !== undefined) ?? '') };
    },
  );
export const claims = asks('agent', (cell) => `/agent/tickets/${known(cell, 'number')}/claim`);
export const reason = () => ({ reason: 'Called back: it was the family' });
export const vouches = asks('agent', vouching, reason);
export const approves = asks('agent2', (cell) => `${vouching(cell)}/approve`);
export const proofOf = (cell: Cell) => ({ verificationId: verification(cell) });
export const unfreezes = asks('customer', (cell) => `/cards/${cell.card}/unfreeze`, proofOf);
