import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { grace } = people;

export const stopInASentence: Story = {
  name: 'stop-in-a-sentence',
  title: 'STOP, and a sentence that begins with CANCEL',
  shows:
    'A bare keyword opts out, a sentence is read as a sentence; neither unfreezes nor ends the case (H10).',
  async play(scene) {
    await scene.knows(grace, 'card-g');
    await scene.spends(grace, 'card-g', { kind: 'stolen' });
    await scene.passes(1);
    await scene.texts(grace, 'CANCEL my card please, I am scared');
    const answer = scene.read(grace).at(-1) ?? '';
    scene.check(
      'the sentence is answered: no opt-out',
      scene.read(grace).length === 2 && !/no more texts/.test(answer),
      answer,
    );

    await scene.texts(grace, 'STOP');
    scene.check(
      'the bare keyword is confirmed, once',
      /no more texts/.test(scene.read(grace).at(-1) ?? ''),
      scene.read(grace),
    );
    const texts = scene.read(grace).length;
    await scene.passes(16);
    scene.check('no text follows', scene.read(grace).length === texts, scene.read(grace));
    scene.check('the card stays frozen', (await cardOf(scene, grace, 'card-g')).state === 'frozen');
    const { ticket, timelineIntact } = await onlyTicket(scene, grace, agents.lin);
    scene.check('and a person has the case', ticket.status === 'queued', ticket);
    scene.check('with an unbroken timeline', timelineIntact);
  },
};
