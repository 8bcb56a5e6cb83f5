import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { grace } = people;

export const fakeCall: Story = {
  name: 'fake-call',
  title: 'Is it really the bank?',
  shows: 'The app says who is calling, and that nobody is (D10).',
  async play(scene) {
    await scene.knows(grace, 'card-g');
    await scene.spends(grace, 'card-g', { kind: 'stolen' });
    await scene.passes(0.5);
    await scene.texts(grace, 'NO');
    scene.aside('Two minutes later her phone rings: "This is your bank’s security department …"');
    await scene.passes(2);
    const nobody = await scene.app(grace, 'is it really you?', { method: 'GET', path: '/bank-check' });
    scene.check(
      'the app: we are not calling you',
      nobody.status === 200 && nobody.body.calling === false,
      nobody.body,
    );
    const told = await scene.app(grace, 'reports the call', {
      method: 'POST',
      path: '/fake-calls',
      body: { text: 'A man asked for the code on my phone' },
    });
    scene.check('the report is taken', told.status < 300, told);

    const { ticket } = await onlyTicket(scene, grace, agents.lin);
    const base = `/agent/tickets/${ticket.number}`;
    await scene.desk(agents.lin, `takes ${ticket.number}`, { method: 'POST', path: `${base}/claim` });
    const call = await scene.desk(agents.lin, 'announces her call', { method: 'POST', path: `${base}/call` });
    scene.check('the agent announces the call before it rings', call.status < 300, call);
    const real = await scene.app(grace, 'is it really you?', { method: 'GET', path: '/bank-check' });
    scene.check(
      'the app names agent and ticket',
      JSON.stringify(real.body).includes('Lin Yue') && JSON.stringify(real.body).includes(ticket.number),
      real.body,
    );
    scene.check(
      'the card stays frozen through all of it',
      (await cardOf(scene, grace, 'card-g')).state === 'frozen',
    );
  },
};
