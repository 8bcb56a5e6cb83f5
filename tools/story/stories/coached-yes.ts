import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import { opensRelease, showsPasskey, takesBack, withPasskey } from '../proof.ts';
import type { Story } from '../story.ts';

const { zhang } = people;

export const coachedYes: Story = {
  name: 'coached-yes',
  title: 'A voice on the phone tells him what to answer',
  shows: 'The text warns, and at a high amount the release waits: time to think, or a person (H31).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    const passkey = await withPasskey(scene, zhang);
    await scene.spends(zhang, 'card-a', { kind: 'stolen', minor: 3_800_000 });
    await scene.passes(0.5);
    scene.check(
      'the text warns of whoever teaches him an answer',
      (scene.read(zhang)[0] ?? '').includes('教'),
      scene.read(zhang),
    );
    scene.aside('"Say yes, sir, and show your face to the app. Quickly, or your money is gone."');
    await scene.texts(zhang, '1');
    const { ticket } = await onlyTicket(scene, zhang, agents.lin);
    const opened = await opensRelease(scene, zhang, 'card-a', ticket.alertId ?? '');
    const shown = await showsPasskey(scene, zhang, opened, passkey);
    scene.check('both factors are right', shown.factors.length === 2, shown);
    scene.check(
      'at this amount it waits half an hour all the same',
      shown.status === 'pending' && shown.waitsUntil !== undefined,
      shown,
    );
    const tried = await takesBack(scene, zhang, 'card-a', shown);
    scene.check('the card is not given back yet', tried.status >= 400, tried);
    await scene.passes(6);
    scene.aside('His daughter comes in and asks who he is talking to.');
    await scene.texts(zhang, '不是我');
    scene.check(
      'his NO wins over the YES',
      (await onlyTicket(scene, zhang, agents.lin)).ticket.priority === 'P1',
    );
    await scene.passes(30);
    scene.aside('The half hour is over, and the voice has him try again.');
    const late = await takesBack(scene, zhang, 'card-a', shown);
    scene.check('after his NO no proof gives it back', late.status >= 400, late);
    scene.check('the card is frozen', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
  },
};
