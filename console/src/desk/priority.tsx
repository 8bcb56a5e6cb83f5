import Badge from '@cloudscape-design/components/badge';
import type { DeskTicket } from './answers.ts';

const colors = {
  P1: 'severity-critical',
  P2: 'severity-high',
  P3: 'severity-medium',
  P4: 'severity-neutral',
} as const;

export function Priority({ of }: { of: DeskTicket['priority'] }) {
  return <Badge color={colors[of]}>{of}</Badge>;
}
