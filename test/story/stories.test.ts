import { describe, expect, test } from 'vitest';
import { createPage } from '../../tools/story/page.ts';
import { openTheatre } from '../../tools/story/scene.ts';
import { stories } from '../../tools/story/stories.ts';

describe('every line of every story holds', () => {
  test.each(stories.map((story) => [story.name, story] as const))(
    '%s',
    async (_name, story) => {
      const lines: string[] = [];
      const page = createPage({ line: (text) => lines.push(text), zone: 'Asia/Shanghai' });
      const theatre = await openTheatre(page);
      try {
        await story.play(theatre.scene);
      } finally {
        await theatre.stop();
      }
      expect(lines.filter((line) => line.includes('✓')).length).toBeGreaterThan(2);
    },
    120_000,
  );
});

test('there are at least twelve, each with a name of its own', () => {
  expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
  expect(stories.length).toBeGreaterThanOrEqual(12);
});
