/** Something behind operations that are described only, never asked. */
export function undriven<T extends object>(): T {
  // Whatever is read of it is a function that says so; `on…` are called when operations are made.
  return new Proxy({} as T, { get: (_target, name) => (String(name).startsWith('on') ? () => () => undefined : unasked) });
}

function unasked(): never {
  throw new Error('this operation is described only');
}
