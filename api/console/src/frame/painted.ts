const longestMs = 500; // a tab in the background is not painted

/// Resolves once the current page has been painted, for work that can wait for it.
export const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, longestMs);
  });
