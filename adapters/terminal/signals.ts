/** The signals that ask a command to stop. */

const stopping = ["SIGINT", "SIGTERM"] as const;

/** Resolves at the first signal to stop. A second one ends the process at once, as it would have without this. */
export const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = () => {
      for (const signal of stopping) process.off(signal, stop);
      resolve();
    };
    for (const signal of stopping) process.on(signal, stop);
  });
