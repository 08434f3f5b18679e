import type { ChatKey } from '../../state/keys';
import { selectAccountOfChat, selectChat } from '../../state/selectors';
import { useConsole } from '../../state/use-console';
import { Avatar } from '../../ui/Avatar';
import { Fact, Facts } from '../../ui/Facts';
import { formatName, formatPhone } from '../../ui/format-phone';
import { formatRowTime } from '../../ui/format-time';
import { tintStyle } from '../../ui/tint';
import { useNow } from '../../ui/use-now';

const kinds = { direct: 'Person', group: 'Group', broadcast: 'Broadcast list', channel: 'Channel' } as const;

/** What is known about the person or group beside the conversation. */
export const ContactPanel = ({ chatKey }: { readonly chatKey: ChatKey }) => {
  const chat = useConsole(selectChat(chatKey));
  const account = useConsole(selectAccountOfChat(chatKey));
  const nowMs = useNow('halfMinute');
  if (chat === undefined || account === undefined) return undefined;
  return (
    <aside
      aria-label="Contact"
      data-region="details"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled place must be reachable by keyboard
      tabIndex={0}
      className="hidden h-full min-h-0 w-[288px] flex-col gap-5 overflow-y-auto border-s border-line bg-surface px-4 py-[18px] focus-visible:-outline-offset-2 min-[1180px]:flex"
    >
      <div className="flex flex-col items-center text-center">
        <Avatar size={64} name={chat.name} seed={chat.id} group={chat.kind === 'group'} />
        <h2 className="m-0 mt-[9px] max-w-full text-[15.5px] font-[650] leading-[1.3] break-words">
          <bdi className="selectable">{formatName(chat.name)}</bdi>
        </h2>
        <p className="m-0 text-[12.5px] text-text-2">{kinds[chat.kind]}</p>
      </div>
      <section>
        <h3 className="m-0 mb-[7px] text-[11.5px] font-[620] text-text-3">Contact</h3>
        <Facts>
          {chat.phone !== undefined && (
            <Fact name="Phone">
              <bdi>{formatPhone(chat.phone)}</bdi>
            </Fact>
          )}
          {chat.lastActivityMs > 0 && <Fact name="Last active">{formatRowTime(chat.lastActivityMs, nowMs)}</Fact>}
        </Facts>
      </section>
      <section>
        <h3 className="m-0 mb-[7px] text-[11.5px] font-[620] text-text-3">Writes to</h3>
        <div
          style={tintStyle(account.color)}
          className="tinted flex items-center gap-[9px] rounded-[10px] border border-line px-[10px] py-2 text-[12.8px]"
        >
          <span className="keep-color w-1 self-stretch rounded-[3px] bg-tint" />
          <div className="min-w-0">
            <bdi className="block truncate font-semibold">{account.label}</bdi>
            {account.identity !== undefined && (
              <bdi className="selectable tabular block text-text-2">{formatPhone(account.identity.phone)}</bdi>
            )}
          </div>
        </div>
      </section>
    </aside>
  );
};
