import type { DeliveryStatus, Message } from '../../../electron/contract/entities/message';
import { sendKey } from '../../state/keys';
import { useConsole } from '../../state/use-console';
import { Ticks } from '../../ui/Ticks';
import { useNow } from '../../ui/use-now';
import { useWaitWords } from './use-wait-words';

const Pending = ({ message }: { readonly message: Message }) => {
  const send = useConsole((state) => state.sends[sendKey(message.accountId, message.chatId, message.id)]);
  const words = useWaitWords(send, useNow('halfMinute'));
  if (send?.state === 'stuck') return <Ticks state="unknown" words="Stuck" />;
  return words === undefined ? <Ticks state="pending" /> : <Ticks state="pending" words={`Waiting: ${words}`} />;
};

/** How far an own message has come; one that waits says why. */
export const OwnTicks = ({ message, status }: { readonly message: Message; readonly status: DeliveryStatus }) =>
  status === 'pending' ? <Pending message={message} /> : <Ticks state={status} />;
