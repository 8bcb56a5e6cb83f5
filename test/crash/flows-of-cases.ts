import { createHash } from 'node:crypto';
import type { Cell } from './cells.ts';
import { asks, claims, known, looks } from './requests.ts';
import type { Scene } from './scene.ts';
import {
  asked,
  buys,
  type Flow,
  introducedWithEmail,
  passes,
  type Step,
  second,
  texts,
  twoCards,
} from './steps.ts';

/** What belongs to a case as it goes on: disputes, a second ticket that is the same case, papers. */
const ofTicket = (cell: Cell): string => `/agent/tickets/${known(cell, 'number')}`;
const bought = ({ mark }: Cell): string => `T-${mark}-1`;
const reports = asks(
  'customer',
  () => '/reports',
  (cell) => ({ cardToken: cell.card, transactionIds: [bought(cell)], wanted: 'refund' }),
);
const reported = [introducedWithEmail, buys('ordinary', '1'), reports, looks];
const inHand = [...reported, claims];
const moves = (to: string, more: object): Step =>
  asks(
    'agent',
    (cell) => `${ofTicket(cell)}/disputes`,
    (cell) => ({ transactionId: bought(cell), to, ...more }),
  );
const submits = moves('submitted', { reference: 'CB-1' });

const refunds: Step = {
  does: async (scene, cell) => {
    const at = cell.known.get('refundedAt') ?? scene.now(-60);
    cell.known.set('refundedAt', at);
    await scene.bank.put('TransactionReversed', {
      ...{ transactionId: bought(cell), cardToken: cell.card, reversedAt: at, kind: 'refund' },
      amount: { minor: 12_000, currency: 'CNY' },
    });
  },
};

/** Both tickets, each of a card of its own. */
const looksAtBoth: Step = {
  does: async (scene, cell) => {
    const { tickets } = (await scene.look(cell, '/tickets')) as {
      tickets: { number: string; cardToken: string }[];
    };
    const numberOf = (card: string) => tickets.find(({ cardToken }) => cardToken === card)?.number ?? '';
    cell.known.set('number', numberOf(cell.secondCard));
    cell.known.set('into', numberOf(cell.card));
  },
};
const twoTickets = [
  introducedWithEmail,
  twoCards,
  buys('odd', '1'),
  buys('odd', '2', second),
  passes(5),
  looksAtBoth,
];

const paper = ({ mark }: Cell): Buffer => Buffer.from(`%PDF-1.7\na receipt for ${mark}\n%%EOF`);
const virus = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');
const infected = ({ mark }: Cell): Buffer => Buffer.from(`%PDF-1.7\n${virus}\n${mark}`);
const announces = (file: (cell: Cell) => Buffer): Step =>
  asks(
    'customer',
    (cell) => `/tickets/${known(cell, 'number')}/evidence`,
    (cell) => ({
      ...{ name: 'receipt.pdf', mediaType: 'application/pdf', bytes: file(cell).length },
      sha256: createHash('sha256').update(file(cell)).digest('hex'),
    }),
  );

interface Announced {
  readonly evidence: { readonly evidenceId: string };
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}
function announced({ answers }: Cell): Announced {
  const found = answers.map(({ body }) => body as Partial<Announced>).find(({ upload }) => upload);
  if (found?.upload === undefined || found.evidence === undefined)
    throw new Error('no papers were announced');
  return { evidence: found.evidence, upload: found.upload };
}
/** The browser sends the file to the shelf itself. */
const sends = (file: (cell: Cell) => Buffer): Step => ({
  does: async (_, cell) => {
    const { url, headers } = announced(cell).upload;
    const { status } = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(file(cell)) });
    if (status !== 200) throw new Error(`the shelf answered ${status}`);
  },
});
const fetches: Step = {
  does: (scene: Scene, cell) =>
    scene.read(
      cell,
      'customer',
      `/tickets/${known(cell, 'number')}/evidence/${announced(cell).evidence.evidenceId}`,
    ),
};

export const caseFlows: readonly Flow[] = [
  { name: 'D9 agent submits a dispute', before: inHand, act: [submits] },
  {
    name: 'D9 agent asks for evidence of a dispute',
    before: inHand,
    act: [moves('evidence_wanted', { text: 'Please send us the receipt' })],
  },
  { name: 'the bank refunds a disputed transaction', before: reported, act: [refunds] },
  {
    name: 'supervisor merges two tickets',
    before: twoTickets,
    act: [
      asks(
        'supervisor',
        (cell) => `${ofTicket(cell)}/merge`,
        (cell) => ({ into: known(cell, 'into'), reason: 'One thief, two cards' }),
      ),
    ],
  },
  { name: 'D9 customer announces papers', before: reported, act: [announces(paper)] },
  {
    name: 'D11 papers come and are clean',
    before: [...reported, announces(paper)],
    act: [sends(paper)],
    raced: true,
  },
  {
    name: 'papers come and are infected',
    before: [...reported, announces(infected)],
    act: [sends(infected)],
    raced: true,
  },
  {
    name: 'customer fetches the papers',
    before: [...reported, announces(paper), sends(paper)],
    act: [fetches],
  },
  {
    name: 'D8 customer asks for a person by text, over an alert',
    before: asked,
    act: [texts('人工')],
  },
  {
    name: 'D8 customer asks for a person by text, over what they reported',
    before: reported,
    act: [texts('AGENT')],
  },
  {
    name: 'announced papers never come',
    before: [...reported, announces(paper), passes(29 * 60)],
    act: [passes(2 * 60)],
    bySweep: ['sweep-deadlines'],
  },
];
