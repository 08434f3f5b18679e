import { memo, type ReactNode } from 'react';
import { formatText, type TextBlock, type TextPart } from './format-text';

const renderPart = (part: TextPart, key: number): ReactNode => {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return (
        <code key={key} className="rounded-[5px] bg-hover px-1 font-mono text-[12.5px]">
          {part.text}
        </code>
      );
    case 'link':
      return (
        <a
          key={key}
          href={part.href}
          title={part.href}
          target="_blank"
          rel="noreferrer"
          dir="ltr"
          className="cursor-pointer text-accent-ink underline decoration-1 underline-offset-2 [unicode-bidi:isolate]"
        >
          {part.text}
        </a>
      );
    case 'bold':
      return (
        <strong key={key} className="font-[650]">
          {part.parts.map(renderPart)}
        </strong>
      );
    case 'italic':
      return <em key={key}>{part.parts.map(renderPart)}</em>;
    case 'strike':
      return <s key={key}>{part.parts.map(renderPart)}</s>;
  }
};

const renderLines = (lines: readonly (readonly TextPart[])[]): ReactNode =>
  lines.map((parts, index) => [
    index > 0 ? '\n' : '',
    ...parts.map((part, place) => renderPart(part, index * 1000 + place)),
  ]);

const renderBlock = (block: TextBlock, key: number, inline: boolean): ReactNode => {
  switch (block.kind) {
    case 'lines':
      return inline ? renderLines(block.lines) : <div key={key}>{renderLines(block.lines)}</div>;
    case 'mono':
      return (
        <pre key={key} className="m-0 whitespace-pre-wrap font-mono text-[12.5px]">
          {block.text}
        </pre>
      );
    case 'quote':
      return (
        <blockquote key={key} className="m-0 border-s-[3px] border-line-strong ps-2 text-text-2">
          {renderLines(block.lines)}
        </blockquote>
      );
    case 'list':
      return (
        <ul key={key} className="m-0 list-none p-0">
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text's lines never move
            <li key={index} className="flex gap-[6px]">
              <span className="tabular shrink-0">{item.marker}</span>
              <span>{item.parts.map(renderPart)}</span>
            </li>
          ))}
        </ul>
      );
  }
};

/** A person's text with WhatsApp's formatting, as React nodes: what they typed can never become markup. */
export const FormattedText = memo(({ text }: { readonly text: string }) => {
  const blocks = formatText(text);
  // A single paragraph stays inline, so that the time can stand at the end of its last line.
  return <>{blocks.map((block, index) => renderBlock(block, index, blocks.length === 1))}</>;
});
FormattedText.displayName = 'FormattedText';
