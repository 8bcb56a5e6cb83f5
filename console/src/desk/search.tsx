import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import type { Answer } from '../shared/route.ts';
import { Empty, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import type { Me } from './answers.ts';
import { FoundCard } from './found-card.tsx';
import type { Frozen } from './freeze-dialogue.tsx';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { type SearchForm as Form, heardNumber, wrongOf } from './search-form.ts';
import { useWords } from './words.ts';

type Found = Answer<typeof routes.search>;

/** By number, by phone, or by last four and day. */
export default function Search({ me }: { me: Me }) {
  const words = useWords();
  const api = useApi();
  const [form, setForm] = useState<Form>({ number: '', phone: '', lastFour: '', day: '' });
  const [found, setFound] = useState<Found>();
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
  const find = useAction(() => api.call(routes.search, { body: given }), setFound);
  const [asked, setAsked] = useState(false);
  const wrong = wrongOf(form);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const readable = Object.keys(wrong).length === 0;
    setAsked(!readable);
    if (readable) void find.run();
    else setFound(undefined);
  };
  // Nobody is corrected before they pressed.
  const errorOf = (name: keyof Form) => {
    const what = asked ? wrong[name] : undefined;
    return what && words.search.wrong[what];
  };
  const field = (name: keyof Form, clean: (text: string) => string, placeholder: string) => (
    <FormField label={words.search[name]} errorText={errorOf(name)}>
      <Input
        value={form[name]}
        placeholder={placeholder}
        onChange={({ detail }) => setForm((before) => ({ ...before, [name]: clean(detail.value) }))}
      />
    </FormField>
  );
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h1" description={words.search.intro}>
            {words.search.heading}
          </Header>
        }
      >
        <form onSubmit={submit}>
          <SpaceBetween size="m">
            <ColumnLayout columns={4} minColumnWidth={180}>
              {field('number', heardNumber, 'FR-')}
              {field('phone', (text) => text.slice(0, 32), '+86')}
              {field('lastFour', (text) => text.replace(/\D/g, '').slice(0, 4), '4417')}
              {field('day', (text) => text.slice(0, 10), 'YYYY-MM-DD')}
            </ColumnLayout>
            {find.problem !== undefined && <Refused problem={find.problem} />}
            <Button
              variant="primary"
              formAction="submit"
              disabled={Object.keys(given).length === 0}
              loading={find.busy}
            >
              {words.search.find}
            </Button>
          </SpaceBetween>
        </form>
      </Container>
      {found !== undefined && (
        <Results found={found} me={me} held={(after) => setFound(withHeld(found, after))} />
      )}
    </SpaceBetween>
  );
}

/** What was found, with the card as it is now and the ticket its loss brought. */
function withHeld(found: Found, { card, ticket }: Frozen): Found {
  const others = found.tickets.filter(({ number }) => number !== ticket?.number);
  return {
    ...found,
    tickets: ticket === undefined ? found.tickets : [ticket, ...others],
    cards: found.cards.map((one) => (one.cardToken === card.cardToken ? card : one)),
  };
}

function Results({ found, me, held }: { found: Found; me: Me; held: (after: Frozen) => void }) {
  const words = useWords();
  const { time } = usePage();
  if (found.tickets.length + found.cards.length === 0) return <Empty title={words.search.none} />;
  return (
    <SpaceBetween size="m">
      {found.tickets.map((ticket) => (
        <Container key={ticket.number}>
          <SpaceBetween direction="horizontal" size="m">
            <Priority of={ticket.priority} />
            <Link href={`#/ticket/${ticket.number}`}>{ticket.number}</Link>
            <Box>{words.statuses[ticket.status]}</Box>
            <Box color="text-body-secondary">
              {words.categories[ticket.category]} · {ticket.lastFour} · {moment(ticket.openedAt, time)}
            </Box>
          </SpaceBetween>
        </Container>
      ))}
      {found.cards.map((card) => (
        <FoundCard key={card.cardToken} card={card} me={me} held={held} />
      ))}
    </SpaceBetween>
  );
}
