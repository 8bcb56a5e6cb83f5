import { cardOf, queueOf } from '../look.ts';
import { agents, people } from '../people.ts';
import type { Story } from '../story.ts';

const { zhang, mei } = people;
/** His mother’s card is with the same bank, and so is his phone number on her file. */
const mother = { ...mei, phone: zhang.phone };

export const sharedPhone: Story = {
  name: 'shared-phone',
  title: 'Mother and son, one phone',
  shows: 'A YES needs the tag, a NO holds whatever it may mean, nothing of one is told to the other (H9).',
  async play(scene) {
    await scene.knows(zhang, 'card-a');
    await scene.knows(mother, 'card-m', { lastFour: '2288' });
    await scene.spends(mother, 'card-m', { kind: 'odd' });
    const asked = scene.read(mother).at(-1) ?? '';
    const tag = /回([3-9]) 1/.exec(asked)?.[1] ?? '';
    scene.check('one question, yet it carries a tag: two customers read here', tag !== '', asked);
    await scene.texts(zhang, '1');
    scene.check('a bare 1 settles nothing', (scene.read(zhang).at(-1) ?? '') !== asked, scene.read(zhang));
    await scene.texts(zhang, `${tag} 1`);
    scene.check(
      'with its tag it does',
      (scene.read(zhang).at(-1) ?? '').includes('2288'),
      scene.read(zhang).at(-1),
    );

    scene.aside('An hour later somebody shops with both cards.');
    await scene.passes(60);
    await scene.spends(mother, 'card-m', { kind: 'odd', merchant: { id: 'M-81', name: 'Gold Street' } });
    await scene.spends(zhang, 'card-a', { kind: 'odd', merchant: { id: 'M-81', name: 'Gold Street' } });
    await scene.texts(zhang, '都不是我们');
    scene.check('a NO holds her card', (await cardOf(scene, mother, 'card-m')).state === 'frozen');
    scene.check('and his', (await cardOf(scene, zhang, 'card-a')).state === 'frozen');
    scene.check('both cases are with people', (await queueOf(scene, agents.lin)).length === 2);
  },
};
