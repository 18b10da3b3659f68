/** 0, 1, 2, 5 → 0–2, 5; the numbers are in order. */
export function ranges(numbers: number[]): string {
  const parts: string[] = [];
  let first = 0;
  numbers.forEach((number, i) => {
    if (numbers[i + 1] !== number + 1) {
      const from = numbers[first] ?? number;
      parts.push(from === number ? `${number}` : `${from}–${number}`);
      first = i + 1;
    }
  });
  return parts.join(", ");
}
