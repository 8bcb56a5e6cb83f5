import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { usePage } from '../shared/page.tsx';

/** A form over the page, with one way out and one way on. */
export function FormDialogue(props: {
  title: string;
  submit: string;
  disabled: boolean;
  busy: boolean;
  close: () => void;
  run: () => Promise<void>;
  size?: 'medium' | 'large';
  children: ReactNode;
}) {
  const { words: shared } = usePage();
  return (
    <Modal
      visible
      size={props.size ?? 'medium'}
      onDismiss={props.close}
      header={props.title}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={props.close}>
              {shared.cancel}
            </Button>
            <Button
              variant="primary"
              disabled={props.disabled}
              loading={props.busy}
              onClick={() => void props.run()}
            >
              {props.submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">{props.children}</SpaceBetween>
    </Modal>
  );
}
