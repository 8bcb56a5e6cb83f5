import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import { opensRelease, showsPasskey, takesBack, withPasskey } from '../proof.ts';
import type { Story } from '../story.ts';

const { zhang } = people;
const SHOP = { id: 'M-999', name: 'BIT*COIN XCHG' };

export const cardBack: Story = {
  name: 'card-back',
  title: 'It was him: the card back within minutes',
  shows:
    'A YES on a frozen card only claims; a second factor of another kind releases it; paying again passes (H18).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    const passkey = await withPasskey(scene, zhang);
    await scene.spends(zhang, 'card-a', { kind: 'stolen', merchant: SHOP, declined: true });
    await scene.passes(0.5);
    await scene.texts(zhang, '是我');
    scene.check('his YES alone releases nothing', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    const { ticket } = await onlyTicket(scene, zhang, agents.lin);
    const opened = await opensRelease(scene, zhang, 'card-a', ticket.alertId ?? '');
    scene.check(
      'the text counts as one factor',
      opened.factors.some(({ kind }) => kind === 'sim'),
      opened,
    );
    const early = await takesBack(scene, zhang, 'card-a', opened);
    scene.check('and one is not enough', early.status >= 400, early);
    const passed = await showsPasskey(scene, zhang, opened, passkey);
    scene.check('the passkey is the second', passed.status === 'passed', passed);
    const released = await takesBack(scene, zhang, 'card-a', passed);
    scene.check('the hold is lifted', released.status === 200, released);
    scene.check(
      'and the issuer has lifted the freeze',
      (await cardOf(scene, zhang, 'card-a')).state === 'active',
    );
    scene.check(
      'the ticket is resolved',
      (await onlyTicket(scene, zhang, agents.lin)).ticket.status === 'resolved',
    );

    await scene.passes(1);
    const texts = scene.read(zhang).length;
    scene.aside('He pays again, about the same, at the same shop.');
    await scene.spends(zhang, 'card-a', { kind: 'stolen', merchant: SHOP, minor: 880_000 });
    scene.check(
      'it goes through, and nobody asks',
      scene.read(zhang).length === texts,
      scene.read(zhang).slice(texts),
    );
    scene.aside('Somebody else tries the card elsewhere.');
    await scene.spends(zhang, 'card-a', { kind: 'stolen', merchant: { id: 'M-12', name: 'ELSEWHERE LTD' } });
    await scene.passes(0.5);
    scene.check('that is held again', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
  },
};
