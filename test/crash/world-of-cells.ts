import type { World } from '../support/invariants.ts';
import { readTables } from '../support/tables.ts';
import { CARD_NUMBER, type Cell } from './cells.ts';
import type { Scene } from './scene.ts';

/** The whole stack at rest, with what was sent in for these cells. */
export async function worldOf({ stack }: Scene, cells: readonly Cell[]): Promise<World> {
  const depths = await stack.front.queueDepths();
  const texts = stack.phone.messages();
  return {
    tables: await readTables(stack),
    texts,
    logLines: stack.logs().map(({ line }) => line),
    deadLetters: Object.fromEntries(
      Object.entries(depths).flatMap(([name, { visible, inFlight }]) =>
        /Dlq$/.test(name) ? [[name, visible + inFlight]] : [],
      ),
    ),
    sent: {
      transactions: new Map(cells.flatMap(({ sent }) => [...sent])),
      replies: cells.flatMap(({ replies }) => replies.map(({ messageId }) => messageId)),
      phones: cells.map(({ customerId, phone }) => ({ customerId, number: phone })),
      secrets: [
        ...cells.flatMap(({ phone, name }) => [phone.slice(1), name]),
        ...new Set(texts.map(({ text }) => text)),
      ],
      cardNumbers: [CARD_NUMBER, CARD_NUMBER.replaceAll(' ', '')],
    },
  };
}
