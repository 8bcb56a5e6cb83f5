import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import { Fragment } from 'react';
import { moment, money } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Place } from '../shared/place.tsx';
import type { Transaction } from './answers.ts';
import { useWords } from './words.ts';

/** One transaction: original amount, and for a cross-border one what is billed, rate and fee (D7). */
export function TransactionRow({ transaction: one }: { transaction: Transaction }) {
  const words = useWords();
  const { language, time } = usePage();
  const billed = ({ rate, feeMinor, ...amount }: Transaction['billing'], pending: boolean) => [
    `${words.report.billed} ${money(amount, language)}`,
    ...(rate === undefined ? [] : [`${words.report.rate} ${rate}`]),
    ...(feeMinor !== undefined
      ? [`${words.report.fee} ${money({ ...amount, minor: feeMinor }, language)}`]
      : pending
        ? [words.report.feeLater]
        : []),
  ];
  return (
    <span className="row">
      <span className="words">
        <Box variant="strong" display="inline">
          {one.merchant.name}
        </Box>
        <Box variant="small" display="block">
          <Place code={one.merchant.country} /> · {moment(one.occurredAt, time)}
        </Box>
        <span className="marks">
          {one.pending && <Badge>{words.report.pending}</Badge>}
          {one.declined && <Badge color="grey">{words.report.declined}</Badge>}
          {one.suspicious && <Badge color="red">{words.report.suspicious}</Badge>}
          {one.reversals?.map(({ kind, reversedAt }) => (
            <Badge key={reversedAt} color="green">
              {words.report[kind]}
            </Badge>
          ))}
        </span>
      </span>
      <span className="amount digits">
        <Box variant="strong" display="block">
          {money(one.amount, language)}
        </Box>
        {one.crossBorder && (
          <Box variant="small" display="block">
            {billed(one.billing, one.pending).map((part, index) => (
              <Fragment key={part}>
                {index > 0 && ' · '}
                <span className="whole">{part}</span>
              </Fragment>
            ))}
          </Box>
        )}
      </span>
    </span>
  );
}
