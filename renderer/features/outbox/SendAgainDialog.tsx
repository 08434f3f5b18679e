import { useState } from 'react';
import { chatKey, partsOfSendKey, type SendKey } from '../../state/keys';
import { selectAccount, selectChat } from '../../state/selectors';
import { previewOfSend } from '../../state/send-words';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { formatName } from '../../ui/format-phone';
import { MediaIcon } from '../../ui/MediaIcon';
import { nameOfChatId } from './name-of-chat-id';

/** Asks before a message goes out again of which nobody knows whether it left: it may be there twice. */
export const SendAgainDialog = ({ send: key }: { readonly send: SendKey }) => {
  const { accountId, chatId } = partsOfSendKey(key);
  const account = useConsole(selectAccount(accountId));
  const chat = useConsole(selectChat(chatKey(accountId, chatId)));
  const send = useConsole((state) => state.sends[key]);
  const [sending, setSending] = useState(false);
  const close = (): void => actions.openDialog(undefined);
  if (account === undefined || send === undefined) return undefined;
  const name = formatName(chat?.name ?? nameOfChatId(chatId));
  const preview = previewOfSend(send);
  const resend = async (): Promise<void> => {
    setSending(true);
    await actions.resendSend(key);
    close();
  };
  return (
    <Dialog alert title="Look at the phone first" onClose={close}>
      <p className="m-0">
        {send.state === 'stuck'
          ? 'WhatsApp Web has this message and WhatsApp has not confirmed it.'
          : 'Nobody knows whether this message left.'}{' '}
        On the phone of <bdi className="font-[600]">{account.label}</bdi>, open the chat with{' '}
        <bdi className="font-[600]">{name}</bdi>: if the message is there, take it off the list instead. If it is not,
        send it again.
      </p>
      <p className="m-0 mt-3 flex items-center gap-[7px] rounded-[10px] border border-line bg-surface-2 px-3 py-[9px] text-text-2">
        {preview.kind !== 'text' && <MediaIcon kind={preview.kind} />}
        <span dir="auto" className="selectable line-clamp-3 min-w-0 break-words [unicode-bidi:isolate]">
          {preview.text}
        </span>
      </p>
      <p className="m-0 mt-3 text-text-2">
        It goes out under the same id, which WhatsApp usually shows once. It may be there twice.
      </p>
      <DialogActions>
        <Button autoFocus onPress={close}>
          Leave it
        </Button>
        <Button
          onPress={() => {
            void actions.dismissSend(key);
            close();
          }}
        >
          Take off the list
        </Button>
        <Button look="primary" isPending={sending} onPress={() => void resend()}>
          Send again
        </Button>
      </DialogActions>
    </Dialog>
  );
};
