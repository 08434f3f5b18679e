const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Memory in MiB: `148 MB`, `1.2 GB`. */
export const formatMemory = (mb: number): string =>
  mb < 1000 ? `${whole.format(mb)} MB` : `${tenths.format(mb / 1024)} GB`;

/** A share of one processor core: `0.4 %`, `37 %`. */
export const formatPercent = (percent: number): string =>
  `${percent > 0 && percent < 10 ? tenths.format(percent) : whole.format(percent)} %`;

/** How long something took or is left, in at most two units: `18 ms`, `0.4 s`, `48 s`, `2 min 5 s`. */
export const formatDuration = (ms: number): string => {
  if (ms < 95) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${tenths.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** Seconds left of a countdown: `24 s`, `2:05`. */
export const formatCountdown = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** The size of a file: `412 bytes`, `38 KB`, `4.2 MB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 1_000_000) return `${whole.format(Math.max(1, bytes / 1024))} KB`;
  return `${tenths.format(bytes / 1024 / 1024)} MB`;
};
