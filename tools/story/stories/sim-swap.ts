import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import { opensRelease, orderedCode, takesBack } from '../proof.ts';
import type { Story } from '../story.ts';

const { grace } = people;

export const simSwap: Story = {
  name: 'sim-swap',
  title: 'The thief has the phone number',
  shows: 'After a SIM change neither a YES nor a code of that phone releases the card; a person decides.',
  async play(scene) {
    await scene.knows(grace, 'card-g');
    scene.aside(
      'The carrier tells the bank that Ms Hart’s number moved to a new SIM an hour ago. It was not her.',
    );
    await scene.bank.put('SimChanged', {
      customerId: grace.customerId,
      occurredAt: new Date(scene.now().getTime() - 3_600_000).toISOString(),
      kind: 'sim_swap',
    });
    await scene.stack.settle();
    await scene.spends(grace, 'card-g', { kind: 'stolen' });
    await scene.passes(0.5);
    scene.aside('The thief reads her texts, and has her password for the app.');
    await scene.texts(grace, 'YES');
    scene.check('the YES releases nothing', (await cardOf(scene, grace, 'card-g')).state === 'frozen');
    const { ticket } = await onlyTicket(scene, grace, agents.lin);
    const opened = await opensRelease(scene, grace, 'card-g', ticket.alertId ?? '');
    scene.check(
      'the phone is no factor',
      opened.factors.length === 0 && !opened.offers.includes('sim'),
      opened,
    );
    scene.check(
      'a person has to be one',
      opened.requirement.mustInclude.includes('staff'),
      opened.requirement,
    );
    const code = await orderedCode(scene, grace, opened);
    scene.check('no code is sent to it', code === undefined, code);
    const tried = await takesBack(scene, grace, 'card-g', opened);
    scene.check('the app refuses too', tried.status >= 400, tried);
    await scene.passes(16);
    scene.check('the card stays frozen', (await cardOf(scene, grace, 'card-g')).state === 'frozen');
    const after = await onlyTicket(scene, grace, agents.lin);
    scene.check('and a person has the case', after.ticket.status === 'queued', after.ticket);
  },
};
