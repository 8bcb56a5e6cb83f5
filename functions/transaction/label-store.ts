import { type Database, queryAll, type Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { expiryOf } from '../platform/expiry.ts';
import { createOutbox, type EffectRefusal } from '../platform/outbox.ts';
import { decisionKeyPart } from './digest.ts';
import { type TransactionLabel, transactionLabelSchema, type Verdict } from './transaction-label.ts';

/** Most labels of one card that are looked through. */
const MOST_LABELS = 500;
/** An event not published after this long is sent again by the sweep. */
const EFFECT_DUE_SECONDS = 60;

export type LabelRefusal = Changed<TransactionLabel> | EffectRefusal;

/** What is known of transactions, one item each beside its decision; kept longer, as labels come months later. */
export interface LabelStore {
  get(cardToken: string, transactionId: string): Promise<Versioned<TransactionLabel> | undefined>;
  /** All of a card. */
  ofCard(cardToken: string): Promise<readonly TransactionLabel[]>;
  save(
    previous: Versioned<TransactionLabel> | undefined,
    label: TransactionLabel,
  ): Write<Changed<TransactionLabel>>;
  /** Tells others what a transaction is taken for now; an event of the label's own count `seq`. */
  tell(label: TransactionLabel, verdict: Verdict, now: Date): Write<EffectRefusal>;
}

const nameOf = (cardToken: string, transactionId: string) => `${cardToken}#${decisionKeyPart(transactionId)}`;

export function createLabelStore(options: {
  db: Database;
  cardsTable: string;
  casesTable: string;
}): LabelStore {
  const { db, cardsTable, casesTable } = options;
  const outbox = createOutbox(db, casesTable);
  const documents = createDocuments({
    db,
    table: cardsTable,
    schema: transactionLabelSchema,
    name: 'label',
    key: (name) => {
      const [cardToken = '', digest = ''] = name.split('#');
      return { pk: `CARD#${cardToken}`, sk: `LABEL#${digest}` };
    },
    idOf: ({ cardToken, transactionId }) => nameOf(cardToken, transactionId),
    expiresAt: ({ changedAt }) => expiryOf('label', changedAt),
  });
  return {
    get: (cardToken, transactionId) => documents.get(nameOf(cardToken, transactionId)),
    ofCard: async (cardToken) => {
      const of = { table: cardsTable, pk: `CARD#${cardToken}`, sk: { beginsWith: 'LABEL#' } };
      const items = await queryAll(db, { ...of, consistent: true }, MOST_LABELS);
      return items.map((item) => documents.parse(item).body);
    },
    save: documents.save,
    tell: (label, verdict, now) =>
      outbox.put({
        pk: `LABEL#${nameOf(label.cardToken, label.transactionId)}`,
        seq: label.seq,
        effect: 'publish',
        now,
        dueAfterSeconds: EFFECT_DUE_SECONDS,
        payload: {
          type: 'TransactionLabelled',
          detail: {
            cardToken: label.cardToken,
            transactionId: label.transactionId,
            merchantId: label.merchantId,
            transactionAt: label.occurredAt,
            label: verdict.value ?? 'unknown',
            provisional: verdict.provisional,
            labelSource: verdict.source,
            knownAt: verdict.knownAt,
            labelVersion: label.seq,
          },
        },
      }),
  };
}
