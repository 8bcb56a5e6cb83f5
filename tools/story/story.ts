import type { Scene } from './scene.ts';

/** One night, played through the public entry points; it throws when a line does not hold. */
export interface Story {
  readonly name: string;
  readonly title: string;
  /** What it shows, in one sentence, with the ids of docs/requirements.md. */
  readonly shows: string;
  readonly play: (scene: Scene) => Promise<void>;
}

/** A line of a story that did not hold. */
export class BrokenLine extends Error {
  override readonly name = 'BrokenLine';
}
