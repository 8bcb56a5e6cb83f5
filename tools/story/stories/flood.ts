import { cardOf, onlyTicket } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { grace } = people;
const BABBLE = [
  'Thanks for your message!',
  'I am on holiday',
  'Out of office',
  'Back on Monday',
  'Hello?',
  'brb',
  'ttyl',
  'hmm',
];

export const flood: Story = {
  name: 'flood',
  title: 'An auto-responder answers everything',
  shows: 'Four answers per alert, then silence, and the ticket says so (H6, H7).',
  async play(scene) {
    await scene.knows(grace, 'card-g');
    await scene.spends(grace, 'card-g', { kind: 'odd' });
    for (const words of BABBLE) await scene.texts(grace, words);
    const texts = scene.read(grace);
    scene.check('one question, and at most four answers', texts.length <= 5, texts.length);
    const { ticket, timeline } = await onlyTicket(scene, grace, agents.lin);
    const noted = timeline.filter(({ type }) => type === 'customer_wrote').length;
    scene.check('every message is on the ticket', noted === BABBLE.length, noted);
    scene.check(
      'the silence too',
      timeline.some(({ data }) => String(data.effect).endsWith('_silent')),
    );
    scene.check('and a person takes over', ticket.status === 'queued', ticket);
    scene.check('nothing was frozen for it', (await cardOf(scene, grace, 'card-g')).state === 'active');
    await scene.texts(grace, 'NOT MINE');
    scene.check('a real NO still holds the card', (await cardOf(scene, grace, 'card-g')).state === 'frozen');
  },
};
