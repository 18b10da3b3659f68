package dev.sluice.gateway.search;

/**
 * How far a search is.
 *
 * @param scanned records looked at
 * @param bytes of their keys, values and headers
 * @param matches records found
 * @param notEvaluated records of which the condition could not be told; they are no matches
 * @param unreadable places that nobody can decode
 * @param fraction how much of the range is done, from 0 to 1
 */
public record Progress(
    long scanned, long bytes, long matches, long notEvaluated, long unreadable, double fraction) {}
