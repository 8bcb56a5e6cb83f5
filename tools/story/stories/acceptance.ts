import { cardOf, onlyTicket, queueOf, ticketsOf } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { zhang } = people;

export const acceptance: Story = {
  name: 'mr-zhang',
  title: 'Mr Zhang at 23:40',
  shows:
    'A charge that is not his: reported and frozen in the app, one ticket, a person within the hour (D1, D2, D5, D7, D10).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    const charge = await scene.spends(zhang, 'card-a', {
      kind: 'ordinary',
      minor: 38_000,
      merchant: { id: 'M-404', name: 'WEB GAMES' },
    });
    scene.aside('Nothing looked odd to the rules. Mr Zhang sees the charge all the same: it is not his.');
    const frozen = await scene.app(zhang, 'freezes the card', {
      method: 'POST',
      path: '/cards/card-a/freeze',
    });
    scene.check('the freeze does not wait', frozen.status === 200, frozen);
    scene.check('the issuer has confirmed it', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    const reported = await scene.app(zhang, 'ticks the charge: not mine', {
      method: 'POST',
      path: '/reports',
      body: { cardToken: 'card-a', transactionIds: [charge] },
    });
    scene.check('the report is taken', reported.status < 300, reported);
    const queue = await queueOf(scene, agents.lin);
    scene.check(
      'a ticket stands in the queue by itself, at P1',
      queue.length === 1 && queue[0]?.priority === 'P1',
      queue,
    );
    const again = await scene.app(zhang, 'reports it once more, to be sure', {
      method: 'POST',
      path: '/reports',
      body: { cardToken: 'card-a', transactionIds: [charge] },
    });
    scene.check(
      'the same ticket goes on, not a second one',
      again.status < 300 && (await ticketsOf(scene, zhang)).length === 1,
      again,
    );

    await scene.passes(30);
    const { ticket } = await onlyTicket(scene, zhang, agents.lin);
    const base = `/agent/tickets/${ticket.number}`;
    await scene.desk(agents.lin, `takes ${ticket.number}`, { method: 'POST', path: `${base}/claim` });
    await scene.desk(agents.lin, 'announces her call', { method: 'POST', path: `${base}/call` });
    const check = await scene.app(zhang, 'is it really the bank?', { method: 'GET', path: '/bank-check' });
    scene.check(
      'the app names her and the ticket',
      JSON.stringify(check.body).includes('Lin Yue'),
      check.body,
    );
    const ended = await scene.desk(agents.lin, 'ends the call: time, merchant and amount confirmed', {
      method: 'POST',
      path: `${base}/call/end`,
      body: { outcome: 'connected', seconds: 240 },
    });
    scene.check('the call is on the ticket', ended.status < 300, ended);
    await scene.texts(zhang, '进度');
    const status = scene.read(zhang).at(-1) ?? '';
    scene.check(
      'SMS says 处理中, with number and version',
      status.includes('处理中') && status.includes(ticket.number),
      status,
    );
    const app = (await ticketsOf(scene, zhang))[0];
    scene.check('and so does the app', app?.status === 'in_progress', app);
    const after = await onlyTicket(scene, zhang, agents.lin);
    scene.check('one ticket, one unbroken timeline', after.timelineIntact, after.timeline);
  },
};
