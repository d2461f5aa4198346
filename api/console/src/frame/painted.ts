const longestMs = 500; // a tab in the background is not painted

/// Resolves when what is on the page now has been painted: what can wait for that, waits.
export const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, longestMs);
  });
