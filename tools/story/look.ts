import * as z from 'zod';
import type { Agent, Person } from './people.ts';
import type { Scene } from './scene.ts';

const cardSchema = z.object({ cardToken: z.string(), state: z.string(), holds: z.array(z.string()) });
const ticketSchema = z.object({
  number: z.string(),
  status: z.string(),
  priority: z.string(),
  version: z.number(),
  queuedReason: z.string().optional(),
  resolution: z.string().optional(),
  cardToken: z.string(),
  alertId: z.string().optional(),
});
const pageSchema = z.object({
  ticket: ticketSchema,
  alert: z.object({ status: z.string(), undeliverableReason: z.string().optional() }).optional(),
  timeline: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })),
  timelineIntact: z.boolean(),
});
const queueSchema = z.object({ tickets: z.array(ticketSchema) });
const ownTicketsSchema = z.object({
  tickets: z.array(z.object({ number: z.string(), status: z.string(), cardToken: z.string() })),
});

/** Reads as a customer's app does: quietly, for a check. */
async function get(
  scene: Scene,
  pool: 'customers' | 'agents',
  who: Person | Agent,
  path: string,
): Promise<unknown> {
  const scopes = [pool === 'agents' ? 'cardguard/agent' : 'cardguard/customer'];
  const token = await scene.stack.tokens.issue({ pool, subject: who.subject, name: who.name, scopes });
  const response = await fetch(`${scene.stack.url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

export async function cardOf(scene: Scene, person: Person, cardToken: string) {
  const { cards } = z
    .object({ cards: z.array(cardSchema) })
    .parse(await get(scene, 'customers', person, '/cards'));
  const card = cards.find((one) => one.cardToken === cardToken);
  if (card === undefined) throw new Error(`${person.name} has no card ${cardToken}`);
  return card;
}

export async function ticketsOf(scene: Scene, person: Person) {
  return ownTicketsSchema.parse(await get(scene, 'customers', person, '/tickets')).tickets;
}

/** The queue as agents see it. */
export async function queueOf(scene: Scene, agent: Agent) {
  return queueSchema.parse(await get(scene, 'agents', agent, '/agent/queue')).tickets;
}

/** The customer's only ticket, as an agent sees it. */
export async function onlyTicket(scene: Scene, person: Person, agent: Agent) {
  const [only, ...others] = await ticketsOf(scene, person);
  if (only === undefined || others.length > 0)
    throw new Error(`${person.name} has ${others.length + (only ? 1 : 0)} tickets`);
  return pageSchema.parse(await get(scene, 'agents', agent, `/agent/tickets/${only.number}`));
}
