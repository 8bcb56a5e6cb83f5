import { cardOf, queueOf } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { zhang } = people;

export const twoCardsOnePhone: Story = {
  name: 'two-cards-one-phone',
  title: 'Two cards, one phone',
  shows: 'A bare 1 changes nothing, a bare NO holds every card concerned; both are asked which (H3).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    await scene.bank.card('card-b', zhang, { lastFour: '9001' });
    scene.aside(
      'Something odd happens on each of Mr Zhang’s two cards. Neither is frozen; he is asked twice.',
    );
    await scene.spends(zhang, 'card-a', { kind: 'odd' });
    await scene.spends(zhang, 'card-b', { kind: 'odd' });
    await scene.passes(1);
    const open = await Promise.all(['card-a', 'card-b'].map((card) => cardOf(scene, zhang, card)));
    scene.check(
      'he is asked, and may go on paying',
      open.every(({ state }) => state === 'active'),
      open,
    );
    scene.check(
      'the second question carries a tag to answer it by',
      tagIn(scene.read(zhang).at(-1) ?? '') !== '',
    );

    await scene.texts(zhang, '1');
    const asked = scene.read(zhang).at(-1) ?? '';
    scene.check(
      'a bare 1 is asked back: which card?',
      asked.includes('4417') && asked.includes('9001'),
      asked,
    );
    scene.check('and nothing is settled', (await queueOf(scene, agents.lin)).length === 0);

    await scene.texts(zhang, '不是我');
    scene.check('a bare NO holds the first card', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    scene.check('and the second', (await cardOf(scene, zhang, 'card-b')).state === 'frozen');
    const queue = await queueOf(scene, agents.lin);
    scene.check(
      'both tickets wait for a person at P1',
      queue.length === 2 && queue.every(({ priority }) => priority === 'P1'),
      queue,
    );

    await scene.texts(zhang, '9001 2');
    const told = scene.read(zhang).at(-1) ?? '';
    scene.check('named by its last four, one of them is settled as fraud', /FR-[0-9A-Z]{8}/.test(told), told);
  },
};

/** The digit that names the alert in a reply: the one before the 1. */
const tagIn = (text: string): string => /([3-9])\s?1/.exec(text)?.[1] ?? '';
