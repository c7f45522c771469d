/** Who is behind what the books say: four eyes are those of two persons, whatever keys they made. */

/** A key as the books name it, with who made it. */
export function keyActor(name: string, madeBy: string): string {
  return `key ${name} (${madeBy.replaceAll(/\s/g, '_')})`;
}

/** `key closing (fin@house.example)` is fin@house.example; people, and what has no maker, are themselves. */
export function personBehind(by: string): string {
  return /^key .* \((\S+)\)$/s.exec(by)?.[1] ?? by;
}

export function isSamePerson(one: string, other: string): boolean {
  return personBehind(one) === personBehind(other);
}
