import type { Colleagues, Me, Whole } from './answers.ts';

export interface Colleague {
  readonly id: string;
  readonly name: string;
}

const AGENT = 'agent:';

/**
 * Who a ticket may be handed to by name: who worked on it before, and whoever has work in hand just now. A name nobody here knows is not offered: a ticket kept for a typing error would wait for nobody.
 */
export function colleaguesOf(
  timeline: Whole['timeline'],
  me: Pick<Me, 'id'>,
  atWork: readonly Pick<Colleagues['colleagues'][number], 'id' | 'name'>[] = [],
): readonly Colleague[] {
  const known = new Map<string, string>();
  for (const { by, data } of timeline) {
    // Two people at once are `agent:…+agent:…`: no id of one.
    if (!by.startsWith(AGENT) || by.includes('+') || typeof data.name !== 'string') continue;
    known.set(by.slice(AGENT.length), data.name);
  }
  for (const { id, name } of atWork) known.set(id, name);
  known.delete(me.id);
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
