import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { zhang } = people;

export const mistakenNo: Story = {
  name: 'mistaken-no',
  title: 'The NO was a mistake',
  shows: 'Only staff undoes a "not mine", and it takes two of them (H4, D5).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    await scene.spends(zhang, 'card-a', { kind: 'odd' });
    await scene.texts(zhang, '2');
    scene.check('his 2 holds the card', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    await scene.texts(zhang, '1 是我，刚才按错了');
    await scene.texts(zhang, '1');
    scene.check('no text takes it back', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');

    const { ticket } = await onlyTicket(scene, zhang, agents.lin);
    const base = `/agent/tickets/${ticket.number}`;
    await scene.desk(agents.lin, `takes ${ticket.number}`, { method: 'POST', path: `${base}/claim` });
    const undo = `/agent/alerts/${ticket.alertId}/undo-not-mine`;
    const proposed = await scene.desk(
      agents.lin,
      'proposes to take the NO back: the customer called and proved himself',
      {
        method: 'POST',
        path: undo,
        body: { reason: 'Customer called back, identified in the branch' },
      },
    );
    scene.check('one agent may propose it', proposed.status < 300, proposed);
    const alone = await scene.desk(agents.lin, 'approves it herself', {
      method: 'POST',
      path: `${undo}/approve`,
    });
    scene.check('and not approve it', alone.status === 403 || alone.status === 409, alone);
    scene.check('the card is still frozen', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    const both = await scene.desk(agents.wang, 'approves it', { method: 'POST', path: `${undo}/approve` });
    scene.check('a second agent approves', both.status < 300, both);
    scene.check('and the card works again', (await cardOf(scene, zhang, 'card-a')).state === 'active');
    const after = await onlyTicket(scene, zhang, agents.wang);
    scene.check('both names stand in an unbroken timeline', after.timelineIntact, after.timeline);
  },
};
