/** Later than this, a message says that it is late, and one speaks for all of its place. Twelve hours, in milliseconds. */
export const lateMs = 12 * 60 * 60 * 1_000;
