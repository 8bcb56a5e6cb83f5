import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { routes } from './routes.ts';
import { WishTold } from './wish-told.tsx';
import { useWords } from './words.ts';
import { isMine, type WorkProps } from './workspace.tsx';

/** Nobody lifts a hold alone: how it is done, and the one thing that is begun from here. */
export default function UnfreezeDialogue(props: WorkProps & { close: () => void }) {
  const { whole, changed, close } = props;
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const { alertId, number } = whole.ticket;
  const [reason, setReason] = useDraft(`desk.${number}.undo`);
  const mayUndo = whole.alert?.status === 'settled_fraud' && alertId !== undefined && isMine(props);
  const undo = useAction(
    () =>
      api.call(routes.proposeUndo, { parts: { alertId: alertId ?? '' }, body: { reason: reason.trim() } }),
    async () => {
      setReason('');
      await changed();
    },
  );
  return (
    <Modal
      visible
      onDismiss={close}
      header={words.ticket.unfreeze}
      footer={
        <Box float="right">
          <Button onClick={close}>{shared.close}</Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{words.ticket.unfreezeHow}</Box>
        {mayUndo && (
          <SpaceBetween size="s">
            <Box variant="h3">{words.ticket.undo}</Box>
            <Box>{words.ticket.undoText}</Box>
            <WishTold whole={whole} subjectId={alertId} />
            <Textarea
              ariaLabel={words.ticket.reason}
              placeholder={words.ticket.reason}
              value={reason}
              onChange={({ detail }) => setReason(detail.value.slice(0, 500))}
            />
            {undo.problem !== undefined && <Refused problem={undo.problem} />}
            <Button disabled={reason.trim().length < 3} loading={undo.busy} onClick={() => void undo.run()}>
              {words.ticket.undo}
            </Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Modal>
  );
}
