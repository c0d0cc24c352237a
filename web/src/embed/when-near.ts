/** How far outside the window an element is already got ready. */
const NEAR = "200px";

/** Calls back once an element is nearly in sight, and each time that it is again, until the returned function is called. */
export function whenNear(element: Element, callback: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) callback();
    },
    { rootMargin: NEAR },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
