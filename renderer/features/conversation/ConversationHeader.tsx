import { ArrowLeft } from 'lucide-react';
import type { Account } from '../../../electron/contract/entities/account';
import type { Chat } from '../../../electron/contract/entities/chat';
import { Avatar } from '../../ui/Avatar';
import { formatName, formatPhone } from '../../ui/format-phone';
import { IconButton } from '../../ui/IconButton';
import { plainName } from '../../ui/person-name';
import { tintStyle } from '../../ui/tint';

const kinds = { direct: undefined, group: 'Group', broadcast: 'Broadcast list', channel: 'Channel' } as const;

export interface ConversationHeaderProps {
  readonly chat: Chat;
  readonly account: Account;
  readonly onClose: () => void;
}

/** Who the conversation is with, and which account it belongs to. */
export const ConversationHeader = ({ chat, account, onClose }: ConversationHeaderProps) => {
  const detail = chat.phone === undefined ? kinds[chat.kind] : formatPhone(chat.phone);
  return (
    <header className="flex h-[58px] shrink-0 items-center gap-[11px] border-b border-line bg-surface ps-4 pe-[14px]">
      <span className="min-[820px]:hidden">
        <IconButton icon={ArrowLeft} label="Back to the list" keys="Esc" onPress={onClose} />
      </span>
      <Avatar size={36} name={chat.name} seed={chat.id} group={chat.kind === 'group'} />
      <div className="min-w-0 flex-1">
        <h2 className="m-0 truncate text-[14.5px] font-[640] leading-[1.35]" title={plainName(chat.name)}>
          <bdi className="selectable">{formatName(chat.name)}</bdi>
        </h2>
        <p
          style={tintStyle(account.color)}
          className="tinted tabular m-0 flex min-w-0 gap-[5px] text-[12px] text-text-2"
        >
          {detail !== undefined && (
            <>
              <bdi className="selectable truncate">{detail}</bdi>
              <span aria-hidden="true">·</span>
            </>
          )}
          <bdi className="max-w-[50%] shrink-0 truncate font-[560] text-tint-ink" title={plainName(account.label)}>
            {account.label}
          </bdi>
        </p>
      </div>
    </header>
  );
};
