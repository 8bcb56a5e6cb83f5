import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import { opensRelease, showsPasskey, takesBack, withPasskey } from '../proof.ts';
import type { Story } from '../story.ts';

const { grace } = people;

export const traveller: Story = {
  name: 'traveller-without-sms',
  title: 'Abroad, and no text arrives',
  shows:
    'Another way to prove oneself is there and offered: passkey and a person, without the phone number (H13).',
  async play(scene) {
    await scene.knows(grace, 'card-g');
    const passkey = await withPasskey(scene, grace);
    scene.stack.phone.refuse(grace.phone, 'InvalidParameter');
    scene.aside('Ms Hart is abroad; her SIM has no service. She tries to pay for the hotel.');
    await scene.spends(grace, 'card-g', { kind: 'stolen', merchant: { id: 'M-300', name: 'HOTEL LAGOS' } });
    await scene.passes(0.5);
    scene.check(
      'no text, the card is frozen',
      scene.read(grace).length === 0 && (await cardOf(scene, grace, 'card-g')).state === 'frozen',
    );
    const { ticket } = await onlyTicket(scene, grace, agents.lin);
    const opened = await opensRelease(scene, grace, 'card-g', ticket.alertId ?? '');
    scene.check(
      'the app offers what works there',
      opened.offers.includes('device') && opened.offers.includes('staff'),
      opened.offers,
    );
    const one = await showsPasskey(scene, grace, opened, passkey);
    scene.check('the passkey is one factor', one.factors.length === 1 && one.status === 'pending', one);

    await scene.desk(agents.lin, `takes ${ticket.number}`, {
      method: 'POST',
      path: `/agent/tickets/${ticket.number}/claim`,
    });
    const vouch = `/agent/verifications/${opened.verificationId}/vouch`;
    const first = await scene.desk(agents.lin, 'video call, passport shown: vouches for her', {
      method: 'POST',
      path: vouch,
      body: { reason: 'Video call, passport compared' },
    });
    scene.check('one agent vouches', first.status < 300, first);
    const second = await scene.desk(agents.wang, 'approves', { method: 'POST', path: `${vouch}/approve` });
    scene.check('another approves: the second factor', second.status < 300, second);
    const released = await takesBack(scene, grace, 'card-g', opened);
    scene.check('she takes the card back', released.status === 200, released);
    scene.check('and it works', (await cardOf(scene, grace, 'card-g')).state === 'active');
  },
};
