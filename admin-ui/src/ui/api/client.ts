import { common } from "../text/en/common";
import { parseExactly } from "./json";
import type { Problem } from "./schema";

/** An answer that is not a success: what the gateway said, or why it could not be heard. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  readonly suggestion: string | undefined;

  constructor(status: number, message: string, problem?: Problem, suggestion?: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
    this.suggestion = problem?.suggestion ?? suggestion;
  }
}

/** What a problem document of a stream says. */
export function failureIn(document: string): ApiError {
  const problem = JSON.parse(document) as Problem;
  return new ApiError(problem.status, problem.detail, problem);
}

/** The answer's JSON; throws ApiError for everything but a success. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answer(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

/**
 * As `get`, for what holds data that is not the gateway's: its numbers stay as they are. A query of it
 * needs EXACT.
 */
export async function getExactly<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answer(path, signal === undefined ? {} : { signal });
  return parseExactly<T>(await response.text());
}

/** The cache's sharing of what is alike would make a plain object of an exact number. */
export const EXACT = { structuralSharing: false } as const;

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Sends a body, or none, of what changes something, and gives back the answer's JSON, if it has any.
 * Without an answer nobody knows whether it was done.
 */
export async function send<T = void>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  try {
    const text = await sent(method, path, body, headers);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  } catch (failure) {
    throw failure instanceof ApiError && failure.status === 0
      ? new ApiError(0, failure.message, undefined, common.mayBeDone)
      : failure;
  }
}

/** Asks what takes a body to say, and changes nothing. */
export async function ask<T>(path: string, body: unknown): Promise<T> {
  return JSON.parse(await sent("POST", path, body, {})) as T;
}

/** As `ask`, for an answer that holds data that is not the gateway's. */
export async function askExactly<T>(path: string, body: unknown): Promise<T> {
  return parseExactly<T>(await sent("POST", path, body, {}));
}

async function sent(
  method: Method,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<string> {
  const response = await answer(path, {
    method,
    ...(body === undefined
      ? { headers }
      : {
          body: JSON.stringify(body),
          headers: { "Content-Type": "application/json", ...headers },
        }),
  });
  return response.text();
}

/** A successful answer; throws ApiError for any other. */
export async function answer(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (failure) {
    if (init.signal?.aborted) {
      throw failure;
    }
    throw new ApiError(0, common.noAnswer);
  }
  if (response.ok) {
    return response;
  }
  const problem = await problemOf(response);
  throw new ApiError(
    response.status,
    problem?.detail ?? problem?.title ?? `${response.status} ${response.statusText}`,
    problem,
  );
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get("Content-Type")?.includes("json")) {
    return undefined;
  }
  try {
    return (await response.json()) as Problem;
  } catch {
    // Not the JSON it claims to be: the status has to do.
    return undefined;
  }
}

/** A path with its parts escaped: path`/api/v1/topics/${name}`. */
export function path(parts: TemplateStringsArray, ...names: (string | number)[]): string {
  return parts.reduce((done, part, i) => done + encodeURIComponent(names[i - 1] ?? "") + part);
}
