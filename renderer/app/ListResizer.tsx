import { type KeyboardEvent, type PointerEvent, useState } from 'react';

export const listWidths = { least: 280, most: 440 } as const;

const clamp = (width: number): number => Math.round(Math.min(Math.max(width, listWidths.least), listWidths.most));

export interface ListResizerProps {
  readonly width: number;
  /** While it moves. */
  readonly onChange: (width: number) => void;
  /** When it has come to rest. */
  readonly onSettle: (width: number) => void;
}

/** The edge between list and conversation: dragged, or moved with the arrow keys. */
export const ListResizer = ({ width, onChange, onSettle }: ListResizerProps) => {
  const [grip, setGrip] = useState<{ readonly x: number; readonly width: number }>();
  const step = document.dir === 'rtl' ? -1 : 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const delta = event.key === 'ArrowRight' ? 8 : event.key === 'ArrowLeft' ? -8 : 0;
    if (delta === 0) return;
    event.preventDefault();
    onSettle(clamp(width + delta * step));
  };
  const onPointerDown = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setGrip({ x: event.clientX, width });
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (grip !== undefined) onChange(clamp(grip.width + (event.clientX - grip.x) * step));
  };
  const release = (): void => {
    if (grip !== undefined) onSettle(width);
    setGrip(undefined);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      role="separator"
      tabIndex={0}
      aria-label="Width of the list"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={listWidths.least}
      aria-valuemax={listWidths.most}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      className="absolute inset-y-0 -end-[4px] z-10 w-[7px] cursor-col-resize touch-none after:absolute after:inset-y-0 after:start-[3px] after:w-[2px] hover:after:bg-line-strong focus-visible:outline-none focus-visible:after:w-[3px] focus-visible:after:bg-accent max-[819px]:hidden"
    />
  );
};
