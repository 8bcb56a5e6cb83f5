import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Both } from '../shared/language.ts';
import { usePage } from '../shared/page.tsx';
import { deskDisputeWords as say } from './dispute-words.ts';
import type { WorkProps } from './workspace.tsx';

/** Tickets this one goes on from or in. */
export function Linked({ whole }: Pick<WorkProps, 'whole'>) {
  const { language } = usePage();
  const { mergedInto, mergedFrom = [], follows, followedBy } = whole.ticket.links ?? {};
  const links: readonly (readonly [Both, string | undefined])[] = [
    [say.mergedInto, mergedInto?.number],
    ...mergedFrom.map((number) => [say.mergedFrom, number] as const),
    [say.follows, follows],
    [say.followedBy, followedBy],
  ];
  if (links.every(([, number]) => number === undefined)) return null;
  return (
    <SpaceBetween direction="horizontal" size="m" alignItems="center">
      {links.flatMap(([what, number]) =>
        number === undefined
          ? []
          : [
              <Box key={`${what.en} ${number}`}>
                {what[language]} <Link href={`#/ticket/${number}`}>{number}</Link>
              </Box>,
            ],
      )}
    </SpaceBetween>
  );
}
