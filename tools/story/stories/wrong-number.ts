import { cardOf, onlyTicket, queueOf } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { mei } = people;

export const wrongNumber: Story = {
  name: 'wrong-number',
  title: 'The number belongs to somebody else by now',
  shows: 'The number gets no more texts, the freeze stands, a person finds another way (H8).',
  async play(scene) {
    await scene.knows(mei, 'card-m');
    await scene.spends(mei, 'card-m', { kind: 'stolen' });
    await scene.passes(0.5);
    await scene.texts(mei, '你打错了，我不是你们的客户');
    const texts = scene.read(mei).length;
    scene.check('the card stays frozen', (await cardOf(scene, mei, 'card-m')).state === 'frozen');
    const { alert, ticket } = await onlyTicket(scene, mei, agents.lin);
    scene.check(
      'the alert says why nobody can be asked',
      alert?.undeliverableReason === 'wrong_number',
      alert,
    );
    scene.check(
      'a person has the case at P1',
      ticket.priority === 'P1' && ticket.status === 'queued',
      ticket,
    );
    await scene.passes(16);
    await scene.spends(mei, 'card-m', { kind: 'stolen', merchant: { id: 'M-998', name: 'ANOTHER SHOP' } });
    await scene.passes(1);
    scene.check('no text goes to that number any more', scene.read(mei).length === texts, scene.read(mei));
    scene.check('still one ticket', (await queueOf(scene, agents.lin)).length === 1);
  },
};
