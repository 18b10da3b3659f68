import { useMutation } from "@tanstack/react-query";

/** What is tried. */
export interface Tried {
  name: string;
  spec: object;
}

/** Tries a declaration, and knows whether what came of it is of another than stands there now. */
export function useTrial<T>(now: Tried, tryIt: (declared: Tried) => Promise<T>) {
  const trial = useMutation({ mutationFn: tryIt });
  const isOver = trial.isSuccess || trial.isError;
  const isEarlier = isOver && JSON.stringify(trial.variables) !== JSON.stringify(now);
  return { ...trial, isEarlier, begin: () => trial.mutate(now) };
}
