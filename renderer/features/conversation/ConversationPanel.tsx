import { CircleAlert, MessagesSquare } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ChatKey } from '../../state/keys';
import { selectAccountOfChat, selectChat, selectConversation } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ConversationHeader } from './ConversationHeader';
import { ConversationSkeleton } from './ConversationSkeleton';
import { MessageList } from './MessageList';
import { useMarkRead } from './use-mark-read';
import { useSendsOfChat } from './use-sends-of-chat';

export interface ConversationPanelProps {
  readonly chatKey: ChatKey;
  readonly onClose: () => void;
  /** The account's send form. */
  readonly composer: ReactNode;
}

/** One open chat. Mounted anew for every chat. */
export const ConversationPanel = ({ chatKey, onClose, composer }: ConversationPanelProps) => {
  const chat = useConsole(selectChat(chatKey));
  const account = useConsole(selectAccountOfChat(chatKey));
  const conversation = useConsole(selectConversation(chatKey));
  const [unreadAtOpen] = useState(chat?.unreadCount ?? 0);
  useMarkRead(chatKey, conversation?.phase === 'ready');
  useSendsOfChat(chatKey, conversation?.phase === 'ready');
  if (chat === undefined || account === undefined) return undefined;

  const body = () => {
    if (conversation === undefined || (conversation.phase === 'loading' && conversation.messages.length === 0))
      return <ConversationSkeleton />;
    if (conversation.phase === 'failed' && conversation.messages.length === 0)
      return (
        <div className="min-h-0 flex-1">
          <EmptyState
            alert
            icon={CircleAlert}
            title="The messages could not be read"
            action={<Button onPress={() => void actions.loadConversation(chatKey)}>Read again</Button>}
          >
            {conversation.error}
          </EmptyState>
        </div>
      );
    if (conversation.messages.length === 0)
      return (
        <div className="min-h-0 flex-1">
          <EmptyState icon={MessagesSquare} title="No messages here yet">
            What you and {chat.name} write to each other appears here.
          </EmptyState>
        </div>
      );
    return (
      <>
        {conversation.phase === 'failed' && (
          <Banner
            tone="warn"
            action={
              <Button small onPress={() => void actions.loadConversation(chatKey)}>
                Read again
              </Button>
            }
          >
            The newest messages could not be read. {conversation.error}
          </Banner>
        )}
        <MessageList
          chatKey={chatKey}
          conversation={conversation}
          name={chat.name}
          isGroup={chat.kind === 'group'}
          unreadAtOpen={unreadAtOpen}
        />
      </>
    );
  };

  return (
    <main aria-label="Conversation" className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      <ConversationHeader chat={chat} account={account} onClose={onClose} />
      {body()}
      {composer}
    </main>
  );
};

/** The place of the conversation while none is open. */
export const NoConversation = () => (
  <main aria-label="Conversation" className="h-full min-h-0 min-w-0 bg-canvas">
    <EmptyState icon={MessagesSquare} title="Choose a conversation">
      It opens here, with the send form of the account that the customer wrote to.
    </EmptyState>
  </main>
);
