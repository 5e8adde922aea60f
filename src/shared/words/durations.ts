/** Formats a duration in words: `42 s`, `1 min 12 s`, `2 h 5 min`. */
export function describeDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${seconds % 60} s`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Formats a duration as on a clock: `1:12`, `1:02:03`. */
export function describeClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const tail = `${Math.floor(seconds / 60) % 60}:${pad(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours === 0 ? tail : `${hours}:${tail.padStart(5, '0')}`;
}

/** Formats the time since an event: `just now`, `3 min ago`, `2 h ago`, `5 days ago`. */
export function describeAgo(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) {
    return 'just now';
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** Formats a count with its noun: `1 task`, `3 tasks`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
