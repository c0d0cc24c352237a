import { FairQueue, Flow } from "./fair-queue.ts";

/** A group, or a client without groups below it. */
class Node<T> extends Flow {
  readonly key: string;
  /** Whether it waits for its turn in the group that it is in. */
  isQueued = false;
  readonly children = new Map<string, Node<T>>();
  readonly queue = new FairQueue<Node<T>>();
  readonly items: T[] = [];
  /** What waits in it and below it. */
  size = 0;

  constructor(key: string) {
    super();
    this.key = key;
  }
}

/**
 * A queue that is fair by groups and the groups in them, such as networks and their addresses: each group has its turn among
 * those beside it, however much waits in it, and one client's things are taken in the order in which they came.
 */
export class FairTree<T extends object> {
  readonly #root = new Node<T>("");

  get size(): number {
    return this.#root.size;
  }

  /** Adds something of a client's. `path`: its groups, the largest first, and the client itself. */
  add(path: readonly string[], item: T): void {
    let node = this.#root;
    node.size += 1;
    for (const key of path) {
      let child = node.children.get(key);
      if (child === undefined) {
        child = new Node<T>(key);
        node.children.set(key, child);
      }
      queue(node, child);
      child.size += 1;
      node = child;
    }
    node.items.push(item);
  }

  /** Takes what is next. Takes time for the depth, and for the logarithm of the number of groups. */
  take(): T | undefined {
    return this.size === 0 ? undefined : takeFrom(this.#root);
  }

  /** Takes what came last in the group where most waits: it gives way to others. */
  takeLast(): T | undefined {
    return this.size === 0 ? undefined : takeLastFrom(this.#root);
  }
}

function queue<T>(parent: Node<T>, child: Node<T>): void {
  if (child.isQueued) return;
  child.isQueued = true;
  parent.queue.add(child);
}

function takeFrom<T>(node: Node<T>): T | undefined {
  node.size -= 1;
  if (node.items.length > 0) return node.items.shift();
  for (let child = node.queue.take(); child !== undefined; child = node.queue.take()) {
    child.isQueued = false;
    // One that `takeLast` has emptied is forgotten.
    const item = child.size === 0 ? undefined : takeFrom(child);
    node.queue.charge(child, 1);
    if (child.size > 0) queue(node, child);
    else node.children.delete(child.key);
    if (item !== undefined) return item;
  }
  return undefined;
}

function takeLastFrom<T>(node: Node<T>): T | undefined {
  node.size -= 1;
  if (node.items.length > 0) return node.items.pop();
  let largest: Node<T> | undefined;
  for (const child of node.children.values()) if (largest === undefined || child.size > largest.size) largest = child;
  return largest && takeLastFrom(largest);
}
