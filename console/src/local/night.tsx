import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useEffect, useState } from 'react';
import { usePage } from '../shared/page.tsx';
import { Loading } from '../shared/states.tsx';
import { type People, readPeople } from './client.ts';
import { Injector } from './injector.tsx';
import './local.css';
import { MailPanel } from './mail-panel.tsx';
import { PhonePanel } from './phone-panel.tsx';
import { localWords } from './words.ts';

/** The customer's phone, their mailbox and the bank's events: one person plays a whole night in two windows. */
export default function Night({ subject }: { subject: string }) {
  const { language } = usePage();
  const words = localWords[language];
  const [people, setPeople] = useState<People>();
  useEffect(() => {
    void readPeople().then((told) => told.ok && setPeople(told.value));
  }, []);
  if (people === undefined) return <Loading />;
  const person = people.customers.find((one) => one.subject === subject);
  return (
    <SpaceBetween size="s">
      <Header variant="h2" description={words.hint}>
        {words.title}
      </Header>
      <Link href="/desk" target="_blank" external externalIconAriaLabel="↗">
        {words.desk}
      </Link>
      <Tabs
        ariaLabel={words.title}
        tabs={[
          { id: 'phone', label: words.phone, content: <PhonePanel person={person} /> },
          { id: 'mail', label: words.mail, content: <MailPanel address={person?.email} /> },
          { id: 'bank', label: words.bank, content: <Injector people={people} name={person?.name} /> },
        ]}
      />
    </SpaceBetween>
  );
}
