import { cardOf, onlyTicket, queueOf } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { grace } = people;

export const undeliverable: Story = {
  name: 'undeliverable',
  title: 'The text cannot be sent',
  shows: 'The freeze stands; the alert says why nobody was asked; the ticket is P1 at once (H12).',
  async play(scene) {
    await scene.knows(grace, 'card-g');
    scene.stack.phone.refuse(grace.phone, 'InvalidParameter');
    scene.aside('Ms Hart’s number takes no texts tonight.');
    await scene.spends(grace, 'card-g', { kind: 'stolen' });
    await scene.passes(1);
    scene.check('no text', scene.read(grace).length === 0);
    scene.check('the card is frozen all the same', (await cardOf(scene, grace, 'card-g')).state === 'frozen');
    const { alert, ticket } = await onlyTicket(scene, grace, agents.lin);
    scene.check(
      'the alert says why',
      alert?.status === 'undeliverable' && alert.undeliverableReason !== undefined,
      alert,
    );
    scene.check(
      'the ticket waits at P1',
      ticket.priority === 'P1' && (await queueOf(scene, agents.lin)).length === 1,
      ticket,
    );
    const claimed = await scene.desk(agents.lin, `takes ${ticket.number}`, {
      method: 'POST',
      path: `/agent/tickets/${ticket.number}/claim`,
    });
    scene.check('an agent takes it in hand', claimed.status === 200, claimed);
  },
};
