import { useEffect, useState } from 'react';
import { Composer } from '../features/compose/Composer';
import { ContactPanel } from '../features/conversation/ContactPanel';
import { ConversationPanel, NoConversation } from '../features/conversation/ConversationPanel';
import { InboxPanel } from '../features/inbox/InboxPanel';
import { actions, useConsole } from '../state/use-console';
import { ListResizer } from './ListResizer';
import { focusListSoon, stepOut } from './use-shortcuts';

const heading = <h1 className="m-0 text-[17px] font-[680] tracking-[-0.01em]">Inbox</h1>;

/** List, conversation, contact. A narrow window shows one of the first two at a time. */
export const Workspace = () => {
  const isAll = useConsole((state) => state.scope === 'all');
  const openChat = useConsole((state) => state.openChat);
  const saved = useConsole((state) => state.settings.listWidth);
  const [dragged, setDragged] = useState<number>();
  // The page that was here before took the focus with it: the arrow keys work at once.
  useEffect(() => {
    if (document.activeElement === document.body) focusListSoon();
  }, []);
  const width = dragged ?? saved;
  const hiddenWhenNarrow = (hidden: boolean): string => (hidden ? 'max-[819px]:hidden' : '');
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div
        style={{ width }}
        className={`min-h-0 shrink-0 max-[819px]:w-auto! max-[819px]:flex-1 ${hiddenWhenNarrow(openChat !== undefined)}`}
      >
        <InboxPanel
          heading={isAll ? heading : undefined}
          onOpen={actions.openConversation}
          edge={
            <ListResizer
              width={width}
              onChange={setDragged}
              onSettle={(listWidth) => {
                setDragged(undefined);
                void actions.changeSettings({ listWidth });
              }}
            />
          }
        />
      </div>
      <div className={`min-h-0 min-w-0 flex-1 ${hiddenWhenNarrow(openChat === undefined)}`}>
        {openChat === undefined ? (
          <NoConversation />
        ) : (
          <ConversationPanel
            key={openChat}
            chatKey={openChat}
            onClose={stepOut}
            composer={<Composer chatKey={openChat} />}
          />
        )}
      </div>
      {openChat !== undefined && <ContactPanel chatKey={openChat} />}
    </div>
  );
};
