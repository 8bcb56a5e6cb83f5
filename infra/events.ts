/** Source of every event the bank puts on the bus. */
export const bankSource = 'bank.cards';

/** Source of what cardguard itself puts on the bus. */
export const ownSource = 'cardguard';

/** Detail types of the bank, by the queue they go to. */
export const detailTypes = {
  transactions: ['TransactionAuthorized', 'TransactionPosted', 'TransactionReversed'],
  'card-status': ['CardStatusChanged'],
  customers: ['CardIssued', 'CustomerContactChanged', 'SimChanged', 'DeviceRegistered'],
  // What comes back of a purchase is also told to those who dispute it.
  labels: ['FraudConfirmed', 'FraudCleared', 'TransactionReversed'],
} as const;

/** Our own events that say what a transaction turned out to be; the desk's conclusions are told like the bank's. */
export const ownLabelTypes = [
  'FraudConfirmed',
  'FraudCleared',
  'AlertSettled',
  'TransactionsReported',
] as const;

/** Our own events that tell of a freeze, to be counted. */
export const ownFreezeTypes = ['AlertOpened', 'AlertEscalated'] as const;

/** What the bank's card system must carry out. */
export const requestsToBank = ['CardFreezeRequested', 'CardUnfreezeRequested'] as const;
