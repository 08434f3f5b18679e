import type { SendLane, Wait } from '../../contract/entities/send';
import type { SessionState } from '../../contract/entities/session';
import type { ChatId, MessageId } from '../../contract/ids';
import type { GateVerdict } from '../../domain/sending/gate';
import { nextInLine, nextTurn } from '../../domain/sending/lane-order';
import type { OpenSend } from '../ports/outbox-store';

/** Where the queue of one account stands at a moment. */
export interface QueueSituation {
  readonly status: SessionState;
  /** The store cannot write, and when it is tried again; undefined: it can. */
  readonly store: { readonly untilMs: number } | undefined;
  readonly queue: readonly OpenSend[];
  readonly isHeldChat: (chatId: ChatId) => boolean;
  readonly ask: (row: OpenSend) => GateVerdict;
}

const ofVerdict = (verdict: Exclude<GateVerdict, { readonly open: true }>): Wait => ({
  reason: verdict.reason,
  ...(verdict.untilMs === undefined ? {} : { untilMs: verdict.untilMs }),
});

/** What keeps every row of the account where it is. */
const ofAccount = ({ status, store }: QueueSituation): Wait | undefined => {
  if (store !== undefined) return { reason: 'store', untilMs: store.untilMs };
  if (status.state === 'ready') return (status.missing ?? []).length > 0 ? { reason: 'page_changed' } : undefined;
  // An account that is asleep is woken when the gate opens: until then the gate is the reason.
  return status.state === 'asleep' ? undefined : { reason: 'account_not_ready' };
};

/** Says of queued rows why they have not left yet, at this moment. */
export const createWaits = (situation: QueueSituation): ((row: OpenSend) => Wait) => {
  const { queue, isHeldChat, ask, status } = situation;
  const ofAll = ofAccount(situation);
  const firstOfLane = new Map<SendLane, MessageId | undefined>();
  const isFirstOfLane = ({ lane, messageId }: OpenSend): boolean => {
    if (!firstOfLane.has(lane)) {
      const ofLane = queue.filter((row) => row.lane === lane);
      firstOfLane.set(lane, nextInLine(ofLane, isHeldChat)?.messageId);
    }
    return firstOfLane.get(lane) === messageId;
  };
  let next: { readonly messageId: MessageId | undefined } | undefined;
  const isNext = ({ messageId }: OpenSend): boolean => {
    next ??= { messageId: nextTurn(queue, isHeldChat, ask)?.row.messageId };
    return next.messageId === messageId;
  };
  return (row) => {
    if (ofAll !== undefined) return ofAll;
    if (isHeldChat(row.chatId)) return { reason: 'earlier_message' };
    const verdict = ask(row);
    if (!verdict.open) {
      // Pace holds a lane, not a row: only its first one has a time.
      return verdict.reason === 'pace' && !isFirstOfLane(row) ? { reason: 'in_line' } : ofVerdict(verdict);
    }
    if (status.state === 'asleep') return { reason: 'account_not_ready' };
    return { reason: isNext(row) ? 'next' : 'in_line' };
  };
};

/** What holds the first of the queue; undefined when nothing waits or nothing holds it. */
export const waitOfQueue = (situation: QueueSituation): Wait | undefined => {
  const { queue, isHeldChat } = situation;
  const first = nextInLine(queue, isHeldChat) ?? nextInLine(queue, () => false);
  if (first === undefined) return undefined;
  const wait = createWaits(situation)(first);
  return wait.reason === 'next' ? undefined : wait;
};
