import Box from '@cloudscape-design/components/box';
import {
  bankTold,
  disputeStates,
  disputeWords,
  lostCauses,
  ownCauses,
  staffDisputeStates,
  stepBy,
} from './dispute-words.ts';
import { type Money, moment, money, type TimeFormat } from './format.ts';
import { usePage } from './page.tsx';

/** A disputed transaction as the API has it, for customer and desk alike. */
export interface Disputed {
  readonly transactionId: string;
  readonly status: keyof typeof disputeStates;
  readonly at: string;
  readonly facts?: {
    readonly occurredAt: string;
    readonly merchantName: string;
    readonly amount: Money;
    readonly billing: Money;
  };
  readonly history: readonly Step[];
}

interface Step {
  readonly status: keyof typeof disputeStates;
  readonly at: string;
  readonly by: string;
  readonly amount?: Money;
  readonly reference?: string;
  readonly cause?: keyof typeof lostCauses;
  readonly told?: keyof typeof bankTold;
}

/** The same in one line, for where there is no room for more. */
export function purchaseName({ facts, transactionId }: Disputed, { language, zone }: TimeFormat): string {
  if (facts === undefined) return `${disputeWords.unnamed[language]} ${transactionId}`;
  const { merchantName, amount, occurredAt } = facts;
  return [merchantName, money(amount, language), moment(occurredAt, { language, zone })].join(' · ');
}

/** Where, how much, when: what people know a purchase by; its id only where nothing else is kept. */
export function DisputedPurchase({ dispute }: { dispute: Disputed }) {
  const { language, time } = usePage();
  const { facts, transactionId, at } = dispute;
  if (facts === undefined)
    return (
      <span className="words">
        {disputeWords.unnamed[language]} {transactionId} · {disputeWords.reportedAt[language]}{' '}
        {moment(at, time)}
      </span>
    );
  const abroad = facts.billing.currency !== facts.amount.currency;
  return (
    <span className="words">
      <Box variant="strong" display="inline">
        {facts.merchantName}
      </Box>{' '}
      <span className="digits">
        <span className="whole">{money(facts.amount, language)}</span>
        {abroad && <span className="whole"> ({money(facts.billing, language)})</span>}
      </span>
      <Box variant="small" display="block">
        {moment(facts.occurredAt, time)}
      </Box>
    </span>
  );
}

/** Every step of it, oldest first: what, by whom, when, how much; `own` when it is told to the customer. */
export function DisputeHistory({ history, own = false }: { history: readonly Step[]; own?: boolean }) {
  const { language, time } = usePage();
  const states = own ? disputeStates : staffDisputeStates;
  return (
    <ol className="plain">
      {history.map((step) => (
        <li key={`${step.at} ${step.status} ${step.told ?? ''}`}>
          {step.told === undefined ? states[step.status][language] : bankTold[step.told][language]}
          {step.amount !== undefined && ` · ${money(step.amount, language)}`}
          {step.cause !== undefined && ` · ${(own ? ownCauses : lostCauses)[step.cause][language]}`}
          {step.reference !== undefined && ` · ${disputeWords.reference[language]} ${step.reference}`}
          <Box variant="small" display="block">
            {moment(step.at, time)} · {stepBy(step.by, own)[language]}
          </Box>
        </li>
      ))}
    </ol>
  );
}
