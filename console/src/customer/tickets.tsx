import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Empty, Loaded } from '../shared/states.tsx';
import { useShown } from './live.tsx';
import { TicketStatus } from './ticket-status.tsx';
import { useWords } from './words.ts';

/** Every ticket of the customer, the latest first. */
export function Tickets() {
  const words = useWords();
  const live = useShown('tickets');
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={words.ticket.sameEverywhere}>
        {words.ticket.heading}
      </Header>
      <Loaded live={live}>
        {(tickets) =>
          tickets.length === 0 ? (
            <Empty title={words.ticket.none} hint={words.ticket.noneHint} />
          ) : (
            <SpaceBetween size="s">
              {tickets.map((ticket) => (
                <Container key={ticket.number}>
                  <div className="row">
                    <div className="words">
                      <Link href={`#/ticket/${ticket.number}`} fontSize="heading-m">
                        {ticket.number}
                      </Link>
                      <Box variant="small" display="block">
                        {words.endsIn(ticket.lastFour)} · {words.ticket.categories[ticket.category]}
                      </Box>
                    </div>
                    <TicketStatus ticket={ticket} />
                  </div>
                </Container>
              ))}
            </SpaceBetween>
          )
        }
      </Loaded>
    </SpaceBetween>
  );
}
