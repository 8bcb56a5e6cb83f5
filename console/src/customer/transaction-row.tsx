import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import { moment, money } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Place } from '../shared/place.tsx';
import type { Transaction } from './answers.ts';
import { useWords } from './words.ts';

/** One transaction: original amount, and for a cross-border one what is billed, rate and fee (D7). */
export function TransactionRow({ transaction: one }: { transaction: Transaction }) {
  const words = useWords();
  const { language, time } = usePage();
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
            {words.report.billed} {money(one.billing, language)}
            {one.billing.rate !== undefined && ` · ${words.report.rate} ${one.billing.rate}`}
            {one.billing.feeMinor === undefined
              ? one.pending && ` · ${words.report.feeLater}`
              : ` · ${words.report.fee} ${money({ minor: one.billing.feeMinor, currency: one.billing.currency }, language)}`}
          </Box>
        )}
      </span>
    </span>
  );
}
