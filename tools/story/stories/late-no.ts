import { cardOf, onlyTicket, queueOf } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { zhang } = people;

export const lateNo: Story = {
  name: 'late-no',
  title: 'A NO that comes hours later',
  shows: 'NO holds, early or late, also after a YES; it only blocks (H4).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    await scene.spends(zhang, 'card-a', { kind: 'odd' });
    await scene.texts(zhang, '1');
    const before = await onlyTicket(scene, zhang, agents.lin);
    scene.check(
      'half asleep he says it was him: settled',
      before.ticket.status === 'resolved',
      before.ticket,
    );
    scene.check('and the card works', (await cardOf(scene, zhang, 'card-a')).state === 'active');

    await scene.passes(3 * 60);
    scene.aside('At three in the morning he lies awake: he has never been to a night market.');
    await scene.texts(zhang, '不是我刷的！');
    scene.check('the NO holds the card', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    const after = await onlyTicket(scene, zhang, agents.lin);
    scene.check('the same ticket goes on', after.ticket.number === before.ticket.number, after.ticket);
    scene.check('at P1', (await queueOf(scene, agents.lin))[0]?.priority === 'P1');
    await scene.texts(zhang, '1');
    scene.check('a YES after it releases nothing', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
  },
};
