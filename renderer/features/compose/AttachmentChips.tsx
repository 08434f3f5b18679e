import { X } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Attachment } from '../../state/attachment';
import type { ChatKey } from '../../state/keys';
import { actions, useConsole } from '../../state/use-console';
import { formatBytes } from '../../ui/format-amount';
import { Icon } from '../../ui/Icon';
import { MediaIcon } from '../../ui/MediaIcon';
import { plainName } from '../../ui/person-name';

const none: readonly Attachment[] = [];

const kindOf = (mimetype: string): string => {
  const [family = ''] = mimetype.split('/');
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document';
};

/** The files beside the text: each goes as a message of its own. */
export const AttachmentChips = ({ chatKey }: { readonly chatKey: ChatKey }) => {
  const files = useConsole((state) => state.attachments[chatKey]) ?? none;
  if (files.length === 0) return undefined;
  return (
    <ul aria-label="Files" className="m-0 flex max-h-[104px] list-none flex-wrap gap-2 overflow-y-auto px-3 pt-[10px]">
      {files.map((file) => (
        <li
          key={file.id}
          className="flex h-9 min-w-0 max-w-[280px] items-center gap-[7px] rounded-[10px] border border-line bg-surface-2 ps-[10px] pe-1 text-[12.5px]"
        >
          <span className="shrink-0 text-text-2">
            <MediaIcon kind={kindOf(file.mimetype)} size={16} />
          </span>
          <bdi className="min-w-0 truncate font-[560]" title={plainName(file.filename)}>
            {file.filename}
          </bdi>
          <span className="tabular shrink-0 text-text-2">{formatBytes(file.size)}</span>
          <AriaButton
            aria-label={`Remove ${plainName(file.filename)}`}
            onPress={() => actions.detach(chatKey, file.id)}
            className="grid size-7 shrink-0 place-items-center rounded-[8px] text-text-2 hover:bg-hover hover:text-text"
          >
            <Icon icon={X} size={15} />
          </AriaButton>
        </li>
      ))}
    </ul>
  );
};
