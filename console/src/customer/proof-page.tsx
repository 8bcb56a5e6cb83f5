import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Action } from './proof.tsx';
import { useWords } from './words.ts';

/** Something that gives something back: what it is, why it takes a proof, and the warning of who makes people do it. */
export function ProofPage({ action, why, children }: { action: Action; why: string; children: ReactNode }) {
  const words = useWords();
  return (
    <Container
      header={
        <Header variant="h1" description={why}>
          {words.verify.titleOf(words.verify.actions[action])}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {children}
        <Box color="text-body-secondary">{words.verify.stop}</Box>
      </SpaceBetween>
    </Container>
  );
}
