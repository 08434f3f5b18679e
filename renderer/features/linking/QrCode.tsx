import { memo } from 'react';
import { encode } from 'uqr';

/** White border that every reader needs, in modules. */
const quietZone = 4;
/** Space for the picture in CSS pixels; every module is a whole number of them, so that edges are sharp. */
const roomPx = 272;

export interface QrCodeProps {
  readonly text: string;
  /** Says what it is to those who cannot see it. */
  readonly label: string;
  /** No longer valid: still there so that nothing moves, but not to be scanned. */
  readonly faded: boolean;
}

/** A QR code, always dark on white, whatever the theme. */
export const QrCode = memo(({ text, label, faded }: QrCodeProps) => {
  const { data, size } = encode(text, { ecc: 'L', border: quietZone });
  const modulePx = Math.max(2, Math.floor(roomPx / size));
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('');
  return (
    <svg
      data-testid="qr"
      role="img"
      aria-label={label}
      width={size * modulePx}
      height={size * modulePx}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={`keep-color block max-w-full rounded-[10px] bg-white ${faded ? 'opacity-10' : ''}`}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#14181f" />
    </svg>
  );
});
QrCode.displayName = 'QrCode';
